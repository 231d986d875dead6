"""Scores are trimmed by quantile or by rank, and what is left says how far units differ beyond chance."""

import math

import numpy as np
import pytest

from psc.stats.funnels.overdispersion import checked_trim, overdispersion, truncate, winsorise

NAN = math.nan


def test_winsorised_scores_are_those_cut_at_numpys_quantiles():
    z = np.random.default_rng(1).normal(size=(4, 23))
    low, high = np.quantile(z, [0.1, 0.9], axis=1, keepdims=True)
    np.testing.assert_allclose(winsorise(z, 0.1), np.clip(z, low, high))


def test_missing_units_stay_missing_and_change_no_quantile():
    z = np.array([[5.0, NAN, 1, 2, 3, 4, NAN]])
    np.testing.assert_allclose(winsorise(z, 0.25), [[4.0, NAN, 2, 2, 3, 4, NAN]])


def test_truncation_takes_a_tenth_at_each_end_and_infinite_scores():
    z = np.arange(20.0)[None]
    assert np.isnan(truncate(z, 0.1)).nonzero()[1].tolist() == [0, 1, 18, 19]
    assert np.isnan(truncate(np.array([[np.inf, 0.0, 1.0]]), 0.0)).tolist() == [[True, False, False]]


def test_truncation_of_nine_units_by_a_tenth_takes_the_highest_and_leaves_the_lowest():
    assert np.isnan(truncate(np.arange(9.0)[None], 0.1)).nonzero()[1].tolist() == [8]


def test_units_that_differ_by_chance_alone_have_no_variance_between_them():
    phi, tau2, kept = overdispersion(np.array([[0.5, -0.5, 0.1, NAN]]), np.array([[1.0, 1, 1, 1]]))
    assert phi == pytest.approx(0.51 / 3)
    assert (tau2, kept) == (0, 3)


def test_variance_between_units_of_one_size_is_what_is_beyond_chance():
    z, s = np.array([[3.0, -3, 3, -3]]), np.full((1, 4), 0.1)
    phi, tau2, _ = overdispersion(z, s)
    # By the moments: (sum of z squared less N - 1) over (sum of w less sum of w squared by sum of w), w = 100.
    assert phi == pytest.approx(9)
    assert tau2 == pytest.approx((36 - 3) / (400 - 100))


def test_funnel_of_one_unit_or_none_has_no_variance_between_units():
    phi, tau2, kept = overdispersion(np.array([[4.0], [NAN]]), np.ones((2, 1)))
    np.testing.assert_array_equal(phi, [16, NAN])
    assert (tau2.tolist(), kept.tolist()) == ([0, 0], [1, 0])


@pytest.mark.parametrize("trim", [-0.1, 0.5, 10, NAN])
def test_trim_that_is_no_share_under_a_half_is_refused(trim):
    with pytest.raises(ValueError, match="trim must be a share"):
        checked_trim(trim)
