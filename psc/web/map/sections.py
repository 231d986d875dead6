"""The map, its legend and the facts behind it, for one measure."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from html import escape

import numpy as np
import streamlit as st
from streamlit_folium import st_folium

from psc.catalogue.definition import Metric
from psc.charts.maps.catchment_map import AreaPaint, catchment_map, catchment_paint
from psc.charts.style.direction_signs import sign_name, sign_names, sign_svg
from psc.charts.style.palette import SEQUENTIAL, SEQUENTIAL_TEXT, STATE_FILL
from psc.clock import today
from psc.geography.areas import ENGLAND
from psc.narrate.against import against_sentence
from psc.narrate.chance import measure_chance_sentence
from psc.narrate.measure import describe_areas, describe_data, describe_england, describe_level
from psc.narrate.measure_sections import short_name
from psc.narrate.overall import england_answer
from psc.narrate.verdicts import Verdict, latest_sentence
from psc.narrate.words import describe_count, describe_number
from psc.web.components.funnel_facts import funnel_facts
from psc.web.components.page_parts import html_table, sign_with_words
from psc.web.components.permalink import remember
from psc.web.components.verdict_cells import against_cell, change_cell, period_cell, sign_cell, year_cell
from psc.web.routes.catchment_assets import catchments_url
from psc.web.session import store
from psc.web.session.cache import cached
from psc.web.session.navigation import address

MAP_LABEL = (
    "Map of the 15 Patient Safety Collaborative areas. Use the arrow keys to move between areas and Enter to choose "
    "one. The same facts are in the table."
)
MAP_KEY = "catchments map"
HEIGHT = 620
KIND_CLAUSE: Mapping[str, str] = {
    "hazard": "This measures a risk of harm, not harm itself.",
    "recording": "This measures what is reported, not how often harm happens.",
}


@dataclass(frozen=True)
class MapLook:
    """How the map is painted for a measure, and the legend that explains it (HTML)."""

    areas: Mapping[str, AreaPaint]
    icons: Mapping[str, str]
    legend: str


def default_colour(definition: Metric) -> str:
    """By change ("signal" in addresses, as ever) where any area is judged; by value where none is."""
    judged = any(verdict.is_judged for verdict in store.verdicts_on(definition.id).values())
    return "signal" if judged else "value"


@cached(entries=2)
def page_summary() -> str:
    """Return what England's verdicts say of all measures: harm, then risks and waits."""
    verdicts = store.verdicts_in(ENGLAND)
    return england_answer([(store.definition(each), verdicts[each]) for each in verdicts if store.gives_verdicts(each)])


def measure_line(definition: Metric) -> str:
    """Return what the chosen measure says in England and across the areas, and how old its figures are (HTML)."""
    return _measure_line(definition.id, today().replace(day=1))


@cached(entries=60)
def _measure_line(metric: str, month: date) -> str:
    definition = store.definition(metric)
    verdicts = store.verdicts_on(metric)
    england, funnel = verdicts.get(ENGLAND), funnel_facts(metric)
    areas = [verdict for area, verdict in verdicts.items() if area != ENGLAND]
    said = [
        describe_england(definition, england),
        describe_areas(areas, england, len(store.areas())),
        describe_level(funnel.higher, funnel.lower, funnel.not_compared) if funnel else "",
        describe_data(areas, month),
    ]
    cautions = [expected_by_chance(definition), KIND_CLAUSE.get(definition.kind, "")]
    words, caution = (escape(" ".join(part for part in parts if part)) for parts in (said, cautions))
    name = escape(short_name(definition))
    where = " in England" if england else ""
    return f'<p class="psc-brief"><b>{name}{where}.</b> {words}</p><p class="psc-note">{caution}</p>'


def expected_by_chance(definition: Metric) -> str:
    """Return how often this measure has such verdicts though nothing changes; nothing where it is never judged."""
    chance = store.chances().get(definition.id)
    return measure_chance_sentence(chance) if chance else ""


@cached(entries=200)
def map_look(metric: str, colour: str) -> MapLook:
    """Return the look of the map; ``colour`` is "signal" (by change) or "value"."""
    definition = store.definition(metric)
    areas, england = _of_areas(metric)
    names = store.area_names()
    sentences = {area: f"{names[area]}. {_sentence(definition, verdict, england)}" for area, verdict in areas.items()}
    look = _by_value if colour == "value" else _by_change
    return look(definition, areas, sentences)


def _of_areas(metric: str) -> tuple[dict[str, Verdict], Verdict | None]:
    """The verdicts of the areas in alphabetical order, and England's."""
    verdicts = store.verdicts_on(metric)
    return {area: verdicts[area] for area in store.area_names() if area in verdicts}, verdicts.get(ENGLAND)


def _sentence(definition: Metric, verdict: Verdict, england: Verdict | None) -> str:
    return f"{latest_sentence(definition, verdict)} {against_sentence(verdict, england)}".strip()


def _by_change(definition: Metric, areas: Mapping[str, Verdict], sentences: Mapping[str, str]) -> MapLook:
    paints, signs = _without_figures(), {}
    for area, verdict in areas.items():
        key = sign_name(verdict.state, verdict.direction)
        signs[key] = sign_svg(verdict.state, verdict.direction, 26)
        fill = "hatch" if verdict.state == "unjudged" else STATE_FILL[verdict.state]
        paints[area] = AreaPaint(fill=fill, icon=key, sentence=sentences[area])
    counts = Counter((verdict.state, verdict.direction) for verdict in areas.values())
    legend = "".join(
        f"<li>{sign_with_words(*pair)}<span>in {describe_count(counts[pair], 'area')}</span></li>"
        for pair in sign_names().values()
        if counts[pair]
    )
    return MapLook(paints, signs, f'<ul class="psc-legend" aria-label="Legend">{legend}</ul>')


def _by_value(definition: Metric, areas: Mapping[str, Verdict], sentences: Mapping[str, str]) -> MapLook:
    """Five equal steps from the lowest to the highest figure: one hue, more or less, never good or bad."""
    if not areas:
        return MapLook(_without_figures(), {}, '<ul class="psc-legend" aria-label="Legend"><li>No figures</li></ul>')
    values = np.array([verdict.value for verdict in areas.values()])
    edges = np.linspace(values.min(), values.max(), len(SEQUENTIAL) + 1)
    classes = np.clip(np.searchsorted(edges, values, side="right") - 1, 0, len(SEQUENTIAL) - 1)
    paints = _without_figures()
    for (area, verdict), step in zip(areas.items(), classes, strict=True):
        paints[area] = AreaPaint(
            fill=SEQUENTIAL[step],
            ink=SEQUENTIAL_TEXT[step],
            text=describe_number(verdict.value, definition.decimals),
            sentence=sentences[area],
        )
    swatches = "".join(
        f'<li><span class="psc-swatch" style="background:{fill}"></span><span>'
        f"{describe_number(low, definition.decimals)} to {describe_number(high, definition.decimals)}</span></li>"
        for fill, low, high in zip(SEQUENTIAL, edges[:-1], edges[1:], strict=True)
    )
    title = f"<li><b>{escape(definition.unit)}</b></li>"
    return MapLook(paints, {}, f'<ul class="psc-legend" aria-label="Legend">{title}{swatches}</ul>')


def _without_figures() -> dict[str, AreaPaint]:
    return {
        area.id: AreaPaint(fill="hatch", text="no data", sentence=f"{area.name}. No figures for this measure.")
        for area in store.areas().itertuples()
    }


def show_map(definition: Metric, look: MapLook, selected: str | None) -> None:
    """Show the map; a click or Enter on an area puts it into the address and reruns."""
    order = list(store.areas().sort_values("north_to_south").index)
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


def facts_table(definition: Metric) -> str:
    """Return the map's facts as a table, for everyone who would rather read than look."""
    return _facts_table(definition.id)


@cached(entries=60)
def _facts_table(metric: str) -> str:
    definition = store.definition(metric)
    areas, england = _of_areas(metric)
    yearly = any(verdict.change_on_year is not None for verdict in areas.values())
    year = ["On the year before"] if yearly else []
    compared = "Change on the years before" if yearly else "Change on the year before"
    columns = ["Area", "Verdict", f"{compared} (99% interval)", *year, "Next to England"]
    body = [
        [
            f'<a href="{escape(address("area", area=area))}">{escape(store.area_names()[area])}</a>',
            sign_cell(verdict),
            change_cell(verdict),
            *([year_cell(verdict)] if yearly else []),
            against_cell(verdict, england),
            describe_number(verdict.value, definition.decimals),
            period_cell(definition, verdict),
        ]
        for area, verdict in areas.items()
    ]
    columns += [f"Latest figure ({definition.unit})", "Period"]
    return html_table(columns, body, f"{definition.title}, by area in alphabetical order", cells_are_html=True)


def facts_before_map(definition: Metric) -> str:
    """Return the same facts for a screen reader, which meets them before the map: an area and its sentence a row."""
    return _facts_before_map(definition.id)


@cached(entries=60)
def _facts_before_map(metric: str) -> str:
    definition = store.definition(metric)
    areas, england = _of_areas(metric)
    rows = "".join(
        f'<tr><th scope="row">{escape(store.area_names()[area])}</th>'
        f"<td>{escape(_sentence(definition, verdict, england))}</td></tr>"
        for area, verdict in areas.items()
    )
    return (
        f'<div class="psc-visually-hidden"><table><caption>{escape(definition.title)}, by area</caption>'
        '<thead><tr><th scope="col">Area</th><th scope="col">What it says</th></tr></thead>'
        f"<tbody>{rows}</tbody></table></div>"
    )
