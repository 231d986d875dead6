"""NHS numbers are found however they are grouped, and told from phone numbers."""

import nhs_number
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from tests.register.privacy.found_kinds import NHS, PROSE, found


@st.composite
def nhs_numbers(draw: st.DrawFn) -> str:
    """Ten digits with a right check digit, in one of the ways people write them."""
    first = draw(st.integers(400_000_000, 499_999_999) | st.integers(600_000_000, 799_999_999))
    check = nhs_number.calculate_checksum(str(first))
    assume(check != 10)
    digits = f"{first}{check}"
    assert nhs_number.is_valid(digits)
    groups = draw(st.sampled_from([(10,), (3, 3, 4), (1,) * 10]))
    gap = draw(st.sampled_from([" ", "-", "\u00a0", "–", "\u202f", "\n", "-\u200b"]))
    starts = [sum(groups[:index]) for index in range(len(groups))]
    return gap.join(digits[start : start + size] for start, size in zip(starts, groups, strict=True))


@given(PROSE, nhs_numbers(), st.sampled_from([" ", " (", ": ", "\n", "—"]), PROSE)
def test_any_nhs_number_is_found_in_any_prose(before: str, number: str, opening: str, after: str) -> None:
    text = f"{before} patient{opening}{number}, {after}"
    assert ("nhs_number", number) in found(text)


@pytest.mark.parametrize(
    ("text", "kind", "what"),
    [
        ("Seen (9434765919) today", "nhs_number", "9434765919"),
        ("９４３ ４７６ ５９１９", "nhs_number", "９４３ ４７６ ５９１９"),
        ("٩٤٣٤٧٦٥٩١٩ in Arabic digits", "nhs_number", "٩٤٣٤٧٦٥٩١٩"),
        ("94\u200b3476\u200d5919", "nhs_number", "94\u200b3476\u200d5919"),
        ("943.476.5919", "nhs_number", "943.476.5919"),
        ("in bed 4 943 476 5919", "nhs_number", NHS),
        ("NHS number: 94 34 76 59 19", "nhs_number", "94 34 76 59 19"),
        ("NHSNo9434765919", "nhs_number", "9434765919"),
        ("https://example.org/record?id=9434765919", "nhs_number", "9434765919"),
        ("943_476_5919", "nhs_number", "943_476_5919"),
        ("NHS number 943_476_5919", "nhs_number", "943_476_5919"),
        ("943 \N{BULLET} 476 \N{BULLET} 5919", "nhs_number", "943 \N{BULLET} 476 \N{BULLET} 5919"),
        ("943:476:5919", "nhs_number", "943:476:5919"),
        ("943;476;5919", "nhs_number", "943;476;5919"),
        ("943+476~5919", "nhs_number", "943+476~5919"),
        ("943,476,5919", "nhs_number", "943,476,5919"),
        ("[943] [476] [5919]", "nhs_number", "943] [476] [5919"),
        ("NHS No: 943 476 5918", "nhs_number", "943 476 5918"),
    ],
)
def test_nhs_number_is_found_as_people_write_it(text: str, kind: str, what: str) -> None:
    assert found(text) == [(kind, what)]


def test_ten_digits_that_could_be_phone_or_nhs_number_are_an_nhs_number() -> None:
    number = next(n for n in range(7_911_100_000, 7_911_200_000) if nhs_number.is_valid(str(n)))
    assert found(f"{number}") == [("nhs_number", f"{number}")]
    assert found(f"0{number}") == [("phone", f"0{number}")]
    assert found(f"+44 {number}") == [("phone", f"+44 {number}")]
