"""Confidence intervals of a proportion and of a rate.

Wilson's score interval for a proportion; for a rate, Byar's approximation of the exact Poisson limits, with the
exact limits below ten events. These are the methods the Office for Health Improvement and Disparities publishes
(technical guide "Confidence intervals"; R package PHEindicatormethods 2.1.0).

A confidence is a proportion (0.95) or a per cent (95).
"""

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy import stats

from psc.stats.spc.segments import Floats

Limits = tuple[NDArray[np.float64], NDArray[np.float64]]

SMALL_COUNT = 10


def wilson(events: ArrayLike, total: ArrayLike, confidence: float = 0.95, *, refuse_empty: bool = False) -> Limits:
    """Lower and upper limits of ``events / total`` (same shape as the inputs, as a proportion from 0 to 1).

    Missing where a count is missing or the total is zero, unless ``refuse_empty`` makes a total of zero an error.
    Raises ValueError when events are negative or exceed the total, or a count is infinite. Wilson (1927), score
    method without continuity correction.
    """
    x, n = _checked_counts(events, total, "total", refuse_empty)
    if np.any(x > n):
        raise ValueError("events must lie between zero and the total")
    z = stats.norm.ppf(0.5 + checked_confidence(confidence) / 2)
    with np.errstate(invalid="ignore", divide="ignore"):
        p = x / n
        spread = z * np.sqrt(z**2 + 4 * n * p * (1 - p))
        lower = (2 * n * p + z**2 - spread) / (2 * (n + z**2))
        upper = (2 * n * p + z**2 + spread) / (2 * (n + z**2))
    usable = n > 0
    return np.where(usable, np.maximum(lower, 0), np.nan), np.where(usable, np.minimum(upper, 1), np.nan)


def byar(
    events: ArrayLike,
    exposure: ArrayLike,
    confidence: float = 0.95,
    *,
    exact_small: bool = True,
    refuse_empty: bool = False,
) -> Limits:
    """Lower and upper limits of the rate ``events / exposure`` (same shape as the inputs, same unit as the ratio).

    Missing where a count is missing or the exposure is zero, unless ``refuse_empty`` makes an exposure of zero an
    error; a count of zero has a lower limit of zero. ``exact_small=False`` uses Byar's approximation below ten events
    too; it has no lower limit (NaN) at zero, or where it would fall below zero. Raises ValueError when a count is
    negative or infinite. Breslow and Day (1987) for Byar's approximation; chi-square limits below ten events.
    """
    x, n = _checked_counts(events, exposure, "exposure", refuse_empty)
    tail = (1 - checked_confidence(confidence)) / 2
    z = stats.norm.ppf(1 - tail)
    with np.errstate(invalid="ignore", divide="ignore"):
        lower = np.asarray(x * (1 - 1 / (9 * x) - z / (3 * np.sqrt(x))) ** 3)
        upper = np.asarray((x + 1) * (1 - 1 / (9 * (x + 1)) + z / (3 * np.sqrt(x + 1))) ** 3)
        lower[lower < 0] = np.nan
        if exact_small:
            small = x < SMALL_COUNT
            few = x[small]
            lower[small] = np.where(few > 0, stats.chi2.ppf(tail, 2 * few) / 2, 0.0)
            upper[small] = stats.chi2.ppf(1 - tail, 2 * few + 2) / 2
        usable = n > 0
        return np.where(usable, lower / n, np.nan), np.where(usable, upper / n, np.nan)


def checked_confidence(confidence: float) -> float:
    """``confidence`` as a proportion; ValueError unless it is between 0 and 1, or a per cent between 50 and 100."""
    if 0 < confidence < 1:
        return float(confidence)
    if 50 <= confidence < 100:
        return float(confidence) / 100
    raise ValueError(f"confidence must be between 0 and 1, or from 50 to under 100 as a per cent, not {confidence}")


def _checked_counts(events: ArrayLike, denominators: ArrayLike, name: str, refuse_empty: bool) -> tuple[Floats, Floats]:
    x, n = np.asarray(events, dtype=np.float64), np.asarray(denominators, dtype=np.float64)
    try:
        x, n = np.broadcast_arrays(x, n)
    except ValueError:
        raise ValueError(f"events shaped {x.shape} and {name} shaped {n.shape} do not fit together") from None
    for counts, what in ((x, "events"), (n, name)):
        if np.any(counts < 0):
            raise ValueError(f"{what} must not be negative: found {counts[counts < 0][0]:g}")
        if np.isinf(counts).any():
            raise ValueError(f"{what} must be finite or missing (NaN): found an infinite one")
    if refuse_empty and np.any(n == 0):
        raise ValueError(f"{name} must be greater than zero: found 0")
    return x, n
