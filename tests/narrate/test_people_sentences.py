"""What a difference from England is in people, in words."""

from datetime import date

import pytest

from psc.narrate.people_sentences import People, describe_people, people_sentence


def people(**changes):
    usual = {"difference": -120.4, "lower": -151.0, "upper": -88.0, "clear": True, "months": 12}
    return People(**{**usual, "period_end": date(2024, 3, 31), **changes})


@pytest.fixture
def infections(definition):
    return definition(counted="reported infections")


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        (
            {},
            "At England’s rate there would have been about 120 fewer reported infections here in the year to March "
            "2024 (88 to 150).",
        ),
        (
            {"difference": 28_389, "lower": 19_403, "upper": 36_231, "months": 10, "period_end": date(2025, 7, 31)},
            "At England’s rate there would have been about 28,000 more reported infections here in the ten months with "
            "figures of the year to July 2025 (19,000 to 36,000).",
        ),
        ({"clear": False}, ""),
    ],
)
def test_the_sentence_says_how_many_and_for_when_unless_it_could_be_none(infections, changes, sentence):
    assert people_sentence(infections, people(**changes)) == sentence


def test_a_cell_has_the_number_or_that_there_is_no_clear_difference():
    assert describe_people(people()) == "120 fewer (88 to 150)"
    assert describe_people(people(clear=False)) == "no clear difference"


def test_numbers_of_people_have_two_figures_and_no_parts_of_a_person():
    assert describe_people(people(difference=8.6, lower=1.2, upper=17.4)) == "9 more (1 to 17)"
