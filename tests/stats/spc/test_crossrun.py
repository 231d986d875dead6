"""Crossings and longest run together: their distribution written out, and the boxes made from it."""

import math
from fractions import Fraction
from functools import cache
from itertools import groupby, product

import numpy as np
import pytest
from scipy.stats import binom, norm

from psc.stats.spc.crossrun import box_limits, joint_distribution
from psc.stats.spc.run_chart import run_limits
from tests.stats.spc.run_methods import METHODS

NAN = math.nan

BOXED = np.arange(10, 101)


@pytest.mark.parametrize("probability", [0.5, 0.788, 0.01])
@pytest.mark.parametrize("n", [1, 2, 5, 10])
def test_the_joint_distribution_is_that_of_all_series_written_out(n, probability):
    expected = np.zeros((n, n + 1))
    for points in product((0, 1), repeat=n):
        runs = [len(list(run)) for _, run in groupby(points)]
        above = sum(points)
        expected[len(runs) - 1, max(runs) :] += probability**above * (1 - probability) ** (n - above)
    np.testing.assert_allclose(joint_distribution(n, probability)[n], expected, atol=1e-14)
    np.testing.assert_allclose(joint_distribution(n + 3, probability)[n, :n, : n + 1], expected, atol=1e-14)


def test_of_random_points_the_crossings_are_binomial_whatever_the_longest_run():
    joint = joint_distribution(100, 0.5)
    for n in (1, 2, 37, 100):
        np.testing.assert_allclose(joint[n, :n, n], binom.pmf(np.arange(n), n - 1, 0.5), atol=1e-14)
        assert np.diff(joint[n], axis=1).min() > -1e-15
    assert not joint[0].any()


@cache
def written_out(most):
    """For each n, {(crossings, longest run): (random series that have them, their probability after the shift)}."""
    up = float(norm.cdf(0.8))
    states = {(1, 1, 0, 1): (1, up), (0, 1, 0, 1): (1, 1 - up)}
    joint = {}
    for n in range(1, most + 1):
        cells, after = {}, {}
        for (side, run, crossings, longest), (count, share) in states.items():
            told = cells.get((crossings, longest), (0, 0.0))
            cells[crossings, longest] = (told[0] + count, told[1] + share)
            for new in (0, 1):
                length = run + 1 if new == side else 1
                state = (new, length, crossings + (new != side), max(longest, length))
                told = after.get(state, (0, 0.0))
                after[state] = (told[0] + count, told[1] + share * (up if new else 1 - up))
        joint[n], states = cells, after
    return joint


def box_twin(n, cells):
    """Limits of the cut box and the cells cut, found by trying every box and cutting one cell at a time."""
    quiet_enough = Fraction(925, 1000) * 2**n
    best, least = None, math.inf
    for c, run in cells:
        inside = [told for (crossings, longest), told in cells.items() if crossings >= c and longest <= run]
        quiet, missed = sum(told[0] for told in inside), math.fsum(told[1] for told in inside)
        if quiet >= quiet_enough and missed < least:
            best, least, left = (run, c), missed, quiet
    run, c = best
    kept_run, kept_crossings, removed = run, c, set()
    if left - cells[c, run][0] >= quiet_enough:
        left -= cells[c, run][0]
        kept_run, kept_crossings = run - 1, c + 1
        removed.add((c, run))
        while True:
            neighbours = [at for at in ((kept_crossings, run), (c, kept_run)) if at in cells]
            fits = [at for at in neighbours if left - cells[at][0] >= quiet_enough]
            if not fits:
                break
            at = max(fits, key=lambda at: cells[at][1])
            left -= cells[at][0]
            removed.add(at)
            kept_run, kept_crossings = kept_run - (at[0] == c), kept_crossings + (at[0] != c)
    return (run, c, kept_run, kept_crossings), removed


@pytest.mark.parametrize("n", range(10, 31))
def test_the_boxes_are_those_of_the_slow_obvious_code(n):
    box, cut = box_limits(n), box_limits(n, cut=True)
    figures = (cut.longest_run_max, cut.crossings_min, cut.corner_longest_run_max, cut.corner_crossings_min)
    cells = written_out(30)[n]
    expected, removed = box_twin(n, cells)
    assert figures == expected
    assert (box.longest_run_max, box.crossings_min) == figures[:2]
    assert (box.corner_longest_run_max, box.corner_crossings_min) == figures[:2]
    for crossings, run in cells:
        outside = run > figures[0] or crossings < figures[1]
        assert box.signal(run, crossings) == outside
        assert cut.signal(run, crossings) == (outside or (crossings, run) in removed)


def quiet(method, probability):
    """Probability of no signal at each number of points that has a box."""
    cells = np.diff(joint_distribution(100, probability)[10:], axis=2, prepend=0)
    crossings, longest = np.indices(cells.shape[1:])
    limits = [run_limits(np.full(crossings.shape, n), METHODS[method]) for n in BOXED]
    return np.array([cell[~limit.signal(longest, crossings)].sum() for cell, limit in zip(cells, limits, strict=True)])


def test_the_boxes_keep_their_specificity_and_find_shifts_no_worse():
    random = {method: quiet(method, 0.5) for method in METHODS}
    shifted = {method: quiet(method, float(norm.cdf(0.8))) for method in METHODS}
    assert (random["bestbox"] >= random["cutbox"]).all() and random["cutbox"].min() >= 0.925
    assert (shifted["cutbox"] <= shifted["bestbox"]).all()
    fair = random["anhoej"] >= 0.925
    assert 20 < fair.sum() < 91
    assert (shifted["bestbox"] <= shifted["anhoej"] + 1e-12)[fair].all()
    # The article: together the Anhøj rules have a specificity about 92.5%, which the boxes steady.
    assert random["anhoej"].mean() == pytest.approx(0.925, abs=0.01)
    assert np.ptp(random["cutbox"]) < np.ptp(random["bestbox"]) < np.ptp(random["anhoej"])


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: joint_distribution(0, 0.5), "at least 1 point, not 0"),
        (lambda: joint_distribution(5, 0), "between 0 and 1, not 0"),
        (lambda: joint_distribution(5, 1), "between 0 and 1, not 1"),
        (lambda: joint_distribution(5, NAN), "between 0 and 1, not nan"),
        (lambda: box_limits(9), "10 to 100 useful points, not for 9 to 9"),
        (lambda: box_limits([50, 101], cut=True), "10 to 100 useful points, not for 50 to 101"),
    ],
)
def test_what_has_no_joint_distribution_or_box_is_refused_in_words(call, message):
    with pytest.raises(ValueError, match=message):
        call()
