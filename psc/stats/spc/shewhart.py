"""Shewhart charts of counts, rates and proportions, for many series at once.

Kept for own measures: ``c_chart``, ``u_prime_chart``, ``p_prime_chart``, ``i_prime_chart``. Figures that users bring
will get the chart that suits them: counts of equal opportunity a c chart, counted rates u′, counted proportions p′, and
amounts by a denominator i′. The measures that ship have XmR charts, whose rules and icons NHS readers know.

Reference: the R package qicharts2 0.8.1. Laney's u′ and p′ charts: Laney, "Improved control charts for attributes"
(Quality Engineering 2002); the I′ chart: Taylor, "Normalized individuals (IN) control chart" (2017). Differences from
the reference, all on purpose: a constant series has limits equal to its centre, not none; there are no limits where
they would have no width although the figures move, or where over two thirds of the moving ranges that they rest on are
zero; a mark never stands on a missing value; no moving range crosses a segment's edge.

Every function takes values shaped (S, N), each series oldest point first, NaN = missing, and the keywords of
``control.Options``; ValueError, in words, on an infinite value, a shape that does not fit or an impossible figure.
"""

from typing import Unpack

import numpy as np
import numpy.typing as npt

from psc.stats.spc.control import (
    D2,
    Options,
    Plan,
    ShewhartChart,
    drawn,
    plan,
    require_at_least,
)
from psc.stats.spc.segments import Floats, checked_values, without_rounding

# The I′ chart's own rounding of D4 in the reference.
I_PRIME_SCREEN_FACTOR = 3.2665


def i_prime_chart(
    counts: npt.ArrayLike,
    denominators: npt.ArrayLike,
    *,
    per: float = 1,
    screen: bool = True,
    non_negative: bool = False,
    **options: Unpack[Options],
) -> ShewhartChart:
    """I′: individuals of ``counts / denominators`` × ``per``, with limits that widen where the denominator is small.

    ``counts`` may be any measured total. Centre: total by total. Sigma: the mean of √(π/2)·|step| / √(1/n + 1/n next),
    those of 3.2665 times the mean or more left out once unless ``screen`` is off, by √n. ``non_negative`` says that the
    values cannot be below zero: limits are cut there, and a value below it is refused.
    """
    total, n = _checked_ratio(counts, denominators, least=0 if non_negative else -np.inf)
    laid_out = plan(total / n * _checked_per(per), **options)
    if non_negative:
        require_at_least(laid_out, 0, "rates")
    size = laid_out.at_points(n)
    left, right, group = laid_out.neighbours()
    rounding = laid_out.laid.rounding(laid_out.recorded)[group]
    steps = without_rounding(laid_out.recorded[right] - laid_out.recorded[left], rounding)
    ranges = np.sqrt(np.pi / 2) * np.abs(steps) / np.sqrt(1 / size[left] + 1 / size[right])
    spread = laid_out.average(ranges, group, I_PRIME_SCREEN_FACTOR if screen else np.inf)

    centre = laid_out.laid.to_places(_pooled(laid_out, total, size, per))
    sigma = laid_out.laid.to_places(spread) / np.sqrt(n)
    return drawn(laid_out, centre, sigma, floor=0 if non_negative else -np.inf)


def c_chart(counts: npt.ArrayLike, **options: Unpack[Options]) -> ShewhartChart:
    """Counts over equal opportunity: mean ± 3√mean, floor 0 (Poisson)."""
    laid_out = plan(counts, **options)
    require_at_least(laid_out, 0, "counts")
    centre = laid_out.laid.to_places(laid_out.given_or(laid_out.ratio(laid_out.recorded)))
    return drawn(laid_out, centre, np.sqrt(centre), floor=0)


def u_prime_chart(
    counts: npt.ArrayLike,
    denominators: npt.ArrayLike,
    *,
    per: float = 1,
    screen: bool = True,
    **options: Unpack[Options],
) -> ShewhartChart:
    """Laney's u′ of the rates ``counts / denominators`` × ``per``: ū ± 3σ, floor 0, ū being total by total.

    Sigma is √(ū/n) (Poisson) times the spread that the standardised rates really have from point to point, their
    average moving range / 1.128; ``screen`` leaves ranges of 3.267 times their mean or more out of it, once. A place
    with a missing count or denominator, or with a denominator of zero and no event, is missing. ValueError on a
    negative count or denominator, and on events without a denominator.
    """
    laid_out, n, centre = _ratio(counts, denominators, per, **options)
    return drawn(laid_out, centre, _laney(laid_out, centre, _poisson(centre, n, per), screen), floor=0)


def p_prime_chart(
    counts: npt.ArrayLike,
    denominators: npt.ArrayLike,
    *,
    per: float = 1,
    screen: bool = True,
    **options: Unpack[Options],
) -> ShewhartChart:
    """Laney's p′ of the proportions ``counts / denominators`` × ``per``, with limits cut to 0 and ``per``.

    As ``u_prime_chart`` with a sigma of √(p̄(1 − p̄)/n) (binomial); ValueError, besides, on a count above its
    denominator.
    """
    laid_out, n, centre = _ratio(counts, denominators, per, proportion=True, **options)
    sigma = _laney(laid_out, centre, _binomial(centre, n, per), screen)
    return drawn(laid_out, centre, sigma, floor=0, ceiling=per)


def _ratio(
    counts: npt.ArrayLike,
    denominators: npt.ArrayLike,
    per: float,
    *,
    proportion: bool = False,
    **options: Unpack[Options],
) -> tuple[Plan, Floats, Floats]:
    """(plan of the ratios drawn, denominators (S, N) with NaN where missing, centre (S, N))."""
    total, n = _checked_ratio(counts, denominators, least=0, proportion=proportion)
    laid_out = plan(total / n * _checked_per(per), **options)
    require_at_least(laid_out, 0, "rates")
    if proportion and (laid_out.given > per).any():
        raise ValueError(f"centre must be a proportion, from 0 to {per:g}, not {np.nanmax(laid_out.given)}")
    return laid_out, n, laid_out.laid.to_places(_pooled(laid_out, total, laid_out.at_points(n), per))


def _pooled(laid_out: Plan, total: Floats, size: Floats, per: float) -> Floats:
    return laid_out.given_or(laid_out.ratio(laid_out.at_points(total), size) * per)


def _poisson(centre: Floats, n: Floats, per: float) -> Floats:
    return np.sqrt(centre / per / n) * per


def _binomial(centre: Floats, n: Floats, per: float) -> Floats:
    share = centre / per
    return np.sqrt(share * (1 - share) / n) * per


def _laney(laid_out: Plan, centre: Floats, sigma: Floats, screen: bool) -> Floats:
    """``sigma`` (S, N) times the average moving range of the standardised values over 1.128."""
    expected = laid_out.at_points(sigma)
    rounding = laid_out.laid.to_points(laid_out.laid.rounding(laid_out.recorded))
    away = without_rounding(laid_out.recorded - laid_out.at_points(centre), rounding)
    # With no spread expected (all zero, or all one) nothing can be standardised, and the limits stay at the centre.
    standard = np.divide(away, expected, out=np.zeros(away.size), where=expected > 0)
    return sigma * laid_out.laid.to_places(laid_out.average_range(standard, screen) / D2)


def _checked_ratio(
    counts: npt.ArrayLike, denominators: npt.ArrayLike, *, least: float, proportion: bool = False
) -> tuple[Floats, Floats]:
    """Counts and denominators (S, N), both NaN where either is missing or the denominator is zero without an event."""
    total, n = checked_values(counts), checked_values(denominators)
    if total.shape != n.shape:
        raise ValueError(f"denominators must be shaped as the counts are, {total.shape}, not {n.shape}")
    for wrong, problem in (
        (total < least, "a negative count"),
        (n < 0, "a negative denominator"),
        ((n == 0) & (total != 0) & ~np.isnan(total), "a count with a denominator of zero"),
        (proportion & (total > n), "a count above its denominator, which no proportion can have"),
    ):
        if wrong.any():
            series, point = np.argwhere(wrong)[0]
            found = f"{total[series, point]:g} of {n[series, point]:g}"
            raise ValueError(f"series {series}, point {point} has {problem}: {found}")
    missing = np.isnan(total) | np.isnan(n) | (n == 0)
    return np.where(missing, np.nan, total), np.where(missing, np.nan, n)


def _checked_per(per: float) -> float:
    if not (np.isfinite(per) and per > 0):
        raise ValueError(f"per must be a finite number above zero, such as 1000 for a rate per thousand, not {per}")
    return per
