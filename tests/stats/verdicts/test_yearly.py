"""Directions of yearly counts against the reference, the slow twin, and what a reader would notice."""

import math

import numpy as np
import pytest
from hypothesis import settings

from psc.stats.verdicts.yearly import tau_squared, yearly_direction
from tests.stats.verdicts import twin
from tests.stats.verdicts.reference_directions import REFERENCE, figures, randomly

NAN = math.nan

YEARLY = sorted(REFERENCE[REFERENCE["grain"] == "year"]["metric"].unique())


@pytest.mark.parametrize("metric", YEARLY)
def test_yearly_directions_are_those_of_the_reference(metric):
    expected, matrix = figures(metric)
    counts, exposure = matrix("numerator"), matrix("denominator")
    found = yearly_direction(counts, exposure, tau_squared(counts, exposure))
    np.testing.assert_array_equal(found.direction, expected["direction"])
    for name, column in (("change", "change"), ("lower", "lower"), ("upper", "upper")):
        np.testing.assert_allclose(getattr(found, name), expected[column], atol=1e-5)
    np.testing.assert_allclose(found.change_on_year, expected["change_prev"], atol=1e-5)


@settings(max_examples=100, deadline=None)
@randomly
def test_yearly_code_agrees_with_its_slow_twin(rng):
    shape = (int(rng.integers(1, 6)), int(rng.integers(1, 14)))
    counts = rng.poisson(rng.choice([0.5, 20, 900]) * np.exp(rng.normal(0, rng.choice([0, 0.3]), shape))).astype(float)
    exposure = rng.uniform(1e5, 4e5, shape)
    counts[rng.random(shape) < rng.choice([0, 0.1])] = NAN
    segment = (rng.random(shape) < rng.choice([0, 0.1])).cumsum(axis=1)
    tau2 = tau_squared(counts, exposure)
    assert tau2 == pytest.approx(twin.tau_squared(counts.tolist(), exposure.tolist()), abs=1e-9)
    found = yearly_direction(counts, exposure, tau2, segment)
    columns = (found.direction, found.change, found.lower, found.upper, found.change_on_year, found.judged)
    for s in range(len(counts)):
        expected = twin.yearly(list(counts[s]), list(exposure[s]), tau2, list(segment[s]))
        np.testing.assert_allclose([column[s] for column in columns], expected, rtol=1e-7, atol=1e-9)


def test_yearly_fall_that_has_turned_is_not_called_lower():
    counts = np.array([[9000.0, 8000, 7000, 6000, 5000, 4000, 4400]])
    assert yearly_direction(counts, np.full((1, 7), 1e6), 0.0).direction[0] == 0


def test_yearly_series_with_three_earlier_years_is_not_judged():
    found = yearly_direction(np.array([[100.0, 100, 100, 900]]), np.full((1, 4), 1e5), 0.0)
    assert not found.judged[0]
    assert np.isnan(found.change[0])
