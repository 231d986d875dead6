"""National Insurance numbers and hospital numbers are found by their shape or the words before them."""

import pytest

from tests.register.privacy.found_kinds import found


@pytest.mark.parametrize(
    ("text", "kind", "what"),
    [
        ("NI number AB 12 34 56 C", "national_insurance", "AB 12 34 56 C"),
        ("hospital no. K123456", "hospital_number", "K123456"),
    ],
)
def test_insurance_and_hospital_numbers_are_found_as_people_write_them(text: str, kind: str, what: str) -> None:
    assert found(text) == [(kind, what)]
