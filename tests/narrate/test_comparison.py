"""How the areas differ from England: differences, never places in a list."""

import pandas as pd
import pytest

from psc.narrate.comparison import Compared, FunnelFacts, comparison_sentence, funnel_note, funnel_sentence

DECEMBER = Compared("December 2025")
RANGE = "In December 2025 the areas ranged from 1.0 to 6.0% of items."


def figures(*values):
    """The figures of areas in one period."""
    return pd.Series(values, dtype=float)


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
    assert comparison_sentence(definition(), figures(1.0, 6.0), DECEMBER, 3.2) == f"{RANGE} England's figure was 3.2."


def test_without_england_the_range_stands_alone(definition):
    assert comparison_sentence(definition(), figures(1.0, 6.0), DECEMBER) == RANGE


@pytest.mark.parametrize(
    ("compared", "sentence"),
    [
        (
            Compared("December 2025", without=("Wessex",)),
            "In December 2025 the two areas with figures ranged from 1.0 to 6.0% of items. Wessex has no figure for "
            "it.",
        ),
        (
            Compared("December 2025", without=tuple("ABCDE")),
            "In December 2025 the two areas with figures ranged from 1.0 to 6.0% of items. Five areas have no figure "
            "for it.",
        ),
        (Compared("December 2025", newest="January 2026"), f"No area has a figure for January 2026. {RANGE}"),
        (
            Compared("December 2025", newest="January 2026", newest_areas=2),
            f"Only two areas have a figure for January 2026. {RANGE}",
        ),
    ],
)
def test_areas_and_periods_without_figures_are_named(definition, compared, sentence):
    assert comparison_sentence(definition(), figures(1.0, 6.0), compared) == sentence


def test_one_area_alone_has_no_range(definition):
    said = comparison_sentence(definition(), figures(4.0), Compared("December 2025", without=tuple("ABCDE")))
    assert said == "In December 2025 one area has a figure: 4.0% of items. Five areas have no figure for it."
    assert comparison_sentence(definition(), figures(4.0, 4.0), DECEMBER) == (
        "In December 2025 the areas all had 4.0% of items."
    )


def test_a_plain_count_is_not_laid_beside_the_sum_of_the_areas(definition):
    plain = definition(denominator=None, unit_sentence="{value} events", decimals=0)
    assert comparison_sentence(plain, figures(0, 2), DECEMBER) == (
        "In December 2025 the areas ranged from 0 to 2 events. These are plain counts: an area with more people can "
        "expect more."
    )


def test_the_funnel_is_told_after_them(definition):
    assert comparison_sentence(definition(), figures(1.0, 6.0), DECEMBER, 3.2, facts()).startswith(
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
        (
            {"beyond_chance": 1, "areas": 13},
            "One area of 13 lies beyond the limits of chance alone; on limits widened by those same differences, none "
            "stands out.",
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
