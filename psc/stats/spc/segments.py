"""Series cut into segments, and their recorded points laid end to end so that every rule is one array operation."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]

# Rounding error of a mean or a limit, relative to the largest value it was made from. Without it, eighteen readings of
# 0.1 lie "beyond" a mean of 0.09999999999999999 and a steady series signals.
ROUNDING = 1e-14
# With more than this share of moving ranges at zero, limits made from the rest lie so close to the mean that they leave
# out the value which the series nearly always has. A screened average of at most this share of zeros cannot be zero.
MOST_ZERO_RANGES = 2 / 3


@dataclass(frozen=True, slots=True)
class Segments:
    """The recorded points of S series of N places, as one flat run of M points in G unbroken groups.

    A group is one segment of one series, without its missing places. ``shape`` is (S, N); ``number`` (S, N) counts the
    segments of a series from 0; ``group`` (S*N,) numbers the segments over all series, recorded or not; ``place`` (M,)
    is each recorded point's index in the flattened (S, N) array; ``first`` (M,) is True at the first point of a group;
    ``start`` (G,) indexes those points; ``length`` (G,) counts a group's points.
    """

    shape: tuple[int, int]
    number: Ints
    group: Ints
    place: Ints
    first: Bools
    start: Ints
    length: Ints

    def to_points(self, per_group: npt.NDArray) -> npt.NDArray:
        """Repeat a figure of each group (G,) for each of its recorded points (M,)."""
        return np.repeat(per_group, self.length)

    def to_places(self, per_group: npt.NDArray) -> Floats:
        """Spread a figure of each group (G,) over all places of its segment (S, N); NaN in a segment with no point."""
        everywhere = np.full(self.group[-1] + 1 if self.group.size else 0, np.nan)
        everywhere[self.group[self.place[self.start]]] = per_group
        return everywhere[self.group].reshape(self.shape)

    def scatter(self, per_point: npt.NDArray) -> npt.NDArray:
        """Put figures of recorded points (M,) back in their places (S, N); zero or False where the value is missing."""
        if self.place.size == self.group.size:
            return per_point.reshape(self.shape)
        out = np.zeros(self.group.size, dtype=per_point.dtype)
        out[self.place] = per_point
        return out.reshape(self.shape)

    def sums(self, per_point: npt.NDArray) -> npt.NDArray:
        """Sum of each group (G,) of figures of recorded points (M,)."""
        return np.add.reduceat(per_point, self.start, dtype=np.float64) if self.start.size else np.zeros(0)

    def screened_mean(self, ranges: Floats, group: Ints, factor: float, rounding: Floats | float = 0.0) -> Floats:
        """Mean (G,) of the moving ranges of each group, once those of ``factor`` times their mean or more are left out.

        ``rounding`` is the error of each range. NaN where a group has no range.
        """
        n_groups = self.start.size
        count = np.bincount(group, minlength=n_groups)
        with np.errstate(invalid="ignore", divide="ignore"):
            mean = np.bincount(group, ranges, n_groups) / count
            kept = ranges < factor * mean[group] - rounding
            total, left = np.bincount(group, ranges * kept, n_groups), np.bincount(group, kept, n_groups)
        # Where every range is zero none is kept: none is below a multiple of zero, and their mean is zero.
        return np.where(count > 0, total / np.maximum(left, 1), np.nan)

    def without_width(self, recorded: Floats, ranges: Floats, group: Ints) -> Bools:
        """Whether limits made from the moving ranges of a group (G,) could have no width although its points move.

        That is where over two thirds of its ranges are zero and not all points (``recorded``, (M,)) are the same.
        """
        n_groups = self.start.size
        zero = np.bincount(group, ranges == 0, n_groups)
        mostly = zero > MOST_ZERO_RANGES * np.bincount(group, minlength=n_groups)
        return mostly & ~self.constant(recorded)

    def rounding(self, recorded: Floats) -> Floats:
        """Differences up to this size (G,) are rounding error, not data."""
        if not self.start.size:
            return np.zeros(0)
        return ROUNDING * np.maximum.reduceat(np.abs(recorded), self.start)

    def constant(self, recorded: Floats) -> Bools:
        """Whether all points of a group (G,) are the same but for rounding error."""
        if not self.start.size:
            return np.zeros(0, dtype=bool)
        highest, lowest = (extreme.reduceat(recorded, self.start) for extreme in (np.maximum, np.minimum))
        return highest - lowest <= 2 * self.rounding(recorded)


def without_rounding(differences: Floats, rounding: Floats) -> Floats:
    """Differences between figures, zero where they are no more than the ``rounding`` errors of both."""
    return np.where(np.abs(differences) <= 2 * rounding, 0.0, differences)


def lay_out(values: Floats, segment_starts: Bools | None = None) -> Segments:
    """Lay the recorded points of ``values`` (S, N; NaN = missing) end to end by series and segment.

    ``segment_starts`` (S, N) is True where a new segment starts; the first place of a series always starts one.
    """
    n_series, n_places = values.shape
    opens = np.zeros(values.shape, dtype=bool) if segment_starts is None else segment_starts.copy()
    number = np.cumsum(opens, axis=1)
    if n_places:
        opens[:, 0] = True
    group = np.cumsum(opens.ravel()) - 1
    place = np.flatnonzero(~np.isnan(values.ravel()))
    of_point = group[place]
    first = np.ones(place.size, dtype=bool)
    first[1:] = of_point[1:] != of_point[:-1]
    start = np.flatnonzero(first)
    length = np.diff(start, append=place.size)
    return Segments((n_series, n_places), number, group, place, first, start, length)


def last_recorded(recorded: Bools, count: int) -> Bools:
    """True (S, N) at the last ``count`` True places of each row of ``recorded`` (S, N); at all of fewer."""
    return recorded & (recorded[:, ::-1].cumsum(axis=1)[:, ::-1] <= count)


def checked_values(values: npt.ArrayLike) -> Floats:
    """``values`` as floats shaped (series, points); ValueError if the shape is another or a value is infinite."""
    array = np.asarray(values, dtype=np.float64)
    if array.ndim != 2:
        raise ValueError(f"values must be shaped (series, points), not {array.ndim}-dimensional {array.shape}")
    if np.isinf(array).any():
        series, point = np.argwhere(np.isinf(array))[0]
        raise ValueError(f"values must be finite or missing (NaN): series {series}, point {point} is infinite")
    return array


def checked_starts(segment_starts: npt.ArrayLike | None, shape: tuple[int, ...]) -> Bools | None:
    """``segment_starts`` as booleans of ``shape``; ValueError if it is neither absent nor that."""
    if segment_starts is None:
        return None
    starts = np.asarray(segment_starts)
    if starts.dtype != np.bool_ or starts.shape != shape:
        raise ValueError(f"segment_starts must be booleans shaped {shape}, not {starts.dtype} shaped {starts.shape}")
    return starts


def checked_baseline(baseline_points: npt.ArrayLike | None, shape: tuple[int, ...], least: int) -> Ints | None:
    """Baseline points of ``shape``, (S,) or (S, N), 0 for the whole segment, from a number, (S,) or that shape.

    None stays None. ValueError for another shape, or if any other number is under ``least``.
    """
    if baseline_points is None:
        return None
    points = np.asarray(baseline_points)
    if not np.issubdtype(points.dtype, np.integer) or points.shape not in ((), shape[:1], shape):
        raise ValueError(f"baseline_points must be a whole number or one for each of the {shape[0]} series")
    if ((points < least) & ((points != 0) | (points.ndim == 0))).any():
        raise ValueError(f"a baseline needs at least {least} points")
    return np.broadcast_to(points[:, None] if points.ndim < len(shape) and points.ndim else points, shape).astype(
        np.int64
    )


def rebase_starts(dates: npt.ArrayLike, rebase_dates: Sequence | npt.NDArray) -> Bools:
    """True (N,) at each point of one series where a new segment starts.

    ``dates`` (N,) are the series' dates, oldest first (dates, datetime64 or ISO text); a rebase date starts a segment
    at the first point on or after it, and one after the last point starts none. ValueError if the dates are out of
    order, repeated or missing. Making Data Count calls this a step change or recalculation of limits.
    """
    days = np.asarray(dates, dtype="datetime64[D]")
    if days.ndim != 1:
        raise ValueError(f"dates must be those of one series, not shaped {days.shape}")
    if np.isnat(days).any() or (np.diff(days) <= np.timedelta64(0, "D")).any():
        raise ValueError("dates must be in order, each once, none missing")
    rebases = np.asarray(rebase_dates, dtype="datetime64[D]")
    if np.isnat(rebases).any():
        raise ValueError("a rebase date is missing")
    at = np.searchsorted(days, rebases)
    starts = np.zeros(days.size, dtype=bool)
    starts[at[at < days.size]] = True
    return starts


def split_segments(values: npt.ArrayLike, segment_starts: npt.ArrayLike) -> tuple[Floats, Ints, Ints]:
    """One row for each segment that has a point: (rows (R, N), its series (R,), its segment number (R,)).

    A row keeps its points in their places and is NaN elsewhere, so a method for whole series can judge each segment.
    """
    array = checked_values(values)
    laid = lay_out(array, checked_starts(segment_starts, array.shape))
    owner = np.arange(laid.start.size)
    rows = np.full((owner.size, array.shape[1]), np.nan)
    series, column = np.divmod(laid.place, max(array.shape[1], 1))
    rows[laid.to_points(owner), column] = array.ravel()[laid.place]
    return rows, series[laid.start], laid.number.ravel()[laid.place[laid.start]]
