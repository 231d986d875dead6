"""The latest month against its time of year: the fast code against its slow twin, and what a reader may rely on."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from psc.stats.verdicts.season import latest_against_season
from tests.stats import season_twin

WINTER = np.array([1.2, 1.15, 1.1, 1, 0.95, 0.9, 0.85, 0.85, 0.9, 1, 1.05, 1.05])


def seasonal_worlds(rng, series, years=6, noise=0.03, change=0.0, alike=0.0):
    """Monthly figures with a winter, ``change`` a year (a share) and noise that resembles the month before."""
    months = np.arange(12 * years) + 24000
    shocks = rng.standard_normal((series, months.size))
    for place in range(1, months.size):
        shocks[:, place] = alike * shocks[:, place - 1] + math.sqrt(1 - alike**2) * shocks[:, place]
    trend = (1 + change) ** (np.arange(months.size) / 12)
    return 50 * trend * WINTER[months % 12] * (1 + noise * shocks), months


@settings(max_examples=60)
@given(
    seed=st.integers(0, 2**32),
    n_series=st.integers(1, 3),
    n_months=st.integers(1, 75),
    gaps=st.sampled_from([0, 0.1, 0.5]),
)
def test_the_latest_month_is_judged_as_the_twin_judges_it(seed, n_series, n_months, gaps):
    rng = np.random.default_rng(seed)
    values = rng.integers(8, 14, (n_series, n_months)) * rng.choice([1, 1, 0, 3], (n_series, 1)) + 1.0
    values[rng.random(n_series) < 0.2] = 0.0
    values[rng.random(values.shape) < gaps] = math.nan
    months = np.arange(n_months) + rng.integers(0, 24)
    found = latest_against_season(values, months)
    for s in range(n_series):
        odd, *figures = season_twin.latest(values[s].tolist(), months.tolist())
        assert found.odd[s] == odd
        assert [found.expected[s], found.lower[s], found.upper[s]] == pytest.approx(figures, rel=1e-9, nan_ok=True)


def test_a_winter_like_every_winter_is_not_odd_but_a_winter_figure_in_summer_is(rng):
    values, months = seasonal_worlds(rng, 40, noise=0.01)
    values, months = values[:, :-5], months[:-5]  # the latest month is a July
    assert months[-1] % 12 == 6
    assert (latest_against_season(values[:, :-6], months[:-6]).odd == "").mean() > 0.9  # a January
    summer = values.copy()
    summer[:, -1] *= WINTER[0] / WINTER[6]
    assert set(latest_against_season(summer, months).odd) == {"high"}


def test_a_measure_that_falls_steadily_is_not_odd_every_month(rng):
    for change in (-0.3, -0.1, 0.1):
        values, months = seasonal_worlds(rng, 400, change=change)
        assert (latest_against_season(values, months).odd != "").mean() < 0.04


@pytest.mark.parametrize("alike", [0, 0.5, 0.9])
def test_a_stable_measure_is_odd_at_most_one_month_in_forty_however_alike_its_months_are(rng, alike):
    values, months = seasonal_worlds(rng, 2000, alike=alike)
    assert (latest_against_season(values, months).odd != "").mean() <= 0.025


def test_a_gap_some_months_ago_does_not_make_the_latest_month_odd_more_often(rng):
    values, months = seasonal_worlds(rng, 3000, years=4, alike=0.5)
    whole = (latest_against_season(values, months).odd != "").mean()
    values[:, -6:-4] = math.nan
    assert (latest_against_season(values, months).odd != "").mean() < whole + 0.01


def test_a_shock_of_three_standard_deviations_is_found_in_about_half_and_of_five_in_nearly_all(rng):
    values, months = seasonal_worlds(rng, 1000)
    for sds, least, most in ((3, 0.4, 0.7), (5, 0.88, 1)):
        shocked = values.copy()
        shocked[:, -1] *= 1 + sds * 0.03
        assert least <= (latest_against_season(shocked, months).odd == "high").mean() <= most


@given(seed=st.integers(0, 2**32), factor=st.sampled_from([1e-6, 0.01, 7, 1e6]))
def test_another_unit_changes_the_figures_and_not_the_verdict(seed, factor):
    values, months = seasonal_worlds(np.random.default_rng(seed), 3, noise=0.2)
    values = np.abs(values)
    plain, scaled = latest_against_season(values, months), latest_against_season(values * factor, months)
    assert plain.odd.tolist() == scaled.odd.tolist()
    for name in ("expected", "lower", "upper"):
        assert getattr(scaled, name) == pytest.approx(getattr(plain, name) * factor, rel=1e-9)


def test_the_expected_figure_is_that_of_the_same_month_and_lies_between_its_limits(rng):
    values, months = seasonal_worlds(rng, 50, noise=0.02)
    found = latest_against_season(values, months)
    assert found.expected == pytest.approx(np.full(50, 50 * WINTER[11]), rel=0.08)
    assert (found.lower < found.expected).all() and (found.expected < found.upper).all()


def test_missing_months_after_the_latest_change_nothing(rng):
    values, months = seasonal_worlds(rng, 5)
    longer = np.pad(values, ((0, 0), (0, 3)), constant_values=math.nan)
    plain = latest_against_season(values, months)
    later = latest_against_season(longer, np.append(months, months[-1] + np.arange(1, 4)))
    assert later.latest.tolist() == plain.latest.tolist() == [71] * 5
    assert later.expected == pytest.approx(plain.expected)


def test_a_missing_month_keeps_its_place_so_that_later_months_keep_their_season(rng):
    values, months = seasonal_worlds(rng, 20, noise=0.005)
    values[:, 40] = math.nan
    assert latest_against_season(values, months).expected == pytest.approx(np.full(20, 50 * WINTER[11]), rel=0.03)


def test_what_cannot_be_judged_has_no_expected_figure(rng):
    values, months = seasonal_worlds(rng, 5)
    values[0, :37] = math.nan  # 35 months are left
    values[1] = math.nan
    values[2, 5] = 0
    values[3] = 50
    found = latest_against_season(values, months)
    assert np.isnan(found.expected).tolist() == [True] * 4 + [False]
    assert np.isnan(found.lower).tolist() == np.isnan(found.upper).tolist() == [True] * 4 + [False]
    assert found.odd[:4].tolist() == [""] * 4
    assert found.latest.tolist() == [71, -1, 71, 71, 71]


@pytest.mark.parametrize(
    ("value", "months", "told"),
    [
        ([[1.0, 2.0]], [1, 3], "without a gap"),
        ([[1.0, 2.0]], [1.0, 2.0], "whole numbers"),
        ([[1.0, 2.0]], [1, 2, 3], "one for each of the 2 places"),
        ([1.0, 2.0], [1, 2], "shaped"),
        ([[1.0, math.inf]], [1, 2], "infinite"),
    ],
)
def test_months_or_figures_that_do_not_fit_are_refused_in_words(value, months, told):
    with pytest.raises(ValueError, match=told):
        latest_against_season(np.array(value), np.array(months))


@pytest.fixture
def rng():
    return np.random.default_rng(20251128)
