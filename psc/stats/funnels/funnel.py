"""Funnel plots of many indicators at once: proportions, ratios to an expected number and rates, with overdispersion.

Method: Spiegelhalter's additive random effects (Quality and Safety in Health Care 2005; Statistics in Medicine 2005),
in the forms used for SHMI (log scale, truncated) and by the Care Quality Commission (square root, winsorised), and the
arcsine for proportions. The reference is the R package FunnelPlotR 0.6.0. Differences from it, all on purpose: limits
on the square-root scale are squared back; a unit with no events never enters φ on the log scale; without
overdispersion units are judged on the unadjusted limits; ratios of two counts are not offered, since the reference's
limits for them are far too narrow.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Literal, get_args

import numpy as np
import numpy.typing as npt

from psc.stats.funnels.exact_limits import (
    Limits,
    checked_parts,
    checked_per,
    checked_units,
    expected_limits,
    overall,
    poisson_limits,
    refuse,
    side_of,
)
from psc.stats.funnels.limit_curves import Method, check_method, proportion_limits, ratio_limits
from psc.stats.funnels.overdispersion import overdispersion, truncate, winsorise
from psc.stats.spc.rules import Signs
from psc.stats.spc.segments import Bools, Floats, Ints

JudgedOn = Literal["auto", "adjusted", "unadjusted"]
# (τ² of each funnel (F, 1), or None for unadjusted; level) -> limits of every unit.
Curve = Callable[[Floats | None, float], Limits]

FEW_EXPECTED = 10


@dataclass(frozen=True, slots=True, eq=False)
class FunnelLimits:
    """Limits of each unit (F, U) at 95% and at 99.8%, in the unit of the values; NaN where the unit is missing."""

    lower95: Floats
    upper95: Floats
    lower998: Floats
    upper998: Floats


@dataclass(frozen=True, slots=True, eq=False)
class Funnel:
    """F funnels of U units each.

    Per funnel (F,): ``centre``, in the unit of the values; ``n_units`` with a figure, and ``n_kept`` of them from
    which ``phi``, the mean of z² (NaN without any), and ``tau2``, the variance between units on the method's scale,
    come; ``overdispersed`` where ``tau2`` is above 0; ``adjusted_limits`` where units were judged on limits widened by
    it. Per unit (F, U): ``value``; ``z`` before trimming (−inf on the log scale for a unit with no events) and
    ``z_used`` after it (NaN where truncated away); ``unadjusted`` and ``adjusted`` limits; ``lower`` and ``upper``, the
    limits it was judged on, at the level asked for; ``side``: +1 strictly above, −1 strictly below, 0 between or
    missing; ``outside``, if it is either; ``few_expected`` where under 10 events (or, of a proportion, non-events) are
    expected: there all but the exact limits of a rate are approximate, and catch low units too often by chance.
    """

    centre: Floats
    phi: Floats
    tau2: Floats
    n_units: Ints
    n_kept: Ints
    overdispersed: Bools
    adjusted_limits: Bools
    value: Floats
    z: Floats
    z_used: Floats
    unadjusted: FunnelLimits
    adjusted: FunnelLimits
    lower: Floats
    upper: Floats
    side: Signs
    outside: Bools
    few_expected: Bools


@dataclass(frozen=True, slots=True, eq=False)
class _Scored:
    """Not yet judged: ``value`` and ``centre`` (F, 1) in the reader's unit, to which ``unit`` (F, 1) takes limits."""

    value: Floats
    centre: Floats
    unit: Floats
    z: Floats
    z_used: Floats
    s: Floats
    few_expected: Bools
    curve: Curve


def proportion_funnel(
    numerators: npt.ArrayLike,
    denominators: npt.ArrayLike,
    *,
    trim: float = 0.1,
    level: float = 0.998,
    judged_on: JudgedOn = "auto",
    per: float = 1.0,
) -> Funnel:
    """Proportions of U units in each of F funnels, both (F, U) with NaN = missing, around the funnel's own proportion.

    Arcsine scale; z winsorised at the ``trim`` and 1 − ``trim`` quantiles. ``judged_on``: the adjusted limits, the
    unadjusted, or ("auto") the adjusted where there is overdispersion. ``per`` is the unit of values and limits (100
    for per cent). One unit, or none, is never overdispersed. ValueError on a negative or infinite number, a numerator
    over its denominator, a denominator not above 0 or a misfit shape.
    """
    part, whole = checked_parts(numerators, denominators)
    centre, s = overall(part, whole), 1 / (2 * np.sqrt(whole))
    z = (np.arcsin(np.sqrt(part / whole)) - np.arcsin(np.sqrt(centre))) / s

    def curve(tau2: Floats | None, at: float) -> Limits:
        return proportion_limits(centre, whole, tau2=0.0 if tau2 is None else tau2, level=at)

    unit = np.full_like(centre, checked_per(per))
    few = np.minimum(centre, 1 - centre) * whole < FEW_EXPECTED
    scored = _Scored(part / whole * per, centre * per, unit, z, winsorise(z, trim), s, few, curve)
    return _judge(scored, level, judged_on)


def ratio_funnel(
    observed: npt.ArrayLike,
    expected: npt.ArrayLike,
    *,
    method: Method = "SHMI",
    trim: float = 0.1,
    level: float = 0.998,
    judged_on: JudgedOn = "auto",
    per: float = 1.0,
) -> Funnel:
    """Observed over expected events of U units in each of F funnels, both (F, U) with NaN = missing, around 1.

    SHMI: log scale, expected rounded to two decimals, z truncated by rank at ``trim``. CQC: square root, z winsorised;
    the better of the two with few events. The centre is 1 (× ``per``) even if the units together are not as expected,
    and an excess that all share is then read as overdispersion. Other options and errors as in ``proportion_funnel``;
    an expected number that rounds to 0.00 (SHMI) and observed that equal expected in every unit are refused too.
    """
    check_method(method)
    count, number = checked_units("observed", observed, "expected", expected)
    present = ~np.isnan(count)
    same = ((count == number) | ~present).all(axis=1) & (present.sum(axis=1) > 1)
    if same.any():
        raise ValueError(f"observed and expected are equal in every unit of funnel {same.argmax()}: check the columns")
    used = number
    if method == "SHMI":
        used = np.round(number, 2)
        refuse(used == 0, number, "SHMI rounds expected to two decimals, which must leave it greater than zero")
    scored = _score_ratio(count, used, method, trim, expected_limits)
    unit = scored.unit * checked_per(per)
    return _judge(replace(scored, value=count / number * per, centre=unit, unit=unit), level, judged_on)


def rate_funnel(
    events: npt.ArrayLike,
    population: npt.ArrayLike,
    *,
    method: Method = "CQC",
    trim: float = 0.1,
    level: float = 0.998,
    judged_on: JudgedOn = "auto",
    per: float = 100_000.0,
) -> Funnel:
    """Rates per ``per`` of population of U units in each of F funnels, both (F, U) with NaN = missing.

    The ratio funnel with the overall rate of the funnel × population as the expected number (never rounded), in the
    unit of the rate. CQC by default, since counts of 0 are ordinary; unadjusted limits are ``poisson_limits``, which
    hold for any count. Where no unit had an event the centre is 0, there are no limits and nothing is outside. Other
    options and errors as in ``proportion_funnel``.
    """
    check_method(method)
    count, size = checked_units("events", events, "population", population)
    rate = overall(count, size)
    scored = _score_ratio(count, np.where(rate == 0, np.nan, rate) * size, method, trim, poisson_limits)
    centre, few = rate * checked_per(per), rate * size < FEW_EXPECTED
    return _judge(
        replace(scored, value=count / size * per, centre=centre, unit=centre, few_expected=few), level, judged_on
    )


def _score_ratio(count: Floats, expected: Floats, method: Method, trim: float, plain: Callable[..., Limits]) -> _Scored:
    with np.errstate(divide="ignore"):
        if method == "SHMI":
            s = 1 / np.sqrt(expected)
            z = np.log(count / expected) / s
        else:
            s = 1 / (2 * np.sqrt(expected))
            z = (np.sqrt(count / expected) - 1) / s
    used = (truncate if method == "SHMI" else winsorise)(z, trim)

    def curve(tau2: Floats | None, at: float) -> Limits:
        return plain(expected, level=at) if tau2 is None else ratio_limits(expected, tau2=tau2, level=at, method=method)

    one = np.ones((count.shape[0], 1))
    return _Scored(count / expected, one, one, z, used, s, expected < FEW_EXPECTED, curve)


def _judge(scored: _Scored, level: float, judged_on: JudgedOn) -> Funnel:
    if judged_on not in get_args(JudgedOn):
        raise ValueError(f"judged_on must be one of {', '.join(get_args(JudgedOn))}, not {judged_on!r}")
    phi, tau2, n_kept = overdispersion(scored.z_used, scored.s)
    adjusted = tau2 > 0 if judged_on == "auto" else np.full(tau2.shape, judged_on == "adjusted")

    def limits(between: Floats | None, at: float) -> Limits:
        lower, upper = scored.curve(between, at)
        return lower * scored.unit, upper * scored.unit

    plain, widened = limits(None, level), limits(tau2[:, None], level)
    chosen = (np.where(adjusted[:, None], widened[0], plain[0]), np.where(adjusted[:, None], widened[1], plain[1]))
    side = side_of(scored.value, chosen)
    return Funnel(
        centre=scored.centre[:, 0],
        phi=phi,
        tau2=tau2,
        n_units=(~np.isnan(scored.value)).sum(axis=1),
        n_kept=n_kept,
        overdispersed=tau2 > 0,
        adjusted_limits=adjusted,
        value=scored.value,
        z=scored.z,
        z_used=scored.z_used,
        unadjusted=FunnelLimits(*limits(None, 0.95), *limits(None, 0.998)),
        adjusted=FunnelLimits(*limits(tau2[:, None], 0.95), *limits(tau2[:, None], 0.998)),
        lower=chosen[0],
        upper=chosen[1],
        side=side,
        outside=side != 0,
        few_expected=scored.few_expected,
    )
