import numpy as np
import pytest

from psc.stats.verdicts.monthly import year_on_year
from psc.stats.verdicts.widening import size_and_half, widening_for


def worlds(drawn, seed, growing=0.0, together=0.9, scale=2.0):
    """Sizes of areas that move together, and half-widths too narrow by ``scale`` that grow with the size."""
    rng = np.random.default_rng(seed)
    shared, own = rng.standard_normal((drawn, 1)), rng.standard_normal((drawn, 6))
    z = np.sqrt(together) * shared + np.sqrt(1 - together) * own
    half = 2.576 / scale * np.exp(0.2 * rng.standard_normal((drawn, 6)) + growing * (np.abs(z) - 0.8))
    return 0.05 * z, 0.05 * half


@pytest.mark.parametrize("growing", [0.0, 0.05])
def test_the_factor_is_the_largest_hundredth_of_many_worlds(growing):
    size, half = worlds(40_000, 1, growing)
    plain = np.quantile(np.abs(size) / half, 0.99)
    assert widening_for(*worlds(400, 2, growing), 0.99) == pytest.approx(plain, rel=0.12)
    assert widening_for(size, half, 0.99) == pytest.approx(plain, rel=0.03)


def test_the_factor_varies_less_between_draws_than_the_largest_hundredth_does():
    drawn = [worlds(200, seed) for seed in range(40)]
    smooth = np.std([widening_for(size, half, 0.99) for size, half in drawn])
    plain = np.std([np.quantile(np.abs(size) / half, 0.99) for size, half in drawn])
    assert smooth < 0.8 * plain


def test_intervals_that_cover_enough_are_not_narrowed():
    assert widening_for(*worlds(400, 3, scale=0.5), 0.99) == 1


def test_the_same_factor_holds_in_any_unit():
    size, half = worlds(300, 4)
    assert widening_for(1000 * size, 1000 * half, 0.99) == pytest.approx(widening_for(size, half, 0.99))


def test_series_without_an_interval_leave_the_factor_as_it_is():
    size, half = worlds(300, 5)
    gapped = np.concatenate([half, np.full((300, 2), np.nan)], axis=1)
    assert widening_for(np.concatenate([size, size[:, :2]], axis=1), gapped, 0.99) == pytest.approx(
        widening_for(size, half, 0.99)
    )
    nothing = np.full((300, 2), np.nan)
    assert widening_for(nothing, nothing, 0.99) == 1
    assert widening_for(np.zeros((300, 2)), np.zeros((300, 2)), 0.99) == 1


def test_an_interval_stretched_by_size_over_half_just_reaches_no_change():
    value = 50 * np.exp(0.06 * np.random.default_rng(6).standard_normal((5, 60)))
    size, half = size_and_half(year_on_year(value))
    needed = np.abs(size) / half
    barely, just = (year_on_year(value, widening=needed * factor) for factor in (0.999, 1.001))
    assert barely.interval_excludes_zero.all()
    assert not just.interval_excludes_zero.any()
