"""How far a monthly series has come: its last twelve months against the twelve before, and against its first twelve.

Arrays are (N,), one place a recorded month, oldest first: ``months`` counts them so that a year later is 12 more.
"""

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]

YEAR = 12
ENOUGH_OF_A_YEAR = 10  # months that must have a figure in both years for the years to be compared


def year_change(months: Ints, numerator: Floats, denominator: Floats) -> float | None:
    """By what share the last twelve months differ from the twelve before, like months with like.

    Only months with a figure in both years count, and the ratio of each year is formed from the sums. None with under
    ten such months, or when the year before had no events.
    """
    paired = _like_months(months, numerator, denominator, months[-1] - YEAR)
    if paired is None or paired[1] == 0:
        return None
    return paired[0] / paired[1] - 1


def counts_since_start(months: Ints, numerator: Floats, denominator: Floats) -> float | None:
    """How many more (or, below zero, fewer) events a month there were in the last year than at the first year's rate.

    The first twelve months give the rate, the last twelve the size: growth of the denominator is no change. Like months
    are compared with like; None with under ten pairs, or when the two years overlap.
    """
    first_year_ends = months[0] + YEAR - 1
    if first_year_ends > months[-1] - YEAR:
        return None
    paired = _like_months(months, numerator, denominator, first_year_ends)
    if paired is None:
        return None
    return float((paired[0] - paired[1]) * denominator[months > months[-1] - YEAR].mean())


def _like_months(months: Ints, numerator: Floats, denominator: Floats, earlier_end: int) -> tuple[float, float] | None:
    """The ratios of the last year and of the year up to ``earlier_end``, on calendar months with a figure in both."""
    now = months > months[-1] - YEAR
    then = (months > earlier_end - YEAR) & (months <= earlier_end)
    common = np.intersect1d(months[now] % YEAR, months[then] % YEAR)
    if common.size < ENOUGH_OF_A_YEAR:
        return None
    alike = np.isin(months % YEAR, common)
    return tuple(float(numerator[year & alike].sum() / denominator[year & alike].sum()) for year in (now, then))  # type: ignore[return-value]
