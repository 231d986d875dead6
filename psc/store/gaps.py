"""The gaps between rare events, where counts are too small for limits on a rate: what a g chart is drawn from."""

import numpy as np
import numpy.typing as npt
import pandas as pd

from psc.catalogue.definition import Metric
from psc.stats.spc.rare_events import SMALL_MEAN, g_chart, gaps_between_events
from psc.store.grid import Grid

Floats = npt.NDArray[np.float64]
ENOUGH_GAPS = 13
YEAR = 12
BEYOND = {
    "lower": "special_cause_improvement",
    "higher": "special_cause_concern",
    "neutral": "special_cause_neutral_low",
}
COLUMNS = ["metric_id", "area_id", "event_date", "between", "centre", "upper_limit", "point_type", "rules"]


def gap_rows(definition: Metric, grid: Grid) -> pd.DataFrame:
    """Return one row per gap of every area whose counts are small now: the months since they became small.

    Only of a share of counted things, whose denominator is the number of opportunities, and only of whole counts: a
    figure that was divided between two areas has no events to lay in a row. A gap is marked when it is beyond the upper
    limit wherever in their months the events fell: where they fell is not published.
    """
    if definition.funnel != "proportion" or definition.grain != "month":
        return pd.DataFrame(columns=COLUMNS)
    rows = [_rows_of_area(definition, grid, s) for s in range(len(grid.areas))]
    return pd.concat([frame for frame in rows if not frame.empty] or [pd.DataFrame(columns=COLUMNS)])


def _rows_of_area(definition: Metric, grid: Grid, s: int) -> pd.DataFrame:
    counts, chances = grid.numerator[s], grid.denominator[s]
    first = _small_since(counts)
    if first is None or (counts[first:] % 1 != 0)[~np.isnan(counts[first:])].any():
        return pd.DataFrame(columns=COLUMNS)
    gaps = gaps_between_events(counts[None, first:], np.floor(chances[None, first:]))
    known = ~np.isnan(gaps.between[0])
    if known.sum() < ENOUGH_GAPS:
        return pd.DataFrame(columns=COLUMNS)
    chart = g_chart(gaps.between)
    beyond = gaps.shortest[0] > chart.ucl[0]
    return pd.DataFrame(
        {
            "metric_id": definition.id,
            "area_id": grid.areas[s],
            "event_date": _dates(grid.start[first:], gaps.month[0])[known],
            "between": gaps.between[0][known],
            "centre": chart.centre[0][known],
            "upper_limit": chart.ucl[0][known],
            "point_type": np.where(beyond, BEYOND[definition.direction], "common_cause")[known],
            "rules": np.where(beyond, "outside", "")[known],
        }
    )


def _small_since(counts: Floats) -> int | None:
    """The first month from which on every year's mean is small; None where the latest year's is not."""
    recorded = np.flatnonzero(~np.isnan(counts))
    if recorded.size < YEAR:
        return None
    means = np.convolve(counts[recorded], np.ones(YEAR) / YEAR, mode="valid")
    large = np.flatnonzero(means >= SMALL_MEAN)
    if large.size and large[-1] == means.size - 1:
        return None
    return int(recorded[large[-1] + 1]) if large.size else int(recorded[0])


def _dates(months: npt.NDArray[np.datetime64], month: npt.NDArray[np.int64]) -> npt.NDArray[np.datetime64]:
    """A day for each event: those of a month lie evenly in it, since the day itself is not published."""
    here = np.bincount(month[month >= 0], minlength=months.size)
    nth = np.arange(month.size) - np.searchsorted(np.where(month < 0, months.size, month), month)
    days = np.floor((nth + 0.5) / np.maximum(here[month], 1) * 28).astype("timedelta64[D]")
    return months[month].astype("datetime64[D]") + days
