"""What the verdicts on one measure add up to across the areas."""

from datetime import date

import pytest

from psc.narrate.against import departure, describe_against, side_of
from psc.narrate.measure import all_on_year, describe_areas, describe_data, describe_england, describe_level
from psc.narrate.words import describe_old
from tests.narrate.verdict_samples import NONE, UNJUDGED, UNSURE, a_month, a_steady_year, a_year

LOST, GAINED = a_year(flags=("pandemic_none",)), a_steady_year(flags=("pandemic_higher",))
FASTER = {"against_england": "lower", "against_change": -0.04}
SLOWER = {"against_england": "higher", "against_change": 0.03}
RISING = {"direction": "higher", "state": "concern", "change": 0.08}


@pytest.mark.parametrize(
    ("own", "england", "way"),
    [
        ({}, {}, ""),
        (FASTER, {}, "lower"),
        (SLOWER, {}, "higher"),
        ({**NONE, **SLOWER}, {}, "higher"),
        ({**NONE, **FASTER}, {}, ""),
        ({**UNSURE, **FASTER}, UNSURE, ""),
        ({**UNSURE, **SLOWER}, UNSURE, ""),
        ({**RISING, **SLOWER}, NONE, "higher"),
        ({**RISING, **SLOWER}, {}, "higher"),
        (SLOWER, NONE, ""),
    ],
)
def test_a_difference_from_england_counts_only_where_a_certain_change_makes_it(own, england, way):
    assert departure(a_month(**own), a_month(**england)) == way


def test_without_a_verdict_on_england_there_is_no_difference_from_it():
    assert departure(a_month(**FASTER), None) == ""
    assert describe_against(a_month(**FASTER), None) == "not compared"


@pytest.mark.parametrize(
    ("better", "way", "side"),
    [("lower", "lower", "more"), ("lower", "higher", "less"), ("higher", "higher", "more"), ("neutral", "lower", "")],
)
def test_a_side_is_more_or_less_improvement_only_where_one_way_is_better(definition, better, way, side):
    assert side_of(definition(direction=better), way) == side


@pytest.mark.parametrize(
    ("own", "england", "words"),
    [
        ({}, {}, "no clear difference"),
        (FASTER, {}, "faster fall"),
        (SLOWER, {}, "slower fall"),
        ({**NONE, **SLOWER}, {}, "no clear fall"),
        ({**RISING, **SLOWER}, NONE, "clearly higher"),
        ({**UNSURE, **SLOWER}, UNSURE, "higher, could be chance"),
        ({"against_england": ""}, {}, "not compared"),
    ],
)
def test_a_few_words_say_how_an_area_stands_to_england(own, england, words):
    assert describe_against(a_month(**own), a_month(**england)) == words


@pytest.mark.parametrize(
    ("areas", "england", "words"),
    [
        ([a_month()] * 15, a_month(), "Clearly lower in all 15 areas."),
        ([a_month()] * 2 + [a_month(**NONE)] * 13, a_month(), "Clearly lower in two of 15 areas."),
        (
            [a_month(**RISING), a_month()],
            a_month(**NONE),
            "Clearly higher in one of two areas and clearly lower in one of",
        ),
        ([a_month(**UNSURE)] * 15, a_month(**UNSURE), "No area changed clearly."),
        ([a_month(**FASTER)] * 2, a_month(), "It fell faster than in England in two areas."),
        ([a_month(**SLOWER)] * 2, a_month(), "It fell more slowly than in England in two areas."),
        ([a_month(**NONE, **SLOWER)], a_month(), "It fell more slowly than in England, or not clearly, in one area."),
        (
            [a_month(**FASTER), a_month(**SLOWER)],
            a_month(),
            "It fell faster than in England in one area, and more slowly in one.",
        ),
        (
            [a_month(**RISING, **SLOWER), a_month(**FASTER)],
            a_month(**NONE),
            "Next to England it moved up in one area and down in one.",
        ),
        (
            [a_steady_year()] * 15,
            a_steady_year(),
            "No area changed clearly, but higher than the year before in all 15, not clearly above earlier years.",
        ),
        ([a_year()] * 3, a_year(), "Clearly higher in all three areas; higher than the year before in all three."),
        ([a_steady_year(), a_steady_year(change_on_year=-0.1)], None, "No area changed clearly."),
        ([], None, "No area has figures."),
        ([a_month(**UNJUDGED)] * 15, None, ""),
    ],
)
def test_areas_are_counted_by_certain_verdicts_only(areas, england, words):
    assert words in describe_areas(areas, england, len(areas) or 15)
    assert bool(words) == bool(describe_areas(areas, england, len(areas) or 15))


@pytest.mark.parametrize(
    ("areas", "words"),
    [
        ([a_year(), LOST], "One of these counts as higher only with the two years of the pandemic."),
        ([LOST, a_steady_year()], "That area counts as higher only with the two years of the pandemic."),
        (
            [LOST, LOST, GAINED],
            "All of these count as higher only with the two years of the pandemic; without them, one other area would.",
        ),
        ([a_year(), GAINED], "Without the two years of the pandemic, one other area would count as higher."),
        ([GAINED, GAINED], "Without the two years of the pandemic, two areas would count as higher."),
    ],
)
def test_a_number_of_areas_says_how_many_of_them_rest_on_the_pandemic(areas, words):
    assert words in describe_areas(areas, a_year(), len(areas))
    assert "pandemic" not in describe_areas([a_year(), a_steady_year()], a_year(), 2)


def test_areas_without_figures_are_counted():
    assert describe_areas([a_month()] * 13, a_month(), 15).endswith("No figures in two areas.")
    assert describe_areas([a_month(**UNJUDGED)] * 14, None, 15) == "No figures in one area."


def test_england_without_figures_is_said(definition):
    assert describe_england(definition(), None) == "No figure for all of England."


@pytest.mark.parametrize(
    ("today", "words"),
    [
        (date(2025, 12, 31), "less than a month old"),
        (date(2026, 1, 2), "1 month old"),
        (date(2026, 11, 28), "11 months old"),
        (date(2026, 12, 1), "1 year old"),
        (date(2028, 8, 1), "2 years 8 months old"),
    ],
)
def test_age_is_said_in_years_and_months(today, words):
    assert describe_old(date(2025, 12, 31), today) == words
    assert describe_data([a_month()], today) == f"Data to December 2025, {words}."


def test_areas_whose_figures_end_earlier_are_counted():
    verdicts = [a_month(), a_month(period_end=date(2025, 10, 31))]
    assert (
        describe_data(verdicts, date(2026, 1, 1)) == "Data to December 2025, 1 month old; in one area they end earlier."
    )
    assert describe_data([], date(2026, 1, 1)) == ""


@pytest.mark.parametrize(
    ("above", "below", "expected"),
    [
        ((), (), ""),
        (("Eastern",), (), "Next to England the level is clearly higher in Eastern."),
        (
            ("Eastern",),
            ("Wessex", "Oxford"),
            "Next to England the level is clearly lower in Wessex and Oxford and higher in Eastern.",
        ),
        (tuple("abcde"), (), "Next to England the level is clearly higher in five areas."),
    ],
)
def test_levels_that_stand_out_are_named_lower_first(above, below, expected):
    assert describe_level(above, below) == expected


def test_areas_whose_level_cannot_be_compared_are_counted():
    said = describe_level(["Eastern"], [], 8)
    assert said == "Next to England the level is clearly higher in Eastern. Eight areas cannot be compared."


def test_year_on_which_one_area_stayed_the_same_is_not_higher_in_all():
    """The sentence of that area says "about the same", so no page may count it as higher."""
    rose, same = a_year(change_on_year=0.09), a_year(change_on_year=0.0025)
    assert all_on_year([rose, rose]) == "higher"
    assert all_on_year([rose, same]) == ""
