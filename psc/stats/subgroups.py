"""Shewhart charts of subgroups, for many series at once: the means (x̄ chart) and the standard deviations (s chart).

Method: Montgomery, "Introduction to Statistical Quality Control", with the exact c4; the reference is the R package
qicharts2 0.8.1. With subgroups of one size the spread is the mean of their standard deviations; if sizes differ in the
baseline of a segment it is the pooled one, and the limits are each subgroup's own.
"""

from typing import Unpack

import numpy as np
import numpy.typing as npt
from scipy.special import gammaln

from psc.stats.control import Options, Plan, ShewhartChart, drawn, plan, require_at_least
from psc.stats.segments import ROUNDING, Floats


def xbar_chart(observations: npt.ArrayLike, *, non_negative: bool = False, **options: Unpack[Options]) -> ShewhartChart:
    """Means of subgroups: ``observations`` (S, N, K), K the largest subgroup's size, NaN = no observation.

    Centre: the mean of all observations of the baseline. Limits: 3·s̄/(c4(n)√n) from it, none for a subgroup of one
    observation or none. ``non_negative`` says that no observation can be below zero: limits are cut there. The keywords
    are those of ``control.Options``, ``excluded`` and ``baseline_points`` counting subgroups. ValueError on an infinite
    or misshapen input.
    """
    size, mean, deviation = _subgroups(observations)
    laid_out = plan(mean, **options)
    if non_negative and (np.asarray(observations, dtype=np.float64) < 0).any():
        raise ValueError(f"observations must be 0 or more, not {np.nanmin(observations)}")
    n = laid_out.at_points(size)
    centre = laid_out.given_or(laid_out.ratio(laid_out.recorded * n, n))
    spread = _average_deviation(laid_out, n, laid_out.at_points(deviation))
    to_places = laid_out.laid.to_places
    with np.errstate(divide="ignore", invalid="ignore"):
        sigma = to_places(spread) / (c4(size) * np.sqrt(size))
    return drawn(laid_out, to_places(centre), sigma, floor=0 if non_negative else -np.inf)


def s_chart(observations: npt.ArrayLike, **options: Unpack[Options]) -> ShewhartChart:
    """Standard deviations of subgroups: ``observations`` and keywords as in ``xbar_chart``.

    A subgroup of one observation has no standard deviation and is missing. Limits: s̄·(1 ± 3√(1−c4²)/c4), floor 0.
    """
    size, _, deviation = _subgroups(observations)
    laid_out = plan(deviation, **options)
    require_at_least(laid_out, 0, "standard deviations")
    n = laid_out.at_points(size)
    centre = laid_out.laid.to_places(laid_out.given_or(_average_deviation(laid_out, n, laid_out.recorded)))
    unbiased = c4(size)
    return drawn(laid_out, centre, centre * np.sqrt(1 - unbiased**2) / unbiased, floor=0)


def c4(size: npt.ArrayLike) -> Floats:
    """Mean standard deviation of a normal sample of ``size`` observations, for a standard deviation of 1; NaN under 2.

    Exact: √(2/(n−1))·Γ(n/2)/Γ((n−1)/2).
    """
    n = np.asarray(size, dtype=np.float64)
    n = np.where(n >= 2, n, np.nan)
    return np.sqrt(2 / (n - 1)) * np.exp(gammaln(n / 2) - gammaln((n - 1) / 2))


def _average_deviation(laid_out: Plan, n: Floats, deviation: Floats) -> Floats:
    """Mean standard deviation (G,) if the baseline's subgroups are of one size, else the pooled one."""
    usable = n >= 2
    deviation, freedom = np.where(usable, deviation, 0.0), np.where(usable, n - 1, 0.0)
    with np.errstate(invalid="ignore"):
        pooled = np.sqrt(laid_out.ratio(freedom * deviation**2, freedom))
    largest = _largest(laid_out, n)
    same = largest == -_largest(laid_out, -n)
    return np.where(same, np.where(largest >= 2, laid_out.ratio(deviation), np.nan), pooled)


def _largest(laid_out: Plan, figures: Floats) -> Floats:
    start = laid_out.laid.start
    inside = np.where(laid_out.base, figures, -np.inf)
    return np.maximum.reduceat(inside, start) if start.size else np.zeros(0)


def _subgroups(observations: npt.ArrayLike) -> tuple[Floats, Floats, Floats]:
    """(size, mean, standard deviation) of each subgroup (S, N); the mean is NaN without, the other under two."""
    array = np.asarray(observations, dtype=np.float64)
    if array.ndim != 3:
        raise ValueError(
            f"observations must be shaped (series, subgroups, observations), not {array.ndim}-dimensional {array.shape}"
        )
    if np.isinf(array).any():
        series, subgroup, _ = np.argwhere(np.isinf(array))[0]
        raise ValueError(
            f"observations must be finite or missing (NaN): series {series}, subgroup {subgroup} is infinite"
        )
    taken = ~np.isnan(array)
    size = taken.sum(axis=2).astype(np.float64)
    with np.errstate(invalid="ignore", divide="ignore"):
        mean = np.where(taken, array, 0.0).sum(axis=2) / size
        away = np.where(taken, array - mean[:, :, None], 0.0)
        deviation = np.sqrt((away**2).sum(axis=2) / np.where(size >= 2, size - 1, np.nan))
    # Without this, equal observations differ from their own mean by a rounding error, and the s chart signals on it.
    rounding = ROUNDING * np.abs(np.where(taken, array, 0.0)).max(axis=2, initial=0)
    return size, mean, np.where(deviation <= rounding, 0.0, deviation)
