"""Directions of monthly series against the reference, the slow twin, and what a reader would notice."""

import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import settings

from psc.stats.verdicts.monthly import centred_mean, year_on_year
from tests.stats.verdicts import twin
from tests.stats.verdicts.reference_directions import REFERENCE, figures, randomly

NAN = math.nan

MONTHLY = sorted(REFERENCE[REFERENCE["grain"] == "month"]["metric"].unique())


@pytest.mark.parametrize("metric", MONTHLY)
def test_monthly_directions_are_those_of_the_reference(metric):
    expected, matrix = figures(metric)
    found = year_on_year(matrix("value"))
    np.testing.assert_array_equal(found.direction, expected["direction"])
    np.testing.assert_array_equal(found.pairs, expected["n"])
    np.testing.assert_array_equal(found.agreeing, expected["agree"])
    for name in ("change", "lower", "upper"):
        np.testing.assert_allclose(getattr(found, name), expected[name], atol=1e-5)


def monthly_world(rng):
    shape = (int(rng.integers(1, 5)), int(rng.integers(0, 80)))
    trend = rng.normal(0, 0.02, (shape[0], 1)) * np.arange(shape[1])
    value = np.exp(trend + rng.normal(0, rng.choice([0.0, 0.01, 0.2]), shape)) * rng.choice([0.01, 1, 1000])
    value[rng.random(shape) < rng.choice([0, 0.02])] = 0
    value[rng.random(shape) < rng.choice([0, 0.02, 0.2])] = NAN
    segment = (rng.random(shape) < rng.choice([0, 0.03])).cumsum(axis=1)
    return value, segment


def test_one_large_change_against_eleven_small_ones_is_no_direction():
    before = np.random.default_rng(1).uniform(9.9, 10.1, 36)
    value = np.concatenate([before, before[-12:] * np.array([0.98] * 11 + [3.0])])[None]
    found = year_on_year(value)
    assert found.change[0] > 0.05 and found.direction[0] == 0 and found.agreeing[0] == 1


@settings(max_examples=200)
@randomly
def test_monthly_code_agrees_with_its_slow_twin(rng):
    value, segment = monthly_world(rng)
    widening = float(rng.choice([1.0, 1.7]))
    found = year_on_year(value, segment, widening)
    columns = (found.direction, found.change, found.lower, found.upper, found.pairs, found.agreeing)
    for s in range(len(value)):
        expected = twin.year_on_year(list(value[s]), list(segment[s]), widening)
        np.testing.assert_allclose([column[s] for column in columns], expected, rtol=1e-7, atol=1e-9)


@randomly
def test_running_mean_is_that_of_pandas(rng):
    series = rng.normal(size=int(rng.integers(1, 40)))
    series[rng.random(series.size) < 0.2] = NAN
    expected = pd.Series(series).rolling(12, min_periods=6, center=True).mean()
    np.testing.assert_allclose(centred_mean(series), expected, atol=1e-12)


@settings(max_examples=50)
@randomly
def test_unit_and_leading_axes_change_no_direction(rng):
    value, segment = monthly_world(rng)
    plain = year_on_year(value, segment)
    scaled = year_on_year(np.stack([value, value * 128]), segment)
    for copy in range(2):
        np.testing.assert_array_equal(scaled.direction[copy], plain.direction)
        np.testing.assert_allclose(scaled.lower[copy], plain.lower, rtol=1e-9, atol=1e-12)


def steps(*levels, noise=0.01):
    """A monthly series with each level held for 12 months, and a little noise that always is the same."""
    rng = np.random.default_rng(7)
    return np.repeat(np.array(levels, float), 12) * np.exp(rng.normal(0, noise, 12 * len(levels)))


def test_series_that_fell_and_then_lay_flat_has_no_direction():
    assert year_on_year(steps(9, 8, 7, 6, 6)[None]).direction[0] == 0


def test_series_that_has_turned_is_no_longer_called_lower():
    assert year_on_year(steps(9, 8, 7, 6, 6.6)[None]).direction[0] == 1


def test_steady_fall_is_certain_and_its_size_that_of_the_last_year():
    found = year_on_year(steps(10, 9, 8.1, 7.29, 6.561)[None])
    assert found.direction[0] == -1
    assert found.certain[0]
    assert found.change[0] == pytest.approx(-0.1, abs=0.01)


@pytest.mark.parametrize(("against", "direction"), [(0, -1), (1, -1), (2, 0)])
def test_of_twelve_months_one_may_go_the_other_way_and_no_more(against, direction):
    value = np.concatenate([np.full(12, 10.0), np.full(12, 8.0)])
    value[12 : 12 + against] = 10.5
    assert year_on_year(value[None]).direction[0] == direction


def test_of_ten_months_none_may_go_the_other_way():
    value = np.concatenate([np.full(12, 10.0), np.full(12, 8.0)])
    value[13:15] = NAN
    assert year_on_year(value[None]).direction[0] == -1
    value[12] = 10.5
    assert year_on_year(value[None]).direction[0] == 0


def test_change_of_under_two_per_cent_is_no_direction():
    value = np.concatenate([np.full(12, 100.0), np.full(12, 98.1)])
    assert year_on_year(value[None]).direction[0] == 0


def test_series_without_variance_has_no_interval_and_is_never_certain():
    found = year_on_year(np.repeat([10.0, 9, 8, 7], 12)[None] * np.ones((1, 48)))
    constant = year_on_year(np.full((1, 60), 3.0))
    assert np.isnan(constant.lower[0])
    assert not constant.certain[0]
    assert found.direction[0] == -1


def test_figures_that_come_from_none_at_all_are_higher_though_they_have_no_size():
    found = year_on_year(np.repeat([0.0, 0.0, 5.0], 12)[None])
    assert found.direction[0] == 1
    assert not found.certain[0]


def test_pairs_across_new_limits_are_left_out():
    value = steps(10, 10, 5)[None]
    segment = np.repeat([0, 0, 1], 12)[None]
    assert year_on_year(value, segment).pairs[0] == 0
