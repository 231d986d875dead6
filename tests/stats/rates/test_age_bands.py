"""Long rows become a table of age bands, or are refused in words."""

import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from psc.stats.rates.age_bands import band_table

NAN = math.nan

pytestmark = pytest.mark.filterwarnings("error")


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
def test_order_of_long_rows_does_not_matter(order):
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


def test_label_that_pandas_calls_missing_is_refused():
    with pytest.raises(ValueError, match="series has a missing label"):
        band_table(pd.Series(["a", None], dtype="string"), ["x", "y"], [1, 2], bands=["x", "y"])
