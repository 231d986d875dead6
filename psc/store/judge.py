"""Judges every series by statistical process control when the store is built, so that pages only read the verdict."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from psc.catalogue.definition import Definition
from psc.stats.runchart import run_chart
from psc.stats.spc import rebase_starts, xmr

MIN_POINTS = 13  # below this an XmR chart's limits mean too little to draw
UNSETTLED_SHARE = 1 / 3  # beyond this share of points outside the limits, one mean describes the series badly
DIRECTION = {"higher": 1, "lower": -1, "neutral": 0}
STATE = {
    "improvement": "improving",
    "concern": "concern",
    "special_high": "higher",
    "special_low": "lower",
    "common_cause": "steady",
}
RULES = {
    "outside": "beyond the limits",
    "trend": "seven or more steadily rising or falling",
    "two_in_three": "two of three close to a limit",
    "shift": "seven or more on one side of the average",
}


@dataclass(frozen=True)
class Judged:
    """The rows of `spc_point` and `signal` for one metric."""

    points: pd.DataFrame
    signals: pd.DataFrame


def judge(definition: Definition, observations: pd.DataFrame) -> Judged:
    """Judge every area's series of one metric.

    ``observations`` has one row per area and period with ``area_id``, ``period_start``, ``period_end`` and ``value``
    (missing where nothing was published). XmR limits are drawn where the chart is ``xmr`` and a segment has at least
    13 points; otherwise the centre is the median and points are left unjudged. Overlapping windows get no rules.
    """
    values = observations.pivot(index="area_id", columns="period_start", values="value").sort_index(axis=1)
    real = values.notna().any(axis=1)
    values = values[real]
    ends = observations.drop_duplicates("period_start").set_index("period_start")["period_end"]
    points = _points(definition, values)
    signals = pd.DataFrame(_signals(definition, values, points, ends))
    long = pd.concat(points).reset_index(drop=True)
    return Judged(long[long["point_type"].notna()], signals)


def _points(definition: Definition, values: pd.DataFrame) -> list[pd.DataFrame]:
    """Return, for each series, a row per period (missing periods included, so that runs can be walked back)."""
    dates = values.columns.to_numpy("datetime64[D]")
    matrix = values.to_numpy(float)
    breaks = np.array([item.date for item in definition.series_breaks], "datetime64[D]")
    starts = np.broadcast_to(rebase_starts(dates, breaks), matrix.shape)
    limits = xmr(matrix, segment_starts=starts, direction=DIRECTION[definition.direction])
    drawn = np.full(matrix.shape, definition.chart == "xmr") & ~limits.short
    rules = {name: getattr(limits, name) for name in RULES}
    rows = []
    for s, area in enumerate(values.index):
        segment = limits.segment[s]
        centre = np.where(drawn[s], limits.mean[s], _medians(matrix[s], segment, definition.chart))
        kinds = np.where(drawn[s], limits.point_type[s], "unjudged").astype(object)
        fired = [
            "; ".join(RULES[name] for name in RULES if drawn[s, n] and rules[name][s, n]) for n in range(len(dates))
        ]
        missing = np.isnan(matrix[s])
        kinds[missing] = None
        rows.append(
            pd.DataFrame(
                {
                    "metric_id": definition.id,
                    "area_id": area,
                    "period_start": values.columns,
                    "segment": segment,
                    "centre": centre,
                    "lower_limit": np.where(drawn[s], limits.lpl[s], np.nan),
                    "upper_limit": np.where(drawn[s], limits.upl[s], np.nan),
                    "point_type": kinds,
                    "rules": fired,
                }
            )
        )
    return rows


def _medians(values: NDArray[np.float64], segment: NDArray[np.integer], chart: str) -> NDArray[np.float64]:
    """The centre of a run chart, segment by segment; overlapping windows have no centre that means anything."""
    centre = np.full(values.shape, np.nan)
    if chart == "line":
        return centre
    for part in np.unique(segment):
        inside = (segment == part) & ~np.isnan(values)
        if inside.any():
            centre[segment == part] = np.median(values[inside])
    return centre


def _signals(
    definition: Definition, values: pd.DataFrame, points: list[pd.DataFrame], ends: pd.Series
) -> Iterator[dict[str, object]]:
    for (area, series), rows in zip(values.iterrows(), points, strict=True):
        real = rows[series.notna().to_numpy()]
        last = real.iloc[-1]
        current = real[real["segment"] == last["segment"]]
        state = STATE.get(last["point_type"], "unjudged")
        held = _held(current["point_type"].to_numpy()) if state not in ("steady", "unjudged") else 0
        latest = float(series.loc[last["period_start"]])
        chart = "xmr" if last["point_type"] != "unjudged" else ("line" if definition.chart == "line" else "run")
        yield {
            "metric_id": definition.id,
            "area_id": area,
            "chart": chart,
            "state": state,
            "side": _side(state, latest, last, definition.direction),
            "rule": last["rules"].split("; ")[0],
            "since": current["period_start"].iloc[-held] if held else None,
            "points": len(current),
            "holding": held,
            "non_random": _non_random(series, current) if chart == "run" else None,
            "unsettled": chart == "xmr" and _outside(series, current) > UNSETTLED_SHARE,
            "period_start": last["period_start"],
            "period_end": ends.loc[last["period_start"]],
            "value": latest,
            "centre": last["centre"],
            "first_period": current["period_start"].iloc[0],
        }


def _held(kinds: NDArray[np.object_]) -> int:
    """How many of the latest points carry the same verdict as the last one."""
    different = np.flatnonzero(kinds != kinds[-1])
    return len(kinds) - (int(different[-1]) + 1 if len(different) else 0)


def _side(state: str, value: float, last: pd.Series, direction: str) -> str:
    """Which letter the variation icon carries: the verdict's own side, which a trend can set against the mean."""
    if state in ("improving", "concern"):
        good_is_high = direction == "higher"
        return "high" if (state == "improving") == good_is_high else "low"
    return {"higher": "high", "lower": "low"}.get(state, "")


def _non_random(series: pd.Series, current: pd.DataFrame) -> bool:
    segment = series.loc[current["period_start"]].to_numpy(float)
    return bool(run_chart(segment[None, :]).signal[0])


def _outside(series: pd.Series, current: pd.DataFrame) -> float:
    segment = series.loc[current["period_start"]].to_numpy(float)
    outside = (segment > current["upper_limit"].to_numpy(float)) | (segment < current["lower_limit"].to_numpy(float))
    return float(outside.mean())
