"""The verdict on a chart's own page: the sentence, the figures it rests on drawn to be counted, and a table of them."""

import pandas as pd
import plotly.graph_objects as go
import streamlit as st
from markupsafe import Markup

from psc.catalogue.definition import Metric
from psc.charts.spc.year_on_year import Pair, Year, pairs_figure, years_figure
from psc.clock import today
from psc.narrate.against import against_sentence
from psc.narrate.chance import measure_chance_sentence
from psc.narrate.chart import describe_age
from psc.narrate.verdicts import Verdict, figure_sentence, latest_sentence, verdict_sentence
from psc.narrate.words import (
    MONTHS_OF_A_YEAR,
    capitalised,
    describe_count,
    describe_month,
    describe_number,
)
from psc.web.components.page_parts import PLOTLY_CONFIG, html_table, sign
from psc.web.components.people_at_england_rate import people_sentence
from psc.web.components.render import render_macro
from psc.web.session import store
from psc.web.session.cache import cached

VERDICT = "macros/verdict_section.html"


def page_summary(definition: Metric, area: str) -> str:
    """Return what the figures of an area say: the verdict, how England changed, and the age of the latest figure."""
    verdicts = store.verdicts_on(definition.id)
    verdict = verdicts.get(area)
    if verdict is None:
        return "No figures for this measure in this area."
    said = [
        verdict_sentence(definition, verdict) if verdict.is_judged else latest_sentence(definition, verdict),
        against_sentence(verdict, verdicts.get("england")),
        describe_age(verdict.period_end, today()),
    ]
    return " ".join(words for words in said if words)


def show_verdict(definition: Metric, area: str) -> None:
    """Show the figures that the verdict rests on and, beside them, what it says of the area and of England.

    Where a measure is not judged there are no such figures, and the rest has the whole width.
    """
    verdict = store.verdicts_on(definition.id)[area]
    show = {"monthly": _show_pairs, "rare": _show_pairs, "yearly": _show_years}.get(verdict.method)
    if show is None:
        _show_beside(definition, area, verdict)
        return
    left, right = st.columns([2.3, 1], gap="large")
    with left:
        show(definition, area, verdict)
    with right:
        _show_beside(definition, area, verdict)


def _show_beside(definition: Metric, area: str, verdict: Verdict) -> None:
    st.html(_beside(definition, verdict, store.verdicts_on(definition.id).get("england")))
    if people := people_sentence(definition.id, area):
        st.html(render_macro(VERDICT, "people", people))
    if verdict.is_judged and (chance := store.chances().get(definition.id)):
        st.html(render_macro(VERDICT, "chance", measure_chance_sentence(chance, certain=verdict.certain)))


def _beside(definition: Metric, verdict: Verdict, england: Verdict | None) -> Markup:
    """The sign with the latest figure, and what England's figures say (HTML)."""
    said = ""
    if england:
        # That England is not judged either says nothing new; its figure does.
        said = (verdict_sentence if england.is_judged else figure_sentence)(definition, england)
    image = sign(verdict.state, verdict.direction)
    return render_macro(VERDICT, "beside", image, figure_sentence(definition, verdict), said)


def _own(definition: Metric, area: str) -> pd.DataFrame:
    series = store.rows("series", metric=definition.id)
    return series[(series["area_id"] == area) & series["value"].notna()].sort_values("period_start")


def pairs_of(definition: Metric, area: str, verdict: Verdict) -> list[Pair]:
    """Return the last twelve months with the same months a year before, oldest first."""
    own = _own(definition, area).set_index("period_start")["value"]
    months = pd.date_range(end=pd.Timestamp(verdict.period_start), periods=MONTHS_OF_A_YEAR, freq="MS")

    def figure(month: pd.Timestamp) -> float | None:
        return float(own[month]) if month in own.index else None

    return [Pair(month.date(), figure(month - pd.DateOffset(years=1)), figure(month)) for month in months]


def _show_pairs(definition: Metric, area: str, verdict: Verdict) -> None:
    pairs = pairs_of(definition, area, verdict)
    name = store.area_names()[area]
    st.html(render_macro(VERDICT, "pairs_note", _span(pairs)))
    st.plotly_chart(
        _pairs_figure(definition.id, area),
        theme=None,
        config=PLOTLY_CONFIG,
        key=f"pairs {definition.id} {area}",
        alt=f"Chart of {definition.title} in {name}, {_span(pairs)}, each month beside the same month a year before: "
        f"{_tally(pairs)} The table below has the figures.",
    )
    st.html(_pairs_table(definition, name, pairs))


@cached(entries=300)
def _pairs_figure(metric: str, area: str) -> go.Figure:
    definition = store.definition(metric)
    pairs = pairs_of(definition, area, store.verdicts_on(metric)[area])
    return pairs_figure(definition, pairs, from_zero=store.starts_at_zero(metric))


def _span(pairs: list[Pair]) -> str:
    return f"{describe_month(pairs[0].month)} to {describe_month(pairs[-1].month)}"


def _tally(pairs: list[Pair]) -> str:
    ways = [pair.way for pair in pairs]
    said = [
        f"{way} in {describe_count(ways.count(way), 'month')}" for way in ("lower", "higher", "the same") if way in ways
    ]
    missing = ways.count("")
    gone = f" {capitalised(describe_count(missing, 'month'))} cannot be compared." if missing else ""
    return f"{', '.join(said)}.{gone}" if said else "no month can be compared."


def _pairs_table(definition: Metric, name: str, pairs: list[Pair]) -> Markup:
    body = [
        [
            describe_month(pair.month),
            _figure(definition, pair.then),
            _figure(definition, pair.now),
            pair.way or "not compared",
        ]
        for pair in pairs
    ]
    caption = f"{definition.title}, {name}: the last 12 months beside the same months a year before"
    table = html_table(["Month", "A year before", "This month", "Which is"], body, caption)
    return render_macro(VERDICT, "pairs_table", _tally(pairs), table)


def _figure(definition: Metric, value: float | None) -> str:
    return "none" if value is None else describe_number(value, definition.decimals)


def years_of(definition: Metric, area: str, verdict: Verdict) -> tuple[list[Year], float]:
    """Return the latest year and those it is set against, oldest first, and the pooled figure of the earlier ones."""
    own = _own(definition, area).tail(verdict.years + 1)
    earlier = own.iloc[:-1]
    pooled = earlier["numerator"].sum() / (len(earlier) if definition.is_count else earlier["denominator"].sum())
    years = [Year(row.period_start.date(), float(row.value)) for row in own.itertuples()]
    return years, float(pooled * definition.multiplier)


def _show_years(definition: Metric, area: str, verdict: Verdict) -> None:
    years, level = years_of(definition, area, verdict)
    st.html(render_macro(VERDICT, "years_note", describe_count(verdict.years, "year")))
    st.plotly_chart(
        _years_figure(definition.id, area),
        theme=None,
        config=PLOTLY_CONFIG,
        key=f"years {definition.id} {area}",
        alt=_years_alt(definition, area, years, level),
    )


def _years_alt(definition: Metric, area: str, years: list[Year], level: float) -> str:
    figures = "; ".join(f"{year.label} {describe_number(year.value, definition.decimals)}" for year in years)
    return (
        f"Chart of {definition.title} in {store.area_names()[area]}, {years[0].label} to {years[-1].label}: {figures}. "
        f"The years before the last, taken together: {describe_number(level, definition.decimals)}."
    )


@cached(entries=300)
def _years_figure(metric: str, area: str) -> go.Figure:
    definition = store.definition(metric)
    verdict = store.verdicts_on(metric)[area]
    years, level = years_of(definition, area, verdict)
    return years_figure(definition, years, level, verdict.years, from_zero=store.starts_at_zero(metric))
