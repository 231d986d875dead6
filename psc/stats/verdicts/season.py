"""Is the latest month odd for its time of year? A monthly series against its own season and the months before it.

Method: the season is taken out by ratio to a moving average (classical multiplicative decomposition, two rounds), the
level is followed by simple exponential smoothing, and the latest month is held against what the months before it led
one to expect. The limits come from how well the last 24 recorded months were foreseen: 3 standard deviations, each
1.253 mean absolute errors (the ratio for normal errors), the largest errors screened out once as on an XmR chart. Only
the rule "beyond a limit" is used, since runs signal by chance where neighbouring months are alike.

Smoothing finds out by itself how alike neighbouring months are. The mean of the last 24 months with limits widened by
1/√(1 − ρ), which was tried first, calls half of all steadily falling series odd (docs/decisions.md has the figures).
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from psc.stats.spc.segments import Bools, Floats, Ints, checked_values, last_recorded
from psc.stats.verdicts.monthly import centred_mean

YEAR = 12
FEWEST_MONTHS = 36  # three of each calendar month, or one odd month would make its own season
LIMIT_MONTHS = 24
WEIGHTS = (0.05, 0.1, 0.2, 0.3, 0.45, 0.6, 0.8, 1.0)  # of the newest month in the level; the best of them is taken
SIGMAS = 3.0
SD_PER_MEAN_ERROR = float(np.sqrt(np.pi / 2))
SCREEN_FACTOR = 3.267
MOST_WITHOUT_ERROR = 2 / 3  # a series that nearly always has the same figure would get limits without width
ROUNDING = 1e-12  # of the largest figure: what dividing by a season and smoothing may leave of no difference at all

Words = npt.NDArray[np.object_]


@dataclass(frozen=True, slots=True, eq=False)
class Season:
    """The latest recorded month of S series against its time of year. Arrays are (S,), figures in the values' unit.

    ``odd`` is "high", "low" or "". ``expected`` is the figure to be expected in that month, from the season and the
    level of the months before it; ``lower`` and ``upper`` are its limits, not cut at 0 or 100%. All are NaN, and
    ``odd`` is "", where the series cannot be judged. ``latest`` is the place of the month, −1 without any figure.
    """

    odd: Words
    expected: Floats
    lower: Floats
    upper: Floats
    latest: Ints


def latest_against_season(value: npt.ArrayLike, months: npt.ArrayLike) -> Season:
    """Judge the latest recorded month of each series by its own season and the months before it.

    ``value`` (S, N) are figures on a complete monthly calendar, oldest first, NaN where missing; ``months`` (N,) are
    whole numbers that grow by one, with the calendar month as the remainder of 12. Set to NaN what came before a series
    break, and leave out rare counts.

    Not judged are series with under 36 recorded months, with a figure of 0 or less (their season is no ratio), or that
    nearly always have the same figure. ValueError on an infinite value, a misfit shape or months with a gap.
    """
    values = checked_values(value)
    calendar = _checked_months(months, values.shape[1])
    recorded = ~np.isnan(values)
    newest = last_recorded(recorded, 1)
    latest = np.where(recorded.any(axis=1), (newest * np.arange(values.shape[1])).sum(axis=1), -1)
    judged = np.flatnonzero((recorded.sum(axis=1) >= FEWEST_MONTHS) & ~(values <= 0).any(axis=1))
    figures = np.full((3, len(values)), np.nan)
    odd = np.full(len(values), "", dtype=object)
    if judged.size:
        figures[:, judged], odd[judged] = _judged(values[judged], calendar, newest[judged])
    expected, lower, upper = figures
    return Season(odd, expected, lower, upper, latest)


def _judged(values: Floats, calendar: Ints, newest: Bools) -> tuple[Floats, Words]:
    """(expected, lower, upper) (3, S) and ``odd`` (S,) of series that have enough months."""
    season = seasonal_index(values, calendar)[:, calendar % YEAR]
    level = values / season
    before = last_recorded(~np.isnan(level) & ~newest, LIMIT_MONTHS)
    errors = _smoothing_errors(level, before)
    rounding = ROUNDING * np.nanmax(np.abs(values), axis=1)
    spread = _spread(np.where(before, np.abs(errors), np.nan), rounding)

    error = errors[newest]
    odd = np.where(np.abs(error) - spread > rounding, np.where(error > 0, "high", "low"), "")
    expected = np.where(np.isnan(spread), np.nan, level[newest] - error)
    return np.array([expected, expected - spread, expected + spread]) * season[newest], odd.astype(object)


def _smoothing_errors(level: Floats, before: Bools) -> Floats:
    """Each month less the level of the months before it (S, N), with the weight that foresaw ``before`` best."""
    weights = np.array(WEIGHTS)[:, None]
    known = ~np.isnan(level)
    first = known & (known.cumsum(axis=1) <= YEAR)
    smooth = np.broadcast_to(np.where(first, level, 0.0).sum(axis=1) / first.sum(axis=1), (len(WEIGHTS), len(level)))
    errors = np.empty((len(WEIGHTS), *level.shape))
    for place in range(level.shape[1]):
        errors[..., place] = level[:, place] - smooth
        smooth = smooth + np.where(known[:, place], weights * errors[..., place], 0.0)
    best = np.where(before, errors**2, 0.0).sum(axis=-1).argmin(axis=0)
    chosen: Floats = errors[best, np.arange(len(level))]
    return chosen


def _spread(sizes: Floats, rounding: Floats) -> Floats:
    """From the errors' ``sizes`` (S, N; NaN = not counted), the distance (S,) of the limits; NaN if without width."""
    mean = np.nanmean(sizes, axis=1, keepdims=True)
    kept = np.where(sizes < SCREEN_FACTOR * mean, sizes, np.nan)
    counted = ~np.isnan(kept)
    spread = SIGMAS * SD_PER_MEAN_ERROR * np.where(counted, kept, 0.0).sum(axis=1) / np.maximum(counted.sum(axis=1), 1)
    none = (sizes <= rounding[:, None]).sum(axis=1) / (~np.isnan(sizes)).sum(axis=1)
    return np.where(none > MOST_WITHOUT_ERROR, np.nan, spread)


def seasonal_index(values: Floats, calendar: Ints) -> Floats:
    """The ratio of each calendar month to its year (S, 12), from remainder 0 to 11, with a mean of 1.

    The first round compares each month of ``values`` (S, N) with the mean of the twelve around it, the second with that
    of the deseasoned ones, which is sound near both ends of a series too. 1 for a calendar month without a figure.
    """
    index = np.ones((len(values), YEAR))
    for _ in range(2):
        level = _carried_on(centred_mean(values / index[:, calendar % YEAR]))
        index = _monthly_means(values / level, calendar)
    return index


def _carried_on(level: Floats) -> Floats:
    """The level (S, N), the last known one where too few months are around.

    Otherwise, with a gap some months ago, the latest month would not be part of its own season as all others are, and
    its error would be held against errors that are smaller for it: 4.6% of such months were called odd, 1.8% now.
    """
    place = np.where(np.isnan(level), -1, np.arange(level.shape[1]))
    last = np.maximum.accumulate(place, axis=1)
    carried: Floats = np.where(last >= 0, np.take_along_axis(level, np.maximum(last, 0), axis=1), np.nan)
    return carried


def _monthly_means(ratios: Floats, calendar: Ints) -> Floats:
    """The mean of each calendar month's ratios (S, 12), scaled so that the twelve have a mean of 1."""
    known = ~np.isnan(ratios)
    of_month = (calendar[:, None] % YEAR == np.arange(YEAR)).astype(float)
    count = known.astype(float) @ of_month
    means = np.where(count > 0, np.where(known, ratios, 0.0) @ of_month / np.maximum(count, 1), 1.0)
    scaled: Floats = means / means.mean(axis=1, keepdims=True)
    return scaled


def _checked_months(months: npt.ArrayLike, places: int) -> Ints:
    calendar = np.asarray(months)
    if calendar.shape != (places,) or not np.issubdtype(calendar.dtype, np.integer):
        raise ValueError(f"months must be whole numbers, one for each of the {places} places, not {calendar!r}")
    if (np.diff(calendar) != 1).any():
        raise ValueError("months must follow each other without a gap: a missing month keeps its place as NaN")
    return calendar.astype(np.int64)
