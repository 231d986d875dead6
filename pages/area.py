"""What is happening in this area? Who the collaborative is, its priorities, trends and shared solutions."""

import streamlit as st

from psc.web.area import change_here, levels_here, sections
from psc.web.components.page_parts import heading, how_to_read, section
from psc.web.components.permalink import choose
from psc.web.session import store
from psc.web.session.navigation import link

JUMPS = {
    "level": "Level",
    "apart": "Change beside England",
    "changes": "Harm and risks",
    "priorities": "Priorities",
    "trends": "Trends",
    "tests": "Tests",
    "shared": "Shared",
    "adopted": "Adopted",
    "who": "Who this is",
}


def main() -> None:
    areas = store.areas()
    top = st.container()
    chosen = choose("Area", store.area_names(), key="area", default=None, kind="the area", placeholder="Choose an area")
    if not chosen:
        with top:
            heading("What is happening in your area?", "Choose one of the 15 areas.")
        st.html(sections.tile_map(None))
        return
    area = areas.loc[chosen]
    with top:
        heading(f"What is happening in {area['name']}?", change_here.page_summary(chosen))
        st.html(sections.being_done(chosen))
    st.html(
        '<nav class="psc-jumps" aria-label="On this page">'
        + "".join(f'<a href="#{anchor}">{title}</a>' for anchor, title in JUMPS.items())
        + "</nav>"
    )
    section("Where the level here differs from England", "level")
    st.html(levels_here.levels_text(chosen, change_here.measured_in(chosen)))
    section("Where change here differs from England", "apart")
    change_here.show_departures(chosen)
    section("What rose or fell here", "changes", change_here.expected_by_chance(chosen))
    change_here.show_changes(chosen)
    section("Published priorities", "priorities", "Each card says whose word it is, and its sources.")
    sections.priorities(chosen)
    link("suggest", f"Tell {area['name']} what matters to you", area=chosen)
    section("Trends", "trends")
    st.html(how_to_read())
    sections.trends(chosen)
    section("Tests under way", "tests", "Small tests of change: plan, do, study, act.")
    sections.tests(chosen)
    sections.shared(chosen)
    section("Who this is", "who")
    sections.who(area)
    link("methods", "Download the figures, and how they were made")


main()
