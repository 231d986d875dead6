"""What happens in one area: where it departs from England, harm, then risks, and what is worked on."""

from datetime import date
from types import SimpleNamespace

import pytest

from psc.narrate.area import (
    Measured,
    area_headline,
    describe_being_done,
    describe_figure,
    describe_missing,
    describe_panel,
)
from tests.narrate.test_verdicts import monthly, yearly_verdict

TODAY = date(2026, 11, 28)
STEADY = {"direction": "none", "certain": False, "state": "steady"}
FASTER, SLOWER = {"against_england": "lower"}, {"against_england": "higher"}


@pytest.fixture
def measured(definition):
    def make(verdict, *, kind="hazard", direction="lower", england=None):
        return Measured(definition(kind=kind, direction=direction), verdict, england or monthly(against_england=""))

    return make


def said_of(measured, england=None, **changes):
    """The sentence on how changes differ from England's, of one measure that differs."""
    return area_headline([measured(monthly(**changes), england=england)], TODAY).split(" Risks and waits")[0]


def test_changes_beside_england_come_first_both_ways_then_harm_then_risks(measured):
    everything = [
        measured(yearly_verdict(against_england="alike"), kind="harm"),
        measured(yearly_verdict(**STEADY, against_england="alike"), kind="harm"),
        measured(monthly(**FASTER)),
        measured(monthly(**SLOWER)),
        measured(monthly(**SLOWER)),
        measured(monthly(**FASTER), direction="neutral"),
    ]
    assert area_headline(everything, TODAY) == (
        "Improvement was faster than England’s in one measure, slower in two. "
        "Harm to March 2024: one of two rose. Risks and waits: three of three fell."
    )


RISING = {"direction": "higher", "state": "concern", "change": 0.2, "lower": 0.1, "upper": 0.3}


@pytest.mark.parametrize(
    ("area", "england", "said"),
    [
        ({}, {}, "No change here clearly differs from England’s."),
        (FASTER, {}, "Improvement was faster than England’s in one measure."),
        (SLOWER, {}, "Improvement was slower than England’s in one measure."),
        ({**STEADY, **SLOWER}, {}, "Improvement was slower than England’s, or not clear, in one measure."),
        ({**RISING, **SLOWER}, RISING, "One concern grew faster than in England."),
        ({**RISING, **SLOWER}, STEADY, "One concern grew faster than in England."),
        ({**RISING, **FASTER}, RISING, "One concern grew more slowly than in England, or not clearly."),
        ({**STEADY, **FASTER}, RISING, "One concern grew more slowly than in England, or not clearly."),
    ],
)
def test_a_change_unlike_england_is_called_an_improvement_only_where_it_is_one(measured, area, england, said):
    assert said_of(measured, monthly(**england, against_england=""), **area) == said


def test_a_concern_that_grew_is_said_after_the_improvements(measured):
    everything = [
        measured(monthly(**FASTER)),
        measured(monthly(**RISING, **SLOWER), england=monthly(**RISING, against_england="")),
    ]
    said = area_headline(everything, TODAY)
    assert said.startswith("Improvement was faster than England’s in one measure; one concern grew faster. ")


def test_more_than_two_kinds_of_difference_are_only_counted(measured):
    everything = [
        measured(monthly(**FASTER)),
        measured(monthly(**SLOWER)),
        measured(monthly(**RISING, **SLOWER), england=monthly(**RISING, against_england="")),
        measured(monthly(**FASTER), direction="neutral"),
    ]
    assert area_headline(everything, TODAY).startswith("Change was clearly unlike England’s in three measures. ")


def test_a_neutral_measure_unlike_england_is_neither_faster_nor_slower_and_in_no_count(measured):
    said = area_headline([measured(monthly(**FASTER), direction="neutral")], TODAY)
    assert said == "Change was unlike England’s in one measure where neither way is better."


def test_nothing_that_could_be_chance_is_counted(measured):
    unsure = monthly(certain=False, state="unclear", **FASTER)
    assert area_headline([measured(unsure, england=monthly(**STEADY, against_england=""))], TODAY) == (
        "No change here clearly differs from England’s. Risks and waits: none of one clearly changed."
    )


def test_harm_and_risk_are_never_in_one_count(measured):
    said = area_headline([measured(yearly_verdict(), kind="harm"), measured(monthly())], TODAY)
    assert "Harm to March 2024: one of one rose." in said and "Risks and waits: one of one fell." in said


def test_an_area_without_a_judged_change_says_so(measured):
    unjudged = monthly(method="", direction="not_judged", certain=False, state="unjudged", reason="no_counts")
    assert area_headline([measured(unjudged)], TODAY) == "No change here can be judged yet."


def priority(status, year_to=None, *, scope="one_area", inferred=False):
    return SimpleNamespace(status=status, year_to=year_to, scope=scope, status_inferred=inferred)


@pytest.mark.parametrize(
    ("priorities", "said"),
    [
        ([priority("active"), priority("active")], "Two priorities are active now."),
        (
            [priority("closed", 2019), priority("closed", 2023)],
            "No priority of its own is known to have been active since 2023.",
        ),
        ([priority("active", 2025, inferred=True)], "One priority was active when last seen, in 2025."),
        ([priority("active", 2027, inferred=True)], "One priority is active now."),
        ([priority("active", scope="national")], "No priority of its own is recorded."),
        ([], "No priority of its own is recorded."),
    ],
)
def test_what_is_being_done_now(priorities, said):
    assert describe_being_done(priorities, TODAY) == said


@pytest.mark.parametrize(
    ("start", "end", "said"),
    [
        (date(2025, 12, 1), date(2025, 12, 31), "9.3% of items in December 2025."),
        (date(2025, 7, 1), date(2025, 7, 31), "9.3% of items in July 2025, 1 year 4 months old."),
        (date(2018, 3, 1), date(2018, 3, 31), "Last published: 9.3% of items in March 2018, 8 years 8 months old."),
    ],
)
def test_old_figures_say_their_age_and_very_old_ones_are_the_last_published(definition, start, end, said):
    assert describe_figure(definition(), monthly(period_start=start, period_end=end), TODAY) == said


def test_a_panel_has_the_figure_the_verdict_and_england(definition):
    words = describe_panel(definition(), monthly(**FASTER), monthly(against_england="", change=-0.04), TODAY)
    assert words == (
        "9.3% of items in December 2025. Improving: lower than a year before in 12 of the last 12 months; 8% lower "
        "(6% to 10%). That is a faster fall than in England."
    )


def test_missing_periods_are_counted():
    assert describe_missing(7, "month") == "Seven months have no figure here."
    assert describe_missing(1, "financial_year") == "One year has no figure here."
    assert describe_missing(0, "month") == ""
