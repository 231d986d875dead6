"""A person with a title, or called a patient, is found where something happened to them."""

import pytest

from tests.register.privacy.found_kinds import found


@pytest.mark.parametrize(
    ("text", "kind", "what"),
    [
        ("Mrs A. Ashworth fell in the bathroom", "patient_name", "Mrs A. Ashworth"),
        ("the patient Ashworth fell twice", "patient_name", "Ashworth"),
    ],
)
def test_name_of_a_patient_is_found_by_title_or_by_the_word_patient(text: str, kind: str, what: str) -> None:
    assert found(text) == [(kind, what)]
