"""Figures reach the browser as small as they can be, and each point stands in the middle of its period."""

import math

import pandas as pd
import pytest

from psc.charts.style.base import middles, plain_dates, plain_numbers, require_columns


def periods(*days: tuple[str, str]) -> pd.DataFrame:
    return pd.DataFrame(days, columns=["period_start", "period_end"]).apply(pd.to_datetime)


def test_point_stands_in_the_middle_of_its_month_or_year():
    rows = periods(("2024-02-01", "2024-02-29"), ("2023-04-01", "2024-03-31"))
    assert plain_dates(rows) == ["2024-02-15", "2023-10-01"]


def test_point_of_an_event_stands_on_its_day():
    rows = periods(("2024-02-10", "2024-02-10"))
    assert plain_dates(rows) == ["2024-02-10"]
    assert middles(rows)[0].date() == rows["period_start"][0].date()


def test_numbers_have_six_significant_digits_and_a_gap_is_null():
    assert plain_numbers(pd.Series([1.23456789, 1234567.0, math.nan, 0.0])) == [1.23457, 1234570.0, None, 0.0]


def test_missing_columns_are_named_with_those_found():
    with pytest.raises(ValueError, match=r"series: found columns a, b; expected c, d as well"):
        require_columns(pd.DataFrame(columns=["a", "b"]), ["a", "c", "d"], "series")
    with pytest.raises(ValueError, match="found columns none"):
        require_columns(pd.DataFrame(), ["a"], "series")
