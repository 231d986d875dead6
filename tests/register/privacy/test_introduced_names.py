"""A name that the words before it give to a patient or a relative is found; one in somebody's work is not."""

import pytest

from psc.register.privacy.introduced_names import introduced_patients


def names(text: str) -> list[str]:
    return sorted({text[slice(*span)] for span in introduced_patients(text)})


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Patient name: Ann Ashworth", "Ann Ashworth"),
        ("My mother Ann Ashworth waited for hours.", "Ann Ashworth"),
        ("Next of kin: Ann Ashworth", "Ann Ashworth"),
        ("A lady called Ann Ashworth fell.", "Ann Ashworth"),
        ("The inquest into the death of Ann Ashworth", "Ann Ashworth"),
        ("My name is Ann Ashworth and I fell on the ward.", "Ann Ashworth"),
    ],
)
def test_name_after_words_for_a_patient_or_relative_is_found(text: str, name: str) -> None:
    assert names(text) == [name]


@pytest.mark.parametrize(
    "text",
    [
        "My name is Ann Ashworth and I am the lead nurse for falls on the ward.",
        "Our partner Ann Ashworth spoke about falls.",
        "The project lead Ann Ashworth opened the day.",
    ],
)
def test_name_of_a_person_at_work_is_let_through(text: str) -> None:
    assert names(text) == []
