"""One series as charts draw it: with what people decided about it, and the limits that a reader chose."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import pandas as pd

from psc.catalogue.definition import Metric
from psc.narrate.signal_words import Signal
from psc.narrate.words import describe_month
from psc.register.records.chart_decision import ChartDecision, applied
from psc.store.limits import Limits, default_limits, offered_limits
from psc.store.one_series import applied_with, decided, judge_series
from psc.web.components.permalink import switch
from psc.web.session import store
from psc.web.session.cache import cached

TITLES: dict[Limits, str] = {"last_two_years": "Last two years", "all_years": "All years"}
OF_POINTS = ("segment", "centre", "lower_limit", "upper_limit", "point_type", "rules")


@dataclass(frozen=True, slots=True, eq=False)
class ChartSeries:
    """An area's rows of a measure, as `queries/series.sql` gives them, and the signal of the latest point.

    ``definition`` is the measure's with the limits and the targets that people decided on for this chart.
    """

    rows: pd.DataFrame
    signal: Signal
    definition: Metric


def pick_limits(definition: Metric, area: str) -> Limits:
    """Show the picker "Limits" where a chart offers more than one kind, and return the choice.

    What people decided about the limits of a chart is what it is drawn with unless a reader chooses otherwise.
    """
    moved = [item for item in decisions_about(definition.id, area) if item.moves_limits]
    offered: tuple[Limits, ...] = (*offered_limits(definition), *(("ours",) if moved else ()))
    if len(offered) == 1:
        return offered[0]
    titles: dict[str, str] = {limits: TITLES[limits] for limits in offered if limits != "ours"}
    if moved:
        titles["ours"] = f"Ours since {describe_month(date.fromisoformat(moved[-1].start))}"
    default = "ours" if moved else default_limits(definition)
    chosen = switch("Limits", titles, key="limits", default=default, kind="limits")
    return next(limits for limits in offered if limits == chosen)


def decisions_about(metric: str, area: str) -> tuple[ChartDecision, ...]:
    """Return what people decided about a chart, the earliest first."""
    return store.register().decisions_about(metric, area)


def chart_series(definition: Metric, area: str, limits: Limits | None = None) -> ChartSeries | None:
    """Return the series with ``limits``, and with what people decided; None where the area has no figures.

    Left out, the limits are those that people decided on, else the default, as the store holds it.
    """
    decisions = tuple(item for item in decisions_about(definition.id, area) if item.decision != "note")
    if not decisions and limits in (None, default_limits(definition)):
        return _stored(definition, area)
    return _judged(definition.id, area, limits, decisions)


def _stored(definition: Metric, area: str) -> ChartSeries | None:
    signals = store.rows("metric_signals", metric=definition.id).set_index("area_id", drop=False)
    if area not in signals.index:
        return None
    return ChartSeries(_rows(definition.id, area), store.signal_of(signals.loc[area]), definition)


@cached(entries=300)
def _judged(metric: str, area: str, limits: Limits | None, decisions: Sequence[ChartDecision]) -> ChartSeries | None:
    rows, definition, parts = _rows(metric, area), store.definition(metric), applied(decisions)
    judged = judge_series(definition, rows, parts, limits)
    if judged.signals.empty:
        return None
    points = judged.points[["period_start", *OF_POINTS]]
    drawn = rows.drop(columns=list(OF_POINTS)).merge(points, on="period_start", how="left")
    signal = store.signal_of(judged.signals.iloc[0])
    return ChartSeries(drawn, signal, _with_baseline(decided(definition, applied_with(parts, limits)), signal))


def _with_baseline(definition: Metric, signal: Signal) -> Metric:
    """The definition with the baseline that people decided on for the last segment, for the words about it."""
    held = [item.baseline_points for item in definition.rebases if item.start <= signal.first_period]
    own = held[-1] if held else None
    return definition.model_copy(update={"baseline_points": own}) if own else definition


def _rows(metric: str, area: str) -> pd.DataFrame:
    series = store.rows("series", metric=metric)
    return series[series["area_id"] == area].reset_index(drop=True)
