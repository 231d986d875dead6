"""Exact Poisson limits and what chance does to them; the number of false alarms that a funnel plot tells."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import poisson

from psc.stats.funnels.exact_limits import expected_limits, poisson_limits, side_of
from psc.stats.funnels.limit_curves import expected_false_alarms, ratio_limits
from tests.stats import funnel_twin
from tests.stats.funnels.chances import levels

NAN = math.nan

EXPECTED = (0.0005, 0.002, 0.05, 0.5, 1, 2, 3, 5, 10, 20, 50, 100, 300)


def chances(limits, expected):
    """Chance of a Poisson count below the lower, and above the upper limit of its ratio to ``expected``."""
    counts = np.arange(int(expected + 20 * math.sqrt(expected) + 60))
    side, chance = side_of(counts / expected, limits), poisson.pmf(counts, expected)
    return chance[side < 0].sum(), chance[side > 0].sum()


@given(st.integers(0, 60), st.integers(1, 200).map(lambda quarters: quarters / 4), levels)
def test_the_limits_and_the_verdict_are_those_of_adding_up_probabilities(events, expected, level):
    limits = poisson_limits(expected, level=level)
    np.testing.assert_allclose(limits, funnel_twin.poisson_limits(expected, level), rtol=1e-9, atol=1e-9)
    assert side_of(np.float64(events / expected), limits) == funnel_twin.poisson_side(events, expected, level)


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


def test_no_events_are_low_only_where_that_is_a_surprise():
    assert side_of(np.zeros(4), poisson_limits([0.1, 3.0, 6.9, 6.91])).tolist() == [0, 0, 0, -1]


def test_one_event_where_next_to_none_was_expected_is_high():
    for expected in (1e-9, 0.0005, 0.00099):
        lower, upper = poisson_limits(expected)
        assert lower == 0 and upper < 1 / expected
    assert side_of(np.float64(1 / 0.0011), poisson_limits(0.0011)) == 0


def test_where_nothing_is_expected_to_be_known_there_are_no_limits_and_no_side():
    assert np.isnan(poisson_limits([NAN])).all() and np.isnan(expected_limits([NAN])).all()
    assert side_of(np.array([NAN, 9.0]), poisson_limits([1.0, NAN])).tolist() == [0, 0]


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
    ],
)
def test_what_does_not_fit_is_refused_in_words(call, message):
    with pytest.raises(ValueError, match=message):
        call()
