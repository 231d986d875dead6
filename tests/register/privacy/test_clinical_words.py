"""What happened to a patient is told from what somebody did in their work."""

import re

import pytest

from psc.register.privacy.clinical_words import CLINICAL, HAPPENED, OF_A_PATIENT, PUBLIC, ROLE


@pytest.mark.parametrize("predicate", ["fell", "had fallen", "was admitted", "sadly died", "was wrongly discharged"])
def test_predicate_of_what_happened_to_a_patient_is_recognised(predicate: str) -> None:
    assert re.match(HAPPENED, predicate)


@pytest.mark.parametrize("predicate", ["opened the ward", "was appointed", "chaired the day", "wrote a report"])
def test_predicate_of_somebodys_work_is_public_and_did_not_happen_to_a_patient(predicate: str) -> None:
    assert not re.match(HAPPENED, predicate)
    assert PUBLIC.search(predicate)


def test_what_a_patient_has_is_not_recognised_where_it_is_the_name_of_work() -> None:
    assert OF_A_PATIENT.search("about his catheter")
    assert not OF_A_PATIENT.search("about his catheter project")


def test_role_is_a_whole_word() -> None:
    assert ROLE.search("Ann Ashworth, lead nurse")
    assert not ROLE.search("a misleading headline")


def test_words_of_illness_are_clinical() -> None:
    assert CLINICAL.search("taken to A&E by ambulance")
    assert not CLINICAL.search("a walk in the park")
