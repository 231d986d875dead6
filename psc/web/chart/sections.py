"""The parts of a chart's own page: the chart large, what it rests on, and every figure behind it."""

from collections.abc import Sequence
from html import escape

import pandas as pd
import streamlit as st

from psc.catalogue.definition import Metric
from psc.charts.spc.annotations import annotations_within
from psc.charts.spc.spc_figure import spc_figure
from psc.charts.style.making_data_count import describe_icon
from psc.narrate.area import describe_missing
from psc.narrate.chart import (
    assurance_sentence,
    chart_choice,
    describe_chance,
    describe_limits,
    describe_run,
    describe_this_month,
    gaps_note,
)
from psc.narrate.signal_words import Signal, describe_average, describe_point, describe_rule, describe_unlike_verdict
from psc.narrate.verdicts import Verdict
from psc.narrate.words import capitalised, describe_count, describe_month, describe_number, describe_period
from psc.register.records.chart_decision import ChartDecision
from psc.register.records.priority import Priority
from psc.register.search.selection import priorities_about
from psc.store.limits import Limits
from psc.web.components.aim_list import aims_list, aims_table
from psc.web.components.chart_annotations import annotations_of, changes_about, legend, with_annotations
from psc.web.components.chart_decision_list import decided_in
from psc.web.components.chart_panels import chart
from psc.web.components.chart_series import ChartSeries, decisions_about
from psc.web.components.page_parts import (
    PLOTLY_CONFIG,
    assurance_icon,
    count_or_none,
    describe_counted,
    facts,
    html_table,
    icon,
)
from psc.web.components.register_cards import describe_status
from psc.web.session import store
from psc.web.session.navigation import address, link

HEIGHT = 400
GAP_SENTENCE = "{value} between events"


def show_chart(definition: Metric, area: str, series: ChartSeries, limits: Limits) -> None:
    """Show the chart with labelled lines, beside it what its marks are, and the ways on from it."""
    key = f"chart {definition.id} {area} {limits}"
    if changes := changes_about(definition.id, area):
        left, right = st.columns([2.3, 1], gap="large")
        with left:
            _chart_with_aims(definition, area, key, limits)
        with right:
            decided = any(change.mark.kind == "decision" for change in changes)
            title = "Marked on this chart" if decided else "Tried and taken up here"
            st.html(f'<h2 class="psc-card-title">{title}</h2>{legend(changes, series.rows)}')
    else:
        _chart_with_aims(definition, area, key, limits)
    link("signals", "All signals of all areas")
    link("area", f"All measures in {store.area_names()[area]}", area=area)
    link("compare", "This measure in all 15 areas", metric=definition.id)


def latest_point(definition: Metric, signal: Signal, verdict: Verdict) -> str:
    """Return the Making Data Count sign of the latest point, against which average it goes, and why it may be unlike
    the verdict (HTML); nothing where no rules hold. The definition and the signal are those of the limits chosen.
    """
    if signal.state == "unjudged":
        return ""
    unlike = describe_unlike_verdict(signal, verdict)
    against = "" if unlike else f", against {describe_average(signal)}"
    said = [f"{describe_icon(signal.state, signal.side)}{against}.", describe_point(definition, signal), unlike]
    told = f"<b>The latest point alone.</b> {escape(' '.join(words for words in said if words))}"
    return f'<p class="psc-icon psc-read">{icon(signal.state, signal.side, named=False)}<span>{told}</span></p>'


def _chart_with_aims(definition: Metric, area: str, key: str, limits: Limits) -> None:
    chart(definition.id, area, key=key, height=HEIGHT, limits=limits)
    if aims := aims_list(definition.id, area, "psc-panel-words"):
        st.html(aims)


def priorities(metric: str, area: str) -> str:
    """Return the area's priorities that are linked to a measure, each a link; the national ones on request (HTML)."""
    found = [priority for priority in priorities_about(store.register(), metric) if area in priority.areas]
    own = [_priority_item(priority) for priority in found if priority.scope != "national"]
    national = [_priority_item(priority) for priority in found if priority.scope == "national"]
    listed = (
        f'<ul class="psc-list">{"".join(own)}</ul>'
        if own
        else "<p>No priority of this area is linked to this measure.</p>"
    )
    if not national:
        return listed
    many = capitalised(describe_count(len(national), "national priority", "national priorities"))
    return (
        f'{listed}<details class="psc-cautions"><summary>{many} that every area shares</summary>'
        f'<ul class="psc-list">{"".join(national)}</ul></details>'
    )


def _priority_item(priority: Priority) -> str:
    where = escape(address("priority", id=priority.id))
    return f'<li><a href="{where}">{escape(priority.title)}</a>: {escape(describe_status(priority))}</li>'


def gaps(definition: Metric, area: str) -> pd.DataFrame:
    """Return the gaps between rare events, if this measure is so rare here that they are what can be charted."""
    return store.rows("gaps", metric=definition.id, area=area)


def show_gaps(definition: Metric, area: str, found: pd.DataFrame) -> None:
    """Show the gaps as a g chart, with the marks of the chart above by the same numbers."""
    marks = annotations_of(changes_about(definition.id, area))
    figure = spc_figure(
        definition.model_copy(update={"unit": definition.opportunities, "unit_sentence": GAP_SENTENCE, "decimals": 0}),
        found,
        height=HEIGHT,
        roomy=True,
        kind="g",
        y_title=f"{definition.opportunities} between events",
        marks=marks,
    )
    alt = f"Chart of how far apart events are, {definition.title} in {store.area_names()[area]}: {len(found)} gaps."
    alt = with_annotations(alt, [mark for _, mark in annotations_within(marks, found)])
    st.plotly_chart(figure, theme=None, config=PLOTLY_CONFIG, key=f"gaps {definition.id} {area}", alt=alt)


def gaps_table(definition: Metric, area: str, found: pd.DataFrame) -> str:
    """Return every gap between events, newest first (HTML)."""
    body = [
        [
            escape(describe_month(row.period_start)),
            describe_number(row.value, 0),
            "above" if row.value > row.upper_limit else "within",
            "yes" if row.rules else "no",
        ]
        for row in found.iloc[::-1].itertuples()
    ]
    columns = [
        "Month of the event",
        f"{capitalised(definition.opportunities)} since the event before",
        f"Against the limit of {describe_number(found['upper_limit'].iloc[0], 0)}",
        "Above it wherever the events fell",
    ]
    caption = f"{definition.title}, {store.area_names()[area]}: gaps between events"
    return (
        '<details class="psc-cautions"><summary>Every gap as a table, newest first</summary>'
        f"{html_table(columns, body, caption, cells_are_html=True)}</details>"
    )


def describe_gaps(definition: Metric, found: pd.DataFrame) -> str:
    """Return how to read the g chart."""
    above, certain = found["value"] > found["upper_limit"], found["rules"] != ""
    return gaps_note(definition, int(above.sum()), int(certain.sum()))


def reading(definition: Metric, signal: Signal, checked: str) -> str:
    """Return what the chart is, what it rests on and what its signs mean, as a list of facts (HTML).

    ``checked`` says whether contributors' denominators were checked for steps.
    """
    target = assurance_sentence(definition, signal)
    told = {
        "Target": (f'<span class="psc-icon">{assurance_icon(signal.assurance, 24)}<span>{escape(target)}</span></span>')
        if target
        else "",
        "Why this chart": escape(chart_choice(definition, signal)),
        "What it rests on": escape(describe_limits(definition, signal)),
        "Who counts": escape(checked),
        "This month": escape(describe_this_month(definition, signal)),
        "Signs by chance": escape(describe_chance(definition, signal)),
        "All years": escape(describe_run(signal)),
        "Be careful": escape(describe_missing(signal.missing, definition.grain)),
    }
    return facts({name: words for name, words in told.items() if words}, values_are_html=True)


def figures_table(definition: Metric, area: str, series: ChartSeries) -> str:
    """Return the aims, and every figure of the chart with its limits and the rules that fired, newest first (HTML)."""
    own = series.rows.sort_values("period_start", ascending=False)
    decisions = decisions_about(definition.id, area)
    body = [_line(definition, row, decisions) for _, row in own.iterrows()]
    columns = [
        "Period",
        definition.unit,
        *["Numerator", "Denominator"] * (not definition.is_count),
        "Average or middle",
        "Usual range",
        "Rules",
        "Note",
    ]
    return (
        '<details class="psc-cautions"><summary>Every figure as a table, newest first</summary>'
        f"{aims_table(definition.id, area)}"
        f"{html_table(columns, body, f'{definition.title}, {store.area_names()[area]}', cells_are_html=True)}"
        f'<p class="psc-note">{escape(describe_counted(definition))}</p></details>'
    )


def _line(definition: Metric, row: pd.Series, decisions: Sequence[ChartDecision]) -> list[str]:
    decimals = definition.decimals
    low, high = row["lower_limit"], row["upper_limit"]
    usual = "none" if pd.isna(low) else f"{describe_number(low, decimals)} to {describe_number(high, decimals)}"
    meaning = describe_rule(definition.trend_points)
    fired = [capitalised(meaning[rule]) for rule in str(row["rules"] or "").split("; ") if rule in meaning]
    decided = decided_in(decisions, definition, row["period_start"].date(), row["period_end"].date())
    parts = [count_or_none(row["numerator"]), count_or_none(row["denominator"])]
    return [
        escape(describe_period(row["period_start"], row["period_end"], definition.grain)),
        "not published" if pd.isna(row["value"]) else describe_number(row["value"], decimals),
        *parts * (not definition.is_count),
        "none" if pd.isna(row["centre"]) else describe_number(row["centre"], decimals),
        usual,
        escape("; ".join(fired)) or "none",
        escape(" ".join(note for note in (row["note"], decided) if note)) or "none",
    ]
