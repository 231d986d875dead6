"""What has each area said it will work on? The register of published priorities."""

import streamlit as st

from psc.register.search.selection import filter_priorities
from psc.web.components.page_parts import heading, section
from psc.web.priorities import priority_list
from psc.web.session import store
from psc.web.session.navigation import link


def main() -> None:
    top = st.container()
    filters, board = st.columns([1, 3.2], gap="large")
    with filters, st.container(key="filters"):
        choice = priority_list.choices()
    with top:
        heading(
            "What has each area said it will work on?",
            priority_list.page_summary(filter_priorities(store.register(), choice)),
        )
    with board:
        link("suggest", "Tell us what matters to you")
        priority_list.noticeboard(choice)
        section("National programmes", "programmes", "What the collaboratives were asked to deliver across England.")
        priority_list.programmes()
        st.html(
            '<p class="psc-note">“Inferred” means that we worked a date or a status out from the source; it is not '
            "stated there. Linked measures are about the same harm and were chosen by us: a change in one is not a "
            "result of the priority.</p>"
        )


main()
