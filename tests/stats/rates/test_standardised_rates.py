"""Standardised rates: a slow twin, and what a reader of the figures may rely on."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from psc.stats.rates.standardised_rates import directly_standardised_rate
from tests.stats import rates_twin

pytestmark = pytest.mark.filterwarnings("error")

NAN = math.nan

DIRECT = ("total_count", "total_population", "value", "lower", "upper", "suppressed")

BANDS = {"counts": [[20, 30, 50]], "populations": [[1000.0, 800, 200]]}

STANDARD = {"standard_population": [5.0, 3, 2]}


@st.composite
def tables(draw):
    """(counts, populations, standard): small numbers, gaps, zero weights."""
    n_series, n_bands = draw(st.integers(1, 4)), draw(st.integers(1, 6))
    rng = np.random.default_rng(draw(st.integers(0, 2**32)))
    counts = rng.poisson(draw(st.sampled_from([0.5, 4, 60])), (n_series, n_bands)).astype(float)
    counts[rng.random(counts.shape) < draw(st.sampled_from([0, 0.1]))] = NAN
    populations = rng.integers(1, 5000, counts.shape).astype(float)
    populations[rng.random(counts.shape) < draw(st.sampled_from([0, 0.05]))] = NAN
    standard = rng.choice([0, 1000, 5000, 7000], n_bands).astype(float)
    standard[rng.integers(n_bands)] = 100
    return counts, populations, standard


@settings(max_examples=80, deadline=None)
@given(tables(), st.sampled_from([0.9, 0.998]))
def test_the_direct_method_says_what_the_slow_obvious_code_says(given, confidence):
    counts, populations, standard = given
    found = directly_standardised_rate(counts, populations, standard, confidence=confidence, multiplier=1000)
    for i, row in enumerate(counts):
        slow = rates_twin.dsr(row, populations[i], standard, confidence, 1000)
        fast = [getattr(found, name)[i] for name in ("total_count", "value", "lower", "upper")]
        np.testing.assert_allclose(fast, slow, rtol=1e-8, atol=1e-12)
        assert found.suppressed[i] == (np.sum(row) < 10)


@settings(max_examples=40, deadline=None)
@given(tables(), st.randoms(use_true_random=False))
def test_the_order_of_series_and_of_bands_does_not_matter(given, random):
    counts, populations, standard = given
    series, bands = list(range(counts.shape[0])), list(range(counts.shape[1]))
    random.shuffle(series)
    random.shuffle(bands)
    turned = [table[series][:, bands] for table in (counts, populations)]
    before = directly_standardised_rate(counts, populations, standard)
    after = directly_standardised_rate(*turned, standard[bands])
    for name in DIRECT:
        np.testing.assert_allclose(getattr(after, name), getattr(before, name)[series], rtol=1e-9, atol=1e-9)


@settings(max_examples=40, deadline=None)
@given(tables(), st.sampled_from([0.01, 7]))
def test_the_unit_of_the_standard_the_multiplier_and_the_populations_only_scale(given, scale):
    counts, populations, standard = given
    before = directly_standardised_rate(counts, populations, standard, multiplier=1000)
    for after, factor in (
        (directly_standardised_rate(counts, populations, standard * scale, multiplier=1000), 1),
        (directly_standardised_rate(counts, populations, standard, multiplier=1000 * scale), scale),
        (directly_standardised_rate(counts, populations * scale, standard, multiplier=1000), 1 / scale),
    ):
        for name in ("value", "lower", "upper"):
            np.testing.assert_allclose(getattr(after, name), getattr(before, name) * factor, rtol=1e-9, atol=1e-9)


@settings(max_examples=40, deadline=None)
@given(tables())
def test_limits_lie_about_the_value_and_wider_ones_further(given):
    counts, populations, standard = given
    narrow, wide = (directly_standardised_rate(counts, populations, standard, confidence=c) for c in (0.95, 0.998))
    known = ~np.isnan(narrow.lower)
    order = np.stack([wide.lower, narrow.lower, narrow.value, narrow.upper, wide.upper])[:, known]
    assert (np.diff(order, axis=0) >= 0).all() and (order >= 0).all()
    assert (order[2] < order[3]).all()


@settings(max_examples=40, deadline=None)
@given(tables())
def test_a_missing_number_gives_no_figure_and_disturbs_no_neighbour(given):
    counts, populations, standard = given
    holes = np.isnan(counts).any(axis=1) | np.isnan(populations).any(axis=1)
    found = directly_standardised_rate(counts, populations, standard)
    for name in ("value", "lower", "upper"):
        assert np.isnan(getattr(found, name)[holes]).all()
    whole = np.flatnonzero(~holes)
    alone = directly_standardised_rate(counts[whole], populations[whole], standard)
    for name in DIRECT:
        np.testing.assert_allclose(getattr(alone, name), getattr(found, name)[whole], rtol=1e-12)


def test_equal_ages_make_the_standardised_rate_the_crude_one():
    found = directly_standardised_rate([[4, 6, 8]], [[100.0, 200, 300]], [1, 2, 3], multiplier=100)
    assert found.value[0] == pytest.approx(3)


def test_nine_events_are_suppressed_ten_are_not():
    found = directly_standardised_rate([[4, 5], [4, 6], [0, 0]], [[900.0, 800]] * 3, [5, 3])
    assert found.suppressed.tolist() == [True, False, True]
    assert np.isnan([found.value[[0, 2]], found.lower[[0, 2]], found.upper[[0, 2]]]).all()
    assert 0 < found.lower[1] < found.value[1] < found.upper[1]
    assert found.total_count.tolist() == [9, 10, 0]


def test_no_limit_is_negative_even_where_the_formula_is():
    counts, populations, standard = [[1, 9]], [[100.0, 100]], [10_000, 1]
    plain = rates_twin.byar_count(10, 0.95, exact_small=False)
    share = 10_000 / 10_001 / 100
    assert share + math.sqrt(share**2 / 10) * (plain[0] - 10) < 0
    found = directly_standardised_rate(counts, populations, standard)
    assert found.lower[0] == 0 and found.value[0] > 0


def test_events_in_bands_of_no_weight_alone_give_no_limits():
    found = directly_standardised_rate([[0, 40]], [[100.0, 100]], [1, 0])
    assert found.value[0] == 0 and np.isnan([found.lower[0], found.upper[0]]).all() and not found.suppressed[0]


def test_a_series_without_any_count_is_never_read_as_zero():
    counts, populations = [[NAN, NAN], [NAN, 40]], [[900.0, 800]] * 2
    found = directly_standardised_rate(counts, populations, [5, 3], missing_as_zero=True)
    assert np.isnan([found.value[0], found.lower[0], found.upper[0]]).all()
    assert found.value[1] > 0
    assert not found.suppressed[0]


def test_nothing_in_gives_nothing_out():
    empty = np.empty((0, 2))
    assert directly_standardised_rate(empty, empty, [1, 2]).value.shape == (0,)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"counts": [20, 30, 50]}, r"counts must be shaped \(series, age band\), not 1-dimensional"),
        ({"counts": [[20, -1, 50]]}, "counts must not be negative: found -1 at series 0, age band 1"),
        ({"counts": [[20, 1, np.inf]]}, "counts must be finite"),
        ({"populations": [[1000.0, 800]]}, r"populations must be shaped \(1, 3\)"),
        (
            {"populations": [[1000.0, 800, 0]]},
            "populations must all be greater than zero: found 0 at series 0, age band 2",
        ),
        ({"populations": [[1000.0, 800, -2]]}, "populations must all be greater than zero"),
        ({"populations": [[1000.0, 800, np.inf]]}, "populations must be finite"),
        ({"standard_population": [5.0, 3]}, "standard_population must be one number for each of the 3 age bands"),
        ({"standard_population": [5.0, 3, NAN]}, "standard_population must not be missing"),
        ({"standard_population": [5.0, 3, -1]}, "standard_population must not be negative"),
        ({"standard_population": [0, 0, 0]}, "standard_population must be greater than zero in some"),
        ({"multiplier": 0}, "multiplier must be a number greater than zero"),
        ({"multiplier": NAN}, "multiplier must be a number greater than zero"),
        ({"confidence": 1.5}, "confidence must be between 0 and 1"),
    ],
)
def test_what_does_not_fit_the_direct_method_is_refused_in_words(change, message):
    with pytest.raises(ValueError, match=message):
        directly_standardised_rate(**BANDS | STANDARD | change)
