"""How are people learning to make care safer? Events, a calendar of them, people trained and coaches."""

import streamlit as st

from psc.web.components.page_parts import heading
from psc.web.components.permalink import choose
from psc.web.learning import learning_events, skills
from psc.web.session import store
from psc.web.session.navigation import link


def main() -> None:
    top = st.container()
    area = choose(
        "Area", store.area_names(), key="area", default=None, kind="the area", placeholder="All 15 areas", width=420
    )
    with top:
        heading("How are people learning to make care safer?", learning_events.page_summary(area))
    if item := st.query_params.get("item"):
        learning_events.asked_for(item)
    learning_events.events(area)
    learning_events.calendar(area)
    skills.capabilities(area)
    skills.history()
    link("suggest", "Tell the collaboratives what matters to you")


main()
