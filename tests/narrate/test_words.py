"""Numbers, dates and lists as a person would say them."""

from datetime import date

import pytest

from psc.narrate.words import (
    capitalised,
    describe_count,
    describe_date,
    describe_list,
    describe_month,
    describe_number,
    describe_period,
    describe_periods,
    describe_some,
    describe_tally,
    describe_value,
)


def test_months_are_written_in_full():
    assert describe_month(date(2024, 3, 1)) == "March 2024"
    assert describe_month(date(2023, 9, 30)) == "September 2023"


@pytest.mark.parametrize(
    ("start", "end", "grain", "words"),
    [
        (date(2024, 3, 1), date(2024, 3, 31), "month", "March 2024"),
        (date(2023, 4, 1), date(2024, 3, 31), "financial_year", "April 2023 to March 2024"),
        (date(2024, 1, 1), date(2024, 3, 31), "quarter", "January 2024 to March 2024"),
        (date(2012, 10, 1), date(2013, 9, 30), "overlapping_year", "October 2012 to September 2013"),
    ],
)
def test_a_period_longer_than_a_month_says_where_it_ends(start, end, grain, words):
    assert describe_period(start, end, grain) == words


@pytest.mark.parametrize(
    ("value", "decimals", "words"),
    [
        (0, 0, "0"),
        (0.0, 2, "0.00"),
        (999.5, 1, "999.5"),
        (1234567.891, 1, "1,234,567.9"),
        (29972.6, 0, "29,973"),
        (0.2274, 2, "0.23"),
        (1.0, 2, "1.00"),
    ],
)
def test_numbers_have_their_thousands_separated_and_the_decimals_asked_for(value, decimals, words):
    assert describe_number(value, decimals) == words


def test_a_value_comes_with_its_unit(definition):
    assert describe_value(definition(decimals=2), 3.62632) == "3.63% of items"
    assert describe_value(definition(unit_sentence="£{value} a head", decimals=0), 1200) == "£1,200 a head"


@pytest.mark.parametrize(
    ("count", "words"),
    [(0, "no areas"), (1, "one area"), (2, "two areas"), (10, "ten areas"), (11, "11 areas"), (1500, "1,500 areas")],
)
def test_counts(count, words):
    assert describe_count(count, "area") == words


def test_counts_of_what_has_a_plural_of_its_own():
    assert describe_count(0, "priority", "priorities") == "no priorities"
    assert describe_count(1, "priority", "priorities") == "one priority"
    assert describe_count(14, "priority", "priorities") == "14 priorities"


@pytest.mark.parametrize(("count", "words"), [(0, "none is"), (1, "one is"), (3, "three are"), (12, "12 are")])
def test_a_number_as_the_subject_of_a_sentence(count, words):
    assert describe_some(count, "is", "are") == words


@pytest.mark.parametrize(("count", "words"), [(0, "none"), (1, "one"), (10, "ten"), (14, "14"), (2000, "2,000")])
def test_a_number_on_its_own(count, words):
    assert describe_tally(count) == words


@pytest.mark.parametrize(
    ("day", "words"),
    [
        ("2014-10-14", "14 October 2014"),
        ("2023-10-01", "1 October 2023"),
        ("2014-10", "October 2014"),
        ("2014", "2014"),
    ],
)
def test_a_date_is_as_precise_as_it_is_known(day, words):
    assert describe_date(day) == words


@pytest.mark.parametrize(
    ("count", "grain", "words"),
    [
        (1, "month", "one month"),
        (7, "month", "seven months"),
        (1, "financial_year", "one year"),
        (15, "financial_year", "15 years"),
        (2, "quarter", "two quarters"),
        (3, "overlapping_year", "three releases"),
    ],
)
def test_numbers_of_periods(count, grain, words):
    assert describe_periods(count, grain) == words


@pytest.mark.parametrize(
    ("items", "words"),
    [
        ([], ""),
        (["a"], "a"),
        (["a and b"], "a and b"),
        (["a", "b"], "a and b"),
        (["a", "b", "c"], "a, b and c"),
        (["a and b", "c"], "a and b; and c"),
        (["a", "b, c", "d"], "a; b, c; and d"),
    ],
)
def test_lists(items, words):
    assert describe_list(items) == words


@pytest.mark.parametrize(
    ("text", "words"), [("", ""), ("seven years", "Seven years"), ("mRNA", "MRNA"), ("1 E", "1 E")]
)
def test_only_the_first_letter_is_raised(text, words):
    assert capitalised(text) == words
