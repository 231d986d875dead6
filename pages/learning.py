"""How are people learning to make care safer? Events, a calendar of them, people trained and coaches."""

import streamlit as st

from psc.web import data, learning_view, skills_view
from psc.web.navigation import link
from psc.web.parts import heading
from psc.web.permalink import choose


def main() -> None:
    top = st.container()
    area = choose(
        "Area", data.area_names(), key="area", default=None, kind="the area", placeholder="All 15 areas", width=420
    )
    with top:
        heading("How are people learning to make care safer?", learning_view.answer(area))
    if item := st.query_params.get("item"):
        learning_view.asked_for(item)
    learning_view.events(area)
    learning_view.calendar(area)
    skills_view.capabilities(area)
    skills_view.history()
    link("suggest", "Tell the collaboratives what matters to you")


main()
