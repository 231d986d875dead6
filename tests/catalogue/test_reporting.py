"""One fault for each wrong row, with its line, what was found and what was expected."""

import math

import pandas as pd
import pytest

from psc.catalogue.reporting import as_day, as_number, first_day, months, report
from psc.faults import MOST_ALIKE

TABLE = pd.DataFrame(
    {
        "line": [2, 3, 4],
        "value": [1.0, math.nan, 1234567.125],
        "period_start": pd.to_datetime(["2024-01-31", "2024-02-01", "2024-03-01"]),
    }
)


def said(wrong, found, expected="another"):
    return [(fault.row, fault.found) for fault in report("a.csv", TABLE, pd.Series(wrong), "value", found, expected)]


def test_each_wrong_row_is_a_fault_of_its_line():
    assert said([True, False, True], "this") == [(2, "this"), (4, "this")]


def test_no_wrong_row_is_no_fault():
    assert said([False, False, False], "this") == []


def test_number_is_written_without_an_exponent_and_a_missing_one_as_a_blank():
    assert said([True] * 3, as_number("value", "%")) == [(2, "1%"), (3, "a blank"), (4, "1234567.125%")]
    assert said([True, False, False], as_number("value", digits=3)) == [(2, "1")]


def test_day_is_written_out_between_other_words():
    assert said([True, False, False], as_day("period_start", "from ", " on")) == [(2, "from 2024-01-31 on")]


def test_very_many_wrong_rows_are_counted():
    table = pd.DataFrame({"line": range(2, MOST_ALIKE + 52)})
    faults = report("a.csv", table, table["line"] > 0, "value", "this", "that")
    assert len(faults) == MOST_ALIKE + 1
    assert "50" in str(faults[-1])


def test_days_lie_in_their_months():
    assert months(TABLE["period_start"]).astype(str).tolist() == ["2024-01", "2024-02", "2024-03"]


@pytest.mark.parametrize(
    ("grain", "words"),
    [
        ("month", "the first day of a month"),
        ("quarter", "the first day of a quarter"),
        ("financial_year", "the first day of a financial year, 1 April"),
    ],
)
def test_first_day_of_a_period_is_named_by_its_grain(grain, words):
    assert first_day(grain) == words
