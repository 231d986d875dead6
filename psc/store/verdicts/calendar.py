"""The calendar that figures are compared on: every month of it, and where the series breaks."""

import numpy as np

from psc.catalogue.definition import Metric
from psc.stats.spc.segments import rebase_starts
from psc.stats.verdicts.monthly import Ints
from psc.store.grid import Grid


def every_month(grid: Grid) -> Grid:
    """Return the grid with an empty column for each month that no row of the measure is for."""
    months = grid.months
    every = np.arange(months[0], months[-1] + 1)
    if every.size == months.size:
        return grid
    start = every.astype("datetime64[M]").astype("datetime64[D]")
    end = ((every + 1).astype("datetime64[M]").astype("datetime64[D]").astype(np.int64) - 1).astype("datetime64[D]")
    parts = []
    for array in (grid.value, grid.numerator, grid.denominator):
        wide = np.full((array.shape[0], every.size), np.nan)
        wide[:, months - months[0]] = array
        parts.append(wide)
    return Grid(grid.areas, start, end, *parts)


def series_segments(definition: Metric, start: np.ndarray) -> Ints:
    """Return the segment (N,) of each period: a new one from each break of the series on."""
    breaks = np.array([item.date for item in definition.series_breaks], "datetime64[D]")
    return rebase_starts(start, breaks).cumsum().astype(np.int64)
