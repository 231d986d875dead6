"""What is happening in this area? Who the collaborative is, its priorities, trends and shared solutions."""

import streamlit as st

from psc.web import area_apart, area_levels, area_view, data
from psc.web.navigation import link
from psc.web.parts import heading, how_to_read, section
from psc.web.permalink import choose

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
    areas = data.areas()
    top = st.container()
    chosen = choose("Area", data.area_names(), key="area", default=None, kind="the area", placeholder="Choose an area")
    if not chosen:
        with top:
            heading("What is happening in your area?", "Choose one of the 15 areas.")
        st.html(area_view.tile_map(None))
        return
    area = areas.loc[chosen]
    with top:
        heading(f"What is happening in {area['name']}?", area_apart.answer(chosen))
        st.html(area_view.being_done(chosen))
    st.html(
        '<nav class="psc-jumps" aria-label="On this page">'
        + "".join(f'<a href="#{anchor}">{title}</a>' for anchor, title in JUMPS.items())
        + "</nav>"
    )
    section("Where the level here differs from England", "level")
    st.html(area_levels.levels_text(chosen, area_apart.measured_in(chosen)))
    section("Where change here differs from England", "apart")
    area_apart.show_departures(chosen)
    section("What rose or fell here", "changes", area_apart.expected_by_chance(chosen))
    area_apart.show_changes(chosen)
    section("Published priorities", "priorities", "Each card says whose word it is, and its sources.")
    area_view.priorities(chosen)
    link("suggest", f"Tell {area['name']} what matters to you", area=chosen)
    section("Trends", "trends")
    st.html(how_to_read())
    area_view.trends(chosen)
    section("Tests under way", "tests", "Small tests of change: plan, do, study, act.")
    area_view.tests(chosen)
    area_view.shared(chosen)
    section("Who this is", "who")
    area_view.who(area)
    link("methods", "Download the figures, and how they were made")


main()
