"""When a level is called clearly unlike England's, and how that is said."""

from datetime import date

import pytest

from psc.catalogue.parts import Contributors
from psc.narrate.levels import NO_CLEAR_LEVEL, Level, describe_level, levels_sentence
from psc.narrate.people_sentences import People
from tests.narrate.test_verdicts import monthly

END = date(2024, 3, 31)
FEWER = People(-21, -47, -2, True, 12, END)
UNCLEAR = People(-7, -93, 95, False, 12, END)


@pytest.fixture
def level(definition):
    def make(*, england=8.0, flags=(), way="", people=None, **changes):
        changes = {"kind": "harm", "counts_people": people is not None, **changes}
        return Level(definition(**changes), monthly(flags=flags), england, way=way, people=people)

    return make


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"way": "higher"}, "clearly higher"),
        ({"way": "lower", "people": UNCLEAR}, "clearly lower"),
        ({"people": UNCLEAR}, "no clear difference"),
        ({"england": 1.0}, "no clear difference"),
        ({"england": None, "way": "higher"}, "not compared"),
    ],
)
def test_level_is_called_clearly_unlike_england_by_the_rule_that_compare_uses(level, given, said):
    assert describe_level(level(**given)) == said


def test_a_level_that_a_contributor_can_have_made_is_not_compared(level):
    trusts = Contributors.model_construct(one="trust")
    stepped = level(flags=("gaps", "denominator_step"), way="higher", people=FEWER, contributors=trusts)
    assert describe_level(stepped) == "not compared: a trust changed how much it counts"
    assert levels_sentence([stepped]) == NO_CLEAR_LEVEL


def test_waits_of_people_are_listed_even_where_their_level_is_not_clear(level):
    assert level(kind="process", counts_people=True).is_listed
    assert not level(kind="process").is_listed
    assert not level(people=UNCLEAR).is_listed
    assert level(way="higher").is_listed


def test_levels_of_harm_and_of_risks_are_counted_apart(level):
    listed = [
        *[level(way="higher")] * 2,
        level(way="lower"),
        level(way="lower", kind="process"),
        level(kind="process", counts_people=True),
    ]
    assert levels_sentence(listed) == (
        "Harm: clearly higher than in England in two measures, lower in one. "
        "Risks and waits: clearly lower than in England in one measure."
    )
    assert levels_sentence([]) == NO_CLEAR_LEVEL
