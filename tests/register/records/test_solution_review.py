"""When a shared solution is looked at again."""

import datetime

import pytest

from psc.register.records.solution_review import two_years_on, with_next_review

TODAY = datetime.date(2026, 11, 2)


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        (None, "2028-11-02"),
        ("2026-11-02", "2028-11-02"),
        ("2026-11-03", "2026-11-03"),
        ("2028-11-02", "2028-11-02"),
        ("2028-11-03", "2028-11-02"),
    ],
)
def test_next_review_is_the_day_given_if_it_is_to_come_and_at_most_two_years_away(given, kept):
    assert with_next_review({"title": "One", "next_review": given}, TODAY) == {"title": "One", "next_review": kept}


def test_leap_day_is_reviewed_on_28_february():
    assert two_years_on(datetime.date(2028, 2, 29)) == datetime.date(2030, 2, 28)
