"""Judges every series by statistical process control when the store is built, so that pages only read the verdict."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product

import numpy as np
import pandas as pd

from psc.catalogue.definition import Metric
from psc.stats.spc.baseline import Baseline
from psc.stats.spc.rare_events import SMALL_MEAN
from psc.stats.spc.run_chart import run_chart
from psc.stats.spc.segments import split_segments
from psc.stats.spc.xmr import XmR, xmr
from psc.store.grid import Grid
from psc.store.limits import Limits, baseline, baseline_points, limits_drawn, segment_starts
from psc.store.possible import within_possible
from psc.store.this_month import this_month

RECENT = 12  # of so many recorded periods the counts decide whether limits would mislead
DIRECTION = {"higher": 1, "lower": -1, "neutral": 0}
STATE = {
    "common_cause": "steady",
    "special_cause_improvement": "improving",
    "special_cause_concern": "concern",
    "special_cause_neutral_high": "higher",
    "special_cause_neutral_low": "lower",
}
# Rules from strongest to weakest: the first that fires names the point. What each means is said in `psc.narrate`.
RULES = ("outside", "trend", "two_in_three", "shift")
# At the number that the rules' marks make when read as binary digits, the strongest first.
FIRED = np.array(
    ["; ".join(rule for rule, mark in zip(RULES, marks, strict=True) if mark) for marks in product((0, 1), repeat=4)],
    dtype=object,
)


@dataclass(frozen=True)
class Judged:
    """The rows of `spc_point` and `signal` for one metric."""

    points: pd.DataFrame
    signals: pd.DataFrame


@dataclass(frozen=True, slots=True, eq=False)
class _Marks:
    """What is drawn and said of each place (S, N), and why a series (S,) has ``no_limits`` now, "" if it has them.

    Too few points, yearly figures and overlapping windows are no reason here: the definition and the points say so.
    """

    no_limits: np.ndarray
    drawn: np.ndarray
    segment: np.ndarray
    judged: np.ndarray
    centre: np.ndarray
    lower: np.ndarray
    upper: np.ndarray
    point_type: np.ndarray
    rules: np.ndarray
    sign: np.ndarray
    side: np.ndarray
    assurance: np.ndarray


def judge(definition: Metric, grid: Grid, limits: Limits | None = None) -> Judged:
    """Judge every area's series of one metric, with ``limits``, or its default where they are left out or not offered.

    XmR limits are drawn where the chart is ``xmr``, a segment has at least 13 points from which limits can be made, and
    there are at least 5 events a period on average, and in a share as many without one; otherwise the centre is the
    median and points stay unjudged. Overlapping windows get no rules.

    The signal is that of the latest point alone, as NHS "Making Data Count" has it; whether the series has gone up or
    down is its verdict (`psc.store.verdicts`).
    """
    chosen = limits_drawn(definition, limits)
    starts = segment_starts(definition, grid)
    few = _small_counts(definition, grid)
    rests_on = baseline(grid, starts, chosen, few == "")
    marks = _marks(definition, grid, starts, rests_on, _limits(definition, grid, rests_on.starts, chosen), few)
    season = this_month(definition, grid, starts, few == "")
    latest = {"odd": season.odd, "expected": season.expected}
    latest |= {"expected_lower": season.lower, "expected_upper": season.upper}
    return Judged(_points(definition, grid, marks), pd.DataFrame(_signals(definition, grid, marks)).assign(**latest))


def _limits(definition: Metric, grid: Grid, starts: np.ndarray, chosen: Limits) -> XmR:
    """XmR of every area, as the definition's people have decided."""
    targets = np.array([definition.target_on(day) for day in grid.end.tolist()], float)
    return xmr(
        grid.value,
        segment_starts=starts,
        baseline_points=baseline_points(definition, grid, chosen),
        direction=DIRECTION[definition.direction],
        target=np.broadcast_to(targets, grid.value.shape),
        trend_points=definition.trend_points,
    )


def _marks(
    definition: Metric, grid: Grid, starts: np.ndarray, rests_on: Baseline, limits: XmR, small: np.ndarray
) -> _Marks:
    usable = (small == "")[:, None] & (definition.chart == "xmr")
    drawn = rests_on.judged & ~limits.short & usable & ~np.isnan(limits.upl)
    last = (np.arange(len(grid.areas)), limits.last)
    failed = np.where(limits.no_width[last], "no_width", np.where(np.isnan(limits.upl[last]), "no_steps", ""))
    judged_long = ~limits.short[last] & (definition.chart == "xmr")
    fired = sum(getattr(limits, rule).astype(np.int64) << (len(RULES) - 1 - n) for n, rule in enumerate(RULES))
    centre = np.where(drawn, limits.mean, np.nan)
    if definition.chart != "line":
        medians = _medians(grid, rests_on.starts, limits.segment)
        centre = np.where(drawn | ~rests_on.judged, centre, medians)
    return _Marks(
        no_limits=np.where(small != "", small, np.where(judged_long, failed, "")),
        drawn=drawn,
        segment=starts.cumsum(axis=1),
        judged=rests_on.judged,
        centre=centre,
        lower=within_possible(definition, np.where(drawn, limits.lpl, np.nan)),
        upper=within_possible(definition, np.where(drawn, limits.upl, np.nan)),
        point_type=np.where(drawn, limits.point_type, "unjudged"),
        rules=FIRED[np.where(drawn, fired, 0)],
        sign=np.where(drawn, limits.sign, 0),
        side=np.where(drawn, limits.relative_to_mean, 0),
        # A series that never moved needs no limits: its figure meets the target or misses it.
        assurance=np.where(drawn[last] | (limits.constant[last] & judged_long), limits.assurance, ""),
    )


def _small_counts(definition: Metric, grid: Grid) -> np.ndarray:
    """Why (S,) limits would mislead: so few were counted a period of late, or so few were not; "" if neither.

    XmR signals at random on counts of a handful, whatever else a definition says of them. Amounts are no counts.
    """
    none = np.full(len(grid.areas), "", dtype=object)
    if definition.numerator_kind != "count" or definition.chart != "xmr":
        return none
    others = _few(grid, grid.denominator - grid.numerator) & definition.has_complement
    return np.where(_few(grid, grid.numerator), "small_counts", np.where(others, "few_exceptions", none))


def _few(grid: Grid, counts: np.ndarray) -> np.ndarray:
    """Whether (S,) the ``counts`` (S, N) are under five a period over the last 12 recorded periods of any grain."""
    recorded = ~np.isnan(grid.value)
    later = recorded[:, ::-1].cumsum(axis=1)[:, ::-1]  # how many recorded points from here to the end
    latest = recorded & (later <= RECENT)
    return np.where(latest, counts, 0.0).sum(axis=1) < SMALL_MEAN * latest.sum(axis=1)


def _medians(grid: Grid, starts: np.ndarray, segment: np.ndarray) -> np.ndarray:
    """The median of each place's segment (S, N); NaN where a segment has no figure."""
    rows, series, number = split_segments(grid.value, starts)
    medians = np.full((len(grid.areas), int(segment.max(initial=0)) + 1), np.nan)
    medians[series, number] = np.nanmedian(rows, axis=1)
    return np.take_along_axis(medians, segment, axis=1)


def _points(definition: Metric, grid: Grid, marks: _Marks) -> pd.DataFrame:
    """One row per recorded point, by area, then period."""
    series, place = np.nonzero(~np.isnan(grid.value))
    at = (series, place)
    return pd.DataFrame(
        {
            "metric_id": definition.id,
            "area_id": np.array(grid.areas, dtype=object)[series],
            "period_start": grid.start[place].astype("datetime64[s]"),
            "segment": marks.segment[at],
            "centre": marks.centre[at],
            "lower_limit": marks.lower[at],
            "upper_limit": marks.upper[at],
            "point_type": marks.point_type[at],
            "rules": marks.rules[at],
        }
    )


def _signals(definition: Metric, grid: Grid, marks: _Marks) -> Iterator[dict[str, object]]:
    recorded = ~np.isnan(grid.value)
    last_segment = np.where(recorded, marks.segment, -1).max(axis=1)
    current = recorded & (marks.segment == last_segment[:, None])
    run_signal = run_chart(np.where(current & marks.judged, grid.value, np.nan)).signal
    for s, area in enumerate(grid.areas):
        places = np.flatnonzero(current[s])
        limited = places[marks.judged[s, places]]
        last = places[-1]
        state = STATE.get(marks.point_type[s, last], "unjudged")
        chart = {"unjudged": "line" if definition.chart == "line" else "run"}.get(state, "xmr")
        sign = int(marks.sign[s, last])
        yield {
            "metric_id": definition.id,
            "area_id": area,
            "chart": chart,
            "state": state,
            "side": {1: "high", -1: "low"}.get(sign, ""),
            "assurance": marks.assurance[s],
            "rule": marks.rules[s, last].split("; ")[0],
            "points": len(places),
            "missing": int((~recorded[s]).sum()),
            "non_random": bool(run_signal[s]) if chart == "run" else None,
            "no_limits": marks.no_limits[s],
            "period_start": grid.start[last],
            "period_end": grid.end[last],
            "value": grid.value[s, last],
            "centre": marks.centre[s, last],
            "first_period": grid.start[places[0]],
            "limits_points": len(limited),
            "limits_from": grid.start[limited[0]],
        }
