"""Quantiles of areas against the figures of PHEindicatormethods 2.1.0, a slow twin, and what a reader may rely on."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from psc.stats.quantiles import quantiles
from tests.stats import rates_twin
from tests.stats.golden_cases import cases, number

pytestmark = pytest.mark.filterwarnings("error")

NAN = math.nan
CASES = cases("quantile")
TESTED = [f"quantile_{n}" for n in ("01", "03", "04", "06", "07", "09", "10", "11", "13")]


def values_and_quantiles(case):
    expected = {row["i"]: number(row["quantile"]) for row in case.rows}
    return [number(row["value"]) for row in case.inputs], [expected[row["i"]] for row in case.inputs]


@pytest.mark.parametrize("id", TESTED)
def test_each_reference_case_is_reproduced(id):
    values, expected = values_and_quantiles(CASES[id])
    params = CASES[id].params
    found = quantiles([values], number=params["nquantiles"], highest_is_one=params["invert"])
    np.testing.assert_array_equal(found[0], expected)
    assert np.isnan(found).all() == (CASES[id].expected["warning"] is not None)


def test_every_case_is_tested_and_none_is_a_quirk():
    assert set(TESTED) == set(CASES)
    assert {case.status for case in CASES.values()} == {"reference"}


@pytest.mark.parametrize(
    ("number_of", "invert"), {(c.params["nquantiles"], c.params["invert"]) for c in CASES.values()}
)
def test_the_reference_cases_are_reproduced_in_one_padded_call(number_of, invert):
    batch = [c for c in CASES.values() if (c.params["nquantiles"], c.params["invert"]) == (number_of, invert)]
    values, expected = np.full((2, len(batch), 120), NAN)
    for i, case in enumerate(batch):
        found = values_and_quantiles(case)
        values[i, : len(found[0])], expected[i, : len(found[1])] = found
    np.testing.assert_array_equal(quantiles(values, number=number_of, highest_is_one=invert), expected)


sets = st.lists(st.lists(st.one_of(st.integers(-9, 9).map(float), st.just(NAN)), max_size=40), min_size=1, max_size=5)


def padded(many):
    longest = max(map(len, many))
    return np.array([values + [NAN] * (longest - len(values)) for values in many])


@settings(max_examples=40, deadline=None)
@given(sets, st.integers(2, 12), st.booleans())
def test_the_fast_code_says_what_the_slow_obvious_code_says(many, number_of, invert):
    values = padded(many)
    found = quantiles(values, number=number_of, highest_is_one=invert)
    slow = [rates_twin.quantiles(row, number_of, invert) for row in values.tolist()]
    np.testing.assert_array_equal(found, np.array(slow).reshape(values.shape))


@settings(max_examples=40, deadline=None)
@given(sets, st.integers(2, 12), st.randoms(use_true_random=False))
def test_the_order_of_areas_does_not_matter(many, number_of, random):
    values = padded(many)
    order = list(range(values.shape[1]))
    random.shuffle(order)
    np.testing.assert_array_equal(
        quantiles(values[:, order], number=number_of), quantiles(values, number=number_of)[:, order]
    )


@settings(max_examples=40, deadline=None)
@given(sets, st.integers(2, 12), st.integers(-5, 5), st.sampled_from([0.5, 3]))
def test_moving_or_stretching_values_changes_no_quantile(many, number_of, shift, scale):
    values = padded(many)
    np.testing.assert_array_equal(
        quantiles(values * scale + shift, number=number_of), quantiles(values, number=number_of)
    )


@settings(max_examples=40, deadline=None)
@given(sets, st.integers(2, 12))
def test_highest_first_is_lowest_first_of_the_values_turned_round(many, number_of):
    values = padded(many)
    np.testing.assert_array_equal(
        quantiles(values, number=number_of, highest_is_one=True), quantiles(-values, number=number_of)
    )


@settings(max_examples=40, deadline=None)
@given(sets, st.integers(2, 6))
def test_equal_values_share_a_quantile_and_higher_values_never_have_a_lower_one(many, number_of):
    values = padded(many)
    found = quantiles(values, number=number_of)
    for row, labels in zip(values, found, strict=True):
        known = ~np.isnan(labels)
        pairs = sorted(zip(row[known], labels[known], strict=True))
        assert [label for _, label in pairs] == sorted(label for _, label in pairs)
        assert len({value for value, _ in pairs}) == len(set(pairs))
        assert set(labels[known]) <= set(range(1, number_of + 1))


def test_quantiles_of_different_values_differ_in_size_by_one_at_most():
    for areas in range(5, 60):
        sizes = np.bincount(quantiles([np.arange(areas)])[0].astype(int), minlength=6)[1:]
        assert sizes.sum() == areas and sizes.max() - sizes.min() <= 1


def test_dividing_twice_would_round_an_area_into_the_quantile_below():
    areas, rank, number_of = 28, 8, 20
    assert number_of + 1 - math.ceil((areas + 1 - rank) / (areas / number_of)) == 5
    assert quantiles([np.arange(areas)], number=number_of)[0, rank - 1] == 6


def test_too_few_areas_and_no_area_have_no_quantile():
    assert np.isnan(quantiles([[1.0, 2, 3, 4, NAN]])).all()
    assert not np.isnan(quantiles([[1.0, 2, 3, 4, 5]])).any()
    assert np.isnan(quantiles([[NAN] * 6])).all()
    for shape in ((0, 0), (0, 5), (3, 0)):
        assert quantiles(np.empty(shape)).shape == shape


def test_areas_all_alike_share_one_quantile():
    assert set(quantiles([[0.0, -0.0, 0, 0, 0, 0]])[0]) == {1}


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({"values": [1.0, 2.0]}, "series, points"),
        ({"values": [[1.0, np.inf]]}, "point 1 is infinite"),
        ({"values": [[1.0]], "number": 1}, "whole number of at least 2, not 1"),
        ({"values": [[1.0]], "number": 2.5}, "whole number of at least 2, not 2.5"),
    ],
)
def test_what_does_not_fit_is_refused_in_words(given, message):
    with pytest.raises(ValueError, match=message):
        quantiles(**given)
