import numpy as np
import pytest

from psc.stats.verdicts.noise import series_noise
from psc.stats.verdicts.worlds import STABLE, monthly_worlds
from tests.stats.verdicts import noise_twin

MONTHS = 72


def autoregressions(phi, series=300, months=MONTHS, sd=0.1, seed=1):
    shocks = np.random.default_rng(seed).standard_normal((series, months))
    return 50 * np.exp(sd * np.array([noise_twin.autoregression(phi, row) for row in shocks]))


@pytest.mark.parametrize("phi", [0.0, 0.4, 0.75])
def test_matched_noise_gives_back_the_persistence_that_detrending_took(phi):
    found = series_noise(autoregressions(phi))
    # The estimates scatter by a tenth and the true value is a bent line of them, so medians are compared.
    assert np.median(found.matched_phi) == pytest.approx(phi, abs=0.06)
    assert np.median(found.phi) < phi
    assert np.median(found.matched_sd) == pytest.approx(0.1, rel=0.12)


def test_an_autocorrelation_of_three_quarters_is_estimated_as_under_a_half():
    assert np.median(series_noise(autoregressions(0.75)).phi) == pytest.approx(0.43, abs=0.03)


def test_estimates_agree_with_residuals_taken_one_step_at_a_time():
    value = autoregressions(0.5, series=4)
    found = series_noise(value)
    expected = [noise_twin.lag_one(noise_twin.residuals(row)) for row in np.log(value)]
    np.testing.assert_allclose(found.phi, expected, rtol=1e-9)


def test_the_matched_persistence_is_the_one_whose_mean_estimate_is_the_series_own():
    value = autoregressions(0.5, series=1)
    found = series_noise(value)
    mean = noise_twin.expected_estimate(found.matched_phi[0], MONTHS, 400, np.random.default_rng(2))
    assert mean == pytest.approx(found.phi[0], abs=0.02)


def test_worlds_of_a_series_have_its_own_residuals_on_average():
    found = series_noise(autoregressions(0.6, series=1))
    drawn = monthly_worlds(found, STABLE, np.random.default_rng(3), 500)[:, 0]
    again = series_noise(drawn)
    assert np.mean(again.phi) == pytest.approx(found.phi[0], abs=0.03)
    own = series_noise(np.exp(found.level)[:, None] * drawn / drawn)  # no noise at all
    assert own.sd == pytest.approx(0, abs=1e-6)


def test_level_and_season_are_those_of_the_series():
    season = 0.2 * np.cos(2 * np.pi * np.arange(MONTHS) / 12)
    found = series_noise(40 * np.exp(season)[None])
    np.testing.assert_allclose(found.season[0], season[:12], atol=0.02)
    assert np.exp(found.level[0]) == pytest.approx(40, rel=0.05)


def test_counting_alone_leaves_little_other_noise():
    rng = np.random.default_rng(4)
    exposure = np.full((15, MONTHS), 1000.0)
    found = series_noise(rng.poisson(30, exposure.shape) / exposure, exposure)
    assert (found.matched_sd < 0.6 / np.sqrt(30)).all()
    assert np.median(found.dispersion) > 0.8
    assert (found.dispersion <= 1).all()


def test_counts_that_vary_less_than_independent_events_keep_their_small_variance():
    rng = np.random.default_rng(5)
    exposure = np.full((15, MONTHS), 1000.0)
    counts = np.rint(30 + 0.5 * (rng.poisson(30, exposure.shape) - 30))
    assert np.median(series_noise(counts / exposure, exposure).dispersion) == pytest.approx(0.25, abs=0.08)


def test_months_without_events_are_read_as_rare_not_as_missing():
    rng = np.random.default_rng(6)
    exposure = np.full((3, MONTHS), 200.0)
    value = rng.poisson(2, exposure.shape) / exposure
    assert (value == 0).any()
    assert np.exp(series_noise(value, exposure).level) * 200 == pytest.approx(np.full(3, 2.0), rel=0.6)


def test_a_gap_neither_moves_months_nor_counts_as_noise():
    value = 40 * np.exp(0.2 * np.cos(2 * np.pi * np.arange(MONTHS) / 12))[None]
    gapped = value.copy()
    gapped[0, 30:33] = np.nan
    whole, found = series_noise(value), series_noise(gapped)
    np.testing.assert_allclose(found.season, whole.season, atol=0.03)
    assert found.missing[0].tolist() == np.isnan(gapped[0]).tolist()


def test_a_step_at_a_break_is_no_noise():
    value = autoregressions(0.0, series=1)
    stepped = value * np.where(np.arange(MONTHS) < 36, 1.0, 4.0)
    segment = np.where(np.arange(MONTHS) < 36, 0, 1)[None]
    assert series_noise(stepped, segment=segment).sd == pytest.approx(series_noise(value, segment=segment).sd)
    assert series_noise(stepped).sd > 1.5 * series_noise(value).sd


def test_more_persistent_noise_keeps_the_size_of_residuals():
    found = series_noise(autoregressions(0.3, series=1))
    raised = found.more_persistent(0.1)
    assert raised.matched_phi > found.matched_phi
    drawn = [monthly_worlds(noise, STABLE, np.random.default_rng(7), 300)[:, 0] for noise in (found, raised)]
    sizes = [np.mean([noise_twin.residuals(row) ** 2 for row in np.log(value)]) for value in drawn]
    assert sizes[1] == pytest.approx(sizes[0], rel=0.1)
    before, after = (series_noise(value).phi.mean() for value in drawn)
    assert after == pytest.approx(before + 0.1, abs=0.03)


def test_under_two_years_or_without_figures_noise_is_refused():
    with pytest.raises(ValueError, match="two years"):
        series_noise(np.ones((2, 23)))
    with pytest.raises(ValueError, match="figure above zero"):
        series_noise(np.array([[1.0] * 30, [np.nan] * 30]))
