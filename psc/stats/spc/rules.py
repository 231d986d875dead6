"""Rules for special-cause variation, on recorded points laid end to end (``segments.Segments``).

Every array is (M,). ``first`` is True at the first point of a segment, where no run goes on. The source is NHS
England's "Making Data Count"; run lengths are those of its reference implementation, NHSRplotthedots 0.2.2. That
counts only points between two thirds of a limit and the limit for two in three; since November 2023 NHS England counts
points beyond the limit as well (issues 153 and 194 of NHSRplotthedots).
"""

from dataclasses import dataclass
from typing import Literal

import numpy as np
import numpy.typing as npt

from psc.stats.spc.segments import Bools, Floats, Ints

Signs = npt.NDArray[np.int8]
TwoInThree = Literal["beyond two thirds", "between two thirds and limit"]
"""Which points count for two in three: those beyond two thirds of a limit, or of these only those within the limit."""

SHIFT_POINTS = 7
TREND_POINTS = 7

# The strongest rule of a point names it; a higher number wins.
COMMON, SHIFT, TWO_IN_THREE, TREND, OUTSIDE = range(1, 6)


@dataclass(frozen=True, slots=True, eq=False)
class Findings:
    """What each rule says of each point (M,): which fire, the ``strongest`` and its ``sign`` (+1 high or rising)."""

    side: Signs
    outside: Bools
    close: Bools
    rising: Bools
    falling: Bools
    two_in_three: Bools
    shift: Bools
    strongest: Signs
    sign: Signs


def judge(
    values: Floats,
    first: Bools,
    mean: Floats,
    spread: Floats,
    rounding: Floats,
    *,
    trend_points: int = TREND_POINTS,
    two_in_three_of: TwoInThree = "beyond two thirds",
) -> Findings:
    """Apply every rule to ``values``, given each point's mean, mean-to-limit distance (NaN = no limits) and rounding.

    Without limits no rule fires: where they cannot be made, the mean is no line to judge by either. The strongest of
    several is outside > trend > two in three > shift. A point of two trends takes the later one's way.
    """
    above = values - mean
    side = sign_beyond(above, rounding)
    distance = np.abs(above)
    outside = distance - spread > rounding
    close = (distance - spread * (2 / 3) > rounding) & ~outside
    limited = ~np.isnan(spread)
    rising, falling = (runs & limited for runs in trend(values, first, rounding, trend_points))
    near = close | outside if two_in_three_of == "beyond two thirds" else close
    pairs = two_in_three(side, near, first)
    shifted = shift(side, first) & limited

    strongest = np.full(values.size, COMMON, dtype=np.int8)
    sign = np.where(shifted | pairs | outside, side, np.int8(0))
    strongest[shifted] = SHIFT
    strongest[pairs] = TWO_IN_THREE
    trending = rising | falling
    strongest[trending] = TREND
    way = rising.view(np.int8) - falling.view(np.int8)
    turning = np.flatnonzero(rising & falling)
    way[turning] = np.where(values[turning + 1] > values[turning], 1, -1)
    np.copyto(sign, way, where=trending & ~outside)
    strongest[outside] = OUTSIDE
    return Findings(side, outside, close, rising, falling, pairs, shifted, strongest, sign)


def sign_beyond(difference: Floats, rounding: Floats) -> Signs:
    """+1 above, −1 below, 0 within the rounding error of zero; 0 too where the difference is NaN."""
    return (difference > rounding).view(np.int8) - (difference < -rounding).view(np.int8)


def run_lengths(label: npt.NDArray, first: Bools) -> tuple[Ints, Ints]:
    """(start, length) of each unbroken run of equal labels within a segment."""
    opens = first.copy()
    opens[1:] |= label[1:] != label[:-1]
    start = np.flatnonzero(opens)
    return start, np.diff(start, append=label.size)


def in_run_of(label: Signs, first: Bools, least: int) -> Bools:
    """True in an unbroken run of at least ``least`` equal labels other than 0."""
    start, length = run_lengths(label, first)
    return np.repeat((length >= least) & (label[start] != 0), length)


def shift(side: Signs, first: Bools) -> Bools:
    """7 or more points on one side of the mean; a point on the mean breaks the run."""
    return in_run_of(side, first, SHIFT_POINTS)


def trend(values: Floats, first: Bools, rounding: Floats, points: int = TREND_POINTS) -> tuple[Bools, Bools]:
    """(rising, falling): ``points`` or more, each beyond the one before; a tie breaks it. A turning point is both."""
    step = np.zeros(values.size, dtype=np.int8)
    step[1:] = sign_beyond(np.diff(values), rounding[1:])
    step[first] = 0
    steps = in_run_of(step, first, points - 1)
    rising, falling = steps & (step > 0), steps & (step < 0)
    for member in (rising, falling):
        member[:-1] |= member[1:]
    return rising, falling


def two_in_three(side: Signs, near: Bools, first: Bools) -> Bools:
    """Points ``near`` a limit of three neighbours on one side of the mean, at least two of which are near it."""
    flagged = np.zeros(side.size, dtype=bool)
    if side.size < 3:
        return flagged
    one_side = (side[2:] == side[1:-1]) & (side[1:-1] == side[:-2]) & ~first[2:] & ~first[1:-1]
    one = near.view(np.int8)
    window = one_side & (one[2:] + one[1:-1] + one[:-2] >= 2)
    for offset in range(3):
        flagged[offset : offset + window.size] |= window
    return flagged & near
