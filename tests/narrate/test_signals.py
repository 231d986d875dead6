"""The sentence for every verdict there is, typed by hand."""

from datetime import date

import pytest

from psc.narrate.signals import (
    cautions_words,
    movement_words,
    rule_words,
    signal_sentence,
    verdict_words,
)
from psc.store.judge import RULES
from tests.narrate.conftest import make_run, make_signal

SINCE_JUNE = {"since": date(2025, 6, 1), "holding": 7}
NOW = {"since": date(2025, 12, 1), "holding": 1}
IMPROVING_LOW = {"state": "improving", "side": "low", "rule": "shift"}
CONCERN_HIGH = {"state": "concern", "side": "high", "rule": "outside"}
NEITHER = "on this measure neither way is better."


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({}, "No significant change: the latest figure is within its usual range."),
        ({**IMPROVING_LOW, **SINCE_JUNE}, "Improving: lower than usual since June 2025 (seven months in a row)."),
        ({**IMPROVING_LOW, **NOW}, "Improving: lower than usual in December 2025."),
        (
            {"state": "improving", "side": "high", "rule": "outside", **SINCE_JUNE},
            "Improving: higher than usual since June 2025 (seven months in a row).",
        ),
        ({**CONCERN_HIGH, **SINCE_JUNE}, "A concern: higher than usual since June 2025 (seven months in a row)."),
        ({**CONCERN_HIGH, **NOW}, "A concern: higher than usual in December 2025."),
        (
            {"state": "concern", "side": "low", "rule": "two_in_three", **SINCE_JUNE},
            "A concern: lower than usual since June 2025 (seven months in a row).",
        ),
        (
            {"state": "concern", "side": "high", "rule": "trend", **SINCE_JUNE},
            "A concern: rising steadily since June 2025 (seven months in a row).",
        ),
        (
            {"state": "improving", "side": "low", "rule": "trend", **SINCE_JUNE},
            "Improving: falling steadily since June 2025 (seven months in a row).",
        ),
        (
            {"state": "higher", "side": "high", "rule": "shift", **SINCE_JUNE},
            f"Higher than usual since June 2025 (seven months in a row); {NEITHER}",
        ),
        ({"state": "lower", "side": "low", "rule": "outside", **NOW}, f"Lower than usual in December 2025; {NEITHER}"),
        (
            {"state": "lower", "side": "low", "rule": "trend", **SINCE_JUNE},
            f"Falling steadily since June 2025 (seven months in a row); {NEITHER}",
        ),
    ],
)
def test_the_verdict_on_a_monthly_series(definition, changes, sentence):
    assert verdict_words(definition(), make_signal(**changes)) == sentence


def test_months_with_a_gap_between_them_are_not_called_months_in_a_row(definition):
    signal = make_signal(**CONCERN_HIGH, since=date(2025, 3, 1), holding=8)
    assert verdict_words(definition(), signal) == (
        "A concern: higher than usual since March 2025 (all eight months with figures)."
    )


def test_quarters_are_counted_as_quarters(definition):
    signal = make_signal(**CONCERN_HIGH, since=date(2025, 1, 1), holding=4, period_start=date(2025, 10, 1))
    assert verdict_words(definition(grain="quarter"), signal).endswith("(four quarters in a row).")


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (0.124, "The last 12 months were 12% higher than the 12 before."),
        (-0.0751, "The last 12 months were 8% lower than the 12 before."),
        (0.004, "The last 12 months were about the same as the 12 before."),
        (-0.004, "The last 12 months were about the same as the 12 before."),
    ],
)
def test_a_signal_says_how_its_year_compares_with_the_one_before(definition, change, words):
    signal = make_signal(**CONCERN_HIGH, **NOW, year_change=change, year_months=12)
    assert verdict_words(definition(), signal) == f"A concern: higher than usual in December 2025. {words}"
    neutral = make_signal(state="higher", side="high", rule="outside", **NOW, year_change=change, year_months=12)
    assert verdict_words(definition(), neutral) == f"Higher than usual in December 2025; {NEITHER} {words}"


def test_signals_that_disagree_are_no_verdict(definition):
    signal = make_signal(state="unclear", side="low", rule="outside", **NOW, year_change=0.05, year_months=12)
    assert verdict_words(definition(), signal) == (
        "No clear verdict: lower than usual in December 2025. But the last 12 months were 5% higher than the 12 before."
    )


YEARLY = "Yearly figures have no limits, so the latest is not judged."


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({}, YEARLY),
        ({"extreme": "highest"}, f"{YEARLY} It is the highest since these figures began in April 2016."),
        ({"extreme": "lowest"}, f"{YEARLY} It is the lowest since these figures began in April 2016."),
        (
            {"extreme": "highest", "extreme_since": date(2018, 4, 1)},
            f"{YEARLY} It is the highest since the year from April 2018.",
        ),
        ({"non_random": True}, f"{YEARLY} Over these years the line has moved more than chance alone explains."),
    ],
)
def test_the_verdict_on_a_yearly_series(yearly, changes, sentence):
    assert verdict_words(yearly, make_run(**changes)) == sentence


@pytest.mark.parametrize(
    ("points", "sentence"),
    [
        (12, "Not judged yet: 12 months of figures are too few for limits."),
        (1, "Not judged yet: one month of figures is too few for limits."),
        (9, "Not judged yet: nine months of figures are too few for limits."),
    ],
)
def test_a_young_monthly_series_is_told_in_months(definition, points, sentence):
    assert verdict_words(definition(), make_run(points=points)) == sentence


def test_a_handful_of_events_is_not_judged(definition):
    assert verdict_words(definition(), make_run(points=90, no_limits="small_counts")) == (
        "Not judged: so few are counted here each month that limits would mislead."
    )


def test_the_verdict_on_overlapping_windows(definition):
    signal = make_run(chart="line", non_random=None, extreme="highest")
    assert verdict_words(definition(grain="overlapping_year", chart="line"), signal) == (
        "Each figure covers twelve months that overlap the next, so no change can be judged."
    )


def test_the_sentence_begins_with_the_figure_and_its_period(definition, yearly):
    assert signal_sentence(definition(), make_signal(**CONCERN_HIGH, **NOW)) == (
        "1,234.6% of items in December 2025. A concern: higher than usual in December 2025."
    )
    assert signal_sentence(yearly, make_run()).startswith(
        "1,234.6 per 100,000 people in April 2023 to March 2024. Yearly figures"
    )


UNSETTLED = "It has moved so far since January 2024 that “usual” means little here. Look at the line."


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({}, ""),
        ({"missing": 1}, "One month has no figure here."),
        ({"missing": 3}, "Three months have no figure here."),
        ({"unsettled": True}, UNSETTLED),
        ({"missing": 2, "unsettled": True}, f"Two months have no figure here. {UNSETTLED}"),
    ],
)
def test_what_to_bear_in_mind(definition, changes, sentence):
    assert cautions_words(definition(), make_signal(**changes)) == sentence


def test_quarterly_figures_are_told_in_quarters(definition):
    quarterly = definition(grain="quarter")
    rare = make_run(no_limits="small_counts")
    assert "so few are counted here each quarter" in verdict_words(quarterly, rare)


@pytest.mark.parametrize(
    ("months", "sentence"),
    [
        (12, "The last 12 months were 8% lower than the 12 before."),
        (11, "The 11 of the last 12 months with figures in both years were 8% lower than a year before."),
        (10, "The ten of the last 12 months with figures in both years were 8% lower than a year before."),
    ],
)
def test_years_are_compared_on_as_many_months_as_have_figures_in_both(definition, months, sentence):
    signal = make_signal(**IMPROVING_LOW, **NOW, year_change=-0.08, year_months=months)
    assert verdict_words(definition(), signal).endswith(sentence)


@pytest.mark.parametrize(("points", "number"), [(6, "six"), (7, "seven")])
def test_a_trend_is_as_long_as_the_definition_says_and_a_shift_is_seven(points, number):
    assert f"a run of {number} or more that only rise" in rule_words(points)["trend"]
    assert "a run of seven or more on one side" in rule_words(points)["shift"]


def test_every_rule_that_can_fire_has_its_words():
    assert list(rule_words(7)) == list(RULES)


def test_a_single_quarter_is_named_whole(definition):
    quarter = {"since": date(2025, 10, 1), "holding": 1, "period_start": date(2025, 10, 1)}
    signal = make_signal(**CONCERN_HIGH, **quarter)
    assert movement_words(definition(grain="quarter"), signal) == ("higher than usual in October 2025 to December 2025")


def test_a_steady_series_has_no_beginning_to_speak_of(definition):
    with pytest.raises(AssertionError, match="only a special cause has a beginning"):
        movement_words(definition(), make_signal())


@pytest.mark.parametrize(
    ("why", "words"),
    [
        ("no_width", "nearly all figures here are the same, so they move too little for limits to be made"),
        ("few_exceptions", "nearly all are counted here, and so few are not that limits would mislead"),
        ("no_steps", "no two figures here follow each other, so limits cannot be made from how much they move"),
    ],
)
def test_a_series_in_which_limits_cannot_be_made_says_why(definition, why, words):
    assert verdict_words(definition(), make_run(no_limits=why)) == f"Not judged: {words}."
