"""Funnel limits of ratios and rates from exact Poisson probabilities, and the checks that all funnels share.

The chi-square quantiles are taken as inverse incomplete gamma functions. Source: Spiegelhalter, "Funnel plots for
comparing institutional performance" (Statistics in Medicine 2005); FunnelPlotR 0.6.0 has them in part.
"""

import numpy as np
import numpy.typing as npt
from scipy import special

from psc.stats.spc.rules import Signs
from psc.stats.spc.segments import Floats

Limits = tuple[Floats, Floats]


def expected_limits(expected: npt.ArrayLike, *, level: float = 0.998) -> Limits:
    """(lower, upper) limits of observed over expected events, at ``expected`` events (any shape, above 0, NaN = none).

    The reference's unadjusted limits: χ²(p, 2E)/2E and χ²(1 − p, 2E + 2)/2E. They are the interval of a count that
    equals E, so for few events they sit high: at 5 expected, chance puts a unit below the 99.8% limit 0.7% of the
    time, not 0.1%; at 1 expected, 37%. ``poisson_limits`` keep their promise. ValueError on an expected number not
    above 0.
    """
    number, tail = above_zero("expected", expected), tail_of(level)
    return special.gammaincinv(number, tail) / number, special.gammainccinv(number + 1, tail) / number


def poisson_limits(expected: npt.ArrayLike, *, level: float = 0.998) -> Limits:
    """(lower, upper) limits of observed over expected events, at ``expected`` events (any shape, above 0, NaN = none).

    Exact: chance puts a count strictly beyond either of them (1 − level)/2 of the time at most. Between whole counts
    the Poisson distribution is continued as Fingertips continues it. The lower limit is 0 where even no event is no
    surprise. ValueError on an expected number not above 0.
    """
    number, tail = above_zero("expected", expected), tail_of(level)
    with np.errstate(invalid="ignore"):
        upper = special.pdtrik(1 - tail, number) + 1
        # Where one event would be a surprise the quantile stops at 0, and that one event would lie on the limit.
        upper = np.where(special.pdtr(0, number) > 1 - tail, number, upper)
        return special.pdtrik(tail, number) / number, upper / number


def side_of(values: Floats, limits: Limits) -> Signs:
    """+1 strictly above the upper limit, −1 strictly below the lower, else 0."""
    return (values > limits[1]).view(np.int8) - (values < limits[0]).view(np.int8)


def overall(part: Floats, whole: Floats) -> Floats:
    """Sum of the parts over the sum of the wholes of each row (F, 1), NaN where the row has none."""
    with np.errstate(invalid="ignore"):
        return np.nansum(part, axis=1, keepdims=True) / np.nansum(whole, axis=1, keepdims=True)


def checked_units(first: str, parts: npt.ArrayLike, second: str, wholes: npt.ArrayLike) -> Limits:
    """Both as floats (funnels, units), missing where either is; ValueError naming them if they do not fit."""
    part, whole = not_negative(first, parts), above_zero(second, wholes)
    if part.ndim != 2 or part.shape != whole.shape:
        raise ValueError(
            f"{first} and {second} must both be shaped (funnels, units), not {part.shape} and {whole.shape}"
        )
    missing = np.isnan(part) | np.isnan(whole)
    return np.where(missing, np.nan, part), np.where(missing, np.nan, whole)


def checked_parts(numerators: npt.ArrayLike, denominators: npt.ArrayLike) -> Limits:
    """``checked_units`` of proportions: a numerator over its denominator is refused too."""
    part, whole = checked_units("numerators", numerators, "denominators", denominators)
    refuse(part > whole, part, "numerators must not exceed their denominators")
    return part, whole


def checked_proportion(centre: npt.ArrayLike, per: float) -> Floats:
    """``centre`` as a share from 0 to 1; ValueError if it lies outside [0, ``per``]."""
    middle = not_negative("centre", centre)
    refuse(middle > checked_per(per), middle, f"the centre of a proportion must lie between 0 and {per:g}")
    return middle / per


def checked_per(per: float) -> float:
    """``per`` itself; ValueError unless it is a finite number above 0."""
    if not 0 < per < np.inf:
        raise ValueError(f"per must be a number above 0, such as 100 for per cent, not {per!r}")
    return per


def not_negative(name: str, values: npt.ArrayLike) -> Floats:
    """``values`` as floats; ValueError where one is negative or infinite."""
    array = np.asarray(values, dtype=np.float64)
    refuse(np.isinf(array), array, f"{name} must be finite, or NaN for missing")
    refuse(array < 0, array, f"{name} must not be negative")
    return array


def above_zero(name: str, values: npt.ArrayLike) -> Floats:
    """``values`` as floats; ValueError where one is zero, negative or infinite."""
    array = not_negative(name, values)
    refuse(array == 0, array, f"{name} must be greater than zero, or NaN for missing")
    return array


def refuse(bad: npt.NDArray[np.bool_], values: Floats, rule: str) -> None:
    """ValueError that tells the rule, the first value that breaks it and where it stands."""
    if not bad.any():
        return
    place = tuple(int(i) for i in np.argwhere(bad)[0])
    where = f" (funnel {place[0]}, unit {place[1]})" if len(place) == 2 else ""
    raise ValueError(f"{rule}: found {values[place]:g}{where}")


def together(**arrays: Floats) -> tuple[Floats, ...]:
    """The arrays broadcast to one shape; ValueError naming their shapes if they cannot be."""
    try:
        return np.broadcast_arrays(*arrays.values())
    except ValueError:
        shapes = ", ".join(f"{name} {array.shape}" for name, array in arrays.items())
        raise ValueError(f"shapes do not fit together: {shapes}") from None


def tail_of(level: float) -> float:
    """Chance beyond one limit; ValueError unless ``level`` lies between 0 and 1."""
    if not 0 < level < 1:
        raise ValueError(f"level must be a share between 0 and 1, such as 0.998 for 99.8% limits, not {level!r}")
    return (1 - level) / 2
