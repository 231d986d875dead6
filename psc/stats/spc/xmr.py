"""XmR charts (individuals and moving range) for many series at once, as NHS England's "Making Data Count" draws them.

Method: Wheeler's XmR constants with one screening of the moving ranges, the Making Data Count rules and both icons; the
reference is the R package NHSRplotthedots 0.2.2. Differences from it, all on purpose: a missing value keeps its place
but is never a point (no moving range spans it, and runs are read over the recorded points), the icons are those of the
last recorded point, a constant series has limits equal to its mean and meets a target or misses it as its mean does,
and without limits there is no rule and no assurance icon. Two more have a named option that keeps the reference's way:
points beyond a limit count for two in three, as NHS England has it since November 2023, and there are no limits where
they would have no width although the figures move.
"""

from dataclasses import dataclass
from typing import get_args

import numpy as np
import numpy.typing as npt

from psc.stats.spc.rules import TREND_POINTS, Signs, TwoInThree, judge
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

LIMIT_FACTOR = 2.66
SCREEN_FACTOR = 3.267
MINIMUM_BASELINE = 12
ENOUGH_POINTS = 13
TREND_SETTINGS = (6, 7)  # Making Data Count has used both; which one holds is agreed before looking at the data

Labels = npt.NDArray[np.object_]

# At 2 × the strongest rule (0 for a missing value) + 1 if it is low or falling.
SPECIAL_CAUSES = np.array(
    [
        *("", ""),
        *("Common Cause", "Common Cause"),
        *("7 Points Above CL", "7 Points Below CL"),
        *("2 in 3 Above CL", "2 in 3 Below CL"),
        *("7 Point Trend (Increasing)", "7 Point Trend (Decreasing)"),
        *("Above UCL", "Below LCL"),
    ],
    dtype=object,
)
# At 3 × (direction + 1) + sign + 1: the rows are lower is better, neutral, higher is better; then a missing value.
POINT_TYPES = np.array(
    [
        *("special_cause_improvement", "common_cause", "special_cause_concern"),
        *("special_cause_neutral_low", "common_cause", "special_cause_neutral_high"),
        *("special_cause_concern", "common_cause", "special_cause_improvement"),
        "",
    ],
    dtype=object,
)
VARIATION_ICONS = np.array(
    [
        *("improvement_low", "common_cause", "concern_high"),
        *("neutral_low", "common_cause", "neutral_high"),
        *("concern_low", "common_cause", "improvement_high"),
    ],
    dtype=object,
)
# At the target's side of the limits × direction + 1.
ASSURANCE_ICONS = np.array(["pass", "inconsistent", "fail"], dtype=object)


@dataclass(frozen=True, slots=True, eq=False)
class XmR:
    """XmR charts of S series of N places. Arrays are (S, N) unless said; a missing value's marks are False, 0 or "".

    ``mean``, ``lpl``, ``upl``, ``near_lpl``, ``near_upl`` are in the unit of the values and run on through missing
    places of a segment; they are NaN where a segment has no recorded point, the limits also where it has no moving
    range and where ``no_width``: its figures move, but over two thirds of the moving ranges are zero, so that limits
    would leave out the value that it nearly always has. ``constant`` marks a segment of two points or more that are all
    the same. ``short`` marks every place of a segment of under 13 recorded points: do not show its limits and icons.
    Every rule that fires on a point is kept: ``outside``, ``trend`` (``rising``, ``falling`` or, at a turning point,
    both), ``two_in_three``, ``shift``; ``special_cause`` names the strongest and ``sign`` is its way: +1 high or
    rising, −1 low or falling. ``last`` (S,) is the place of the last recorded point, −1 if there is none; the icons
    ``variation`` and ``assurance`` (S,) are judged there, and are "" where there is nothing to judge.
    """

    segment: Ints
    in_baseline: Bools
    mean: Floats
    lpl: Floats
    upl: Floats
    near_lpl: Floats
    near_upl: Floats
    relative_to_mean: Signs
    outside: Bools
    close: Bools
    trend: Bools
    rising: Bools
    falling: Bools
    shift: Bools
    two_in_three: Bools
    sign: Signs
    special_cause: Labels
    special_cause_flag: Bools
    point_type: Labels
    short: Bools
    no_width: Bools
    constant: Bools
    last: Ints
    variation: Labels
    assurance: Labels


def xmr(
    values: npt.ArrayLike,
    *,
    segment_starts: npt.ArrayLike | None = None,
    baseline_points: npt.ArrayLike | None = None,
    direction: npt.ArrayLike = 0,
    target: npt.ArrayLike | None = None,
    screen: bool = True,
    trend_points: int = TREND_POINTS,
    two_in_three: TwoInThree = "beyond two thirds",
    keep_zero_width: bool = False,
) -> XmR:
    """XmR limits, rules and icons of ``values`` (S, N), each series oldest point first, NaN = missing.

    ``segment_starts`` (S, N) is True where the limits are rebased (see ``rebase_starts``); everything stays inside a
    segment. ``baseline_points`` (a number, (S,) or (S, N), at least 12; 0 in an array = none) fixes mean and limits
    on the first recorded points of each segment, as many as its first recorded place says. ``direction`` (a number or
    (S,)): +1 higher is better, −1 lower, 0 neutral. ``target`` (a number, (S,) or (S, N), NaN = none) is in the unit of
    the values. ``screen`` leaves moving ranges of 3.267 times their mean or more out of the limits, once.
    ``trend_points`` (6 or 7) that only rise or only fall are a trend. ``two_in_three`` says which points count for that
    rule: "beyond two thirds" of a limit, or "between two thirds and limit" as in the reference. ``keep_zero_width``
    keeps limits where ``no_width`` and judges a target on limits without width as on any, both as the reference does.
    ValueError on an infinite value, a misfit shape or another option.
    """
    array = checked_values(values)
    laid = lay_out(array, checked_starts(segment_starts, array.shape))
    fixed = checked_baseline(baseline_points, array.shape, MINIMUM_BASELINE)
    better = _checked_direction(direction, array.shape[0])
    goal = _checked_target(target, array.shape)
    if trend_points not in TREND_SETTINGS:
        raise ValueError(f"trend_points must be 6 or 7, not {trend_points!r}")
    if two_in_three not in get_args(TwoInThree):
        raise ValueError(
            f"two_in_three must be one of {', '.join(map(repr, get_args(TwoInThree)))}, not {two_in_three!r}"
        )

    recorded, baseline = array.ravel()[laid.place], _baseline(laid, fixed)
    rounding = laid.rounding(recorded)
    mean = laid.sums(np.where(baseline, recorded, 0.0)) / laid.sums(baseline)
    ranges, group = _moving_ranges(recorded, laid, baseline)
    no_width = laid.without_width(recorded, without_rounding(ranges, rounding[group]), group)
    average = laid.screened_mean(ranges, group, SCREEN_FACTOR if screen else np.inf, rounding[group])
    spread = LIMIT_FACTOR * np.where(no_width & (not keep_zero_width), np.nan, average)
    found = judge(
        recorded, laid.first, *map(laid.to_points, (mean, spread, rounding)),
        trend_points=trend_points, two_in_three_of=two_in_three,
    )  # fmt: skip

    sign, strongest = laid.scatter(found.sign), laid.scatter(found.strongest)
    code = (3 * better + 4).astype(np.int8)[:, None] + sign
    centre, distance = laid.to_places(mean), laid.to_places(spread)
    lpl, upl = centre - distance, centre + distance
    last = _last(strongest != 0)
    narrow = laid.to_places(np.where(keep_zero_width, np.nan, 2 * rounding))
    variation, assurance = _icons(last, code, better, goal, lpl, upl, laid.to_places(rounding), narrow)
    return XmR(
        segment=laid.number,
        in_baseline=laid.scatter(baseline),
        mean=centre,
        lpl=lpl,
        upl=upl,
        near_lpl=centre - distance * (2 / 3),
        near_upl=centre + distance * (2 / 3),
        relative_to_mean=laid.scatter(found.side),
        outside=laid.scatter(found.outside),
        close=laid.scatter(found.close),
        trend=laid.scatter(found.rising | found.falling),
        rising=laid.scatter(found.rising),
        falling=laid.scatter(found.falling),
        shift=laid.scatter(found.shift),
        two_in_three=laid.scatter(found.two_in_three),
        sign=sign,
        special_cause=SPECIAL_CAUSES.take(2 * strongest + (sign < 0)),
        special_cause_flag=sign != 0,
        point_type=POINT_TYPES.take(np.where(strongest, code, POINT_TYPES.size - 1)),
        short=~(laid.to_places(laid.length) >= ENOUGH_POINTS),
        no_width=laid.to_places(no_width) == 1,
        constant=laid.to_places(laid.constant(recorded) & (laid.length > 1)) == 1,
        last=last,
        variation=variation,
        assurance=assurance,
    )


def _baseline(laid: Segments, fixed: Ints | None) -> Bools:
    if fixed is None:
        return np.ones(laid.place.size, dtype=bool)
    rank = np.arange(laid.place.size) - laid.to_points(laid.start)
    most = laid.to_points(fixed.ravel()[laid.place[laid.start]])
    return (rank < most) | (most == 0)


def _moving_ranges(recorded: Floats, laid: Segments, baseline: Bools) -> tuple[Floats, Ints]:
    """The moving ranges of the baseline and the group of each; none across a missing value."""
    ranged = baseline & ~laid.first
    ranged[1:] &= np.diff(laid.place) == 1
    later = np.flatnonzero(ranged)
    group = laid.to_points(np.arange(laid.start.size))[later]
    return np.abs(recorded[later] - recorded[later - 1]), group


def _icons(
    last: Ints, code: Signs, better: Ints, goal: Floats, lpl: Floats, upl: Floats, rounding: Floats, narrow: Floats
) -> tuple[Labels, Labels]:
    """(variation, assurance) of each series (S,) at its last recorded point; the rest is (S, N) but ``better`` (S,).

    Limits at most ``narrow`` apart are the figure itself: it meets a target that lies between them.
    """
    variation, assurance = np.full((2, last.size), "", dtype=object)
    some = np.flatnonzero(last >= 0)
    at = (some, last[some])
    variation[some] = VARIATION_ICONS[code[at]]
    beyond = (goal[at] - upl[at] > rounding[at]).astype(np.int64) - (lpl[at] - goal[at] > rounding[at])
    beyond = np.where((beyond == 0) & (upl[at] - lpl[at] <= narrow[at]), -better[some], beyond)
    judged = (better[some] != 0) & ~np.isnan(goal[at]) & ~np.isnan(upl[at])
    assurance[some] = np.where(judged, ASSURANCE_ICONS[beyond * better[some] + 1], "")
    return variation, assurance


def _last(recorded: Bools) -> Ints:
    """Place of the last True of each row, −1 if none."""
    n_places = recorded.shape[1]
    if n_places == 0:
        return np.full(recorded.shape[0], -1)
    return np.where(recorded.any(axis=1), n_places - 1 - np.argmax(recorded[:, ::-1], axis=1), -1)


def _checked_direction(direction: npt.ArrayLike, n_series: int) -> Ints:
    given = np.asarray(direction)
    if given.shape not in ((), (n_series,)) or not np.isin(given, (-1, 0, 1)).all():
        raise ValueError(f"direction must be +1, 0 or -1, one for all or for each of the {n_series} series: {given!r}")
    return np.broadcast_to(given, (n_series,)).astype(np.int64)


def _checked_target(target: npt.ArrayLike | None, shape: tuple[int, ...]) -> Floats:
    given = np.asarray(np.nan if target is None else target, dtype=np.float64)
    if given.shape not in ((), shape[:1], shape):
        raise ValueError(f"target must be a number, one per series or shaped {shape}, not shaped {given.shape}")
    if np.isinf(given).any():
        raise ValueError("target must be finite, or NaN for none")
    return np.broadcast_to(given[:, None] if given.ndim == 1 else given, shape)
