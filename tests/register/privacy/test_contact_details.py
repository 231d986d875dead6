"""Phone numbers, email addresses and postcodes are found as people write them."""

import pytest

from tests.register.privacy.found_kinds import found


@pytest.mark.parametrize(
    ("text", "kind", "what"),
    [
        ("7911123456", "phone", "7911123456"),
        ("jane.smith @ nhs.net", "email", "jane.smith @ nhs.net"),
        ("EX2-5DW", "postcode", "EX2-5DW"),
        ("ring 0117 496 0123.", "phone", "0117 496 0123"),
        ("ring (0117) 496 0123", "phone", "(0117) 496 0123"),
        ("07700 900123", "phone", "07700 900123"),
        ("07700900123", "phone", "07700900123"),
        ("+44 (0)7700 900123", "phone", "+44 (0)7700 900123"),
        ("0300 123 4567", "phone", "0300 123 4567"),
        ("0800 1111", "phone", "0800 1111"),
        ("bed 4 0117 496 0123", "phone", "0117 496 0123"),
        ("+1 650 253 0000", "phone", "+1 650 253 0000"),
        ("(jane.o'hara+psc@nhs.net)", "email", "jane.o'hara+psc@nhs.net"),
        ("jane [at] nhs [dot] net", "email", "jane [at] nhs [dot] net"),
        ("write to jane.smith at nhs dot net, please", "email", "jane.smith at nhs dot net"),
        ("jane@nhs dot uk", "email", "jane@nhs dot uk"),
        ("jane AT trust DOT nhs DOT uk", "email", "jane AT trust DOT nhs DOT uk"),
        ("at BS1 6NW.", "postcode", "BS1 6NW"),
        ("at bs16nw", "postcode", "bs16nw"),
        ("EC1A\u00a01BB", "postcode", "EC1A\u00a01BB"),
        ("W1A 0AX", "postcode", "W1A 0AX"),
    ],
)
def test_contact_details_are_found_as_people_write_them(text: str, kind: str, what: str) -> None:
    assert found(text) == [(kind, what)]


@pytest.mark.parametrize("written", ["7911 123456", "791 112 3456", "7911123456", "7700 900 123"])
def test_mobile_number_is_a_phone_number_even_with_a_valid_check_digit(written: str) -> None:
    for prefix in ("0", "+44 ", "+44", "0044 ", "+44 (0)"):
        assert [kind for kind, _ in found(f"ring {prefix}{written} now")] == ["phone"]


def test_phone_number_is_found_after_thousands_of_figures() -> None:
    assert found("1, " * 20_000 + "+1 650 253 0000") == [("phone", "+1 650 253 0000")]
