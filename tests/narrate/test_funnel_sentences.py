"""What a funnel says: which levels differ clearly from England's, which lie outside the curves, and how to read it."""

import pytest

from psc.narrate.funnel_sentences import (
    FunnelFacts,
    describe_clear_levels,
    describe_level,
    difference_question,
    funnel_note,
    funnel_sentence,
)

WIDENED = "which also allow for the ordinary differences between areas."


def facts(**changes):
    known = {"areas": 15, "higher": (), "lower": (), "above": (), "below": (), "expected": 0.03, "overdispersed": True}
    return FunnelFacts(**{**known, **changes})


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        (
            {"higher": tuple("abcdef"), "lower": tuple("ghij")},
            "Ten of 15 areas (filled dots) differ from England by more than chance. "
            f"No area lies outside the solid curves, {WIDENED}",
        ),
        (
            {"higher": ("Wessex",), "above": ("Wessex",), "areas": 13},
            "One of 13 areas (filled dot) differs from England by more than chance. "
            f"Wessex lies above the solid curves, {WIDENED}",
        ),
        (
            {"higher": tuple("abcdefghijklm"), "lower": ("x", "y"), "above": tuple("abcde"), "below": ("x", "y")},
            "All 15 areas (filled dots) differ from England by more than chance. "
            f"Five areas lie above and x and y lie below the solid curves, {WIDENED}",
        ),
        (
            {"higher": ("a",), "lower": ("b",), "not_compared": 8},
            "Two of seven areas that can be compared (filled dots) differ from England by more than chance. "
            f"No area lies outside the solid curves, {WIDENED}",
        ),
        (
            {"overdispersed": False},
            "No area differs from England by more than chance. "
            "No area lies outside the solid curves, which allow for chance alone.",
        ),
    ],
)
def test_the_sentence_says_how_many_differ_and_which_lie_outside_the_solid_curves(changes, sentence):
    assert funnel_sentence(facts(**changes)) == sentence


@pytest.mark.parametrize(
    ("changes", "other", "words"),
    [
        ({}, "", "No area clearly differs in level."),
        ({}, "change", "No area clearly differs in level or change."),
        ({"higher": ("a",)}, "change", "One area clearly differs in level, none in change."),
        ({"higher": ("a", "b"), "above": ("a",)}, "", "Two areas clearly differ in level (one outside the curves)."),
        (
            {"higher": ("a",), "lower": ("b",), "above": ("a",), "below": ("b",)},
            "change",
            "Two areas clearly differ in level (both outside the curves), none in change.",
        ),
        (
            {"areas": 3, "higher": tuple("abc"), "above": tuple("abc")},
            "",
            "All three areas clearly differ in level (all outside the curves).",
        ),
    ],
)
def test_an_answer_counts_clear_levels_and_those_outside_the_curves(changes, other, words):
    assert describe_clear_levels(facts(**changes), other) == words


def test_a_row_of_the_table_says_the_same_as_the_sentence():
    assert describe_level("higher", "high") == "clearly higher, above the curves"
    assert describe_level("lower", "") == "clearly lower"
    assert describe_level("", "") == "no clear difference"
    assert describe_level("", "", compared=False) == "not compared"


def test_a_question_on_age_and_illness_is_not_asked_of_a_ratio_that_allows_for_them(definition):
    assert "older or more ill" in difference_question(definition(ratio_to_expected=False))
    assert "older" not in difference_question(definition(ratio_to_expected=True))


def test_the_note_says_what_dots_and_curves_are_and_how_often_an_area_is_outside_by_chance():
    widened, plain = funnel_note(facts()), funnel_note(facts(overdispersed=False))
    for note in (widened, plain):
        assert "Each dot is an area" in note and "The line across the middle is England" in note and "filled" in note
        assert "φ" not in note and "limit" not in note
    assert "one such chart in six" in widened and "not compared" not in widened
    assert "not compared has an open dot too" in funnel_note(facts(not_compared=8))
    assert "Chance puts an area outside in about three charts of 100." in plain
