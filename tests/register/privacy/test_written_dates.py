"""Full dates are read in the ways people write them, and the ends of a period are told from other dates."""

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from psc.register.privacy.written_dates import ends_of_periods, written_dates
from tests.register.privacy.found_kinds import TODAY


def values(text: str) -> set[datetime.date]:
    return {date.value for date in written_dates(text, TODAY)}


@given(
    st.dates(datetime.date(1900, 1, 1), datetime.date(2099, 12, 31)),
    st.sampled_from(["%d/%m/%Y", "%d.%m.%Y", "%d %B %Y", "%dth of %B, %Y", "%B %d, %Y", "%Y-%m-%d", "%d%m%Y"]),
)
def test_date_in_any_usual_form_is_read_as_that_day(day: datetime.date, form: str) -> None:
    assert day in values(f"on {day.strftime(form)} it began")


def test_year_of_two_digits_is_the_last_that_is_not_to_come() -> None:
    assert values("12/03/26") == {datetime.date(2026, 3, 12)}
    assert values("12/03/48") == {datetime.date(1948, 3, 12)}


def test_month_before_day_is_read_where_the_day_cannot_be_a_month() -> None:
    assert values("03/25/1948") == {datetime.date(1948, 3, 25)}


@pytest.mark.parametrize("text", ["30/02/1948", "14/13/2012", "version 12.3.48.1", "0.12.03.1948"])
def test_digits_that_are_no_day_of_the_calendar_are_no_date(text: str) -> None:
    assert values(text) == set()


def test_two_dates_of_a_period_are_its_ends() -> None:
    text = "from 1 April 2023 to 31 March 2024"
    dates = sorted(written_dates(text, TODAY), key=lambda date: date.start)
    assert ends_of_periods(text, dates) == {date.start for date in dates}


@pytest.mark.parametrize("text", ["1 April 1948 to 31 March 2024", "1 April 2023 and 31 March 2024"])
def test_dates_decades_apart_or_merely_listed_are_no_period(text: str) -> None:
    dates = sorted(written_dates(text, TODAY), key=lambda date: date.start)
    assert len(dates) == 2
    assert ends_of_periods(text, dates) == set()
