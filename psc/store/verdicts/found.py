"""What one method says of all series of a measure."""

from dataclasses import dataclass

import numpy as np

from psc.stats.verdicts.monthly import Bools, Floats, Ints
from psc.store.grid import Grid

WAY = {-1: "lower", 0: "none", 1: "higher"}
SIDE = {-1: "lower", 0: "alike", 1: "higher"}


@dataclass(frozen=True, slots=True, eq=False)
class Found:
    """What one method says of the series (S,) it is for, each array (S,); see the columns of `verdict`."""

    method: str
    direction: Ints
    certain: Bools
    change: Floats
    lower: Floats
    upper: Floats
    change_on_year: Floats
    pairs: Ints
    agreeing: Ints
    years: Ints
    against: np.ndarray
    against_change: Floats
    against_lower: Floats
    against_upper: Floats
    flags: list[list[str]]
    reason: np.ndarray


def nothing(grid: Grid, reason: str) -> Found:
    """Return that no series of the grid is judged, and why."""
    size = len(grid.areas)
    none, zero = np.full(size, np.nan), np.zeros(size, np.int64)
    return Found(
        *("", zero, zero > 0, none, none, none, none, zero, zero, zero),
        np.full(size, "", dtype=object),
        *(none, none, none),
        [[] for _ in range(size)],
        np.full(size, reason, dtype=object),
    )


def sides(way: Ints, known: Bools) -> np.ndarray:
    """Return how each change (S,) lies to England's: lower, higher or alike; "" where that is not ``known``."""
    return np.array([SIDE[int(one)] if here else "" for one, here in zip(way, known, strict=True)], dtype=object)


def reasons_of(own: Bools, reason: np.ndarray) -> np.ndarray:
    """Return the reasons (S,) of the series marked ``own``, None for those that another method judges."""
    kept = np.full(own.shape, None, dtype=object)
    kept[own] = reason[own]
    return kept
