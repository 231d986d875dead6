"""What goes wrong is said in words for the person who tried, and only the first sentence is for the public."""

import pytest

from psc.register.errors import Incomplete, PersonalDataFound, RegisterError, StaleEdit, Unavailable
from psc.register.privacy.personal_data import find_personal_data

NUMBER = "943 476 5919"


def test_problems_of_several_fields_are_said_once_each():
    error = Incomplete({"title": "Give a title.", "results.0.source": "Name the source.", "summary": "Give a title."})
    assert str(error) == "Give a title. Name the source."
    assert list(error.problems) == ["title", "results.0.source", "summary"]


def test_personal_data_is_not_repeated_in_the_message():
    error = PersonalDataFound({"summary": find_personal_data(NUMBER)})
    assert NUMBER not in f"{error}{error!r}"
    assert [finding.text for finding in error.findings["summary"]] == [NUMBER]


def test_stale_edit_keeps_both_versions_and_names_who_wrote_the_other():
    error = StaleEdit({"title": "Theirs"}, {"title": "Mine"}, 3, "Lena Lead")
    assert (error.theirs, error.mine, error.version) == ({"title": "Theirs"}, {"title": "Mine"}, 3)
    assert str(error).startswith("Lena Lead changed this")


@pytest.mark.parametrize(
    ("message", "reason"),
    [
        ("The disk is full. It is /srv/register.db.", "The disk is full."),
        ("The register is down", "The register is down."),
        ("Only this.", "Only this."),
    ],
)
def test_reason_for_the_public_is_the_first_sentence_alone(message, reason):
    assert Unavailable(message).reason == reason


def test_every_error_of_the_register_can_be_caught_as_one():
    with pytest.raises(RegisterError):
        raise Incomplete({})
