"""Direction of rare monthly events: the last twelve months' count against the twelve before, by an exact test.

With a handful of events a month, most months differ from the year before by chance, and an interval from the scatter of
log ratios means nothing. Given both years' sum, the later year's count is binomial; its exact (Clopper–Pearson)
interval gives that of the ratio of rates. Przyborowski and Wilenski (1940), the conditional test.
"""

import numpy as np
import numpy.typing as npt
from scipy import stats

from psc.stats.spc.rare_events import SMALL_MEAN
from psc.stats.verdicts.monthly import FEWEST_PAIRS, Floats, Ints, YearOnYear, last_pairs

RECENT = 24
CONFIDENCE = 0.99


def few_a_month(events: Floats) -> npt.NDArray[np.bool_]:
    """Whether (S,) the last 24 recorded months of ``events`` (S, N) have under five a month on average."""
    known = ~np.isnan(events)
    recent = known & (known[..., ::-1].cumsum(axis=-1)[..., ::-1] <= RECENT)
    n = recent.sum(axis=-1)
    total = np.where(recent, events, 0.0).sum(axis=-1)
    return np.divide(total, n, out=np.full(n.shape, np.inf), where=n > 0) < SMALL_MEAN


def twelve_month_counts(events: Floats, exposure: Floats, segment: Ints | None = None) -> YearOnYear:
    """Judge each series (S, N) of ``events`` among ``exposure``: both NaN where a month has no figure.

    Like months of both years are summed, and counts divided between areas are rounded to whole ones. The direction is 0
    where the 99% interval includes no change: too few to say. ``agreeing`` is the months that went the summed way.
    """
    then, now = last_pairs(events, segment)
    before, after = last_pairs(exposure, segment)
    both = ~(np.isnan(then) | np.isnan(now) | np.isnan(before) | np.isnan(after))
    x0, x1, n0, n1 = (np.where(both, side, 0.0).sum(axis=-1) for side in (then, now, before, after))
    x0, x1 = np.rint(x0), np.rint(x1)
    pairs = both.sum(axis=-1)
    usable = (pairs >= FEWEST_PAIRS) & (n0 > 0) & (n1 > 0) & (x0 + x1 > 0)
    ratio, lower, upper = _rate_ratio(x0, x1, n0, n1, usable)
    direction = np.where(usable & (lower > 1), 1, np.where(usable & (upper < 1), -1, 0))
    with np.errstate(invalid="ignore", divide="ignore"):
        way = np.sign(now / after - then / before)
    agreeing = (both & (way == np.sign(ratio - 1)[..., None])).sum(axis=-1)
    return YearOnYear(direction, ratio - 1, lower - 1, upper - 1, pairs, agreeing)


def _rate_ratio(
    x0: Floats, x1: Floats, n0: Floats, n1: Floats, usable: npt.NDArray[np.bool_]
) -> tuple[Floats, Floats, Floats]:
    """The ratio of the later rate to the earlier with its exact interval (S,); NaN where not ``usable``."""
    tail = (1 - CONFIDENCE) / 2
    with np.errstate(invalid="ignore", divide="ignore"):
        low = np.where(x1 > 0, stats.beta.ppf(tail, x1, x0 + 1), 0.0)
        high = np.where(x0 > 0, stats.beta.ppf(1 - tail, x1 + 1, x0), 1.0)
        odds = n0 / n1
        found = (x1 / x0 * odds, low / (1 - low) * odds, high / (1 - high) * odds)
    ratio, lower, upper = (np.where(usable, side, np.nan) for side in found)
    return np.where(usable & (x0 > 0), ratio, np.nan), lower, upper
