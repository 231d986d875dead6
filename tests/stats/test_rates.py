"""Standardised rates, ratios and comparisons: a slow twin, and what a reader of the figures may rely on."""

import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from psc.stats.band_tables import band_table
from psc.stats.rates import (
    compare_with_england,
    directly_standardised_rate,
    directly_standardised_rate_non_independent,
    indirectly_standardised_rate,
    indirectly_standardised_ratio,
)
from tests.stats import rates_twin

pytestmark = pytest.mark.filterwarnings("error")

NAN = math.nan
DIRECT = ("total_count", "total_population", "value", "lower", "upper", "suppressed")
INDIRECT = ("observed", "expected", "value", "lower", "upper", "exact")
BANDS = {"counts": [[20, 30, 50]], "populations": [[1000.0, 800, 200]]}
STANDARD = {"standard_population": [5.0, 3, 2]}
REFERENCE = {"reference_counts": [10, 40, 90], "reference_populations": [1000.0, 900, 400]}


@st.composite
def tables(draw):
    """(counts, populations, standard, reference counts, reference populations): small numbers, gaps, zero weights."""
    n_series, n_bands = draw(st.integers(1, 4)), draw(st.integers(1, 6))
    rng = np.random.default_rng(draw(st.integers(0, 2**32)))
    counts = rng.poisson(draw(st.sampled_from([0.5, 4, 60])), (n_series, n_bands)).astype(float)
    counts[rng.random(counts.shape) < draw(st.sampled_from([0, 0.1]))] = NAN
    populations = rng.integers(1, 5000, counts.shape).astype(float)
    populations[rng.random(counts.shape) < draw(st.sampled_from([0, 0.05]))] = NAN
    standard = rng.choice([0, 1000, 5000, 7000], n_bands).astype(float)
    standard[rng.integers(n_bands)] = 100
    reference_counts = rng.integers(0, 900, n_bands).astype(float)
    reference_counts[rng.integers(n_bands)] = 500
    return counts, populations, standard, reference_counts, rng.integers(1, 10**6, n_bands).astype(float)


@settings(max_examples=80, deadline=None)
@given(tables(), st.sampled_from([0.9, 0.998]))
def test_the_direct_method_says_what_the_slow_obvious_code_says(given, confidence):
    counts, populations, standard, *_ = given
    found = directly_standardised_rate(counts, populations, standard, confidence=confidence, multiplier=1000)
    for i, row in enumerate(counts):
        slow = rates_twin.dsr({1: row}, populations[i], standard, confidence, 1000)
        fast = [getattr(found, name)[i] for name in ("total_count", "value", "lower", "upper")]
        np.testing.assert_allclose(fast, slow, rtol=1e-8, atol=1e-12)
        assert found.suppressed[i] == (np.sum(row) < 10)


@settings(max_examples=50, deadline=None)
@given(tables(), st.lists(st.integers(1, 12), min_size=1, max_size=3, unique=True))
def test_non_independent_events_are_as_the_slow_obvious_code_says(given, each):
    counts, populations, standard, *_ = given
    people = np.stack([np.floor(counts / (k + 1)) for k in range(len(each))], axis=1)
    found = directly_standardised_rate_non_independent(people, each, populations, standard)
    for i, rows in enumerate(people):
        slow = rates_twin.dsr(dict(zip(each, rows, strict=True)), populations[i], standard, 0.95, 100_000)
        fast = [getattr(found, name)[i] for name in ("total_count", "value", "lower", "upper")]
        np.testing.assert_allclose(fast, slow, rtol=1e-8, atol=1e-9)


@settings(max_examples=50, deadline=None)
@given(tables(), st.sampled_from([0.9, 0.998]))
def test_the_indirect_method_says_what_the_slow_obvious_code_says(given, confidence):
    counts, populations, _, events, people = given
    ratio = indirectly_standardised_ratio(
        counts, populations, events, people, reference_value=100, confidence=confidence
    )
    rate = indirectly_standardised_rate(counts, populations, events, people, multiplier=1000, confidence=confidence)
    crude = sum(events) / sum(people) * 1000
    for found, of_reference in ((ratio, 100), (rate, crude)):
        assert found.reference_value == pytest.approx(of_reference)
        for i, row in enumerate(counts):
            slow = rates_twin.isr(row, populations[i], events, people, confidence, of_reference)
            fast = [getattr(found, name)[i] for name in INDIRECT[:5]]
            np.testing.assert_allclose(fast, slow, rtol=1e-8, atol=1e-9)


@settings(max_examples=40, deadline=None)
@given(tables(), st.randoms(use_true_random=False))
def test_the_order_of_series_and_of_bands_does_not_matter(given, random):
    counts, populations, standard, *reference = given
    series, bands = list(range(counts.shape[0])), list(range(counts.shape[1]))
    random.shuffle(series)
    random.shuffle(bands)
    turned = [table[series][:, bands] for table in (counts, populations)]
    before = directly_standardised_rate(counts, populations, standard)
    after = directly_standardised_rate(*turned, standard[bands])
    for name in DIRECT:
        np.testing.assert_allclose(getattr(after, name), getattr(before, name)[series], rtol=1e-9, atol=1e-9)
    before = indirectly_standardised_ratio(counts, populations, *reference)
    after = indirectly_standardised_ratio(*turned, *(table[bands] for table in reference))
    for name in INDIRECT:
        np.testing.assert_allclose(getattr(after, name), getattr(before, name)[series], rtol=1e-9, atol=1e-9)


@settings(max_examples=40, deadline=None)
@given(tables(), st.sampled_from([0.01, 7]))
def test_the_unit_of_the_standard_the_multiplier_and_the_populations_only_scale(given, scale):
    counts, populations, standard, *reference = given
    before = directly_standardised_rate(counts, populations, standard, multiplier=1000)
    for after, factor in (
        (directly_standardised_rate(counts, populations, standard * scale, multiplier=1000), 1),
        (directly_standardised_rate(counts, populations, standard, multiplier=1000 * scale), scale),
        (directly_standardised_rate(counts, populations * scale, standard, multiplier=1000), 1 / scale),
    ):
        for name in ("value", "lower", "upper"):
            np.testing.assert_allclose(getattr(after, name), getattr(before, name) * factor, rtol=1e-9, atol=1e-9)
    ratio = indirectly_standardised_ratio(counts, populations, *reference)
    larger = indirectly_standardised_ratio(counts, populations, reference[0], reference[1] * scale)
    np.testing.assert_allclose(larger.value, ratio.value * scale)
    np.testing.assert_allclose(larger.upper, ratio.upper * scale)


@settings(max_examples=40, deadline=None)
@given(tables())
def test_limits_lie_about_the_value_and_wider_ones_further(given):
    counts, populations, standard, *reference = given
    for narrow, wide in (
        [directly_standardised_rate(counts, populations, standard, confidence=c) for c in (0.95, 0.998)],
        [indirectly_standardised_ratio(counts, populations, *reference, confidence=c) for c in (0.95, 0.998)],
    ):
        known = ~np.isnan(narrow.lower)
        order = np.stack([wide.lower, narrow.lower, narrow.value, narrow.upper, wide.upper])[:, known]
        assert (np.diff(order, axis=0) >= 0).all() and (order >= 0).all()
        assert (order[2] < order[3]).all()


@settings(max_examples=40, deadline=None)
@given(tables())
def test_a_missing_number_gives_no_figure_and_disturbs_no_neighbour(given):
    counts, populations, standard, *reference = given
    holes = np.isnan(counts).any(axis=1) | np.isnan(populations).any(axis=1)
    direct = directly_standardised_rate(counts, populations, standard)
    indirect = indirectly_standardised_ratio(counts, populations, *reference)
    for found in (direct, indirect):
        for name in ("value", "lower", "upper"):
            assert np.isnan(getattr(found, name)[holes]).all()
    whole = np.flatnonzero(~holes)
    alone = directly_standardised_rate(counts[whole], populations[whole], standard)
    for name in DIRECT:
        np.testing.assert_allclose(getattr(alone, name), getattr(direct, name)[whole], rtol=1e-12)


def test_clustered_events_have_wider_limits_than_independent_ones_and_the_same_rate():
    independent = directly_standardised_rate([[60, 30]], [[900.0, 800]], [5, 3])
    clustered = directly_standardised_rate_non_independent([[[6, 3]]], [10], [[900.0, 800]], [5, 3])
    assert clustered.total_count[0] == independent.total_count[0] == 90
    assert clustered.value[0] == pytest.approx(independent.value[0])
    width = [(x.upper[0] - x.lower[0]) for x in (clustered, independent)]
    assert width[0] == pytest.approx(width[1] * math.sqrt(10))


def test_equal_ages_make_the_standardised_rate_the_crude_one():
    found = directly_standardised_rate([[4, 6, 8]], [[100.0, 200, 300]], [1, 2, 3], multiplier=100)
    assert found.value[0] == pytest.approx(3)


def test_a_series_that_is_its_own_reference_has_a_ratio_of_one():
    found = indirectly_standardised_ratio([[20, 30]], [[900.0, 800]], [20, 30], [900, 800], reference_value=100)
    assert (found.expected[0], found.value[0]) == (50, pytest.approx(100))
    rate = indirectly_standardised_rate([[20, 30]], [[900.0, 800]], [20, 30], [900, 800], multiplier=1000)
    assert rate.value[0] == pytest.approx(rate.reference_value) == pytest.approx(50 / 1.7)


def test_nine_events_are_suppressed_ten_are_not():
    found = directly_standardised_rate([[4, 5], [4, 6], [0, 0]], [[900.0, 800]] * 3, [5, 3])
    assert found.suppressed.tolist() == [True, False, True]
    assert np.isnan([found.value[[0, 2]], found.lower[[0, 2]], found.upper[[0, 2]]]).all()
    assert 0 < found.lower[1] < found.value[1] < found.upper[1]
    assert found.total_count.tolist() == [9, 10, 0]


def test_nine_events_have_exact_limits_ten_have_byars():
    found = indirectly_standardised_ratio([[9], [10], [0]], [[900.0]] * 3, [7], [700])
    assert found.exact.tolist() == [True, False, True]
    assert (found.value[2], found.lower[2]) == (0, 0) and found.upper[2] > 0


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
    direct = directly_standardised_rate(counts, populations, [5, 3], missing_as_zero=True)
    clustered = directly_standardised_rate_non_independent(
        np.expand_dims(counts, 1), [2], populations, [5, 3], missing_as_zero=True
    )
    indirect = indirectly_standardised_ratio(counts, populations, [5, 3], [900, 800], missing_as_zero=True)
    for found in (direct, clustered, indirect):
        assert np.isnan([found.value[0], found.lower[0], found.upper[0]]).all()
        assert found.value[1] > 0
    assert not direct.suppressed[0]


def test_no_people_in_a_band_are_no_matter_to_the_indirect_method_if_they_have_no_events():
    with_empty = indirectly_standardised_ratio([[20, 0]], [[900.0, 0]], [20, 30], [900, 800])
    assert with_empty.value[0] == pytest.approx(1)
    nobody = indirectly_standardised_ratio([[0, 0]], [[0.0, 0]], [20, 30], [900, 800])
    assert np.isnan([nobody.value, nobody.lower, nobody.upper]).all() and not nobody.exact[0]


def test_nothing_in_gives_nothing_out():
    empty = np.empty((0, 2))
    assert directly_standardised_rate(empty, empty, [1, 2]).value.shape == (0,)
    assert directly_standardised_rate_non_independent(np.empty((0, 1, 2)), [1], empty, [1, 2]).value.shape == (0,)
    assert indirectly_standardised_rate(empty, empty, [1, 2], [3, 4]).value.shape == (0,)


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


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"people": [[6, 3]]}, "people must be shaped"),
        ({"people": [[[6, -3]]]}, "people must not be negative: found -3 at series 0, events per person 0, age band 1"),
        ({"events_per_person": [1, 2]}, "events_per_person must be 1 numbers"),
        ({"events_per_person": [0]}, "whole numbers of at least 1"),
        ({"events_per_person": [1.5]}, "whole numbers of at least 1"),
        ({"events_per_person": [NAN]}, "whole numbers of at least 1"),
        ({"populations": [[900.0, 0]]}, "populations must all be greater than zero"),
    ],
)
def test_what_does_not_fit_the_clustered_method_is_refused_in_words(change, message):
    fit = {"people": [[[6, 3]]], "events_per_person": [10], "populations": [[900.0, 800]]}
    with pytest.raises(ValueError, match=message):
        directly_standardised_rate_non_independent(**fit | {"standard_population": [5, 3]} | change)


@pytest.mark.parametrize("method", [indirectly_standardised_ratio, indirectly_standardised_rate])
@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"counts": [20, 30, 50]}, "counts must be shaped"),
        ({"counts": [[20, -1, 50]]}, "counts must not be negative"),
        ({"populations": [[1000.0, 800, 0]]}, "zero in an age band of no people: found 50 at series 0, age band 2"),
        ({"populations": [[1000.0, 800, -1]]}, "populations must not be negative"),
        ({"reference_counts": [10, 40]}, "reference_counts must be one number for each of the 3 age bands"),
        ({"reference_counts": [10, 40, NAN]}, "reference_counts must not be missing"),
        ({"reference_counts": [10, 40, -1]}, "reference_counts must not be negative"),
        ({"reference_counts": [0, 0, 0]}, "reference_counts must hold some events"),
        ({"reference_populations": [10, 40, 0]}, "reference_populations must all be greater than zero"),
        ({"reference_populations": [10, 40, np.inf]}, "reference_populations must be finite"),
        ({"confidence": 0}, "confidence must be between 0 and 1"),
    ],
)
def test_what_does_not_fit_the_indirect_method_is_refused_in_words(method, change, message):
    with pytest.raises(ValueError, match=message):
        method(**BANDS | REFERENCE | change)


def test_a_reference_value_or_multiplier_of_zero_is_refused():
    with pytest.raises(ValueError, match="reference_value must be a number greater than zero, not 0"):
        indirectly_standardised_ratio(**BANDS | REFERENCE, reference_value=0)
    with pytest.raises(ValueError, match="multiplier must be a number greater than zero, not -1"):
        indirectly_standardised_rate(**BANDS | REFERENCE, multiplier=-1)


def test_a_figure_differs_from_england_only_if_its_whole_interval_does():
    lower, upper = [1.0, 3, 2, 2, 1], [1.9, 4, 2.5, 3, 2]
    assert compare_with_england(lower, upper, 2.0).tolist() == ["lower", "higher", "similar", "similar", "similar"]
    assert compare_with_england(lower, upper, 2.0, direction=1).tolist() == ["worse", "better", *["similar"] * 3]
    assert compare_with_england(lower, upper, 2.0, direction=-1).tolist() == ["better", "worse", *["similar"] * 3]
    mixed = compare_with_england(lower[:2], upper[:2], [2.0, 2.0], direction=[0, -1])
    assert mixed.tolist() == ["lower", "worse"]


@given(
    st.lists(st.tuples(st.integers(-9, 9), st.integers(0, 5), st.integers(-9, 9)), max_size=20),
    st.sampled_from([0.1, 1, 3]),
    st.integers(-3, 3),
)
def test_turning_and_moving_figures_turns_and_keeps_what_is_said_of_them(areas, scale, shift):
    low, width, line = np.array(areas, dtype=float).reshape(-1, 3).T
    said = compare_with_england(low, low + width, line)
    slow = ["higher" if a > e else "lower" if a + w < e else "similar" for a, w, e in areas]
    assert said.tolist() == slow
    swapped = {"higher": "lower", "lower": "higher", "similar": "similar"}
    assert compare_with_england(-low - width, -low, -line).tolist() == [swapped[word] for word in slow]
    moved = [x * scale + shift for x in (low, low + width, line)]
    assert compare_with_england(*moved).tolist() == slow
    better = compare_with_england(low, low + width, line, direction=1)
    worse = {"better": "worse", "worse": "better", "similar": "similar"}
    turned = compare_with_england(low, low + width, line, direction=-1)
    assert turned.tolist() == [worse[word] for word in better]


def test_nothing_is_said_where_a_limit_or_england_is_missing():
    said = compare_with_england([NAN, 1.0, 1, NAN], [1.0, NAN, 2, NAN], [9.0, 0, NAN, 2], direction=[1, 0, -1, 1])
    assert said.tolist() == [""] * 4


def test_a_limit_of_rounding_error_from_england_is_on_it():
    assert compare_with_england(0.1 + 0.2, 0.4, 0.3)[()] == "similar"
    assert compare_with_england(0.3 + 1e-9, 0.4, 0.3)[()] == "higher"


@pytest.mark.parametrize(
    ("given", "message"),
    [
        (([2.0], [1.0], 1.0), "a lower limit must not be above its upper limit: found 2"),
        (([-np.inf], [1.0], 1.0), "finite or missing"),
        (([1.0], [np.inf], 1.0), "finite or missing"),
        (([1.0], [2.0], np.inf), "finite or missing"),
        (([1.0, 2], [2.0, 3, 4], 1.0), r"do not fit together: shaped \(2,\), \(3,\)"),
    ],
)
def test_limits_that_are_none_are_refused_in_words(given, message):
    with pytest.raises(ValueError, match=message):
        compare_with_england(*given)


@pytest.mark.parametrize("direction", [2, 0.5, NAN, "lower"])
def test_a_direction_that_is_none_is_refused(direction):
    with pytest.raises(ValueError, match=r"direction must be \+1, 0 or -1"):
        compare_with_england([1.0], [2.0], 1.5, direction=direction)


def test_long_rows_become_a_table_in_the_order_of_the_bands():
    series, band = ["b", "a", "b", "a"], ["0-4", "10-14", "10-14", "5-9"]
    labels, table = band_table(series, band, [1, 2, 3, 4], bands=["0-4", "5-9", "10-14"])
    assert labels.tolist() == ["a", "b"]
    np.testing.assert_array_equal(table, [[NAN, 4, 2], [1, NAN, 3]])
    objects = [np.array(x, dtype=object) for x in (series, band)]
    np.testing.assert_array_equal(band_table(*objects, [1, 2, 3, 4], bands=["0-4", "5-9", "10-14"])[1], table)
    assert band_table([], [], [], bands=["0-4"])[1].shape == (0, 1)


def test_series_of_several_keys_become_a_table():
    keys = np.rec.fromarrays([np.array(["b", "a", "b"]), np.array([2023, 2023, 2022])])
    labels, table = band_table(keys, [1, 1, 1], [1, 2, 3], bands=[1])
    assert labels.tolist() == [("a", 2023), ("b", 2022), ("b", 2023)]
    assert table.ravel().tolist() == [2, 3, 1]


@given(st.permutations(range(12)))
def test_the_order_of_long_rows_does_not_matter(order):
    series, band, values = np.repeat(["a", "b", "c"], 4), np.tile(["w", "x", "y", "z"], 3), np.arange(12.0)
    labels, table = band_table(series[order], band[order], values[order], bands=["z", "y", "x", "w"])
    assert labels.tolist() == ["a", "b", "c"]
    np.testing.assert_array_equal(table, values.reshape(3, 4)[:, ::-1])


@pytest.mark.parametrize(
    ("given", "bands", "message"),
    [
        ((["a", "a"], ["x", "x"], [1, 2]), ["x", "y"], "series a has more than one row of band x"),
        ((["a", "a"], ["x", "z"], [1, 2]), ["x", "y"], "band z is not among the bands"),
        ((["a", "a"], [1, 2], [1, 2]), ["1", "2"], "labels of one kind"),
        ((["a", "a"], ["x", "y"], [1]), ["x", "y"], "as long as each other: 2, 2, 1"),
        ((["a", "a"], ["x", "y"], [1, 2]), ["x", "y", "x"], "each once"),
        ((["a", "a"], ["x", "y"], [1, 2]), [], "at least one band"),
        (([["a", "a"]], ["x", "y"], [1, 2]), ["x", "y"], "series must be a list of labels, not 2-dimensional"),
        ((["a", None], ["x", "y"], [1, 2]), ["x", "y"], "series has a missing label"),
        (([1.0, NAN], ["x", "y"], [1, 2]), ["x", "y"], "series has a missing label"),
        ((["a", "a"], np.array(["x", NAN], dtype=object), [1, 2]), ["x", "y"], "band has a missing label"),
    ],
)
def test_long_rows_that_make_no_table_are_refused_in_words(given, bands, message):
    with pytest.raises(ValueError, match=message):
        band_table(*given, bands=bands)


def test_a_label_that_pandas_calls_missing_is_refused():
    with pytest.raises(ValueError, match="series has a missing label"):
        band_table(pd.Series(["a", None], dtype="string"), ["x", "y"], [1, 2], bands=["x", "y"])
