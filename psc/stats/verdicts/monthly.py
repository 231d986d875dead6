"""Direction of monthly series: each of the last twelve months against the same month a year before.

Comparing like months takes the season out, and asking for nearly all of them to agree keeps a level that drifted years
ago from being called a change of today. Arrays are (S, N): S series on one calendar without gaps, a month a column,
NaN where a month has no figure. Any number of leading axes will do, so that simulated worlds are judged at once.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]

YEAR = 12
FEWEST_PAIRS = 10
MOST_AGAINST = 1  # of twelve pairs so many may go the other way; of ten or eleven none may
SMALLEST_CHANGE = 0.02
NORMAL_99 = 2.81  # two-sided 99% with 12 pairs and the season's noise estimated: what the reference figures use
FEWEST_RESIDUALS = 14
HIGHEST_RHO = 0.8
NO_VARIANCE = 1e-9


@dataclass(frozen=True, slots=True, eq=False)
class YearOnYear:
    """What the last twelve months say against the twelve before, each array (S,).

    ``direction``: −1 lower, 1 higher, 0 neither. ``change``: by what share of the year before, with its 99% interval
    ``lower`` to ``upper``; NaN where there is none. ``pairs``: months with a figure in both years; ``agreeing``: how
    many of them went the way of the change.
    """

    direction: Ints
    change: Floats
    lower: Floats
    upper: Floats
    pairs: Ints
    agreeing: Ints

    @property
    def interval_excludes_zero(self) -> Bools:
        """Whether (S,) the interval lies on one side of no change."""
        return (self.lower > 0) | (self.upper < 0)

    @property
    def certain(self) -> Bools:
        """Whether (S,) there is a direction that chance alone would rarely give."""
        return (self.direction != 0) & self.interval_excludes_zero

    @property
    def moved(self) -> Ints:
        """The sign (S,) of a change of at least 2% whose interval excludes none: what areas and England differ by."""
        large = (np.abs(self.change) >= SMALLEST_CHANGE) & (self.pairs >= FEWEST_PAIRS)
        return np.where(large & self.interval_excludes_zero, np.sign(self.change), 0).astype(np.int64)


@dataclass(frozen=True, slots=True, eq=False)
class Noise:
    """How year-on-year log ratios scatter around their own slow movement, each array (S,).

    ``sd`` and ``rho`` (lag 1, cut to 0 to 0.8) are NaN where fewer than 14 residuals, or none that vary, are at hand.
    """

    sd: Floats
    rho: Floats


def year_on_year(value: Floats, segment: Ints | None = None, widening: float | Floats = 1.0) -> YearOnYear:
    """Judge each series (S, N) of figures of zero or more.

    A pair across a change of ``segment`` (S, N) is left out. ``widening``, one for all or (S,), stretches the interval.
    A pair with one zero counts as lower or higher but has no size: the change is then the ratio of the sums and has no
    interval; it is infinite where the year before had none. A pair of two zeros counts as neither.
    """
    then, now = last_pairs(value, segment)
    both = ~(np.isnan(then) | np.isnan(now))
    pairs = both.sum(axis=-1)
    higher, lower = (both & (now > then)).sum(axis=-1), (both & (now < then)).sum(axis=-1)
    agreeing = np.maximum(higher, lower)
    change, lowest, highest = _size(then, now, year_noise(log_ratios(value, segment)), widening)
    enough = np.where(pairs >= YEAR, agreeing >= pairs - MOST_AGAINST, agreeing == pairs) & (pairs >= FEWEST_PAIRS)
    with np.errstate(invalid="ignore"):
        large = np.abs(change) >= SMALLEST_CHANGE
    # One large change can outweigh eleven small ones the other way: then there is no direction.
    way = np.sign(higher - lower)
    direction = np.where(enough & large & (np.sign(change) == way), way, 0)
    with_change = np.where(change > 0, higher, np.where(change < 0, lower, agreeing))
    agreeing = np.where(direction == 0, with_change, agreeing)
    return YearOnYear(direction, change, lowest, highest, pairs, agreeing)


def last_pairs(value: Floats, segment: Ints | None = None) -> tuple[Floats, Floats]:
    """Return the figures a year before and of the last twelve months (S, 12), ending with the latest recorded month.

    Both are NaN where either has no figure or where new limits began between them. Series shorter than two years are
    padded with NaN.
    """
    value, segment = _padded(value, segment)
    then, now = value[..., :-YEAR], value[..., YEAR:]
    kept = ~(np.isnan(then) | np.isnan(now)) & (segment[..., :-YEAR] == segment[..., YEAR:])
    places = _last_recorded(value)[..., None] - YEAR + np.arange(1 - YEAR, 1)
    inside = places >= 0
    places = np.maximum(places, 0)
    kept = np.take_along_axis(kept, places, axis=-1) & inside
    pairs = (np.take_along_axis(side, places, axis=-1) for side in (then, now))
    then, now = (np.where(kept, side, np.nan) for side in pairs)
    return then, now


def log_ratios(value: Floats, segment: Ints | None = None) -> Floats:
    """Return the log ratio (S, N − 12) of each month to the same month a year before; NaN where either is zero."""
    value, segment = _padded(value, segment)
    then, now = value[..., :-YEAR], value[..., YEAR:]
    sized = (then > 0) & (now > 0) & (segment[..., :-YEAR] == segment[..., YEAR:])
    ratio = np.divide(now, then, out=np.ones_like(now), where=sized)
    return np.where(sized, np.log(ratio), np.nan)


def year_noise(ratios: Floats) -> Noise:
    """Return the noise of log ratios (S, M) around their centred running mean of twelve."""
    residual = ratios - centred_mean(ratios)
    sd = _sd(residual)
    with np.errstate(invalid="ignore"):
        usable = ((~np.isnan(residual)).sum(axis=-1) >= FEWEST_RESIDUALS) & (sd > NO_VARIANCE)
    rho = np.clip(lag_one(residual), 0, HIGHEST_RHO)
    return Noise(np.where(usable, sd, np.nan), np.where(usable, rho, np.nan))


def centred_mean(series: Floats, terms: int = YEAR) -> Floats:
    """Return the running mean (S, M) of ``terms`` places, one more before than after; NaN with under half of them.

    The same as pandas' ``rolling(terms, min_periods=terms // 2, center=True).mean()``.
    """
    known = ~np.isnan(series)
    before, after = terms // 2, (terms - 1) // 2
    total, count = (
        _window_sums(array, before, after) for array in (np.where(known, series, 0.0), known.astype(np.float64))
    )
    return np.divide(total, count, out=np.full(series.shape, np.nan), where=count >= terms // 2)


def lag_one(series: Floats) -> Floats:
    """Return Pearson's correlation (S,) of each place with the one before; NaN without variance."""
    first, second = series[..., :-1], series[..., 1:]
    both = ~(np.isnan(first) | np.isnan(second))
    n = both.sum(axis=-1, keepdims=True)
    centred = []
    for side in (first, second):
        known = np.where(both, side, 0.0)
        mean = np.divide(known.sum(axis=-1, keepdims=True), n, out=np.zeros(n.shape), where=n > 0)
        centred.append(np.where(both, known - mean, 0.0))
    left, right = centred
    product = (left * right).sum(axis=-1)
    scale = np.sqrt((left**2).sum(axis=-1) * (right**2).sum(axis=-1))
    return np.divide(product, scale, out=np.full(product.shape, np.nan), where=scale > NO_VARIANCE**2)


def _size(then: Floats, now: Floats, noise: Noise, widening: float | Floats) -> tuple[Floats, Floats, Floats]:
    """The change with its interval, each (S,)."""
    both = ~np.isnan(then)
    zero = both & ((then == 0) | (now == 0))
    sized = both & ~zero
    n = sized.sum(axis=-1)
    ratio = np.divide(now, then, out=np.ones_like(now), where=sized)
    mean = np.divide(np.log(ratio).sum(axis=-1), n, out=np.full(n.shape, np.nan), where=n > 0)
    spread = NORMAL_99 * widening * standard_error(noise, n)
    summed = _ratio_of_sums(then, now)
    any_zero = zero.any(axis=-1)
    change = np.where(any_zero, summed, np.exp(mean) - 1)
    lower, upper = (np.where(any_zero, np.nan, np.exp(mean + side) - 1) for side in (-spread, spread))
    return change, lower, upper


def standard_error(noise: Noise, pairs: Ints) -> Floats:
    """Return the standard error (S,) of the mean of so many log ratios, NaN without any.

    √(12/11) gives back what the running mean of twelve takes from the scatter; the last factor allows for months that
    resemble their neighbours.
    """
    n = np.where(pairs > 0, pairs, np.nan)
    return noise.sd * np.sqrt(YEAR / (YEAR - 1)) / np.sqrt(n) * np.sqrt((1 + noise.rho) / (1 - noise.rho))


def _ratio_of_sums(then: Floats, now: Floats) -> Floats:
    before, after = np.nansum(then, axis=-1), np.nansum(now, axis=-1)
    from_none = np.where(after > 0, np.inf, np.nan)
    return np.divide(after, before, out=from_none, where=before > 0) - 1


def _padded(value: Floats, segment: Ints | None) -> tuple[Floats, Ints]:
    """The figures and their segments, with at least 24 months: empty ones before the first."""
    value = np.asarray(value, float)
    segment = np.zeros(value.shape, np.int64) if segment is None else np.broadcast_to(segment, value.shape)
    short = 2 * YEAR - value.shape[-1]
    if short <= 0:
        return value, segment
    before = [(0, 0)] * (value.ndim - 1) + [(short, 0)]
    return np.pad(value, before, constant_values=np.nan), np.pad(segment, before)


def _last_recorded(value: Floats) -> Ints:
    """The place (S,) of the latest month with a figure; the last month where there is none."""
    return value.shape[-1] - 1 - np.argmax(~np.isnan(value)[..., ::-1], axis=-1)


def _window_sums(array: Floats, before: int, after: int) -> Floats:
    """Sums over the window from ``before`` places earlier to ``after`` places later."""
    pad = [(0, 0)] * (array.ndim - 1) + [(before + 1, after)]
    sums = np.pad(array, pad).cumsum(axis=-1)
    return sums[..., before + after + 1 :] - sums[..., : -(before + after + 1)]


def _sd(series: Floats) -> Floats:
    """The standard deviation (S,) with n − 1, without a warning where there are too few."""
    known = ~np.isnan(series)
    n = known.sum(axis=-1)
    mean = np.divide(np.nansum(series, axis=-1), n, out=np.zeros(n.shape), where=n > 0)
    squares = (np.where(known, series - mean[..., None], 0.0) ** 2).sum(axis=-1)
    return np.sqrt(np.divide(squares, n - 1, out=np.full(n.shape, np.nan), where=n > 1))
