"""One measure's observations as matrices, an area a row and a period a column: what the statistics work on."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class Grid:
    """S areas by N periods, oldest first. ``value``, ``numerator``, ``denominator`` (S, N) are NaN where missing.

    ``start`` and ``end`` (N,) are the periods' first and last days. Areas without any value are left out.
    """

    areas: list[str]
    start: npt.NDArray[np.datetime64]
    end: npt.NDArray[np.datetime64]
    value: Floats
    numerator: Floats
    denominator: Floats

    @property
    def months(self) -> npt.NDArray[np.int64]:
        """The number (N,) of each period's first month, so that a year later is 12 more."""
        return self.start.astype("datetime64[M]").astype(np.int64)

    @property
    def compared(self) -> int | None:
        """The place of the last period in which at least half of the areas that have any figure have one.

        One early area must not hide all others. None where there is no figure at all.
        """
        filled = (~np.isnan(self.value)).sum(axis=0)
        enough = np.flatnonzero((filled > 0) & (2 * filled >= len(self.areas)))
        return int(enough[-1]) if enough.size else None

    def without(self, area: str) -> "Grid":
        """The same without one area: England, where the 15 are compared with each other."""
        kept = np.array([name != area for name in self.areas], dtype=bool)
        parts = (self.value[kept], self.numerator[kept], self.denominator[kept])
        return Grid([name for name in self.areas if name != area], self.start, self.end, *parts)


def grid_of(observations: pd.DataFrame) -> Grid:
    """Lay out rows with ``area_id``, ``period_start``, ``period_end``, ``numerator``, ``denominator``, ``value``."""
    areas, row = np.unique(observations["area_id"].to_numpy(str), return_inverse=True)
    start, first, column = np.unique(
        observations["period_start"].to_numpy("datetime64[D]"), return_index=True, return_inverse=True
    )
    end = observations["period_end"].to_numpy("datetime64[D]")[first]
    value, numerator, denominator = (
        _matrix(observations[name].to_numpy(float), row, column, (areas.size, start.size))
        for name in ("value", "numerator", "denominator")
    )
    kept = ~np.isnan(value).all(axis=1)
    return Grid([str(area) for area in areas[kept]], start, end, value[kept], numerator[kept], denominator[kept])


def _matrix(figures: Floats, row: npt.NDArray, column: npt.NDArray, shape: tuple[int, int]) -> Floats:
    matrix = np.full(shape, np.nan)
    matrix[row, column] = figures
    return matrix
