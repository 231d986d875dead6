"""Dates in one person's life are found; the dates of a piece of work are let through."""

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.register.privacy.found_kinds import NHS, found


@given(
    st.dates(datetime.date(2011, 1, 1), datetime.date(2026, 11, 22)),
    st.sampled_from(["%d/%m/%Y", "%d-%m-%Y", "%d.%m.%Y", "%d %B %Y", "%B %d, %Y", "%Y-%m-%d", "%d %b %y", "%d %m %Y"]),
    st.integers(0, 9999),
)
def test_date_of_a_piece_of_work_is_let_through(day: datetime.date, form: str, figure: int) -> None:
    written = day.strftime(form)
    for text in (f"It started on {written} in {figure} homes.", f"From {written} {figure} homes", f"{written}: began."):
        assert found(text) == []


# fmt: off
WAYS_TO_WRITE_A_DATE = [
    "12/03/1948", "12.3.48", "12-03-1948", "12/3/2015", "12\u00a0March\u00a01948", "12031948", "1948-03-12",
    "12-Mar-48", "30/12/26", "12 March 1948", "12th March 1948", "12th of March, 1948", "March 12, 1948", "12 03 1948",
    "3rd Sept. 1948", "03/25/1948", "١٢/٠٣/١٩٤٨",
]

# fmt: on


@pytest.mark.parametrize("date", WAYS_TO_WRITE_A_DATE)
def test_date_beside_a_word_of_birth_is_found(date: str) -> None:
    before = (
        "She was born on",
        "DOB",
        "D.O.B.:",
        "d.o.b",
        "Date of birth -",
        "born in Bristol on the",
        "gave birth on",
    )
    for text in (*(f"{words} {date}, then" for words in before), f"{date} (DOB)", f"{date} was his date of birth"):
        assert found(text) == [("date_of_birth", date)], text


@pytest.mark.parametrize(
    "text",
    [
        "Mrs Jones came in on 12 March 2024.",
        "Mr. A Khan, 12/03/2015, fell.",
        "The patient (12/03/2015) fell.",
        "On 12 March 2024 the patient was moved.",
        "aged 78 (12/03/1948)",
        "a 78-year-old, 12/03/1948",
        "Jane Smith, 5 July 1948",
        "Jane Smith 05/07/1948 fell twice",
        "His mother came to us on 12 March 1998.",
        f"{NHS} admitted 12 March 2024",
        "DOB 12/03/2015 - 14/05/2016",
        "Mrs A. Ashworth fell on 3 March 2025",
        "patient Ashworth fell on 3 March 2025",
        "Ashworth, A. 12/03/48 bay 2",
    ],
)
def test_date_near_a_person_is_found(text: str) -> None:
    assert "date_of_birth" in [kind for kind, _ in found(text)]
