"""How many fewer, or more, people at another rate: against a slow twin, and how often it would be wrong."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from psc.stats.verdicts.people_at_rate import FEWEST_YEARS, people_at_rate
from psc.stats.verdicts.yearly import tau_squared

randomly = given(st.integers(0, 2**32).map(np.random.default_rng))


def slow(counts, expected, share):
    """One area after another, one number at a time; the wandering of years as in the yearly verdict."""
    known = [
        [not math.isnan(x) and not math.isnan(e) and e > 0 for x, e in zip(*rows, strict=True)]
        for rows in zip(counts, expected, strict=True)
    ]
    clean = np.where(known, counts, np.nan), np.where(known, expected, np.nan)
    wandering = float(tau_squared(*clean))
    rows = []
    for x, e, p, marks in zip(counts, expected, share, known, strict=True):
        if not marks[-1] or sum(marks) < FEWEST_YEARS:
            rows.append((math.nan,) * 3)
            continue
        log = math.log(x[-1] or 0.5)
        half = 2.576 * math.sqrt((1 - p) / (x[-1] or 0.5) + wandering)
        rows.append((e[-1] - x[-1], e[-1] - math.exp(log + half), e[-1] - math.exp(log - half)))
    return np.array(rows).T


@randomly
def test_the_difference_and_its_interval_are_the_slow_twins(rng):
    areas, years = rng.integers(1, 6), rng.integers(1, 9)
    expected = rng.uniform(0, 400, (areas, years))
    counts = rng.poisson(expected * rng.uniform(0.5, 1.5, (areas, 1))).astype(float)
    for array in (counts, expected):
        array[rng.random(array.shape) < 0.15] = np.nan
    share = rng.uniform(0, 0.9, areas)
    found = people_at_rate(counts, expected, share)
    for mine, twins in zip((found.difference, found.lower, found.upper), slow(counts, expected, share), strict=True):
        np.testing.assert_allclose(mine, twins, rtol=1e-9)


@randomly
def test_the_difference_lies_in_its_interval_and_is_clear_only_beyond_a_whole_person(rng):
    expected = np.repeat(rng.uniform(5, 500, (15, 1)), 8, axis=1)
    found = people_at_rate(rng.poisson(expected).astype(float) + 1, expected)
    assert (found.lower < found.difference).all() and (found.difference < found.upper).all()
    assert (found.clear == ((found.lower >= 1) | (found.upper <= -1))).all()


@pytest.mark.parametrize(("years", "most"), [(4, 0.03), (8, 0.02)])
def test_an_area_at_englands_rate_is_seldom_said_to_differ(years, most):
    """Years that wander by 3% and by 6.5%, as those of reported infections do; the interval is to fail in 1 of 100."""
    rng = np.random.default_rng(11)
    wrong = []
    for wander in (0.03, 0.065):
        for _ in range(150):
            expected = np.repeat(rng.uniform(200, 3000, (15, 1)), years, axis=1)
            counts = rng.poisson(expected * np.exp(rng.normal(0, wander, expected.shape)))
            wrong.append(people_at_rate(counts.astype(float), expected).clear.mean())
    assert 0.002 < np.mean(wrong) < most


def test_areas_that_differ_from_each_other_year_after_year_do_not_hide_it():
    expected = np.full((15, 8), 1000.0)
    level = np.where(np.arange(15) % 2, 1.3, 0.7)[:, None]
    counts = np.random.default_rng(3).poisson(expected * level).astype(float)
    found = people_at_rate(counts, expected)
    assert found.clear.all()
    assert (np.sign(found.difference) == np.where(np.arange(15) % 2, -1, 1)).all()


def test_too_few_years_to_know_how_they_wander_give_no_number():
    expected = np.full((15, 3), 100.0)
    assert np.isnan(people_at_rate(expected * 2, expected).difference).all()
