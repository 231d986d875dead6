"""The parts of the Compare page: one measure, 15 areas, one scale, no ranking."""

from html import escape

import pandas as pd
import plotly.graph_objects as go
import streamlit as st

from psc.catalogue.definition import Definition
from psc.charts.comparison import comparison_figure
from psc.charts.funnel import funnel_figure
from psc.charts.spc import value_range
from psc.narrate.comparison import FunnelFacts, comparison_sentence, funnel_sentence
from psc.narrate.words import list_words, number_words
from psc.stats.funnel_limits import expected_false_alarms
from psc.web import data
from psc.web.panels import panel
from psc.web.parts import PLOTLY_CONFIG, html_table, icon_with_words

ORDERS = {"geographic": "North to south", "alphabetical": "Alphabetical"}
COLUMNS = 3
IN_FUNNEL = "In the funnel’s limits"
BESIDE_LIMITS = {"high": "above", "low": "below", "": "within"}
NO_INTERVAL = (
    "No interval is shown: none follows from an amount or a standardised rate, and that of a ratio to expected deaths "
    "would be far too narrow. "
    "Areas differ in age, illness and recording: a difference is a question, not a verdict."
)
NOT_INDEPENDENT = "Prescriptions are not independent of each other, so these are narrower than they should be. "
NOT_A_VERDICT = "Areas differ in age, illness and recording: a difference is a question, not a verdict."


def in_order(metric: str, order: str) -> pd.DataFrame:
    """Return the latest signals of a measure in the chosen order."""
    signals = data.rows("metric_signals", metric=metric)
    return signals.sort_values("north_to_south" if order == "geographic" else "name")


def england_value(metric: str, period_start: pd.Timestamp) -> float | None:
    """Return England's figure in a period, if there is one."""
    series = data.rows("england_series", metric=metric)
    found = series.loc[series["period_start"] == period_start, "value"]
    return float(found.iloc[0]) if len(found) else None


def answer(metric: str) -> str:
    """Return how the areas differ from England, in a sentence."""
    return _answer(data.version(), metric)


@st.cache_resource(max_entries=60, show_spinner=False)
def _answer(version: str, metric: str) -> str:
    latest = _latest(data.rows("metric_signals", metric=metric))
    england = england_value(metric, latest["period_start"].max())
    return comparison_sentence(data.definition(metric), latest, england, funnel_facts(metric))


def funnel_facts(metric: str) -> FunnelFacts | None:
    """Return what the funnel of a measure's latest figures found; None where there is no count to draw one from."""
    return _funnel_facts(data.version(), metric)


@st.cache_resource(max_entries=60, show_spinner=False)
def _funnel_facts(version: str, metric: str) -> FunnelFacts | None:
    found = data.rows("funnel", metric=metric)
    if found.empty:
        return None
    row, areas = found.iloc[0], data.rows("funnel_areas", metric=metric)
    return FunnelFacts(
        areas=int(row["areas"]),
        above=tuple(areas.loc[areas["side"] == "high", "name"]),
        below=tuple(areas.loc[areas["side"] == "low", "name"]),
        expected=float(expected_false_alarms(int(row["areas"])).expected),
        overdispersed=bool(row["overdispersed"]),
        beyond_chance=int(row["beyond_chance"]),
        phi=float(row["phi"]),
    )


def funnel(metric: str) -> None:
    """Show the funnel of the latest figures."""
    definition, facts = data.definition(metric), funnel_facts(metric)
    assert facts is not None, "a measure without counts has no funnel"
    st.plotly_chart(
        _funnel(data.version(), metric),
        theme=None,
        config=PLOTLY_CONFIG,
        key=f"funnel {metric}",
        alt=f"Funnel plot of {definition.title}, the 15 areas by size. {funnel_sentence(facts)}",
    )


@st.cache_resource(max_entries=60, show_spinner=False)
def _funnel(version: str, metric: str) -> go.Figure:
    areas, curve = data.rows("funnel_areas", metric=metric), data.rows("funnel_curve", metric=metric)
    centre = float(data.rows("funnel", metric=metric)["centre"].iloc[0])
    return funnel_figure(data.definition(metric), areas, curve, centre)


def latest_values(metric: str, order: str) -> None:
    """Show the latest figures with their intervals, against England's."""
    st.plotly_chart(
        _comparison(data.version(), metric, order),
        theme=None,
        config=PLOTLY_CONFIG,
        key=f"latest {metric}",
        alt=f"Latest figures of {data.definition(metric).title} in the 15 areas. {answer(metric)} The table says each.",
    )


@st.cache_resource(max_entries=100, show_spinner=False)
def _comparison(version: str, metric: str, order: str) -> go.Figure:
    latest = _latest(in_order(metric, order))
    return comparison_figure(data.definition(metric), latest, england_value(metric, latest["period_start"].max()))


def _latest(signals: pd.DataFrame) -> pd.DataFrame:
    """Only figures of the same, latest period can be laid side by side."""
    return signals[signals["period_start"] == signals["period_start"].max()]


@st.cache_data(max_entries=100, show_spinner=False)
def _common_range(version: str, metric: str) -> tuple[float, float]:
    series = data.rows("series", metric=metric)
    return value_range(series[series["area_id"] != "england"])


def panels(metric: str, order: str) -> None:
    """Show 15 small multiples on one scale."""
    scale = _common_range(data.version(), metric)
    areas = list(in_order(metric, order)["area_id"])
    names = data.area_names()
    for start in range(0, len(areas), COLUMNS):
        columns = st.columns(COLUMNS, gap="medium")
        for column, area in zip(columns, areas[start : start + COLUMNS], strict=False):
            with column:
                panel(metric, area, names[area], key=f"compare {metric} {area}", y_range=scale)


def concerns(metric: str) -> list[str]:
    """Return the names of the areas in which the measure is a concern now."""
    signals = data.rows("metric_signals", metric=metric)
    return list(signals.loc[signals["state"] == "concern", "name"])


def alike_note(names: list[str]) -> str:
    """Return where the measure is a concern, before the areas where it is improving."""
    return (
        f"A concern in {list_words(names)}. Below: where the same measure is improving. A place to ask, not an "
        "explanation."
    )


def latest_note(definition: Definition) -> str:
    """Return how to read the latest figures of a measure."""
    shown = f"{definition.title}, {definition.unit}. The dashed line is England. "
    if definition.interval == "none":
        return shown + NO_INTERVAL
    narrow = NOT_INDEPENDENT if definition.kind == "hazard" else ""
    return f"{shown}Lines beside the dots are 95% intervals, which allow for chance alone. {narrow}{NOT_A_VERDICT}"


def table(definition: Definition, order: str) -> None:
    """Show the same facts as a table, with what the columns count and the notes that come with figures."""
    signals = in_order(definition.id, order)
    with_interval = bool(signals["lower"].notna().any())
    with_funnel = funnel_facts(definition.id) is not None
    with_notes = bool(signals["note"].fillna("").ne("").any())
    columns = ["Area", definition.unit, "Signal", "Numerator", "Denominator"]
    columns += (
        ["95% interval"] * with_interval + ["Against the limits of the funnel"] * with_funnel + ["Note"] * with_notes
    )
    sides = data.rows("funnel_areas", metric=definition.id).set_index("area_id")["side"].to_dict()
    body = [
        _table_line(definition, row, with_interval, sides.get(row["area_id"]) if with_funnel else None, with_notes)
        for _, row in signals.iterrows()
    ]
    st.html(html_table(columns, body, f"{definition.title}: latest figures of the 15 areas"))
    counted = f"Denominator: {definition.denominator}." if definition.denominator else ""
    st.html(f'<p class="psc-note">Numerator: {escape(definition.numerator)}. {escape(counted)}</p>')


def _table_line(
    definition: Definition, row: pd.Series, with_interval: bool, side: str | None, with_notes: bool
) -> list[str]:
    cells = [
        escape(row["name"]),
        number_words(row["value"], definition.decimals),
        icon_with_words(row["state"], row["side"]),
        _count(row["numerator"]),
        _count(row["denominator"]),
    ]
    if with_interval:
        low, high = (number_words(row[side], definition.decimals) for side in ("lower", "upper"))
        cells.append(f"{low} to {high}")
    if side is not None:
        cells.append(BESIDE_LIMITS[side])
    if with_notes:
        cells.append(escape(row["note"] or "") or "–")
    return cells


def _count(value: float) -> str:
    return "not published" if pd.isna(value) else number_words(value, 0 if value >= 100 else 1)
