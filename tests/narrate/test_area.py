"""What happens in one area: where it departs from England, harm, then risks, and what is worked on."""

from datetime import date
from types import SimpleNamespace

import pytest

from psc.narrate.area import Measured, area_headline, being_done_words, figure_words, missing_words, panel_words
from tests.narrate.test_verdicts import monthly, yearly_verdict

TODAY = date(2026, 11, 28)
STEADY = {"direction": "none", "certain": False, "state": "steady"}
FASTER, SLOWER = {"against_england": "lower"}, {"against_england": "higher"}


@pytest.fixture
def measured(definition):
    def make(verdict, *, kind="hazard", direction="lower", england=None):
        return Measured(definition(kind=kind, direction=direction), verdict, england or monthly(against_england=""))

    return make


def test_departures_come_first_both_ways_then_harm_then_risks(measured):
    everything = [
        measured(yearly_verdict(against_england="alike"), kind="harm"),
        measured(yearly_verdict(**STEADY, against_england="alike"), kind="harm"),
        measured(monthly(**FASTER)),
        measured(monthly(**SLOWER)),
        measured(monthly(**SLOWER)),
        measured(monthly(**FASTER), direction="neutral"),
    ]
    assert area_headline("Wessex", everything, TODAY) == (
        "Wessex changed unlike England in four measures, ahead in one, behind in two. "
        "Harm to March 2024: one of two rose. Risks and waits: three of three fell."
    )


@pytest.mark.parametrize(
    ("verdict", "said"),
    [
        (monthly(), "No change in Wessex clearly differs from England’s."),
        (monthly(**FASTER), "Wessex changed unlike England in one measure, where it is ahead."),
        (monthly(**SLOWER), "Wessex changed unlike England in one measure, where it is behind."),
    ],
)
def test_one_departure_or_none_is_said_plainly(measured, verdict, said):
    assert area_headline("Wessex", [measured(verdict)], TODAY).startswith(said)


def test_nothing_that_could_be_chance_is_counted(measured):
    unsure = monthly(certain=False, state="unclear", **FASTER)
    assert area_headline("Wessex", [measured(unsure, england=monthly(**STEADY, against_england=""))], TODAY) == (
        "No change in Wessex clearly differs from England’s. Risks and waits: none of one clearly changed."
    )


def test_harm_and_risk_are_never_in_one_count(measured):
    said = area_headline("Wessex", [measured(yearly_verdict(), kind="harm"), measured(monthly())], TODAY)
    assert "Harm to March 2024: one of one rose." in said and "Risks and waits: one of one fell." in said


def test_an_area_without_a_judged_change_says_so(measured):
    unjudged = monthly(method="", direction="not_judged", certain=False, state="unjudged", reason="no_counts")
    assert area_headline("Wessex", [measured(unjudged)], TODAY) == "No change can be judged in Wessex yet."


def priority(status, year_to=None, *, scope="one_area", inferred=False):
    return SimpleNamespace(status=status, year_to=year_to, scope=scope, status_inferred=inferred)


@pytest.mark.parametrize(
    ("priorities", "said"),
    [
        ([priority("active"), priority("active")], "Being done now: two active priorities."),
        ([priority("closed", 2019), priority("closed", 2023)], "Being done now: no active priority since 2023."),
        ([priority("active", 2025, inferred=True)], "Being done now: one active priority, last seen in 2025."),
        ([priority("active", 2027, inferred=True)], "Being done now: one active priority."),
        ([priority("active", scope="national")], "No priority of its own is recorded."),
        ([], "No priority of its own is recorded."),
    ],
)
def test_what_is_being_done_now(priorities, said):
    assert being_done_words(priorities, TODAY) == said


@pytest.mark.parametrize(
    ("start", "end", "said"),
    [
        (date(2025, 12, 1), date(2025, 12, 31), "9.3% of items in December 2025."),
        (date(2025, 7, 1), date(2025, 7, 31), "9.3% of items in July 2025, 1 year 4 months old."),
        (date(2018, 3, 1), date(2018, 3, 31), "Last published: 9.3% of items in March 2018, 8 years 8 months old."),
    ],
)
def test_old_figures_say_their_age_and_very_old_ones_are_the_last_published(definition, start, end, said):
    assert figure_words(definition(), monthly(period_start=start, period_end=end), TODAY) == said


def test_a_panel_has_the_figure_the_verdict_and_england(definition):
    words = panel_words(definition(), monthly(**FASTER), monthly(against_england="", change=-0.04), TODAY)
    assert words == (
        "9.3% of items in December 2025. Improving: lower than a year before in 12 of the last 12 months; 8% lower "
        "(6% to 10%). That is a faster fall than in England."
    )


def test_missing_periods_are_counted():
    assert missing_words(7, "month") == "Seven months have no figure here."
    assert missing_words(1, "financial_year") == "One year has no figure here."
    assert missing_words(0, "month") == ""
