"""The parts of the Compare page: one measure, 15 areas, one scale, no ranking."""

import pandas as pd
import plotly.graph_objects as go
import streamlit as st

from psc.catalogue.definition import Metric
from psc.charts.areas.latest_figures import comparison_figure
from psc.charts.funnel.funnel_figure import funnel_figure
from psc.charts.style.scale import value_range
from psc.clock import today
from psc.narrate.aim_sentences import MeasuredAim
from psc.narrate.comparison import Compared, comparison_headline, comparison_sentence
from psc.narrate.funnel_sentences import difference_question, funnel_sentence
from psc.narrate.words import describe_period
from psc.web.components.aim_list import aims_about, lines_of
from psc.web.components.chart_panels import panel
from psc.web.components.funnel_facts import funnel_facts
from psc.web.components.page_parts import PLOTLY_CONFIG
from psc.web.session import store
from psc.web.session.cache import cached

ORDERS = {"geographic": "North to south", "alphabetical": "Alphabetical"}
COLUMNS = 3
NO_FIGURES = "No area has a figure for this measure."
NO_INTERVAL = (
    "No interval is shown: none follows from an amount or a standardised rate, and that of a ratio to expected deaths "
    "would be far too narrow."
)
WANDER = "A clear difference from England must also be more than an area’s figure moves by itself from year to year."
NOT_INDEPENDENT = "Prescriptions are not independent of each other, so these are narrower than they should be."


def in_order(metric: str, order: str) -> pd.DataFrame:
    """Return the latest signals of a measure in the chosen order."""
    return _ordered(store.rows("metric_signals", metric=metric), order)


def _ordered(rows: pd.DataFrame, order: str) -> pd.DataFrame:
    return rows.sort_values("north_to_south" if order == "geographic" else "name")


def england_value(metric: str, period_start: pd.Timestamp) -> float | None:
    """Return England's figure in a period; None where there is none, or where it is the sum of the areas."""
    if store.definition(metric).is_count:
        return None
    series = store.rows("england_series", metric=metric)
    found = series.loc[series["period_start"] == period_start, "value"]
    return float(found.iloc[0]) if len(found) else None


def compared_areas(metric: str) -> pd.DataFrame:
    """Return each area's figure in the period in which the areas are compared; no rows without figures."""
    return store.rows("compared_areas", metric=metric)


def compared_in(metric: str) -> Compared | None:
    """Return in which period the areas are compared; None for a measure without a figure of an area."""
    found = store.rows("comparison", metric=metric)
    if found.empty:
        return None
    row, grain = found.iloc[0], store.definition(metric).grain
    later = row["newest_start"] > row["period_start"]
    known = set(compared_areas(metric)["area_id"])
    return Compared(
        period=describe_period(row["period_start"], row["period_end"], grain),
        without=tuple(name for area, name in store.area_names().items() if area not in known),
        newest=describe_period(row["newest_start"], row["newest_end"], grain) if later else "",
        newest_areas=int(row["newest_areas"]),
    )


def page_summary(metric: str) -> str:
    """Return how England changed, which areas changed otherwise, and whether any area's level stands out."""
    if compared_in(metric) is None:
        return NO_FIGURES
    return comparison_headline(store.verdicts_on(metric), funnel_facts(metric), today())


def _latest_sentence(metric: str) -> str:
    areas, compared = compared_areas(metric), compared_in(metric)
    assert compared is not None, "asked only where areas have figures"
    england = england_value(metric, areas["period_start"].iloc[0])
    return comparison_sentence(store.definition(metric), areas["value"], compared, england)


def funnel(metric: str) -> None:
    """Show the funnel of the latest figures."""
    definition, facts = store.definition(metric), funnel_facts(metric)
    assert facts is not None, "a measure without counts has no funnel"
    st.plotly_chart(
        _funnel(metric),
        theme=None,
        config=PLOTLY_CONFIG,
        key=f"funnel {metric}",
        alt=f"Funnel plot of {definition.title}, {facts.areas} areas by size. {funnel_sentence(facts)}",
    )


@cached(entries=60)
def _funnel(metric: str) -> go.Figure:
    areas, curve = store.rows("funnel_areas", metric=metric), store.rows("funnel_curve", metric=metric)
    centre = float(store.rows("funnel", metric=metric)["centre"].iloc[0])
    return funnel_figure(store.definition(metric), areas, curve, centre)


def latest_values(metric: str, order: str) -> None:
    """Show the latest figures with their intervals, against England's."""
    st.plotly_chart(
        _comparison(metric, order),
        theme=None,
        config=PLOTLY_CONFIG,
        key=f"latest {metric}",
        alt=f"Latest figures of {store.definition(metric).title} by area. {_latest_sentence(metric)} "
        "The table says each.",
    )


@cached(entries=100)
def _comparison(metric: str, order: str) -> go.Figure:
    areas = _ordered(compared_areas(metric), order)
    return comparison_figure(store.definition(metric), areas, england_value(metric, areas["period_start"].iloc[0]))


@cached(entries=100)
def _common_range(metric: str, aims: tuple[MeasuredAim, ...]) -> tuple[float, float]:
    series = store.rows("series", metric=metric)
    return value_range(series[series["area_id"] != "england"], aims, from_zero=store.starts_at_zero(metric))


def panels(metric: str, order: str) -> None:
    """Show a small multiple for each area with figures, all on one scale."""
    areas = list(in_order(metric, order)["area_id"])
    aims = tuple(aim for area in areas for aim in lines_of(aims_about(metric, area)))
    scale = _common_range(metric, aims)
    names = store.area_names()
    for start in range(0, len(areas), COLUMNS):
        columns = st.columns(COLUMNS, gap="medium")
        for column, area in zip(columns, areas[start : start + COLUMNS], strict=False):
            with column:
                panel(metric, area, names[area], key=f"compare {metric} {area}", y_range=scale)


def latest_note(definition: Metric) -> str:
    """Return what the latest figures are and how to read them; what to ask of a difference, unless a funnel does."""
    said = [_latest_sentence(definition.id)]
    if definition.is_count:
        said.append("England’s count is the sum of the areas, so it is not shown beside them.")
    else:
        said += ["The dashed line is England.", *_interval_notes(definition)]
    if funnel_facts(definition.id) is None:
        said.append(difference_question(definition))
    return " ".join(said)


def _interval_notes(definition: Metric) -> list[str]:
    if definition.interval == "none":
        return [NO_INTERVAL]
    narrow = [NOT_INDEPENDENT] if definition.kind == "hazard" else []
    wander = [WANDER] if definition.counts_people else []
    return ["Lines beside the dots are 95% intervals, which allow for chance alone.", *wander, *narrow]
