"""Text that enters has one kind of line end and no control characters, and keeps every letter."""

import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from psc.clean_text import clean, one_line
from tests.clean_text_twin import cleaned_letter_by_letter

any_text = st.text(st.one_of(st.characters(exclude_categories=()), st.sampled_from("\r\n\t\x85\u2028\u202e ab")))


def test_every_character_is_kept_or_dropped_as_its_category_says():
    every = "".join(map(chr, range(sys.maxunicode + 1)))
    assert clean(every) == cleaned_letter_by_letter(every)


@given(any_text)
def test_any_text_is_cleaned_as_letter_by_letter_and_once_is_enough(text):
    found = clean(text)
    assert found == cleaned_letter_by_letter(text)
    assert clean(found) == found
    assert len(found) <= len(text)
    assert "\n" not in one_line(text)
    assert len(one_line(text)) == len(found)


@pytest.mark.parametrize(
    "text",
    [
        "naïve café £5 – “quoted”",
        "🏴\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f 👩\u200d⚕️",
        "می\u200cخواهم",
        "שלום\u200f",
    ],
)
def test_words_of_any_script_and_emoji_are_left_alone(text):
    assert clean(text) == text


def test_text_within_lists_and_mappings_is_cleaned_and_all_else_left():
    given = {"a\r": ["x\ty", ("\x07b", 1)], "n": None, "f": 1.5, "yes": True}
    assert clean(given) == {"a\n": ["x y", ["b", 1]], "n": None, "f": 1.5, "yes": True}
    assert one_line(None) is None
