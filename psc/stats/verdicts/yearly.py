"""Direction of yearly counts: the latest year against the pooled years before, allowing for years that wander.

Yearly rates of an area move more from year to year than chance alone explains; τ² is that extra variance of the log
rate, from second differences, which a steady trend leaves at zero. Arrays are (S, Y), S areas by Y years, a column for
each year of the calendar, NaN where it has no count; leading axes are allowed.
"""

from dataclasses import dataclass

import numpy as np

from psc.stats.verdicts.monthly import Bools, Floats, Ints

BASELINE_YEARS = 5
FEWEST_BASELINE_YEARS = 4
LATE_YEARS = 2
NORMAL_99 = 2.576
NORMAL_90 = 1.645
CHI_SQUARE_MEDIAN = 0.4549  # of one degree of freedom
ZERO_COUNT = 0.5
HIGHEST_TAU = 4.0
HALVINGS = 60


@dataclass(frozen=True, slots=True, eq=False)
class Yearly:
    """What the latest year says, each array (S,).

    ``direction``: −1 lower, 1 higher, 0 neither. ``change`` against the pooled ``years`` before, as a share, with its
    99% interval; ``change_on_year`` against the year before. NaN, and ``judged`` false, where fewer than four earlier
    years of the same segment have counts.
    """

    direction: Ints
    change: Floats
    lower: Floats
    upper: Floats
    change_on_year: Floats
    years: Ints
    judged: Bools

    @property
    def certain(self) -> Bools:
        """Whether (S,) there is a direction: the rule asks for a 99% interval without zero."""
        return self.direction != 0


def tau_squared(counts: Floats, exposure: Floats) -> Floats:
    """Return the variance (...,) of log rates between years beyond chance, one for all areas (..., S, Y).

    The t for which the median of (second difference of the log rate)² over its variance, 1/x_t + 4/x_{t−1} + 1/x_{t−2}
    + 6t, is that of chi-square; 0 if it is below that at 0, or without three years in a row. At most 4,
    where years already differ by more than any verdict could see through.
    """
    x = _without_zero(counts)
    log_rate = _log(x / exposure)
    difference = log_rate[..., 2:] - 2 * log_rate[..., 1:-1] + log_rate[..., :-2]
    variance = 1 / x[..., 2:] + 4 / x[..., 1:-1] + 1 / x[..., :-2]
    squares, variance = (array.reshape(*array.shape[:-2], -1) for array in (difference**2, variance))
    known = ~np.isnan(squares)
    squares, variance = np.where(known, squares, np.nan), np.where(known, variance, np.nan)
    return _root(squares, variance, np.asarray(known.any(axis=-1)))


def yearly_direction(counts: Floats, exposure: Floats, tau2: float | Floats, segment: Ints | None = None) -> Yearly:
    """Judge each series (S, Y) at its latest year with a count.

    Lower or higher only if the latest year is beyond the 99% interval of the five years before (four if there are no
    more), went the same way on the year before, and lies the same way of the last two (|z| > 1.645): without the last
    two conditions, a fall that has turned is still called lower in a third to two thirds of series.
    """
    x, segment = _without_zero(counts), _segments(counts, segment)
    n = np.where(np.isnan(x), np.nan, exposure)
    last = x.shape[-1] - 1 - np.argmax(~np.isnan(x)[..., ::-1], axis=-1)
    same = segment == np.take_along_axis(segment, last[..., None], axis=-1)
    place = np.arange(x.shape[-1])
    before = last[..., None] - place
    known = ~np.isnan(x) & same
    latest = (_at(x, last), _at(n, last))
    five, error5, years = _against(x, n, known & (before >= 1) & (before <= BASELINE_YEARS), latest, tau2)
    two, error2, late = _against(x, n, known & (before >= 1) & (before <= LATE_YEARS), latest, tau2)
    one, _, previous = _against(x, n, known & (before == 1), latest, tau2)
    judged = (years >= FEWEST_BASELINE_YEARS) & (late == LATE_YEARS) & (previous == 1)
    with np.errstate(invalid="ignore"):
        sign = np.sign(five)
        moved = (np.abs(five) > NORMAL_99 * error5) & (np.sign(one) == sign) & (two * sign > NORMAL_90 * error2)
    five, error5, one = (np.where(judged, array, np.nan) for array in (five, error5, one))
    lower, upper = np.exp(five - NORMAL_99 * error5) - 1, np.exp(five + NORMAL_99 * error5) - 1
    direction = np.where(judged & moved, sign, 0).astype(np.int64)
    return Yearly(direction, np.exp(five) - 1, lower, upper, np.exp(one) - 1, years, judged)


def _against(
    x: Floats, n: Floats, base: Bools, latest: tuple[Floats, Floats], tau2: float | Floats
) -> tuple[Floats, Floats, Ints]:
    """The log rate ratio (S,) of the latest year to the pooled ``base`` years, its error, and how many those are."""
    years = base.sum(axis=-1)
    pooled, exposure = (np.where(base, array, 0.0).sum(axis=-1) for array in (x, n))
    count, size = latest
    with np.errstate(invalid="ignore", divide="ignore"):
        ratio = np.log(count / size) - np.log(pooled / exposure)
        variance = 1 / count + 1 / pooled + np.asarray(tau2) * (1 + 1 / years)
    return np.where(years > 0, ratio, np.nan), np.sqrt(np.where(years > 0, variance, np.nan)), years


def _without_zero(counts: Floats) -> Floats:
    counts = np.asarray(counts, float)
    return np.where(counts == 0, ZERO_COUNT, counts)


def _segments(counts: Floats, segment: Ints | None) -> Ints:
    return np.zeros(np.shape(counts), np.int64) if segment is None else np.broadcast_to(segment, np.shape(counts))


def _at(array: Floats, place: Ints) -> Floats:
    return np.take_along_axis(array, place[..., None], axis=-1)[..., 0]


def _log(array: Floats) -> Floats:
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.log(array)


def _root(squares: Floats, variance: Floats, any_known: Bools) -> Floats:
    """Where the median of squares / (variance + 6t) falls to that of chi-square, by halving: it only falls with t."""

    if squares.shape[-1] == 0:
        return np.zeros(any_known.shape)

    def median(t: Floats) -> Floats:
        ratio = np.where(any_known[..., None], squares / (variance + 6 * t[..., None]), 0.0)
        return np.nanmedian(ratio, axis=-1)

    low, high = np.zeros(any_known.shape), np.full(any_known.shape, HIGHEST_TAU)
    above = median(low) > CHI_SQUARE_MEDIAN
    for _ in range(HALVINGS):
        middle = (low + high) / 2
        over = median(middle) > CHI_SQUARE_MEDIAN
        low, high = np.where(over, middle, low), np.where(over, high, middle)
    return np.where(above, (low + high) / 2, 0.0)
