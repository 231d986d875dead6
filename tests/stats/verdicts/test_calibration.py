import numpy as np
import pytest

from psc.stats.verdicts.calibration import Calibration, calibrate_monthly, calibrate_yearly, monthly_widening
from psc.stats.verdicts.monthly import year_on_year
from psc.stats.verdicts.noise import series_noise
from psc.stats.verdicts.worlds import STABLE, monthly_worlds, yearly_worlds
from psc.stats.verdicts.yearly import tau_squared, yearly_direction
from psc.stats.verdicts.yearly_noise import yearly_noise
from tests.stats.verdicts import noise_twin, twin

MONTHS = 72


def measure(phi, areas=15, sd=0.06, together=0.0, seed=1):
    """Areas with noise of that persistence, which move together."""
    rng = np.random.default_rng(seed)
    shocks = np.sqrt(together) * rng.standard_normal((1, MONTHS))
    shocks = shocks + np.sqrt(1 - together) * rng.standard_normal((areas, MONTHS))
    return 50 * np.exp(sd * np.array([noise_twin.autoregression(phi, row) for row in shocks]))


def certain_alone(values, widening):
    direction, _, lower, upper, _, _ = twin.year_on_year(values, widening=widening)
    return direction != 0 and (lower > 0 or upper < 0)


def test_independent_noise_hardly_needs_widening():
    found = calibrate_monthly(measure(0.0), seed=1)
    assert found.widening == pytest.approx(1.0, abs=0.2)
    assert found.covered == pytest.approx(0.99, abs=0.01)
    assert found.gives_verdict


def test_persistent_noise_is_covered_too_seldom_and_needs_more_widening_the_more_persistent_it_is():
    found = [calibrate_monthly(measure(phi), seed=1) for phi in (0.0, 0.5, 0.8)]
    assert [c.widening for c in found] == sorted(c.widening for c in found)
    assert found[2].widening > 1.5
    assert found[2].covered < 0.95


@pytest.mark.parametrize("phi", [0.0, 0.5, 0.8])
def test_widened_intervals_cover_99_percent_of_fresh_stable_worlds(phi):
    value = measure(phi)
    widening = calibrate_monthly(value, seed=1).widening
    fresh = monthly_worlds(series_noise(value), STABLE, np.random.default_rng(99), 600)
    covered = 1 - year_on_year(fresh, widening=widening).interval_excludes_zero.mean()
    assert covered == pytest.approx(0.99, abs=0.006)


def test_chance_is_the_share_of_certain_verdicts_when_each_series_is_judged_by_itself():
    value = measure(0.5, areas=3)
    found = calibrate_monthly(value, seed=4, worlds=60)
    worlds = monthly_worlds(series_noise(value), STABLE, np.random.default_rng(4), 60)
    certain = np.array([[certain_alone(row.tolist(), found.widening) for row in world] for world in worlds])
    assert found.chance == pytest.approx(certain.mean())
    assert found.at_once == pytest.approx([(certain.sum(axis=1) == k).mean() for k in range(4)])


def test_areas_that_move_together_have_chance_verdicts_together():
    apart, together = (calibrate_monthly(measure(0.6, together=share), seed=2, worlds=800) for share in (0.0, 0.97))
    assert together.none_at_once > apart.none_at_once
    shares = np.array(together.at_once)
    assert shares[5:].sum() > np.array(apart.at_once)[5:].sum()


def test_shares_of_worlds_add_up_and_their_mean_is_the_rate_of_one_area():
    found = calibrate_monthly(measure(0.7), seed=3)
    assert sum(found.at_once) == pytest.approx(1)
    assert len(found.at_once) == 16
    assert found.expected == pytest.approx(15 * found.chance)


def test_the_same_seed_gives_the_same_calibration_and_another_a_close_one():
    value = measure(0.4)
    first, again, other = (calibrate_monthly(value, seed=seed) for seed in (5, 5, 6))
    assert first == again
    assert first != other
    assert first.widening == pytest.approx(other.widening, rel=0.25)


def test_the_widening_alone_is_that_of_the_whole_calibration():
    value = measure(0.6)
    assert monthly_widening(value, seed=3) == calibrate_monthly(value, seed=3).widening
    assert monthly_widening(np.ones((3, 20)), seed=3) == 1


def test_noise_that_a_little_more_persistence_would_make_misleading_gives_no_verdict():
    found = Calibration(1.8, 0.86, 0.01, 0.10, (0.9, 0.1), 0.9, 400)
    assert not found.gives_verdict
    assert Calibration(1.8, 0.86, 0.01, 0.04, (0.9, 0.1), 0.9, 400).gives_verdict


def test_one_in_never_claims_more_than_was_simulated():
    assert Calibration(1.0, 1.0, 0.0, 0.0, (1.0, 0.0), 0.9, 400).one_in == 400
    assert Calibration(1.0, 1.0, 0.02, 0.02, (0.9, 0.1), 0.9, 400).one_in == 50


def test_few_events_are_judged_by_their_exact_test_and_rarely_called_changed():
    rng = np.random.default_rng(7)
    exposure = np.full((15, MONTHS), 300.0)
    value = rng.poisson(3, exposure.shape) / exposure
    found = calibrate_monthly(value, exposure, seed=8)
    assert found.widening == 1
    assert 0 < found.chance < 0.015


def test_a_series_too_short_or_empty_has_no_chance_verdicts():
    for value in (np.ones((3, 20)), np.full((3, MONTHS), np.nan)):
        found = calibrate_monthly(value, seed=1)
        assert (found.widening, found.chance, found.none_at_once) == (1, 0, 1)


def test_areas_without_figures_count_as_areas_without_verdicts():
    value = measure(0.5, areas=4)
    value[2] = np.nan
    found = calibrate_monthly(value, seed=1)
    assert len(found.at_once) == 5
    assert found.at_once[4] == 0
    assert found.expected == pytest.approx(4 * found.chance)


def test_a_series_that_never_moves_has_no_chance_verdicts():
    found = calibrate_monthly(np.full((2, MONTHS), 20.0), seed=1)
    assert (found.widening, found.chance) == (1, 0)


def test_yearly_verdicts_appear_by_chance_as_often_as_in_fresh_worlds():
    rng = np.random.default_rng(9)
    exposure = np.full((15, 12), 500_000.0)
    counts = rng.poisson(500 * np.exp(0.03 * rng.standard_normal(exposure.shape))).astype(float)
    found = calibrate_yearly(counts, exposure, seed=1, worlds=800)
    fresh = yearly_worlds(yearly_noise(counts, exposure), STABLE, np.random.default_rng(77), 800)
    tau2 = tau_squared(fresh, exposure)[:, None]
    assert found.chance == pytest.approx(yearly_direction(fresh, exposure, tau2).certain.mean(), abs=0.005)
    assert found.chance < 0.02
    assert found.expected == pytest.approx(15 * found.chance)


def test_an_area_without_yearly_counts_has_no_chance_verdicts():
    exposure = np.full((3, 12), 500_000.0)
    counts = np.full((3, 12), 500.0)
    counts[1] = np.nan
    found = calibrate_yearly(counts, exposure, seed=1)
    assert len(found.at_once) == 4
    assert found.at_once[3] == 0
    assert calibrate_yearly(counts[[1]], exposure[[1]], seed=1).none_at_once == 1
