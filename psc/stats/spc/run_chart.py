"""Run charts for many series at once, judged by the Anhøj rules or by the best box or cut box made from them.

Source: Anhøj & Olesen, "Run charts revisited" (PLoS ONE 2014), and for the boxes ``crossrun``; the reference is the R
package qicharts2 0.8.1, which shows the Anhøj limits whichever rule judges. Here the limits are the judging rule's.
"""

from dataclasses import dataclass
from functools import lru_cache
from typing import Literal, get_args

import numpy as np
import numpy.typing as npt
from scipy.stats import binom

from psc.stats.spc.crossrun import FEWEST_POINTS, MOST_POINTS, RunLimits, box_limits
from psc.stats.spc.rules import Signs, run_lengths, sign_beyond
from psc.stats.spc.segments import Bools, Floats, Ints, checked_baseline, checked_values, lay_out

Method = Literal["anhoej", "best box", "cut box"]


@dataclass(frozen=True, slots=True, eq=False)
class RunChart:
    """Run charts of S series of N places.

    ``median`` (S,) is the centre line, in the unit of the values, NaN if there is none. ``relative_to_median`` (S, N)
    is +1 above, −1 below, 0 on it or missing: points not on it are useful. All else is (S,): ``n_useful``,
    ``longest_run`` and ``longest_run_max``, ``crossings`` and ``crossings_min``, and ``signal``: True if the longest
    run is longer, or the crossings fewer, than chance explains. Without a useful point counts are 0, nothing signals.
    ``corner_longest_run_max`` and ``corner_crossings_min`` repeat the limits, but where a cut box is cut: see
    ``crossrun.RunLimits``.
    """

    median: Floats
    relative_to_median: Signs
    n_useful: Ints
    longest_run: Ints
    longest_run_max: Ints
    crossings: Ints
    crossings_min: Ints
    signal: Bools
    corner_longest_run_max: Ints
    corner_crossings_min: Ints


def run_chart(
    values: npt.ArrayLike,
    *,
    baseline_points: npt.ArrayLike | None = None,
    centre: npt.ArrayLike | None = None,
    method: Method = "anhoej",
) -> RunChart:
    """Judge ``values`` (S, N), each series oldest point first, NaN = missing or left out.

    The centre line is the median of the recorded points, or of the first ``baseline_points`` of them (a number or
    (S,), 0 in an array = all), or ``centre`` itself (a number or (S,)). Points on it, and missing ones, neither make
    nor break a run. To judge the segments of a series one by one, give each a row (``segments.split_segments``).
    ``method`` is the rule that judges; the boxes are defined for 10 to 100 useful points, and the Anhøj rules judge any
    other number. ValueError on an infinite value, a shape that does not fit or another method.
    """
    if method not in get_args(Method):
        raise ValueError(f"method must be one of {', '.join(map(repr, get_args(Method)))}, not {method!r}")
    array = checked_values(values)
    n_series = array.shape[0]
    line = _median(array, checked_baseline(baseline_points, (n_series,), 1))
    if centre is not None:
        given = np.asarray(centre, dtype=np.float64)
        if given.shape not in ((), (n_series,)) or not np.isfinite(given).all():
            raise ValueError(f"centre must be a finite number, one for all or for each of the {n_series} series")
        line = np.broadcast_to(given, (n_series,))

    laid = lay_out(array)
    recorded = array.ravel()[laid.place]
    owner = laid.place // max(array.shape[1], 1)
    side = sign_beyond(recorded - line[owner], laid.to_points(laid.rounding(recorded)))
    useful = np.flatnonzero(side)
    owner, label = owner[useful], side[useful]
    first = np.ones(useful.size, dtype=bool)
    first[1:] = owner[1:] != owner[:-1]
    start, length = run_lengths(label, first)

    n_useful = np.bincount(owner, minlength=n_series)
    longest_run = np.zeros(n_series, dtype=np.int64)
    np.maximum.at(longest_run, owner[start], length)
    crossings = np.maximum(np.bincount(owner[start], minlength=n_series) - 1, 0)
    limits = run_limits(n_useful, method)
    return RunChart(
        median=line,
        relative_to_median=laid.scatter(side),
        n_useful=n_useful,
        longest_run=longest_run,
        longest_run_max=limits.longest_run_max,
        crossings=crossings,
        crossings_min=limits.crossings_min,
        signal=limits.signal(longest_run, crossings),
        corner_longest_run_max=limits.corner_longest_run_max,
        corner_crossings_min=limits.corner_crossings_min,
    )


def run_limits(n_useful: npt.ArrayLike, method: Method) -> RunLimits:
    """Limits of ``method`` for numbers of useful points (any shape), the Anhøj limits where there is no box."""
    n = np.asarray(n_useful, dtype=np.int64)
    longest, fewest = map(np.array, anhoej_limits(n))
    boxed = (n >= FEWEST_POINTS) & (n <= MOST_POINTS)
    if method == "anhoej" or not boxed.any():
        return RunLimits(longest, fewest, longest, fewest)
    box = box_limits(n[boxed], cut=method == "cut box")
    corner_longest, corner_fewest = longest.copy(), fewest.copy()
    longest[boxed], fewest[boxed] = box.longest_run_max, box.crossings_min
    corner_longest[boxed], corner_fewest[boxed] = box.corner_longest_run_max, box.corner_crossings_min
    return RunLimits(longest, fewest, corner_longest, corner_fewest)


def anhoej_limits(n_useful: npt.ArrayLike) -> tuple[Ints, Ints]:
    """(longest run, fewest crossings) that chance explains, for numbers of useful points; 0 where there is none."""
    n = np.asarray(n_useful, dtype=np.int64)
    longest, fewest = _limits_up_to(1 << int(n.max(initial=0)).bit_length())
    return longest[n], fewest[n]


@lru_cache(maxsize=32)
def _limits_up_to(most: int) -> tuple[Ints, Ints]:
    n = np.arange(1, most + 1)
    longest, fewest = np.zeros(most + 1, dtype=np.int64), np.zeros(most + 1, dtype=np.int64)
    longest[1:] = np.round(np.log2(n)) + 3
    fewest[1:] = binom.ppf(0.05, n - 1, 0.5)
    return longest, fewest


def _median(array: Floats, first_points: Ints | None) -> Floats:
    recorded = ~np.isnan(array)
    if first_points is not None:
        used = (np.cumsum(recorded, axis=1) <= first_points[:, None]) | (first_points[:, None] == 0)
        array, recorded = np.where(used, array, np.nan), recorded & used
    count = recorded.sum(axis=1)
    out = np.full(array.shape[0], np.nan)
    some = np.flatnonzero(count)
    ordered = np.sort(array[some], axis=1)
    row, middle = np.arange(some.size), count[some]
    out[some] = (ordered[row, (middle - 1) // 2] + ordered[row, middle // 2]) / 2
    return out
