"""Judges every series by statistical process control when the store is built, so that pages only read the verdict."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import pandas as pd

from psc.catalogue.definition import Definition
from psc.stats.runchart import run_chart
from psc.stats.segments import rebase_starts
from psc.stats.spc import XmR, xmr
from psc.store.change import YEAR, counts_since_start, year_change

UNSETTLED_SHARE = 1 / 3  # beyond this share of points outside the limits, one mean describes the series badly
SMALL_COUNT = 5  # a mean of fewer events than this a period makes an XmR chart signal where nothing has changed
EXTREME_OF = 3  # "the highest since ..." is worth saying when the latest point beats at least this many before it
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


@dataclass(frozen=True)
class Judged:
    """The rows of `spc_point` and `signal` for one metric."""

    points: pd.DataFrame
    signals: pd.DataFrame


def judge(definition: Definition, observations: pd.DataFrame) -> Judged:
    """Judge every area's series of one metric.

    ``observations`` has one row per area and period with ``area_id``, ``period_start``, ``period_end``, ``numerator``,
    ``denominator`` and ``value`` (missing where nothing was published). XmR limits are drawn where the chart is
    ``xmr``, a segment has at least 13 points and there are at least 5 events a period on average; otherwise the centre
    is the median and points are left unjudged. Overlapping windows get no rules.

    A special cause whose year goes the other way is called unclear: a winter's low or a single month must not pass for
    an improvement while the last twelve months were worse than the twelve before.
    """
    values = observations.pivot(index="area_id", columns="period_start", values="value").sort_index(axis=1)
    values = values[values.notna().any(axis=1)]
    matrix = values.to_numpy(float)
    limits = _limits(definition, values)
    small = [_small_counts(definition, observations[observations["area_id"] == area]) for area in values.index]
    points = pd.concat(
        _points_of_series(definition, area, values.columns, matrix[s], limits, s, small[s])
        for s, area in enumerate(values.index)
    ).reset_index(drop=True)
    signals = pd.DataFrame(_signals(definition, points, observations))
    signals["missing"] = signals["area_id"].map(values.isna().sum(axis=1))
    signals["small_counts"] = signals["area_id"].map(dict(zip(values.index, small, strict=True)))
    signals["assurance"] = signals["area_id"].map(dict(zip(values.index, limits.assurance, strict=True)))
    signals.loc[signals["chart"] != "xmr", "assurance"] = ""
    return Judged(points.drop(columns=["value", "sign", "above_or_below"]), signals)


def _limits(definition: Definition, values: pd.DataFrame) -> XmR:
    """XmR of every area (row) over the periods (columns), as the definition's people have decided."""
    dates = values.columns.to_numpy("datetime64[D]")
    starts = [
        rebase_starts(dates, np.array(list(definition.limits_start(area)), "datetime64[D]")) for area in values.index
    ]
    targets = [definition.target_on(day.date()) for day in values.columns]
    return xmr(
        values.to_numpy(float),
        segment_starts=np.array(starts).reshape(values.shape),
        baseline_points=definition.baseline_points,
        direction=DIRECTION[definition.direction],
        target=np.broadcast_to(np.array(targets, float), values.shape),
        trend_points=definition.trend_points,
    )


def _small_counts(definition: Definition, series: pd.DataFrame) -> bool:
    """Whether the last year's events are so few a period that limits would mislead (only where events are counted)."""
    if definition.interval == "none" or definition.chart != "xmr":
        return False
    counts = series.dropna(subset=["value"]).sort_values("period_start")["numerator"].tail(YEAR)
    return bool(counts.mean() < SMALL_COUNT)


def _points_of_series(
    definition: Definition, area: str, periods: pd.Index, values: np.ndarray, limits: XmR, s: int, small: bool
) -> pd.DataFrame:
    """Return one row per recorded point of series ``s``."""
    drawn = (definition.chart == "xmr" and not small) & ~limits.short[s]
    segment = limits.segment[s]
    fired = ["; ".join(rule for rule in RULES if drawn[n] and getattr(limits, rule)[s, n]) for n in range(len(values))]
    rows = pd.DataFrame(
        {
            "metric_id": definition.id,
            "area_id": area,
            "period_start": periods,
            "value": values,
            "segment": segment,
            "centre": np.where(drawn, limits.mean[s], np.nan),
            "lower_limit": np.where(drawn, limits.lpl[s], np.nan),
            "upper_limit": np.where(drawn, limits.upl[s], np.nan),
            "point_type": np.where(drawn, limits.point_type[s], "unjudged"),
            "rules": fired,
            "sign": np.where(drawn, limits.sign[s], 0),
            "above_or_below": np.where(drawn, limits.relative_to_mean[s], 0),
        }
    )[~np.isnan(values)]
    if definition.chart != "line":
        medians = rows.groupby("segment")["value"].transform("median")
        rows["centre"] = rows["centre"].fillna(medians)
    return rows


def _signals(definition: Definition, points: pd.DataFrame, observations: pd.DataFrame) -> Iterator[dict[str, object]]:
    published = {area: rows.set_index("period_start") for area, rows in observations.groupby("area_id")}
    for area, series in points.groupby("area_id", sort=True):
        last = series.iloc[-1]
        current = series[series["segment"] == last["segment"]]
        state = STATE.get(last["point_type"], "unjudged")
        chart = {"unjudged": "line" if definition.chart == "line" else "run"}.get(state, "xmr")
        sign = int(last["sign"])
        held = _held(current) if sign else 0
        recorded = published[area].loc[current["period_start"]]
        change = year_change(recorded) if definition.grain == "month" else None
        if sign and change is not None and change * sign <= 0:
            state = "unclear"
        yield {
            "metric_id": definition.id,
            "area_id": area,
            "chart": chart,
            "state": state,
            "side": {1: "high", -1: "low"}.get(sign, ""),
            "rule": last["rules"].split("; ")[0],
            "since": current["period_start"].iloc[-held] if held else pd.NaT,
            "holding": held,
            "points": len(current),
            "non_random": bool(run_chart(current["value"].to_numpy()[None, :]).signal[0]) if chart == "run" else None,
            **_extreme(current),
            "year_change": change,
            "counts_since_start": _shifted_counts(definition, recorded, last["rules"], state, sign),
            "unsettled": chart == "xmr" and _share_outside(current) > UNSETTLED_SHARE,
            "period_start": last["period_start"],
            "period_end": published[area].loc[last["period_start"], "period_end"],
            "value": last["value"],
            "centre": last["centre"],
            "first_period": current["period_start"].iloc[0],
        }


def _shifted_counts(definition: Definition, recorded: pd.DataFrame, rules: str, state: str, sign: int) -> float | None:
    """The change since the first year in events a month, only where a sustained shift that way is the verdict."""
    if definition.counted is None or "shift" not in rules.split("; ") or state in ("steady", "unclear", "unjudged"):
        return None
    change = counts_since_start(recorded)
    return change if change is not None and change * sign > 0 else None


def _held(current: pd.DataFrame) -> int:
    """How many of the latest points in a row show what the last one shows.

    A trend has held for as long as the values have gone the same way. Any other signal has held while the points were
    special cause on the last one's side of the centre: a point that belongs to a falling run is marked low even where
    it lies above the centre, and "lower than usual" must not be said of it.
    """
    sign = current["sign"].to_numpy()
    if current["rules"].iloc[-1].startswith("trend"):
        different = np.flatnonzero(np.sign(np.diff(current["value"].to_numpy())) != sign[-1])
    else:
        different = np.flatnonzero((sign != sign[-1]) | (current["above_or_below"].to_numpy() != sign[-1]))
    return len(sign) - (int(different[-1]) + 1 if len(different) else 0)


def _extreme(current: pd.DataFrame) -> dict[str, object]:
    """Whether the latest point is the highest or lowest for a while, and since when."""
    values, periods = current["value"].to_numpy(), current["period_start"].to_numpy()
    for word, matched in (("highest", values[:-1] >= values[-1]), ("lowest", values[:-1] <= values[-1])):
        earlier = np.flatnonzero(matched)
        beaten = len(values) - 1 - (int(earlier[-1]) + 1 if len(earlier) else 0)
        if beaten >= EXTREME_OF:
            since = periods[earlier[-1]] if len(earlier) else pd.NaT
            return {"extreme": word, "extreme_since": since, "extreme_of": beaten}
    return {"extreme": "", "extreme_since": pd.NaT, "extreme_of": 0}


def _share_outside(current: pd.DataFrame) -> float:
    return float(current["rules"].str.startswith("outside").mean())
