"""What every Shewhart chart shares: its segments, the baseline its limits rest on, moving ranges and the lines drawn.

Method: Shewhart's control charts; the reference for every chart is the R package qicharts2 0.8.1.
"""

from dataclasses import dataclass
from typing import TypedDict

import numpy as np
import numpy.typing as npt

from psc.stats.spc.rules import Signs, sign_beyond
from psc.stats.spc.segments import (
    Bools,
    Floats,
    Ints,
    Segments,
    checked_baseline,
    checked_starts,
    checked_values,
    lay_out,
    without_rounding,
)
from psc.stats.spc.xmr import ENOUGH_POINTS, MINIMUM_BASELINE

# d2 of Shewhart's tables for a range of two: the mean moving range is 1.128 standard deviations.
D2 = 1.128
# D4 for a range of two, to three decimals: a moving range of this many times the mean is beyond its upper limit.
SCREEN_FACTOR = 3.267


class Options(TypedDict, total=False):
    """What every chart can be told, all optional: how the series are cut and what the limits rest on.

    ``segment_starts`` (S, N) is True where the limits are rebased (``segments.rebase_starts``); everything stays inside
    a segment. ``excluded`` (S, N) is True at points that are drawn and judged but left out of the limits, so that their
    neighbours become neighbours. ``baseline_points`` (a number or (S,), at least 12; 0 in an array = none) fixes the
    limits on the first so many recorded points of each segment that are not excluded. ``centre`` (a number or (S,),
    NaN = estimate it) is a centre known beforehand, in the unit of the values drawn, for all segments of a series.
    """

    segment_starts: npt.ArrayLike | None
    excluded: npt.ArrayLike | None
    baseline_points: npt.ArrayLike | None
    centre: npt.ArrayLike | None


@dataclass(frozen=True, slots=True, eq=False)
class ShewhartChart:
    """Shewhart charts of S series of N places; every array is (S, N), figures in the unit of ``value``.

    ``value`` is what is drawn, NaN if missing. ``centre``, ``lcl`` and ``ucl`` (3 sigma) and ``near_lcl`` and
    ``near_ucl`` (2 sigma) run on through missing places of a segment; but limits that depend on a place's own
    denominator or subgroup size are NaN where the value is missing. All are NaN where there is nothing to estimate them
    from. ``sign`` is +1 strictly above ``ucl``, −1 strictly below ``lcl``, else 0, and ``outside`` marks both.
    ``in_baseline`` marks the points that the limits rest on, ``segment`` counts segments from 0, and ``short`` marks
    every place of a segment of under 13 recorded points: too few to show limits for.
    """

    value: Floats
    segment: Ints
    in_baseline: Bools
    centre: Floats
    lcl: Floats
    near_lcl: Floats
    near_ucl: Floats
    ucl: Floats
    sign: Signs
    outside: Bools
    short: Bools


@dataclass(frozen=True, slots=True, eq=False)
class Plan:
    """Recorded points laid end to end (M), in G groups (``segments.Segments``), and what their limits rest on.

    ``value`` (S, N) and ``recorded`` (M,) are the same figures; ``base`` (M,) is True in the baseline; ``given`` (G,)
    is the centre of each group if known beforehand, else NaN.
    """

    laid: Segments
    value: Floats
    recorded: Floats
    base: Bools
    given: Floats

    def at_points(self, per_place: Floats) -> Floats:
        """Figures (S, N) at the recorded points (M,)."""
        return per_place.ravel()[self.laid.place]

    def ratio(self, over: Floats, under: Floats | float = 1.0) -> Floats:
        """Sum over the baseline of ``over`` (M,) by that of ``under`` (M,), of each group (G,); NaN without any."""
        below = np.where(self.base, under, 0.0)
        with np.errstate(invalid="ignore", divide="ignore"):
            return self.laid.sums(np.where(self.base, over, 0.0)) / self.laid.sums(below)

    def given_or(self, estimate: Floats) -> Floats:
        """The centre given for each group (G,), else the estimate."""
        return np.where(np.isnan(self.given), estimate, self.given)

    def neighbours(self) -> tuple[Ints, Ints, Ints]:
        """(left point, right point, group) of each pair of neighbours in the baseline.

        Points on both sides of an excluded one are neighbours; those on both sides of a missing one are not.
        """
        point = np.flatnonzero(self.base)
        group = self.laid.to_points(np.arange(self.laid.start.size))[point]
        missing_before = (self.laid.place - np.arange(self.laid.place.size))[point]
        paired = np.flatnonzero((np.diff(group) == 0) & (np.diff(missing_before) == 0))
        return point[paired], point[paired + 1], group[paired]

    def average_range(self, figures: Floats, screen: bool) -> Floats:
        """Average moving range in the baseline of ``figures`` (M,), of each group (G,).

        NaN without a range, and where limits made from the ranges could have no width (``Segments.without_width``).
        """
        left, right, group = self.neighbours()
        steps = without_rounding(figures[right] - figures[left], self.laid.rounding(figures)[group])
        return self.average(np.abs(steps), group, SCREEN_FACTOR if screen else np.inf)

    def average(self, ranges: Floats, group: Ints, factor: float) -> Floats:
        """``Segments.screened_mean`` (G,) of moving ranges, NaN where limits made from it could have no width."""
        no_width = self.laid.without_width(self.recorded, ranges, group)
        return np.where(no_width, np.nan, self.laid.screened_mean(ranges, group, factor))


def plan(
    values: npt.ArrayLike,
    *,
    segment_starts: npt.ArrayLike | None = None,
    excluded: npt.ArrayLike | None = None,
    baseline_points: npt.ArrayLike | None = None,
    centre: npt.ArrayLike | None = None,
) -> Plan:
    """Lay out ``values`` (S, N; NaN = missing) and check what the chart is told (``Options``)."""
    value = checked_values(values)
    n_series, n_places = value.shape
    fixed = checked_baseline(baseline_points, (n_series,), MINIMUM_BASELINE)
    known = _checked_centre(centre, n_series)
    left_out = _checked_excluded(excluded, value.shape)
    laid = lay_out(value, checked_starts(segment_starts, value.shape))
    series = laid.place[laid.start] // max(n_places, 1)

    base = ~left_out.ravel()[laid.place]
    if fixed is not None:
        counted = np.cumsum(base)
        rank = counted - laid.to_points(counted[laid.start] - base[laid.start])
        most = laid.to_points(fixed[series])
        base &= (rank <= most) | (most == 0)
    return Plan(laid, value, value.ravel()[laid.place], base, known[series])


def drawn(
    plan: Plan, centre: Floats, sigma: Floats, *, floor: float = -np.inf, ceiling: float = np.inf
) -> ShewhartChart:
    """The chart whose limits lie 2 and 3 ``sigma`` from the ``centre`` (both (S, N)), cut at floor and ceiling."""
    lines = (np.clip(centre + k * sigma, floor, ceiling) for k in (-3, -2, 2, 3))
    return judged(plan, centre, *lines)


def judged(plan: Plan, centre: Floats, lcl: Floats, near_lcl: Floats, near_ucl: Floats, ucl: Floats) -> ShewhartChart:
    """The chart with these lines (S, N), each value judged against its own limits.

    Limits without width judge nothing: they are NaN in a segment that has a value beyond them.
    """
    rounding = plan.laid.to_places(plan.laid.rounding(plan.recorded))
    sign = sign_beyond(plan.value - ucl, rounding).clip(0) + sign_beyond(plan.value - lcl, rounding).clip(max=0)
    narrow = ucl - lcl <= 2 * rounding
    beyond = plan.at_points(narrow & (sign != 0))
    unusable = narrow & (plan.laid.to_places(plan.laid.sums(beyond)) > 0)
    lcl, near_lcl, near_ucl, ucl = (np.where(unusable, np.nan, line) for line in (lcl, near_lcl, near_ucl, ucl))
    sign = np.where(unusable, np.int8(0), sign)
    return ShewhartChart(
        value=plan.value,
        segment=plan.laid.number,
        in_baseline=plan.laid.scatter(plan.base),
        centre=centre,
        lcl=lcl,
        near_lcl=near_lcl,
        near_ucl=near_ucl,
        ucl=ucl,
        sign=sign,
        outside=sign != 0,
        short=short(plan.laid),
    )


def short(laid: Segments) -> Bools:
    """True (S, N) at every place of a segment with too few recorded points to show limits for."""
    return ~(laid.to_places(laid.length) >= ENOUGH_POINTS)


def require_at_least(plan: Plan, least: float, what: str) -> None:
    """ValueError if a recorded value or a given centre is below ``least``."""
    low = np.flatnonzero(plan.recorded < least)
    if low.size:
        series, point = divmod(int(plan.laid.place[low[0]]), plan.laid.shape[1])
        raise ValueError(f"{what} must be {least:g} or more: series {series}, point {point} is {plan.recorded[low[0]]}")
    if (plan.given < least).any():
        raise ValueError(f"centre must be {least:g} or more, as {what} are, not {np.nanmin(plan.given)}")


def _checked_centre(centre: npt.ArrayLike | None, n_series: int) -> Floats:
    given = np.asarray(np.nan if centre is None else centre, dtype=np.float64)
    if given.shape not in ((), (n_series,)):
        raise ValueError(f"centre must be a number or one for each of the {n_series} series, not shaped {given.shape}")
    if np.isinf(given).any():
        raise ValueError("centre must be finite, or NaN to estimate it")
    return np.broadcast_to(given, (n_series,))


def _checked_excluded(excluded: npt.ArrayLike | None, shape: tuple[int, ...]) -> Bools:
    if excluded is None:
        return np.zeros(shape, dtype=bool)
    given = np.asarray(excluded)
    if given.dtype != np.bool_ or given.shape != shape:
        raise ValueError(f"excluded must be booleans shaped {shape}, not {given.dtype} shaped {given.shape}")
    return given
