import numpy as np
import pytest

from psc.stats.verdicts.noise import series_noise
from psc.stats.verdicts.worlds import (
    FLAT_18,
    FLAT_24,
    MONTHLY,
    STABLE,
    TURNED_12,
    WANDERING,
    YEARLY,
    World,
    monthly_worlds,
    yearly_worlds,
)
from psc.stats.verdicts.yearly import tau_squared
from psc.stats.verdicts.yearly_noise import YearlyNoise, yearly_noise
from tests.stats.verdicts import noise_twin

MONTHS = 60
STILL = series_noise(np.full((2, MONTHS), 20.0))
NOISY = series_noise(20 * np.exp(0.1 * np.random.default_rng(1).standard_normal((4, MONTHS))))


@pytest.mark.parametrize("world", MONTHLY, ids=lambda world: world.name)
def test_each_monthly_course_is_the_one_walked_month_by_month(world):
    np.testing.assert_allclose(world.course(MONTHS, 12), noise_twin.course(world, MONTHS, 12), atol=1e-12)


@pytest.mark.parametrize("world", YEARLY, ids=lambda world: world.name)
def test_each_yearly_course_is_the_one_walked_year_by_year(world):
    np.testing.assert_allclose(world.course(9, 1), noise_twin.course(world, 9, 1), atol=1e-12)


@pytest.mark.parametrize("world", [FLAT_18, TURNED_12, World("falling", before=-0.1)], ids=lambda world: world.name)
def test_without_noise_figures_follow_the_course(world):
    drawn = monthly_worlds(STILL, world, np.random.default_rng(1), 2)
    np.testing.assert_allclose(drawn / drawn[..., -1:], np.broadcast_to(np.exp(world.course(MONTHS, 12)), drawn.shape))


def test_a_fall_that_ended_18_months_ago_has_18_equal_steps_after_it():
    path = np.exp(FLAT_18.course(MONTHS, 12))
    np.testing.assert_allclose(path[-19:], 1.0)
    assert path[-20] > path[-19]
    assert path[-31] / path[-19] == pytest.approx(1 / 0.9)


def test_two_flat_years_leave_three_equal_ones():
    path = FLAT_24.course(8, 1)
    assert path[-3:].tolist() == [0, 0, 0]
    assert path[-4] > 0


def test_the_same_seed_draws_the_same_worlds_and_another_seed_others():
    first, again, other = (monthly_worlds(NOISY, STABLE, np.random.default_rng(seed), 3) for seed in (1, 1, 2))
    np.testing.assert_array_equal(first, again)
    assert (first != other).all()


def test_months_without_a_figure_have_none_in_any_world():
    value = np.full((2, MONTHS), 20.0)
    value[1, 7] = np.nan
    drawn = monthly_worlds(series_noise(value), STABLE, np.random.default_rng(1), 3)
    assert np.isnan(drawn[:, 1, 7]).all()
    assert np.isnan(drawn).sum() == 3


def test_areas_that_move_together_do_so_in_worlds():
    rng = np.random.default_rng(2)
    shared, own = rng.standard_normal((1, 240)), rng.standard_normal((6, 240))
    value = 20 * np.exp(0.1 * (np.sqrt(0.9) * shared + np.sqrt(0.1) * own))
    drawn = np.log(monthly_worlds(series_noise(value), STABLE, np.random.default_rng(3), 50))
    found = np.mean([np.corrcoef(world)[0, 1] for world in drawn])
    assert found == pytest.approx(0.9, abs=0.05)


def test_counted_figures_are_whole_events():
    exposure = np.full((2, MONTHS), 50.0)
    value = np.random.default_rng(4).poisson(4, exposure.shape) / exposure
    drawn = monthly_worlds(series_noise(value, exposure), STABLE, np.random.default_rng(5), 20)
    events = drawn * exposure
    np.testing.assert_allclose(events, np.rint(events), atol=1e-9)
    assert (events >= 0).all()
    assert (events == 0).any()


@pytest.mark.parametrize("mean", [60, 400])
def test_counts_have_the_variance_of_counting_whether_few_or_many(mean):
    exposure = np.full((30, MONTHS), 10.0)
    value = np.random.default_rng(6).poisson(mean, exposure.shape) / exposure
    noise = series_noise(value, exposure)
    events = monthly_worlds(noise, STABLE, np.random.default_rng(7), 100) * exposure
    assert events.mean() == pytest.approx(mean, rel=0.05)
    assert np.median(events.var(axis=0)) == pytest.approx(mean, rel=0.25)


def test_a_strong_winter_comes_once_a_year_and_varies_in_height():
    world = World("winters", winter=0.2)
    drawn = np.log(monthly_worlds(STILL, world, np.random.default_rng(8), 200))[:, 0]
    heights = drawn[:, 0:48:12] - drawn[:, 6:54:12]
    assert heights.mean() == pytest.approx(0.4, rel=0.1)
    assert heights.std() > 0.05


def test_persistence_can_be_set_for_every_series():
    noise = series_noise(20 * np.exp(0.1 * np.random.default_rng(9).standard_normal((1, 600))))
    log = np.log(monthly_worlds(noise, World("persistent", phi=0.75), np.random.default_rng(10), 30))[:, 0]
    assert np.mean([np.corrcoef(row[1:], row[:-1])[0, 1] for row in log]) == pytest.approx(0.75, abs=0.06)


YEARS = YearlyNoise(np.full(15, 0.001), np.full((15, 12), 500_000.0), 0.05, np.eye(15))


def test_stable_yearly_counts_have_the_rate_and_the_extra_variance():
    drawn = yearly_worlds(YEARS, STABLE, np.random.default_rng(1), 200)
    assert drawn.mean() == pytest.approx(500, rel=0.02)
    assert np.sqrt(np.median(tau_squared(drawn, YEARS.exposure))) == pytest.approx(0.05, rel=0.15)


def test_a_wandering_level_moves_further_the_more_years_pass():
    steady = YearlyNoise(YEARS.rate * 1000, YEARS.exposure, 0.0, YEARS.root)
    log = np.log(yearly_worlds(steady, WANDERING, np.random.default_rng(2), 300))
    assert (log[..., 1] - log[..., 0]).std() == pytest.approx(0.02, rel=0.1)
    assert (log[..., -1] - log[..., 0]).std() == pytest.approx(0.02 * np.sqrt(11), rel=0.1)


def test_years_without_a_count_have_none_in_any_world():
    counts = np.random.default_rng(3).poisson(500, (15, 12)).astype(float)
    counts[4, 2] = np.nan
    drawn = yearly_worlds(yearly_noise(counts, YEARS.exposure), STABLE, np.random.default_rng(4), 5)
    assert np.isnan(drawn[:, 4, 2]).all()
    assert np.isnan(drawn).sum() == 5


def test_areas_with_common_bad_years_have_them_in_worlds():
    rng = np.random.default_rng(5)
    common = rng.standard_normal(40)[None]
    exposure = np.full((15, 40), 50_000_000.0)
    counts = rng.poisson(0.001 * exposure * np.exp(0.05 * common)).astype(float)
    noise = yearly_noise(counts, exposure)
    drawn = np.log(yearly_worlds(noise, STABLE, np.random.default_rng(6), 40))
    assert np.mean([np.corrcoef(world)[0, 1] for world in drawn]) > 0.8
