"""One series as its chart's own page draws it: with the limits that a reader chose, kept in the address."""

from dataclasses import dataclass

import pandas as pd
import streamlit as st

from psc.catalogue.definition import Definition
from psc.narrate.signals import Signal
from psc.store.limits import Limits, default_limits, offered_limits
from psc.store.one_series import judge_series
from psc.web import data
from psc.web.permalink import switch

TITLES: dict[Limits, str] = {"last_two_years": "Last two years", "all_years": "All years"}
OF_POINTS = ("segment", "centre", "lower_limit", "upper_limit", "point_type", "rules")


@dataclass(frozen=True, slots=True, eq=False)
class ChartSeries:
    """An area's rows of a measure, as `queries/series.sql` gives them, and the signal of the latest point."""

    rows: pd.DataFrame
    signal: Signal


def pick_limits(definition: Definition) -> Limits:
    """Show the picker "Limits" where a measure offers more than one kind, and return the choice."""
    offered = offered_limits(definition)
    if len(offered) == 1:
        return offered[0]
    titles: dict[str, str] = {limits: TITLES[limits] for limits in offered}
    chosen = switch("Limits", titles, key="limits", default=default_limits(definition), kind="limits")
    return next(limits for limits in offered if limits == chosen)


def chart_series(definition: Definition, area: str, limits: Limits | None = None) -> ChartSeries | None:
    """Return the series with ``limits``, or as the store holds it; None where the area has no figures."""
    if limits is None or limits == default_limits(definition):
        return _stored(definition.id, area)
    return _judged(data.version(), definition.id, area, limits)


def _stored(metric: str, area: str) -> ChartSeries | None:
    signals = data.rows("metric_signals", metric=metric).set_index("area_id", drop=False)
    if area not in signals.index:
        return None
    return ChartSeries(_rows(metric, area), data.signal_of(signals.loc[area]))


@st.cache_resource(max_entries=300, show_spinner=False)
def _judged(version: str, metric: str, area: str, limits: Limits) -> ChartSeries | None:
    rows = _rows(metric, area)
    judged = judge_series(data.definition(metric), rows, limits=limits)
    if judged.signals.empty:
        return None
    points = judged.points[["period_start", *OF_POINTS]]
    drawn = rows.drop(columns=list(OF_POINTS)).merge(points, on="period_start", how="left")
    return ChartSeries(drawn, data.signal_of(judged.signals.iloc[0]))


def _rows(metric: str, area: str) -> pd.DataFrame:
    series = data.rows("series", metric=metric)
    return series[series["area_id"] == area].reset_index(drop=True)
