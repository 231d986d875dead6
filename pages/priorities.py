"""What has each area said it will work on? The register of published priorities."""

import streamlit as st

from psc.register.search.selection import filter_priorities
from psc.web import data, priorities_view
from psc.web.navigation import link
from psc.web.parts import heading, section


def main() -> None:
    top = st.container()
    filters, board = st.columns([1, 3.2], gap="large")
    with filters, st.container(key="filters"):
        choice = priorities_view.choices()
    with top:
        heading(
            "What has each area said it will work on?",
            priorities_view.answer(filter_priorities(data.register(), choice)),
        )
    with board:
        link("suggest", "Tell us what matters to you")
        priorities_view.noticeboard(choice)
        section("National programmes", "programmes", "What the collaboratives were asked to deliver across England.")
        priorities_view.programmes()
        st.html(
            '<p class="psc-note">“Inferred” means that we worked a date or a status out from the source; it is not '
            "stated there. Linked measures are about the same harm and were chosen by us: a change in one is not a "
            "result of the priority.</p>"
        )


main()
