"""Crossings and longest run taken together: their joint distribution, and the best box and cut box rules made from it.

Source: Wentzel-Larsen & Anhøj, "Joint distribution for number of crossings and longest run in independent Bernoulli
observations" (PLoS ONE 2019), and Anhøj & Wentzel-Larsen, "Smooth operator" (PLoS ONE 2020), which defines the boxes
for 10 to 100 points about a centre known beforehand; a median taken from the same points makes them approximate.
"""

from dataclasses import dataclass
from functools import cache

import numpy as np
import numpy.typing as npt
from scipy.special import ndtr

from psc.stats.spc.segments import Bools, Floats, Ints

TARGET_SPECIFICITY = 0.925
TARGET_SHIFT = 0.8
FEWEST_POINTS = 10
MOST_POINTS = 100


@dataclass(frozen=True, slots=True, eq=False)
class RunLimits:
    """What chance explains of a run chart; arrays are of one shape, in points and crossings.

    Longest runs up to ``longest_run_max`` with ``crossings_min`` crossings or more make the box. Where its corner is
    cut, a chart with just ``crossings_min`` crossings may have a longest run of ``corner_longest_run_max`` at most, and
    one with a longest run of just ``longest_run_max`` needs ``corner_crossings_min`` crossings; else these two repeat
    the limits of the box.
    """

    longest_run_max: Ints
    crossings_min: Ints
    corner_longest_run_max: Ints
    corner_crossings_min: Ints

    def signal(self, longest_run: npt.ArrayLike, crossings: npt.ArrayLike) -> Bools:
        """True where chance does not explain the chart; the arguments are shaped as the limits."""
        run, crossed = np.asarray(longest_run), np.asarray(crossings)
        outside = (run > self.longest_run_max) | (crossed < self.crossings_min)
        in_row = (crossed == self.crossings_min) & (run > self.corner_longest_run_max)
        in_column = (run == self.longest_run_max) & (crossed < self.corner_crossings_min)
        return outside | in_row | in_column


def joint_distribution(most_points: int, probability: float) -> Floats:
    """P(crossings = c and longest run ≤ l) in n independent points, at [n, c, l]; shape (N+1, N, N+1), N = most points.

    Each point is above the centre with ``probability``. Exact but for rounding, about 1e-16; zero at n = 0. ValueError
    if there is no point, or the probability is not strictly between 0 and 1.
    """
    if most_points < 1:
        raise ValueError(f"a joint distribution needs at least 1 point, not {most_points}")
    if not 0 < probability < 1:
        raise ValueError(f"the probability of a point above the centre must be between 0 and 1, not {probability}")
    size = most_points + 1
    side = np.array([probability, 1 - probability])[:, None, None]
    # At [side of the last run, points, runs, l]: no run is longer than l. No point counts as no run on either side.
    ends = np.zeros((2, size, size, size))
    ends[:, 0, 0] = 1
    lengths = np.arange(size)
    too_long = side ** (lengths + 1)
    for n in range(1, size):
        other = ends[::-1, n - 1]
        ends[:, n, 1:] = side * (ends[:, n - 1, 1:] + other[:, :-1])
        # A last run that has just reached l + 1 points came in; it began after n − 1 − l points on the other side.
        short = lengths[:n]
        began = ends[::-1, n - 1 - short, :-1, short].transpose(1, 2, 0)
        ends[:, n, 1:, :n] -= too_long[..., :n] * began
    return ends.sum(axis=0)[:, 1:]


def box_limits(n_useful: npt.ArrayLike, *, cut: bool = False) -> RunLimits:
    """Limits of the best box, or with ``cut`` the cut box, for numbers of useful points (any shape).

    The best box is the one that most often signals a shift of 0.8 standard deviations among those that keep quiet on
    at least 92.5% of random charts. The cut box takes cells off its edges, from the corner outwards, while that
    specificity holds: first the corner, then each time the neighbour that the shift makes likelier. ValueError on a
    number of points from which no box is defined (under 10 or over 100).
    """
    n = np.asarray(n_useful, dtype=np.int64)
    if n.size and (n.min() < FEWEST_POINTS or n.max() > MOST_POINTS):
        raise ValueError(
            f"a box is defined for {FEWEST_POINTS} to {MOST_POINTS} useful points, not for {n.min()} to {n.max()}"
        )
    of = n - FEWEST_POINTS
    longest, fewest, corner_longest, corner_fewest = _boxes()
    if not cut:
        corner_longest, corner_fewest = longest, fewest
    return RunLimits(longest[of], fewest[of], corner_longest[of], corner_fewest[of])


@cache
def _boxes() -> tuple[Ints, Ints, Ints, Ints]:
    """Limits for each number of points from the fewest to the most: longest run, crossings, and both at the corner."""
    by_points = slice(FEWEST_POINTS, None)
    random = joint_distribution(MOST_POINTS, 0.5)[by_points]
    shifted = joint_distribution(MOST_POINTS, float(ndtr(TARGET_SHIFT)))[by_points]
    n, crossings, run = np.ogrid[FEWEST_POINTS : MOST_POINTS + 1, : random.shape[1], : random.shape[2]]
    # A longest run l and c + 1 runs fit in n points only so; elsewhere a probability is rounding error.
    possible = (run * (crossings + 1) >= n) & (run + crossings <= n)

    quiet = np.cumsum(random[:, ::-1], axis=1)[:, ::-1]
    missed = np.cumsum(shifted[:, ::-1], axis=1)[:, ::-1]
    allowed = possible & (quiet >= TARGET_SPECIFICITY)
    best = np.argmin(np.where(allowed, missed, np.inf).reshape(len(n), -1), axis=1)
    fewest, longest = np.divmod(best, random.shape[2])
    at = np.arange(len(n))
    cells = np.where(possible, np.diff(random, axis=2, prepend=0), 0.0)
    gains = np.diff(shifted, axis=2, prepend=0)
    return longest, fewest, *_cut(cells, gains, quiet[at, fewest, longest], longest, fewest)


def _cut(cells: Floats, gains: Floats, quiet: Floats, longest: Ints, fewest: Ints) -> tuple[Ints, Ints]:
    """Longest run kept in the row of fewest crossings, and fewest crossings kept in the column of longest runs."""
    at = np.arange(quiet.size)
    quiet = quiet - cells[at, fewest, longest]
    opened = quiet >= TARGET_SPECIFICITY
    kept_run, kept_crossings = longest - opened, fewest + opened
    while opened.any():
        row, column = (at, fewest, kept_run), (at, kept_crossings, longest)
        in_row = opened & (cells[row] > 0) & (quiet - cells[row] >= TARGET_SPECIFICITY)
        in_column = opened & (cells[column] > 0) & (quiet - cells[column] >= TARGET_SPECIFICITY)
        in_column &= ~in_row | (gains[column] >= gains[row])
        in_row &= ~in_column
        quiet = quiet - np.where(in_row, cells[row], 0.0) - np.where(in_column, cells[column], 0.0)
        kept_run, kept_crossings = kept_run - in_row, kept_crossings + in_column
        opened = in_row | in_column
    return kept_run, kept_crossings
