"""How the areas differ from England: differences, never places in a list."""

from datetime import date

import pandas as pd
import pytest

from psc.narrate.comparison import FunnelFacts, comparison_sentence, funnel_note, funnel_sentence

START, END = date(2025, 12, 1), date(2025, 12, 31)
RANGE = "In December 2025 the areas ranged from 1.0 to 6.0% of items."


def latest(*figures):
    """Areas of one period, each with a figure."""
    return pd.DataFrame({"value": figures}, dtype=float).assign(period_start=START, period_end=END)


def facts(**changes):
    return FunnelFacts(
        **{
            "areas": 15,
            "above": (),
            "below": (),
            "expected": 0.03,
            "overdispersed": True,
            "phi": 45.0,
            "beyond_chance": 10,
            **changes,
        }
    )


def test_the_range_and_england(definition):
    assert comparison_sentence(definition(), latest(1.0, 6.0), 3.2) == f"{RANGE} England's figure was 3.2."


def test_without_england_the_range_stands_alone(definition):
    assert comparison_sentence(definition(), latest(1.0, 6.0), None) == RANGE


def test_the_funnel_is_told_after_them(definition):
    assert comparison_sentence(definition(), latest(1.0, 6.0), 3.2, facts()).startswith(
        f"{RANGE} England's figure was 3.2. Ten areas of 15 lie beyond the limits of chance alone;"
    )


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        (
            {},
            "Ten areas of 15 lie beyond the limits of chance alone; on limits widened by those same differences, none "
            "stands out.",
        ),
        (
            {"above": ("Wessex",), "below": ("Eastern", "South West")},
            "Ten areas of 15 lie beyond the limits of chance alone; on limits widened by those same differences, "
            "Wessex lies above and Eastern and South West lie below.",
        ),
        ({"overdispersed": False}, "On the limits of chance, no area lies outside."),
        ({"overdispersed": False, "above": tuple("ABCDE")}, "On the limits of chance, five areas lie above."),
    ],
)
def test_the_sentence_of_a_funnel(changes, sentence):
    assert funnel_sentence(facts(**changes)) == sentence


def test_the_note_says_how_often_chance_puts_one_outside_and_how_much_areas_differ():
    widened = funnel_note(facts())
    assert "here about 7 times as much as it alone would make them" in widened
    assert "cannot show whether the differences are acceptable" in widened and "one in six such charts" in widened
    assert "about 1.6 times" in funnel_note(facts(phi=2.5))
    plain = funnel_note(facts(overdispersed=False, phi=0.9))
    for note in (widened, plain):
        assert "Chance alone would put 0.03 of 15 areas outside" in note
    assert "areas differ no more than it would make them" in plain
