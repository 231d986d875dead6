"""Folded text keeps what a reader sees, and leads back to the place in what was written."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from psc.register.privacy.folded_text import fold


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("٩٤٣", "943"),
        ("９４３", "943"),
        ("94\u200b3", "943"),
        ("943\u00a0476", "943 476"),
        ("943–476−5919", "943-476-5919"),
        ("943•476", "943·476"),
        ("a¦b", "a|b"),
        ("jane&#64;nhs.net", "jane@nhs.net"),
        ("id%20943", "id_943"),
        ("a\r\nb\tc", "a\n\nb c"),
    ],
)
def test_characters_that_look_alike_are_folded_to_one_form(written: str, read: str) -> None:
    assert fold(written).text == read


def test_superscript_of_a_footnote_is_no_digit() -> None:
    assert fold("943²").text == "943²"


def test_upper_and_lower_case_stay_as_they_are() -> None:
    assert fold("Mrs ASHWORTH").text == "Mrs ASHWORTH"


def test_span_of_an_escaped_sign_covers_all_that_was_written() -> None:
    written = "to jane&commat;nhs.net now"
    folded = fold(written)
    start = folded.text.index("jane")
    first, last = folded.written_span(start, start + len("jane@nhs.net"))
    assert written[first:last] == "jane&commat;nhs.net"


@given(st.text())
def test_each_folded_character_has_a_place_in_what_was_written(written: str) -> None:
    folded = fold(written)
    assert len(folded.origins) == len(folded.text)
    assert list(folded.origins) == sorted(set(folded.origins))
    assert all(0 <= place < len(written) for place in folded.origins)
