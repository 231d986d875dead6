"""Which of a series' figures the limits rest on and judge: those of the last two years, or all of them.

One mean over many years calls a steady fall "improving" for as long as it lies below its own past; limits from the last
two years ask about today. What came before is drawn, but neither given limits nor judged by them.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from psc.stats.spc.segments import Bools, checked_starts, checked_values, last_recorded

RECENT_MONTHS = 24


@dataclass(frozen=True, slots=True, eq=False)
class Baseline:
    """``starts`` (S, N): True where a segment starts; ``judged`` (S, N): True at the places that have limits."""

    starts: Bools
    judged: Bools


def all_years(values: npt.ArrayLike, segment_starts: npt.ArrayLike) -> Baseline:
    """Give every segment of ``values`` (S, N) limits of its own; ``segment_starts`` (S, N) as `spc.xmr` takes it."""
    array, starts = _checked(values, segment_starts)
    return Baseline(starts, np.ones(array.shape, dtype=bool))


def last_two_years(values: npt.ArrayLike, segment_starts: npt.ArrayLike) -> Baseline:
    """Give limits to the last 24 recorded months only, or to those since the last segment start if that is later.

    ``values`` (S, N) is a month a place, NaN where missing; ``segment_starts`` (S, N) is True where a series break or
    a decision of people starts new limits. A start after the last recorded month is no start yet. Nothing is judged in
    a series without figures. ValueError for an infinite value or a misfit shape.
    """
    array, starts = _checked(values, segment_starts)
    recorded = ~np.isnan(array)
    number = starts.cumsum(axis=1)
    current = recorded & (number == np.where(recorded, number, -1).max(axis=1, keepdims=True, initial=-1))
    recent = last_recorded(current, RECENT_MONTHS)
    opens = recent & (recent.cumsum(axis=1) == 1)
    # Where the whole segment is recent, its start stays where it was: limits run on through missing months.
    cut = opens & (current.sum(axis=1, keepdims=True) > RECENT_MONTHS)
    from_start = number >= np.where(current, number, -1).max(axis=1, keepdims=True, initial=-1)
    from_cut = cut.cumsum(axis=1) > 0
    judged = np.where(cut.any(axis=1, keepdims=True), from_cut, from_start) & recorded.any(axis=1, keepdims=True)
    return Baseline(starts | cut, judged)


def _checked(values: npt.ArrayLike, segment_starts: npt.ArrayLike) -> tuple[npt.NDArray[np.float64], Bools]:
    array = checked_values(values)
    starts = checked_starts(segment_starts, array.shape)
    return array, np.zeros(array.shape, dtype=bool) if starts is None else starts
