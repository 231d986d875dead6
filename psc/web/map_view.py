"""The map, its legend and the facts behind it, for one measure."""

from collections.abc import Mapping
from dataclasses import dataclass
from html import escape

import numpy as np
import pandas as pd
import streamlit as st
from streamlit_folium import st_folium

from psc.catalogue.definition import Definition
from psc.charts.icons import icon_name, icon_svg
from psc.charts.map import AreaPaint, catchment_map, catchment_paint
from psc.charts.palette import SEQUENTIAL, SEQUENTIAL_TEXT, STATE_FILL
from psc.narrate.headlines import metric_headline
from psc.narrate.signals import signal_sentence, verdict_words
from psc.narrate.words import count_words, number_words, period_words
from psc.web import data
from psc.web.catchments import catchments_url
from psc.web.navigation import address
from psc.web.parts import html_table, icon_with_words
from psc.web.permalink import remember

MAP_LABEL = (
    "Map of the 15 Patient Safety Collaborative areas. Use the arrow keys to move between areas and Enter to choose "
    "one. The same facts are in the table."
)
MAP_KEY = "catchments map"
HEIGHT = 620


@dataclass(frozen=True)
class MapLook:
    """How the map is painted for a measure, and the legend that explains it (HTML)."""

    areas: Mapping[str, AreaPaint]
    icons: Mapping[str, str]
    legend: str


def default_colour(definition: Definition) -> str:
    """By signal where there are signals; by value where the figures are too few, or overlap too much, to judge."""
    return "signal" if definition.chart == "xmr" else "value"


@st.cache_resource(max_entries=60, show_spinner=False)
def headline(version: str, metric: str) -> str:
    """Return the answer for a measure: in how many areas it improves, is a concern, shows no change."""
    signals = data.rows("metric_signals", metric=metric)
    found = [data.signal_of(row) for _, row in signals.iterrows()]
    return metric_headline(data.definition(metric), found, len(data.areas()))


@st.cache_data(max_entries=200, show_spinner=False)
def map_look(version: str, metric: str, colour: str) -> MapLook:
    """Return the look of the map; ``colour`` is "signal" or "value"."""
    definition = data.definition(metric)
    signals = data.rows("metric_signals", metric=metric)
    sentences = {
        row["area_id"]: f"{row['name']}. {signal_sentence(definition, data.signal_of(row))}"
        for _, row in signals.iterrows()
    }
    look = _by_value if colour == "value" else _by_signal
    return look(definition, signals, sentences)


def _by_signal(definition: Definition, signals: pd.DataFrame, sentences: Mapping[str, str]) -> MapLook:
    paints, icons = _without_figures(), {}
    for row in signals.itertuples():
        key = icon_name(row.state, row.side)
        icons[key] = icon_svg(row.state, row.side, 26)
        fill = "hatch" if row.state == "unjudged" else STATE_FILL[row.state]
        paints[row.area_id] = AreaPaint(fill=fill, icon=key, sentence=sentences[row.area_id])
    counts = signals.groupby(["state", "side"]).size()
    legend = "".join(
        f"<li>{icon_with_words(state, side)}<span>in {count_words(count, 'area')}</span></li>"
        for (state, side), count in counts.items()
    )
    return MapLook(paints, icons, f'<ul class="psc-legend" aria-label="Legend">{legend}</ul>')


def _by_value(definition: Definition, signals: pd.DataFrame, sentences: Mapping[str, str]) -> MapLook:
    """Five equal steps from the lowest to the highest figure: one hue, more or less, never good or bad."""
    if signals.empty:
        return MapLook(_without_figures(), {}, '<ul class="psc-legend" aria-label="Legend"><li>No figures</li></ul>')
    values = signals["value"].to_numpy(float)
    edges = np.linspace(values.min(), values.max(), len(SEQUENTIAL) + 1)
    classes = np.clip(np.searchsorted(edges, values, side="right") - 1, 0, len(SEQUENTIAL) - 1)
    paints = _without_figures()
    for row, step in zip(signals.itertuples(), classes, strict=True):
        paints[row.area_id] = AreaPaint(
            fill=SEQUENTIAL[step],
            ink=SEQUENTIAL_TEXT[step],
            text=number_words(row.value, definition.decimals),
            sentence=sentences[row.area_id],
        )
    swatches = "".join(
        f'<li><span class="psc-swatch" style="background:{fill}"></span><span>'
        f"{number_words(low, definition.decimals)} to {number_words(high, definition.decimals)}</span></li>"
        for fill, low, high in zip(SEQUENTIAL, edges[:-1], edges[1:], strict=True)
    )
    title = f"<li><b>{escape(definition.unit)}</b></li>"
    return MapLook(paints, {}, f'<ul class="psc-legend" aria-label="Legend">{title}{swatches}</ul>')


def _without_figures() -> dict[str, AreaPaint]:
    return {
        area.id: AreaPaint(fill="hatch", text="no data", sentence=f"{area.name}. No figures for this measure.")
        for area in data.areas().itertuples()
    }


def show_map(definition: Definition, look: MapLook, selected: str | None) -> None:
    """Show the map; a click or Enter on an area puts it into the address and reruns."""
    order = list(data.areas().sort_values("north_to_south").index)
    st_folium(
        catchment_map(catchments_url(), MAP_LABEL),
        key=MAP_KEY,
        height=HEIGHT,
        use_container_width=True,
        returned_objects=["last_active_drawing"],
        feature_group_to_add=catchment_paint(look.areas, look.icons, selected, order),
        on_change=_choose_clicked,
    )


def _choose_clicked() -> None:
    clicked = (st.session_state.get(MAP_KEY) or {}).get("last_active_drawing")
    if clicked:
        remember("area", clicked["properties"]["id"])


def facts_table(definition: Definition) -> str:
    """Return the map's facts as a table, for everyone who would rather read than look."""
    return _facts_table(data.version(), definition.id)


@st.cache_resource(max_entries=60, show_spinner=False)
def _facts_table(version: str, metric: str) -> str:
    definition = data.definition(metric)
    body = []
    for _, row in data.rows("metric_signals", metric=metric).iterrows():
        signal = data.signal_of(row)
        where = escape(address("area", area=row["area_id"]))
        body.append(
            [
                f'<a href="{where}">{escape(row["name"])}</a>',
                icon_with_words(signal.state, signal.side),
                number_words(signal.value, definition.decimals),
                escape(period_words(signal.period_start, signal.period_end, definition.grain)),
                escape(verdict_words(definition, signal)),
            ]
        )
    columns = ["Area", "Signal", f"Latest value ({definition.unit})", "Period", "What it says"]
    return html_table(columns, body, f"{definition.title}, by area in alphabetical order")


def facts_before_map(definition: Definition) -> str:
    """Return the same facts for a screen reader, which meets them before the map: an area and its sentence a row."""
    return _facts_before_map(data.version(), definition.id)


@st.cache_resource(max_entries=60, show_spinner=False)
def _facts_before_map(version: str, metric: str) -> str:
    definition = data.definition(metric)
    rows = "".join(
        f'<tr><th scope="row">{escape(row["name"])}</th>'
        f"<td>{escape(signal_sentence(definition, data.signal_of(row)))}</td></tr>"
        for _, row in data.rows("metric_signals", metric=metric).iterrows()
    )
    return (
        f'<div class="psc-visually-hidden"><table><caption>{escape(definition.title)}, by area</caption>'
        '<thead><tr><th scope="col">Area</th><th scope="col">What it says</th></tr></thead>'
        f"<tbody>{rows}</tbody></table></div>"
    )
