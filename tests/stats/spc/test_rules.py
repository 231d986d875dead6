"""Each rule fires where it should on points laid end to end, and never across the start of a segment."""

import numpy as np
import pytest

from psc.stats.spc.rules import COMMON, OUTSIDE, SHIFT, TREND, judge, run_lengths, shift, trend, two_in_three

NO_ROUNDING = 1e-9


def firsts(*starts: int, size: int) -> np.ndarray:
    first = np.zeros(size, dtype=bool)
    first[[0, *starts]] = True
    return first


def judged(values, first=None, spread=3.0):
    values = np.asarray(values, dtype=float)
    first = firsts(size=values.size) if first is None else first
    same = np.ones(values.size)
    return judge(values, first, 0 * same, spread * same, NO_ROUNDING * same)


@pytest.mark.parametrize(("points", "fires"), [(6, False), (7, True), (8, True)])
def test_shift_needs_seven_points_on_one_side_of_the_mean(points, fires):
    side = np.array([-1, *[1] * points, -1], dtype=np.int8)
    assert shift(side, firsts(size=side.size)).tolist() == [False, *[fires] * points, False]


def test_point_on_the_mean_breaks_a_shift():
    side = np.array([1] * 6 + [0] + [1] * 6, dtype=np.int8)
    assert not shift(side, firsts(size=13)).any()


def test_shift_does_not_go_on_into_the_next_segment():
    side = np.ones(12, dtype=np.int8)
    assert not shift(side, firsts(6, size=12)).any()


def test_trend_rises_for_seven_points_and_a_tie_breaks_it():
    rounding = np.full(7, NO_ROUNDING)
    rising, falling = trend(np.arange(7.0), firsts(size=7), rounding)
    assert rising.all() and not falling.any()
    rising, _ = trend(np.array([0.0, 1, 2, 3, 3, 4, 5]), firsts(size=7), rounding)
    assert not rising.any()


def test_turning_point_belongs_to_both_trends():
    values = np.array([*range(7), *range(5, -1, -1)], dtype=float)
    rising, falling = trend(values, firsts(size=13), np.full(13, NO_ROUNDING))
    assert np.flatnonzero(rising & falling).tolist() == [6]


@pytest.mark.parametrize(
    ("side", "near", "flagged"),
    [
        ([1, 1, 1], [1, 0, 1], [1, 0, 1]),
        ([1, 1, 1], [1, 0, 0], [0, 0, 0]),
        ([1, -1, 1], [1, 1, 1], [0, 0, 0]),
        ([1, 1], [1, 1], [0, 0]),
    ],
)
def test_two_in_three_flags_the_near_points_of_three_on_one_side(side, near, flagged):
    found = two_in_three(np.array(side, dtype=np.int8), np.array(near, dtype=bool), firsts(size=len(side)))
    assert found.tolist() == [bool(each) for each in flagged]


def test_strongest_rule_names_a_point_where_several_fire():
    found = judged([1, 1, 1, 1, 1, 1, 9])
    assert found.shift[-1] and found.outside[-1]
    assert found.strongest.tolist() == [SHIFT] * 6 + [OUTSIDE]
    assert judged([*np.linspace(-2, -0.5, 7)]).strongest.tolist() == [TREND] * 7


def test_without_limits_no_rule_fires():
    found = judged([1, 2, 3, 4, 5, 6, 7, 8], spread=np.nan)
    assert set(found.strongest) == {COMMON}
    assert not found.sign.any()


def test_runs_have_their_starts_and_lengths():
    start, length = run_lengths(np.array([1, 1, 2, 2, 2, 1]), firsts(4, size=6))
    assert (start.tolist(), length.tolist()) == ([0, 2, 4, 5], [2, 2, 1, 1])
