"""When a level is called clearly unlike England's, and how that is said."""

from datetime import date

import pytest

from psc.catalogue.parts import Contributors
from psc.narrate.levels import NO_CLEAR_LEVEL, Level, level_words, levels_sentence
from psc.narrate.people import People
from tests.narrate.test_verdicts import monthly

END = date(2024, 3, 31)
FEWER, MORE = People(-21, -47, -2, True, 12, END), People(420, 320, 500, True, 12, END)
UNCLEAR = People(-7, -93, 95, False, 12, END)


@pytest.fixture
def level(definition):
    def make(*, england=8.0, flags=(), funnel_side="", people=None, **changes):
        changes = {"kind": "harm", "counts_people": people is not None, **changes}
        return Level(definition(**changes), monthly(flags=flags), england, funnel_side=funnel_side, people=people)

    return make


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"people": FEWER}, "clearly higher"),
        ({"people": MORE}, "clearly lower"),
        ({"people": UNCLEAR}, "no clear difference"),
        ({"funnel_side": "high"}, "clearly higher"),
        ({"funnel_side": "low", "people": UNCLEAR}, "clearly lower"),
        ({"england": 1.0}, "no clear difference"),
        ({"england": None, "funnel_side": "high"}, "not compared"),
    ],
)
def test_a_level_is_clearly_unlike_england_by_its_people_or_its_funnel_alone(level, given, said):
    assert level_words(level(**given)) == said


def test_a_level_that_a_contributor_can_have_made_is_not_compared(level):
    trusts = Contributors.model_construct(one="trust")
    stepped = level(flags=("gaps", "denominator_step"), funnel_side="high", people=FEWER, contributors=trusts)
    assert level_words(stepped) == "not compared: a trust changed how much it counts"
    assert levels_sentence([stepped]) == NO_CLEAR_LEVEL


def test_waits_of_people_are_listed_even_where_their_level_is_not_clear(level):
    assert level(kind="process", counts_people=True).is_listed
    assert not level(kind="process").is_listed
    assert not level(people=UNCLEAR).is_listed
    assert level(people=FEWER).is_listed


def test_levels_of_harm_and_of_risks_are_counted_apart(level):
    listed = [
        *[level(people=FEWER)] * 2,
        level(people=MORE),
        level(people=MORE, kind="process"),
        level(kind="process", counts_people=True),
    ]
    assert levels_sentence(listed) == (
        "Harm: clearly higher than in England in two measures, lower in one. "
        "Risks and waits: clearly lower than in England in one measure."
    )
    assert levels_sentence([]) == NO_CLEAR_LEVEL
