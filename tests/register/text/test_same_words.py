"""Words are found in a text wherever a reader would take them for the same, and nowhere else."""

import pytest

from psc.register.text.same_words import places_of


def found(words: str, text: str) -> list[str]:
    return [text[slice(*span)] for span in places_of(words, text)]


@pytest.mark.parametrize(
    "written", ["Ann Ashworth", "ANN ASHWORTH", "Ann\n  Ashworth", "Ann\u00a0Ash\u00adworth", "A\u200bnn Ashworth"]
)
def test_name_is_found_with_other_capitals_spaces_and_soft_hyphens(written):
    assert found("Ann Ashworth", f"It was {written}, who fell.") == [written]


@pytest.mark.parametrize("written", ["943 476 5919", "9434765919", "943-476-5919", "943/476.5919"])
def test_number_is_found_with_other_signs_between_its_digits(written):
    assert found("943 476 5919", f"number {written}.") == [written]


@pytest.mark.parametrize("text", ["Ashworthy", "McAshworth", "Ash worth"])
def test_name_within_a_longer_word_is_not_found(text):
    assert found("Ashworth", text) == []


def test_number_within_a_longer_number_is_not_found():
    assert found("12345", "9123456") == []


def test_single_name_is_not_found_as_a_word_in_lower_case():
    assert found("Will", "Will said he will; WILL did.") == ["Will", "WILL"]


def test_places_that_overlap_are_one():
    assert found("a b a", "a b a b a") == ["a b a b a"]


def test_words_of_nothing_that_can_be_seen_are_found_nowhere():
    assert found(" \u200b ", "anything at all") == []
