"""The shapes of names match names as people write them, and not the words that only look like one."""

import re

import pytest

from psc.register.privacy.name_shapes import FULL_NAME, NAME_WORD, PATIENT_BY_NAME, TITLED


@pytest.mark.parametrize(
    "name", ["Ann Ashworth", "Ann B. Ashworth", "A. B. Ashworth", "Siân O'Hara", "Jan van der Berg"]
)
def test_full_name_matches_forenames_initials_and_particles(name: str) -> None:
    assert re.fullmatch(FULL_NAME, name)


@pytest.mark.parametrize("words", ["ann ashworth", "NHS England", "Falls Team", "Ashworth", "Every Ward"])
def test_full_name_does_not_match_other_words_in_capitals(words: str) -> None:
    assert not re.fullmatch(FULL_NAME, words)


@pytest.mark.parametrize("word", ["NHS", "Sepsis", "Patients", "Hospital", "Monday"])
def test_name_word_does_not_match_words_of_health_care_and_the_calendar(word: str) -> None:
    assert not re.fullmatch(NAME_WORD, word)


@pytest.mark.parametrize("name", ["Mrs Ashworth", "Mr. A. Ashworth", "MISS Ashworth", "Mr and Mrs Ashworth"])
def test_titled_name_matches_with_and_without_initials(name: str) -> None:
    assert re.fullmatch(TITLED, name)


def test_patient_before_the_word_of_an_office_is_no_name() -> None:
    assert re.search(PATIENT_BY_NAME, "the patient Ashworth")
    assert not re.search(PATIENT_BY_NAME, "the Patient Safety Group")
