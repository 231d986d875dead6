"""How the areas differ from England: differences, never places in a list."""

from datetime import date

import pandas as pd
import pytest

from psc.narrate.comparison import Compared, comparison_headline, comparison_sentence, describe_open_dots
from tests.narrate.test_funnel_sentences import facts
from tests.narrate.test_verdicts import monthly, yearly_verdict

DECEMBER = Compared("December 2025")
RANGE = "In December 2025 the areas ranged from 1.0 to 6.0% of items."


def figures(*values):
    """The figures of areas in one period."""
    return pd.Series(values, dtype=float)


def test_the_range_and_england(definition):
    assert comparison_sentence(definition(), figures(1.0, 6.0), DECEMBER, 3.2) == f"{RANGE} England’s figure was 3.2."


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


TODAY = date(2026, 11, 28)
STEADY = {"direction": "none", "certain": False, "state": "steady"}
SLOWER, FASTER = {"against_england": "higher"}, {"against_england": "lower"}


def headline(england, *areas, funnel=None):
    return comparison_headline({"england": england, **{f"a{n}": area for n, area in enumerate(areas)}}, funnel, TODAY)


def england(**changes):
    return monthly(against_england="", **changes)


@pytest.mark.parametrize(
    ("verdicts", "said"),
    [
        (
            [england(), monthly()],
            "England: improving, 8% lower than a year before. No area clearly differed from that.",
        ),
        (
            [england(), monthly(**FASTER), monthly(**FASTER), monthly(**SLOWER)],
            "England: improving, 8% lower than a year before. Faster in two areas, slower in one area.",
        ),
        (
            [england(), monthly(**SLOWER, **STEADY)],
            "England: improving, 8% lower than a year before. Slower or unclear in one area.",
        ),
        (
            [england(**STEADY), monthly(**FASTER), monthly()],
            "England: no clear change on a year before. Unlike in England, it clearly fell in one area.",
        ),
        (
            [england(certain=False, state="unclear"), monthly()],
            "England: about 8% lower than a year before, perhaps by chance. No area clearly differed from that.",
        ),
    ],
)
def test_the_headline_says_how_england_changed_then_how_many_areas_otherwise(verdicts, said):
    assert headline(*verdicts) == f"{said} To December 2025, 11 months old."


def test_two_changes_that_are_not_certain_are_not_called_faster_or_slower():
    unsure = monthly(certain=False, state="unclear", **FASTER)
    assert "Faster" not in headline(england(**STEADY), unsure)


def test_years_without_a_clear_change_show_both_changes():
    steady = yearly_verdict(**STEADY, change=0.042, change_on_year=0.089, against_england="")
    assert headline(steady).startswith("England: no clear change, 4% above five earlier years, 9% above the last.")
    same = yearly_verdict(**STEADY, change=-0.042, change_on_year=0.001, against_england="")
    assert headline(same).startswith(
        "England: no clear change, 4% below five earlier years, about the same as the last."
    )


@pytest.mark.parametrize(
    ("england", "said"),
    [
        (
            yearly_verdict(flags=("pandemic_none",)),
            "England: 19% higher than five earlier years, only with the pandemic years.",
        ),
        (
            yearly_verdict(flags=("pandemic_lower",)),
            "England: 19% higher than five earlier years, lower without the pandemic years.",
        ),
        (
            yearly_verdict(direction="none", certain=False, state="steady", flags=("pandemic_higher",)),
            "England: no clear change, but higher without the pandemic years.",
        ),
    ],
)
def test_a_verdict_on_england_that_the_pandemic_decides_says_so(england, said):
    assert comparison_headline({"england": england}, None, date(2026, 11, 28)).startswith(said)


def test_the_headline_ends_with_the_level_and_the_age_of_the_figures():
    apart = facts(higher=("Wessex", "Oxford"), above=("Wessex",))
    assert headline(england(), monthly(), funnel=apart).endswith(
        " Two areas clearly differ in level (one outside the curves), none in change. To December 2025, 11 months old."
    )
    assert headline(england(), monthly(**FASTER), funnel=apart).endswith(
        " Faster in one area. Two areas clearly differ in level (one outside the curves). To December 2025, 11 months "
        "old."
    )
    assert " No area clearly differs in level or change. " in headline(england(), monthly(), funnel=facts())


def test_a_measure_that_is_not_judged_says_why():
    unjudged = england(method="", direction="not_judged", certain=False, state="unjudged", reason="overlapping")
    said = headline(unjudged, funnel=facts(higher=("Wessex",), above=("Wessex",)))
    assert said.startswith("Change is not judged: each figure covers 12 months")
    assert "One area clearly differs in level." in said


@pytest.mark.parametrize(
    ("verdict", "words"),
    [
        (
            yearly_verdict(**STEADY, lower=0.02, upper=0.4),
            "Two open dots have lines clear of 0%: a clear change must also show against the last two years alone.",
        ),
        (
            monthly(**STEADY, agreeing=10),
            "Two open dots have lines clear of 0%: a clear change must also be 2% or more, and go the same way in 11 "
            "of 12 months.",
        ),
        (monthly(**STEADY, agreeing=10, lower=-0.1, upper=0.01), ""),
        (monthly(), ""),
    ],
)
def test_an_open_dot_whose_interval_leaves_out_none_is_explained_and_no_other(verdict, words):
    assert describe_open_dots({"a": verdict, "b": verdict, "c": monthly(), "england": verdict}) == words
