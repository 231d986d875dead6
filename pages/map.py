"""Where is harm changing? The map of the 15 areas, what needs attention, and a summary of the chosen area."""

import streamlit as st

from psc.narrate.signals import metric_headline
from psc.web import data
from psc.web.attention import show_attention
from psc.web.map_view import facts_table, map_look, show_map
from psc.web.measures import pick_measure, show_no_series
from psc.web.panels import area_summary
from psc.web.parts import heading, source_line
from psc.web.permalink import choose

COLOURS = {"signal": "Signal", "value": "Latest value"}
VIEWS = {"map": "Map", "table": "Table"}


def main() -> None:
    answer = st.container()
    with st.container(key="map-pickers"):
        measures, looks = st.columns([2, 1.4], vertical_alignment="bottom")
        with measures:
            definition = pick_measure()
        with looks, st.container(horizontal=True, gap="medium"):
            colour = choose(
                "Colour by", COLOURS, key="colour", default="signal", kind="the colour", widget=st.segmented_control
            )
            view = choose("View", VIEWS, key="view", default="map", kind="the view", widget=st.segmented_control)
    if not definition.has_series:
        with answer:
            heading("Where is harm changing?")
        show_no_series(definition)
        return
    signals = data.rows("metric_signals", metric=definition.id)
    with answer:
        heading(
            "Where is harm changing?",
            metric_headline(definition, list(signals["state"]), signals["period_end"].max()),
        )
    explore(definition.id, colour or "signal", view or "map")
    st.html(source_line(definition))


@st.fragment
def explore(metric: str, colour: str, view: str) -> None:
    definition = data.definition(metric)
    look = map_look(data.version(), metric, colour)
    left, right = st.columns([1.75, 1], gap="large")
    with left:
        st.html(look.legend)
        names = dict(data.areas()["name"])
        area = choose(
            "Area",
            names,
            key="area",
            default=None,
            kind="the area",
            placeholder="Choose an area, or click one on the map",
        )
        if view == "table":
            st.html(facts_table(definition))
        else:
            st.html(facts_table(definition, hidden=True))
            show_map(definition, look, area)
    with right:
        if area:
            area_summary(metric, area)
        show_attention()


main()
