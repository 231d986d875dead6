"""The sentence for every verdict there is, typed by hand."""

from datetime import date

import pytest

from psc.narrate.signals import (
    RULE_WORDS,
    area_headline,
    attention_sentence,
    cautions_words,
    metric_headline,
    movement_words,
    signal_sentence,
    unsettled_words,
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


TOO_FEW = "Eight years of figures, too few for limits, so the latest is not judged."


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({}, TOO_FEW),
        ({"extreme": "highest"}, f"{TOO_FEW} The latest figure is the highest of them all."),
        ({"extreme": "lowest"}, f"{TOO_FEW} The latest figure is the lowest of them all."),
        (
            {"extreme": "highest", "extreme_since": date(2018, 4, 1)},
            f"{TOO_FEW} The latest figure is the highest since 2018.",
        ),
        (
            {"non_random": True, "extreme": "lowest", "extreme_since": date(2019, 4, 1)},
            f"{TOO_FEW} Over these years the line has moved more than chance alone would explain. "
            "The latest figure is the lowest since 2019.",
        ),
        ({"points": 1}, "One year of figures, too few for limits, so the latest is not judged."),
    ],
)
def test_the_verdict_on_a_yearly_series(yearly, changes, sentence):
    assert verdict_words(yearly, make_run(**changes)) == sentence


def test_a_young_monthly_series_is_told_in_months(definition):
    signal = make_run(points=12, non_random=True)
    assert verdict_words(definition(), signal) == (
        "12 months of figures, too few for limits, so the latest is not judged. "
        "Over these months the line has moved more than chance alone would explain."
    )


def test_the_verdict_on_overlapping_windows(definition):
    signal = make_run(chart="line", non_random=None, extreme="highest")
    assert verdict_words(definition(grain="overlapping_year", chart="line"), signal) == (
        "Each figure covers twelve months that overlap the next, so no signal can be read from them."
    )


def test_the_sentence_begins_with_the_figure_and_its_period(definition, yearly):
    assert signal_sentence(definition(), make_signal(**CONCERN_HIGH, **NOW)) == (
        "1,234.6% of items in December 2025. A concern: higher than usual in December 2025."
    )
    assert signal_sentence(yearly, make_run()).startswith(
        "1,234.6 per 100,000 people in April 2023 to March 2024. Eight years"
    )


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({}, ""),
        ({"missing": 1}, "One month has no figure here."),
        ({"missing": 3}, "Three months have no figure here."),
        (
            {"missing": 2, "unsettled": True},
            "Two months have no figure here. The level has moved so much since January 2024 that one average fits it "
            "poorly. Read the shape of the line, not only the verdict.",
        ),
    ],
)
def test_what_to_bear_in_mind(definition, changes, sentence):
    assert cautions_words(definition(), make_signal(**changes)) == sentence


def test_an_unsettled_series_is_to_be_read_by_its_shape():
    assert unsettled_words(make_signal(unsettled=True)) == (
        "The level has moved so much since January 2024 that one average fits it poorly. "
        "Read the shape of the line, not only the verdict."
    )


@pytest.mark.parametrize(
    ("signals", "sentence"),
    [
        ([make_signal()] * 15, "Strong tablets: no significant change in 15 areas. Data to December 2025."),
        (
            [make_signal(**IMPROVING_LOW, **NOW)] * 9 + [make_signal(**CONCERN_HIGH, **NOW)] + [make_signal()] * 5,
            "Strong tablets: improving in nine areas, a concern in one area and no significant change in five areas. "
            "Data to December 2025.",
        ),
        (
            [make_signal(state="higher", side="high", **NOW)] * 2
            + [make_signal(state="lower", side="low", **NOW)] * 13,
            "Strong tablets: higher than usual in two areas and lower than usual in 13 areas. Data to December 2025.",
        ),
        (
            [make_signal()] * 14 + [make_run(period_end=date(2025, 11, 30))],
            "Strong tablets: no significant change in 14 areas and too few points to judge in one area. "
            "Data to December 2025.",
        ),
        (
            [make_run(points=5)] * 15,
            "Strong tablets: too few months of figures to judge by limits. The latest is the highest of all months "
            "loaded in no areas and the lowest in no areas. Data to March 2024.",
        ),
    ],
)
def test_the_headline_of_a_measure(definition, signals, sentence):
    assert metric_headline(definition(), signals) == sentence


def test_the_headline_of_a_yearly_measure_counts_only_areas_at_their_extreme_of_all_years(yearly):
    signals = [
        *[make_run(extreme="highest")] * 3,
        *[make_run(extreme="highest", extreme_since=date(2019, 4, 1))] * 5,
        make_run(extreme="lowest"),
        *[make_run()] * 6,
    ]
    assert metric_headline(yearly, signals) == (
        "Strong tablets: too few years of figures to judge by limits. The latest is the highest of all years loaded "
        "in three areas and the lowest in one area. Data to March 2024."
    )


def test_the_headline_of_overlapping_windows_judges_nothing(definition):
    signals = [make_run(chart="line", non_random=None, extreme="highest")] * 15
    assert metric_headline(definition(grain="overlapping_year", chart="line"), signals) == (
        "Strong tablets: each figure covers twelve months that overlap the next, so no change can be judged. "
        "Data to March 2024."
    )


@pytest.mark.parametrize(
    ("title", "sentence"),
    [
        ("Fluoroquinolone items", "Wessex: fluoroquinolone items higher than usual since June 2025."),
        ("MRSA blood infections", "Wessex: MRSA blood infections higher than usual since June 2025."),
        ("E. coli blood infections", "Wessex: E. coli blood infections higher than usual since June 2025."),
        ("A", "Wessex: A higher than usual since June 2025."),
    ],
)
def test_a_line_of_what_needs_attention(title, sentence):
    assert attention_sentence(title, "Wessex", make_signal(**CONCERN_HIGH, **SINCE_JUNE)) == sentence


@pytest.mark.parametrize(
    ("states", "sentence"),
    [
        (
            ["improving"] * 7 + ["concern"] + ["steady"] * 2 + ["higher", "lower"] + ["unjudged"] * 9,
            "12 measures can be judged here. Seven are improving, one is a concern, two show no significant change "
            "and two are higher or lower than usual with neither way better.",
        ),
        (
            ["improving"] * 3 + ["steady"],
            "Four measures can be judged here. Three are improving, none is a concern and one shows no significant "
            "change.",
        ),
        (["concern"], "One measure can be judged here. None is improving and one is a concern."),
        (["unjudged"] * 9, "No measure can be judged here."),
        ([], "No measure can be judged here."),
    ],
)
def test_the_headline_of_an_area(states, sentence):
    assert area_headline(states) == sentence


def test_every_rule_that_can_fire_has_its_words():
    assert set(RULE_WORDS) == set(RULES)


def test_a_steady_series_has_no_beginning_to_speak_of():
    with pytest.raises(AssertionError, match="only a special cause has a beginning"):
        movement_words(make_signal())
