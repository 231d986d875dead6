"""Where is harm changing? The map of the 15 areas, what needs attention, and a summary of the chosen area."""

import streamlit as st

from psc.web.components.chart_panels import area_summary, brief
from psc.web.components.metric_picker import pick_measure, show_no_series
from psc.web.components.page_parts import about_measure, heading
from psc.web.components.permalink import choose, switch
from psc.web.map.attention_list import show_attention, show_everything
from psc.web.map.sections import (
    default_colour,
    facts_before_map,
    facts_table,
    map_look,
    measure_line,
    page_summary,
    show_map,
)
from psc.web.session import store

COLOURS = {"signal": "Change", "value": "Latest value"}
QUESTION = "Where is harm changing?"
VIEWS = {"map": "Map", "table": "Table"}


@st.fragment
def main() -> None:
    """The whole page is one fragment: a choice on it does not run the site's frame again."""
    top = st.container()
    measures, looks = st.columns([2, 1.4], vertical_alignment="bottom")
    with measures:
        definition = pick_measure()
    if not definition.has_series:
        with top:
            heading(QUESTION, page_summary())
        show_no_series(definition)
        return
    with looks, st.container(horizontal=True, gap="medium"):
        colour = switch("Colour by", COLOURS, key="colour", default=default_colour(definition), kind="the colour")
        view = switch("View", VIEWS, key="view", default="map", kind="the view")
    st.html(measure_line(definition))
    explore(definition.id, colour, view)
    with top:
        heading(QUESTION, page_summary())
    about_measure(definition)


def explore(metric: str, colour: str, view: str) -> None:
    definition = store.definition(metric)
    look = map_look(metric, colour)
    left, right = st.columns([1.75, 1], gap="large")
    with left:
        area = choose(
            "Area",
            store.area_names(),
            key="area",
            default=None,
            kind="the area",
            placeholder="Choose an area, or click one on the map",
        )
        # Reading order is not sending order: the map, which a reader waits for, is sent before the words above it.
        words = st.container()
        if view == "table":
            st.html(facts_table(definition))
        else:
            show_map(definition, look, area)
    with words:
        # The facts come before the picture in reading order; while the map is shown, for a screen reader alone.
        facts = facts_before_map(definition) if view == "map" else ""
        st.html(f'<p class="psc-brief" role="status">{brief(metric, area)}</p>{look.legend}{facts}')
    with right:
        if area:
            area_summary(metric, area)
        show_attention()
    show_everything()


main()
