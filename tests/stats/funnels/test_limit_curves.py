"""Limits drawn as curves: what chance does to them, and the false alarms they tell."""

import math
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import binom

from psc.stats.funnels.exact_limits import side_of
from psc.stats.funnels.limit_curves import expected_false_alarms, proportion_limits, rate_limits, ratio_limits
from tests.stats.funnels.chances import levels


@pytest.mark.parametrize("p", [0.05, 0.3, 0.9])
def test_chance_puts_about_as_many_units_beyond_arcsine_limits_as_the_level_says(p):
    counts = np.arange(2001)
    side = side_of(counts / 2000, proportion_limits(p, 2000))
    assert 0.001 < binom.pmf(counts, 2000, p)[side != 0].sum() < 0.003


def test_expected_false_alarms_of_fifteen_areas():
    usual, narrow = expected_false_alarms(15), expected_false_alarms(15, level=0.95)
    assert usual.expected == pytest.approx(0.03) and usual.at_least_one == pytest.approx(0.0296, abs=1e-4)
    assert narrow.expected == pytest.approx(0.75) and narrow.at_least_one == pytest.approx(0.54, abs=0.005)


@given(st.lists(st.integers(0, 5000), max_size=5), levels)
def test_false_alarms_are_those_of_independent_units(units, level):
    told = expected_false_alarms(units, level=level)
    np.testing.assert_allclose(told.expected, np.array(units, float) * (1 - level), rtol=1e-9)
    np.testing.assert_allclose(told.at_least_one, [1 - level**n for n in units], rtol=1e-9, atol=1e-12)


NAN = math.nan

CURVES = {
    "proportion": lambda n, **options: proportion_limits(0.3, n, **options),
    "SHMI": lambda n, **options: ratio_limits(n, method="SHMI", **options),
    "CQC": lambda n, **options: ratio_limits(n, method="CQC", **options),
    "SHMI rate": lambda n, **options: rate_limits(30.0, n, method="SHMI", per=100, **options),
    "CQC rate": lambda n, **options: rate_limits(30.0, n, method="CQC", per=100, **options),
}


@pytest.mark.parametrize("kind", CURVES)
def test_limits_widen_with_dispersion_and_narrow_with_size_down_to_it(kind):
    n = np.geomspace(20, 1e7, 50)
    by_tau2 = [CURVES[kind](n, tau2=tau2) for tau2 in (0.0, 0.001, 0.02)]
    for (lower, upper), (lower_wide, upper_wide) in pairwise(by_tau2):
        assert (lower_wide <= lower).all() and (upper_wide >= upper).all()
        assert lower_wide[-1] < lower[-1] and upper_wide[-1] > upper[-1]
    for lower, upper in by_tau2:
        assert (np.diff(lower) >= 0).all() and (np.diff(upper) <= 0).all()
    centre = {"proportion": 0.3, "SHMI": 1, "CQC": 1}.get(kind, 30)
    np.testing.assert_allclose([end[-1] for end in by_tau2[0]], centre, rtol=0.01)
    assert by_tau2[2][1][-1] > 1.05 * centre


def test_cqc_limits_near_nothing_expected_do_not_rise_again():
    lower, upper = ratio_limits([0.1, 0.5, 1, 2, 3, 10, 100], tau2=0.01, method="CQC")
    assert lower[:3].tolist() == [0, 0, 0]
    assert (np.diff(lower) >= 0).all() and (np.diff(upper) < 0).all()


def test_curves_are_missing_where_what_they_are_made_of_is():
    for curve in (
        proportion_limits([0.1, NAN, 0.1], [50, 50, NAN]),
        ratio_limits([5.0, NAN], tau2=0.1),
        rate_limits([5.0, NAN, 0.0], 50, tau2=0.1),
        rate_limits([5.0, NAN, 0.0], 50),
    ):
        assert not np.isnan([end[0] for end in curve]).any()
        assert np.isnan([end[1:] for end in curve]).all()
