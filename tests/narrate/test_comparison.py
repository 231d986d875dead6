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
        **{"areas": 15, "above": 0, "below": 0, "expected": 0.03, "overdispersed": True, "phi": 45.0, **changes}
    )


def test_the_range_and_england(definition):
    assert comparison_sentence(definition(), latest(1.0, 6.0), 3.2) == f"{RANGE} England's figure was 3.2."


def test_without_england_the_range_stands_alone(definition):
    assert comparison_sentence(definition(), latest(1.0, 6.0), None) == RANGE


def test_the_funnel_is_told_after_them(definition):
    assert comparison_sentence(definition(), latest(1.0, 6.0), 3.2, facts()).startswith(
        f"{RANGE} England's figure was 3.2. Areas differ by more than chance alone"
    )


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({}, "Areas differ by more than chance alone; on limits that allow for this, no area lies outside."),
        (
            {"above": 1, "below": 2},
            "Areas differ by more than chance alone; on limits that allow for this, one area lies above and two areas "
            "lie below.",
        ),
        ({"overdispersed": False}, "On the limits of chance, no area lies outside."),
        ({"overdispersed": False, "above": 3}, "On the limits of chance, three areas lie above."),
    ],
)
def test_the_sentence_of_a_funnel(changes, sentence):
    assert funnel_sentence(facts(**changes)) == sentence


def test_the_note_says_how_many_chance_alone_puts_outside_and_how_much_areas_differ(definition):
    note = funnel_note(definition(), facts())
    assert "99.8% limits: by chance alone about 0.03 of 15 areas would lie outside" in note
    assert "about 7 times as much as chance alone" in note
    assert "about 1.6 times" in funnel_note(definition(), facts(phi=2.5))
    assert "no more than chance alone" in funnel_note(definition(), facts(overdispersed=False, phi=0.9))
