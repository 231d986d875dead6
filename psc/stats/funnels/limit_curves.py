"""Limit curves of funnel plots at any denominators, widened for overdispersion, and the false alarms to expect.

Source: Spiegelhalter, "Funnel plots for comparing institutional performance" (2005) and "Handling over-dispersion of
performance indicators" (Quality and Safety in Health Care 2005); the SHMI specification of NHS England. The reference
is the R package FunnelPlotR 0.6.0, but limits on the square-root scale are squared back, which it does not do.
"""

from dataclasses import dataclass
from typing import Literal, get_args

import numpy as np
import numpy.typing as npt
from scipy import special

from psc.stats.funnels.exact_limits import (
    Limits,
    above_zero,
    checked_per,
    checked_proportion,
    expected_limits,
    not_negative,
    poisson_limits,
    tail_of,
    together,
)
from psc.stats.spc.segments import Floats

Method = Literal["SHMI", "CQC"]


@dataclass(frozen=True, slots=True, eq=False)
class FalseAlarms:
    """By chance alone: the ``expected`` number of units outside, and the chance of ``at_least_one``."""

    expected: Floats
    at_least_one: Floats


def expected_false_alarms(units: npt.ArrayLike, *, level: float = 0.998) -> FalseAlarms:
    """How many of ``units`` (whole numbers, any shape) lie outside limits of ``level`` when nothing is the matter.

    Units are taken to be independent and the limits to be of their nominal level, which they are not with few events.
    ValueError on a number of units that is missing, negative or not whole.
    """
    number = not_negative("units", units)
    if not (number == np.floor(number)).all():
        raise ValueError(f"units must be whole numbers, none missing: {units!r}")
    outside = 2 * tail_of(level)
    return FalseAlarms(number * outside, -np.expm1(number * np.log1p(-outside)))


def proportion_limits(
    centre: npt.ArrayLike,
    denominators: npt.ArrayLike,
    *,
    tau2: npt.ArrayLike = 0.0,
    level: float = 0.998,
    per: float = 1.0,
) -> Limits:
    """(lower, upper): sin²(asin√p̄ ± z√(1/(4n) + τ²)), the angle kept within [0, π/2]; arrays that broadcast.

    ``centre``, from 0 to ``per``, and the limits are in units of ``per``; ``tau2`` is the between-unit variance on the
    arcsine scale, 0 for unadjusted limits. NaN gives NaN. ValueError on a centre outside [0, ``per``], a denominator
    not above 0 or a negative ``tau2``.
    """
    middle, size, between = together(
        centre=checked_proportion(centre, per),
        denominators=above_zero("denominators", denominators),
        tau2=not_negative("tau2", tau2),
    )
    angle, spread = np.arcsin(np.sqrt(middle)), _deviate(level) * np.sqrt(1 / (4 * size) + between)
    lower, upper = np.maximum(angle - spread, 0), np.minimum(angle + spread, np.pi / 2)
    return per * np.sin(lower) ** 2, per * np.sin(upper) ** 2


def ratio_limits(
    expected: npt.ArrayLike,
    *,
    tau2: npt.ArrayLike | None = None,
    level: float = 0.998,
    method: Method = "SHMI",
) -> Limits:
    """(lower, upper) limits of observed over expected events, at ``expected`` events (above 0); arrays that broadcast.

    Without ``tau2`` they are the unadjusted ones, of either method (``funnel_exact.expected_limits``). With it, the
    between-unit variance on the method's scale: SHMI exp(±z√(1/E + τ²)); CQC (1 ± z√(1/(4E) + τ²))², the root no lower
    than 0. NaN gives NaN. ValueError on an expected number not above 0, a negative ``tau2`` or another method.
    """
    check_method(method)
    if tau2 is None:
        return expected_limits(expected, level=level)
    number, between = together(expected=above_zero("expected", expected), tau2=not_negative("tau2", tau2))
    if method == "SHMI":
        spread = _deviate(level) * np.sqrt(1 / number + between)
        with np.errstate(over="ignore"):
            return np.exp(-spread), np.exp(spread)
    spread = _deviate(level) * np.sqrt(1 / (4 * number) + between)
    return np.maximum(1 - spread, 0) ** 2, (1 + spread) ** 2


def rate_limits(
    centre: npt.ArrayLike,
    population: npt.ArrayLike,
    *,
    tau2: npt.ArrayLike | None = None,
    level: float = 0.998,
    method: Method = "CQC",
    per: float = 100_000.0,
) -> Limits:
    """(lower, upper) limits of a rate: the centre × limits of the ratio at centre × population ÷ per expected events.

    ``centre`` is the overall rate per ``per`` of population, and so are the limits; NaN where it is 0, since no limit
    can be drawn from no events. Without ``tau2`` exact (``funnel_exact.poisson_limits``), with it as ``ratio_limits``.
    ValueError on a negative centre or ``tau2``, a population not above 0.
    """
    middle, size = together(centre=not_negative("centre", centre), population=above_zero("population", population))
    some = np.where(middle == 0, np.nan, middle)
    expected = some * size / checked_per(per)
    check_method(method)
    if tau2 is None:
        lower, upper = poisson_limits(expected, level=level)
    else:
        lower, upper = ratio_limits(expected, tau2=tau2, level=level, method=method)
    return some * lower, some * upper


def check_method(method: str) -> None:
    """ValueError unless ``method`` is one that is offered."""
    if method not in get_args(Method):
        raise ValueError(f"method must be one of {', '.join(get_args(Method))}, not {method!r}")


def _deviate(level: float) -> float:
    """Normal deviate of limits of ``level``, to the six decimals that the reference has: 1.959964, 3.090232."""
    return round(-float(special.ndtri(tail_of(level))), 6)
