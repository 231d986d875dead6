"""How far a monthly series has come: its last twelve months against the twelve before, and against its first twelve.

Arrays are (N,), one place a recorded month, oldest first: ``months`` counts them so that a year later is 12 more.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]

YEAR = 12
ENOUGH_OF_A_YEAR = 10  # months that must have a figure in both years for the years to be compared


@dataclass(frozen=True, slots=True)
class Change:
    """By how much the last twelve months differ, and how many of them that rests on: those with figures in both years.

    ``size``: a share of the earlier year (`year_change`), or events a month (`counts_since_start`).
    """

    size: float
    months: int


@dataclass(frozen=True, slots=True)
class _Years:
    """The ratio of the last year and of an earlier one, on the same ``months`` many months of each."""

    now: float
    then: float
    months: int


def year_change(months: Ints, numerator: Floats, denominator: Floats) -> Change | None:
    """By what share the last twelve months differ from the twelve before, like months with like.

    Only months with a figure in both years count, and the ratio of each year is formed from the sums; of plain counts,
    which have no ``denominator`` (all NaN), the sums themselves are compared. None with under ten such months, when the
    year before had no events, or without counts.
    """
    years = _like_months(months, numerator, denominator, months[-1] - YEAR)
    if years is None or years.then == 0:
        return None
    return Change(years.now / years.then - 1, years.months)


def counts_since_start(months: Ints, numerator: Floats, denominator: Floats) -> Change | None:
    """How many more (or, below zero, fewer) events a month there were in the last year than at the first year's rate.

    The first twelve months give the rate, the last twelve the size: growth of the denominator is no change. Like months
    are compared with like; None with under ten pairs, or when the two years overlap.
    """
    first_year_ends = months[0] + YEAR - 1
    if first_year_ends > months[-1] - YEAR:
        return None
    years = _like_months(months, numerator, denominator, first_year_ends)
    if years is None:
        return None
    size = float(_exposure(denominator)[months > months[-1] - YEAR].mean())
    return Change((years.now - years.then) * size, years.months)


def _like_months(months: Ints, numerator: Floats, denominator: Floats, earlier_end: int) -> _Years | None:
    """The ratios of the last year and of the year up to ``earlier_end``, on calendar months with a figure in both."""
    now = months > months[-1] - YEAR
    then = (months > earlier_end - YEAR) & (months <= earlier_end)
    common = np.intersect1d(months[now] % YEAR, months[then] % YEAR)
    if common.size < ENOUGH_OF_A_YEAR or np.isnan(numerator).all():
        return None
    alike, exposure = np.isin(months % YEAR, common), _exposure(denominator)
    latest, earlier = (float(numerator[year & alike].sum() / exposure[year & alike].sum()) for year in (now, then))
    return _Years(latest, earlier, int(common.size))


def _exposure(denominator: Floats) -> Floats:
    """The denominators; where a measure has none, each month counts alike."""
    return np.ones_like(denominator) if np.isnan(denominator).all() else denominator
