"""Exact Poisson limits and what chance does to them; the number of false alarms that a funnel plot tells."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import binom, poisson

from psc.stats.funnel_exact import (
    events_limits,
    expected_limits,
    poisson_limits,
    proportion_side,
    rate_side,
    ratio_side,
    side_of,
    simple_proportion_limits,
)
from psc.stats.funnel_limits import expected_false_alarms, proportion_limits, ratio_limits
from tests.stats import funnel_twin

NAN = math.nan
EXPECTED = (0.0005, 0.002, 0.05, 0.5, 1, 2, 3, 5, 10, 20, 50, 100, 300)
levels = st.sampled_from([0.5, 0.95, 0.998])


def chances(limits, expected):
    """Chance of a Poisson count below the lower, and above the upper limit of its ratio to ``expected``."""
    counts = np.arange(int(expected + 20 * math.sqrt(expected) + 60))
    side, chance = side_of(counts / expected, limits), poisson.pmf(counts, expected)
    return chance[side < 0].sum(), chance[side > 0].sum()


@given(st.integers(0, 60), st.integers(1, 200).map(lambda quarters: quarters / 4), levels)
def test_the_verdict_is_that_of_adding_up_probabilities(events, expected, level):
    assert ratio_side(events, expected, level=level) == funnel_twin.poisson_side(events, expected, level)


@given(st.integers(0, 60), st.integers(1, 200).map(lambda quarters: quarters / 4), levels)
def test_the_exact_limits_and_the_exact_verdict_agree(events, expected, level):
    ratio, limits = np.float64(events / expected), poisson_limits(expected, level=level)
    assert side_of(ratio, limits) == ratio_side(events, expected, level=level)
    np.testing.assert_allclose(limits, funnel_twin.poisson_limits(expected, level), rtol=1e-9, atol=1e-9)


@given(st.integers(0, 60), st.integers(1, 200).map(lambda quarters: quarters / 4), levels)
def test_limits_at_events_and_the_exact_verdict_agree(events, expected, level):
    ratio, limits = np.float64(events / expected), events_limits(events, level=level)
    side = (ratio > limits[1]).astype(int) - (ratio < limits[0])
    assert side == ratio_side(events, expected, level=level) or events == 0


@pytest.mark.parametrize("expected", EXPECTED)
@pytest.mark.parametrize("level", [0.95, 0.998])
def test_chance_puts_no_more_units_beyond_an_exact_limit_than_the_level_says(expected, level):
    low, high = chances(poisson_limits(expected, level=level), expected)
    assert max(low, high) <= (1 - level) / 2
    if expected >= 20:
        assert min(low, high) > 0.5 * (1 - level) / 2


def test_with_few_events_the_other_limits_catch_low_units_too_often_as_their_descriptions_say():
    assert chances(expected_limits(1.0), 1.0)[0] == pytest.approx(0.37, abs=0.005)
    assert chances(expected_limits(5.0), 5.0)[0] == pytest.approx(0.007, abs=0.0005)
    assert chances(ratio_limits(5.0, tau2=0.0), 5.0)[0] == pytest.approx(0.04, abs=0.001)
    assert chances(ratio_limits(10.0, tau2=0.0, method="CQC"), 10.0)[0] == pytest.approx(0.003, abs=0.0005)


def test_with_many_events_every_kind_of_limit_agrees():
    exact = poisson_limits(1e6)
    for other in (expected_limits(1e6), ratio_limits(1e6, tau2=0.0), ratio_limits(1e6, tau2=0.0, method="CQC")):
        np.testing.assert_allclose(other, exact, rtol=2e-5)
    np.testing.assert_allclose(simple_proportion_limits(0.3, 1e6), proportion_limits(0.3, 1e6), rtol=2e-5)


@pytest.mark.parametrize("p", [0.05, 0.3, 0.9])
def test_chance_puts_about_as_many_units_beyond_arcsine_limits_as_the_level_says(p):
    counts = np.arange(2001)
    side = side_of(counts / 2000, proportion_limits(p, 2000))
    assert 0.001 < binom.pmf(counts, 2000, p)[side != 0].sum() < 0.003


def test_no_events_are_low_only_where_that_is_a_surprise():
    assert ratio_side([0, 0, 0, 0], [0.1, 3.0, 6.9, 6.91]).tolist() == [0, 0, 0, -1]
    lower, upper = events_limits([0, 1, NAN], centre=[20.0, 20.0, 20.0])
    assert (lower[0], upper[0]) == (0, np.inf)
    assert 0 < lower[1] < 20 < upper[1] < np.inf and np.isnan([lower[2], upper[2]]).all()
    assert poisson_limits([1.0, 6.0])[0].tolist() == [0, 0]


def test_one_event_where_next_to_none_was_expected_is_high():
    for expected in (1e-9, 0.0005, 0.00099):
        lower, upper = poisson_limits(expected)
        assert lower == 0 and upper < 1 / expected and ratio_side(1, expected) == 1
    assert ratio_side(1, 0.0011) == 0


def test_a_missing_count_or_denominator_is_on_neither_side():
    assert ratio_side([NAN, 100, 100], [1, NAN, 1]).tolist() == [0, 0, 1]
    assert rate_side([[NAN, 100, 1, 1]], [[9, NAN, 9, 9]]).tolist() == [[0, 0, 0, 0]]
    assert proportion_side([[NAN, 50, 50]], [[100, NAN, 100]]).tolist() == [[0, 0, 0]]
    assert rate_side([[NAN, NAN]], [[9, 9]]).tolist() == [[0, 0]]
    assert np.isnan(poisson_limits([NAN])).all() and np.isnan(expected_limits([NAN])).all()


def test_one_unit_equal_units_and_no_events_are_on_neither_side():
    for side in (rate_side, proportion_side):
        assert side([[5]], [[100]]).tolist() == [[0]]
        assert side([[5] * 6], [[100] * 6], level=0.5).tolist() == [[0] * 6]
        assert side([[0] * 6], [[100] * 6]).tolist() == [[0] * 6]
    assert proportion_side([[100] * 6], [[100] * 6]).tolist() == [[0] * 6]


def test_simple_proportion_limits_are_cut_at_nothing_and_at_all():
    lower, upper = simple_proportion_limits(50, [1, 1000], per=100)
    assert (lower[0], upper[0]) == (0, 100) and 45 < lower[1] < 50 < upper[1] < 55


def test_expected_false_alarms_of_fifteen_areas():
    usual, narrow = expected_false_alarms(15), expected_false_alarms(15, level=0.95)
    assert usual.expected == pytest.approx(0.03) and usual.at_least_one == pytest.approx(0.0296, abs=1e-4)
    assert narrow.expected == pytest.approx(0.75) and narrow.at_least_one == pytest.approx(0.54, abs=0.005)


@given(st.lists(st.integers(0, 5000), max_size=5), levels)
def test_false_alarms_are_those_of_independent_units(units, level):
    told = expected_false_alarms(units, level=level)
    np.testing.assert_allclose(told.expected, np.array(units, float) * (1 - level), rtol=1e-9)
    np.testing.assert_allclose(told.at_least_one, [1 - level**n for n in units], rtol=1e-9, atol=1e-12)


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: expected_false_alarms(-1), "units must not be negative"),
        (lambda: expected_false_alarms(1.5), "units must be whole numbers"),
        (lambda: expected_false_alarms(NAN), "units must be whole numbers"),
        (lambda: expected_false_alarms(15, level=95), "level must be a share"),
        (lambda: expected_limits(0), "expected must be greater than zero"),
        (lambda: poisson_limits([1.0, -1.0]), "expected must not be negative: found -1"),
        (lambda: poisson_limits([np.inf]), "expected must be finite"),
        (lambda: poisson_limits(5, level=0), "level must be a share"),
        (lambda: events_limits(-1), "events must not be negative"),
        (lambda: events_limits(1, centre=-1), "centre must not be negative"),
        (lambda: events_limits([1, 2], centre=[1, 2, 3]), r"do not fit together: events \(2,\), centre \(3,\)"),
        (lambda: ratio_side(-1, 5), "events must not be negative"),
        (lambda: ratio_side(1, 0), "expected must be greater than zero"),
        (lambda: ratio_side([1, 2], [1, 2, 3]), r"do not fit together: events \(2,\), expected \(3,\)"),
        (lambda: rate_side([[1]], [[0]]), r"population must be greater than zero.* \(funnel 0, unit 0\)"),
        (lambda: rate_side([1], [2]), r"shaped \(funnels, units\)"),
        (lambda: proportion_side([[3]], [[2]]), "numerators must not exceed their denominators: found 3"),
        (lambda: simple_proportion_limits(2, 5), "centre of a proportion must lie between 0 and 1"),
        (lambda: simple_proportion_limits(0.5, 0), "denominators must be greater than zero"),
        (lambda: simple_proportion_limits(0.5, 5, per=0), "per must be a number above 0"),
    ],
)
def test_what_does_not_fit_is_refused_in_words(call, message):
    with pytest.raises(ValueError, match=message):
        call()
