"""The noise of yearly counts: the rate of the last years, the variance beyond chance, and what areas share."""

import numpy as np
import pytest

from psc.stats.verdicts.yearly import tau_squared
from psc.stats.verdicts.yearly_noise import HIGHEST_CORRELATION, yearly_noise

YEARS = 12
EXPOSURE = np.full((3, YEARS), 10_000.0)


def correlation(noise) -> float:
    return float((noise.root @ noise.root.T)[0, 1])


def test_rate_is_that_of_the_last_five_years_that_have_a_count():
    counts = np.full((3, YEARS), 500.0)
    counts[:, -5:] = 100
    counts[0, -1] = np.nan
    noise = yearly_noise(counts, EXPOSURE)
    np.testing.assert_allclose(noise.rate, 0.01)
    assert np.isnan(noise.exposure[0, -1]) and not np.isnan(noise.exposure[1:]).any()


def test_variance_beyond_chance_is_that_of_the_counts():
    counts = np.random.default_rng(2).poisson(400, (3, YEARS)) * np.exp(np.random.default_rng(3).normal(0, 0.2, YEARS))
    assert yearly_noise(counts, EXPOSURE).tau ** 2 == pytest.approx(float(tau_squared(counts, EXPOSURE)))


def test_areas_that_move_together_share_their_noise_up_to_the_highest_correlation():
    together = np.tile(400 * np.exp(np.random.default_rng(4).normal(0, 0.3, YEARS)), (3, 1))
    assert correlation(yearly_noise(together, EXPOSURE)) == pytest.approx(HIGHEST_CORRELATION)


def test_areas_that_move_against_each_other_share_nothing():
    step = np.exp(0.3 * np.resize([1, -1], YEARS))
    against = np.array([400 * step, 400 / step])
    assert correlation(yearly_noise(against, EXPOSURE[:2])) == pytest.approx(0)


def test_one_area_alone_has_its_own_noise():
    noise = yearly_noise(np.full((1, YEARS), 400.0), EXPOSURE[:1])
    np.testing.assert_array_equal(noise.root, [[1]])
