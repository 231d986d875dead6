"""Confidence intervals of a proportion and of a rate.

Wilson's score interval for a proportion; for a rate, Byar's approximation of the exact Poisson limits, with the
exact limits below ten events. These are the methods the Office for Health Improvement and Disparities publishes
(technical guide "Confidence intervals"; R package PHEindicatormethods).
"""

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy import stats

Limits = tuple[NDArray[np.float64], NDArray[np.float64]]

SMALL_COUNT = 10


def wilson(events: ArrayLike, total: ArrayLike, confidence: float = 0.95) -> Limits:
    """Lower and upper limits of ``events / total`` (same shape as the inputs, as a proportion from 0 to 1).

    Missing where a count is missing or the total is not positive. Raises ValueError when events are negative or
    exceed the total. Wilson (1927), score method without continuity correction.
    """
    x, n = np.broadcast_arrays(np.asarray(events, float), np.asarray(total, float))
    if np.any(x < 0) or np.any(x > n):
        raise ValueError("events must lie between zero and the total")
    z = stats.norm.ppf(0.5 + confidence / 2)
    with np.errstate(invalid="ignore", divide="ignore"):
        p = x / n
        spread = z * np.sqrt(z**2 + 4 * n * p * (1 - p))
        lower = (2 * n * p + z**2 - spread) / (2 * (n + z**2))
        upper = (2 * n * p + z**2 + spread) / (2 * (n + z**2))
    usable = n > 0
    return np.where(usable, lower, np.nan), np.where(usable, upper, np.nan)


def byar(events: ArrayLike, exposure: ArrayLike, confidence: float = 0.95) -> Limits:
    """Lower and upper limits of the rate ``events / exposure`` (same shape as the inputs, same unit as the ratio).

    Missing where a count is missing or the exposure is not positive; a count of zero has a lower limit of zero.
    Raises ValueError when events are negative. Breslow and Day (1987) for Byar's approximation; chi-square limits
    below ten events.
    """
    x, n = np.broadcast_arrays(np.asarray(events, float), np.asarray(exposure, float))
    if np.any(x < 0):
        raise ValueError("events must not be negative")
    tail = (1 - confidence) / 2
    z = stats.norm.ppf(1 - tail)
    with np.errstate(invalid="ignore", divide="ignore"):
        approximate_low = x * (1 - 1 / (9 * x) - z / (3 * np.sqrt(x))) ** 3
        approximate_high = (x + 1) * (1 - 1 / (9 * (x + 1)) + z / (3 * np.sqrt(x + 1))) ** 3
        exact_low = np.where(x > 0, stats.chi2.ppf(tail, 2 * x) / 2, np.where(np.isnan(x), np.nan, 0.0))
        exact_high = stats.chi2.ppf(1 - tail, 2 * x + 2) / 2
        small = x < SMALL_COUNT
        lower = np.where(small, exact_low, approximate_low) / n
        upper = np.where(small, exact_high, approximate_high) / n
    usable = n > 0
    return np.where(usable, lower, np.nan), np.where(usable, upper, np.nan)
