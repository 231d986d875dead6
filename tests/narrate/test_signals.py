"""The sentence for every verdict there is, typed by hand."""

from datetime import date

import pytest

from psc.narrate.headlines import area_headline, matrix_headline, metric_headline
from psc.narrate.signals import (
    attention_sentence,
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


@pytest.mark.parametrize(
    ("signals", "sentence"),
    [
        ([make_signal()] * 15, "no significant change in 15 areas."),
        (
            [make_signal(**IMPROVING_LOW, **NOW)] * 9 + [make_signal(**CONCERN_HIGH, **NOW)] + [make_signal()] * 5,
            "improving in nine areas, a concern in one area and no significant change in five areas.",
        ),
        (
            [make_signal(state="higher", side="high", **NOW)] * 2
            + [make_signal(state="lower", side="low", **NOW)] * 13,
            "higher than usual in two areas and lower than usual in 13 areas.",
        ),
        (
            [make_signal(state="unclear", side="low", **NOW)] * 3 + [make_signal()] * 12,
            "no clear verdict in three areas and no significant change in 12 areas.",
        ),
        (
            [make_signal()] * 14 + [make_run(period_end=date(2025, 12, 31))],
            "no significant change in 14 areas and not judged in one area.",
        ),
        (
            [make_signal(unsettled=True)] * 4 + [make_signal()] * 11,
            "no significant change in 15 areas. In four areas it has moved so far that “usual” means little.",
        ),
    ],
)
def test_the_headline_of_a_measure(definition, signals, sentence):
    assert metric_headline(definition(), signals) == f"Strong tablets: {sentence} Data to December 2025."


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        ("harm", ""),
        ("process", ""),
        ("hazard", " This measures a risk of harm, not harm itself."),
        ("recording", " This measures what is reported, not how often harm happens."),
    ],
)
def test_a_headline_says_when_it_is_not_harm_that_is_measured(definition, kind, words):
    assert metric_headline(definition(kind=kind), [make_signal()]) == (
        f"Strong tablets: no significant change in one area.{words} Data to December 2025."
    )


def test_the_headline_of_a_yearly_measure_counts_areas_at_their_extreme_of_five_years(yearly):
    signals = [
        *[make_run(extreme="highest", extreme_of=7)] * 3,
        *[make_run(extreme="highest", extreme_of=5, extreme_since=date(2017, 4, 1))] * 2,
        *[make_run(extreme="highest", extreme_of=4, extreme_since=date(2019, 4, 1))] * 5,
        make_run(extreme="lowest", extreme_of=7),
        *[make_run()] * 4,
    ]
    assert metric_headline(yearly, signals) == (
        "Strong tablets: yearly figures have no limits, so they are not judged. The latest is the highest for five "
        "years or more in five areas and the lowest for as long in one area. Data to March 2024."
    )


def test_the_headline_of_overlapping_windows_judges_nothing(definition):
    signals = [make_run(chart="line", non_random=None, extreme="highest", extreme_of=9)] * 15
    assert metric_headline(definition(grain="overlapping_year", chart="line"), signals) == (
        "Strong tablets: each figure covers twelve months that overlap the next, so no change can be judged. "
        "Data to March 2024."
    )


@pytest.mark.parametrize(
    ("title", "sentence"),
    [
        ("Fluoroquinolone items", "Wessex: fluoroquinolone items, higher than usual since June 2025."),
        ("MRSA blood infections", "Wessex: MRSA blood infections, higher than usual since June 2025."),
        ("E. coli blood infections", "Wessex: E. coli blood infections, higher than usual since June 2025."),
        ("A", "Wessex: A, higher than usual since June 2025."),
    ],
)
def test_a_line_of_what_needs_attention(definition, title, sentence):
    assert (
        attention_sentence(definition(plain_title=title), "Wessex", make_signal(**CONCERN_HIGH, **SINCE_JUNE))
        == sentence
    )


NOT_HARM = "They measure risky prescribing and waits, not harm itself."


def of_states(definition, *states):
    """One measure for each state, with its signal."""
    return [(definition(), make_run() if state == "unjudged" else make_signal(state=state)) for state in states]


@pytest.mark.parametrize(
    ("states", "sentence"),
    [
        (
            ["improving"] * 7 + ["concern"] + ["steady", "unclear"] + ["higher", "lower"],
            "12 measures can be judged here. Seven are improving, one is a concern, two show no clear change "
            f"and two have changed where neither way is better. {NOT_HARM}",
        ),
        (
            ["improving"] * 3 + ["steady"],
            "Four measures can be judged here. Three are improving, none is a concern and one shows no clear change. "
            f"{NOT_HARM}",
        ),
        (["concern"], f"One measure can be judged here. None is improving and one is a concern. {NOT_HARM}"),
        (
            ["concern"] + ["unjudged"] * 2,
            f"One measure can be judged here. None is improving and one is a concern. {NOT_HARM} Two others cannot be "
            "judged: in none of them is the latest figure the highest for five years or more.",
        ),
        (
            ["concern", "unjudged"],
            f"One measure can be judged here. None is improving and one is a concern. {NOT_HARM} One other cannot be "
            "judged: its latest figure is not the highest for five years or more.",
        ),
        ([], "No measure can be judged here."),
    ],
)
def test_the_headline_of_an_area(definition, states, sentence):
    assert area_headline(of_states(definition, *states)) == sentence


def test_the_headline_of_an_area_does_not_keep_quiet_about_yearly_highs(definition):
    """Of measures that are not judged: highs count where less is better, and only those of five years or more."""
    infection = definition(harm_area="infection", kind="harm", grain="financial_year", chart="run")
    highs = [make_run(extreme="highest", extreme_of=years) for years in (4, 5, 9)]
    measured = [
        *of_states(definition, "steady"),
        *((infection, signal) for signal in highs),
        (definition(direction="neutral", grain="financial_year"), make_run(extreme="highest", extreme_of=9)),
    ]
    assert area_headline(measured).endswith(
        "Four others, infections among them, cannot be judged: in two of them the latest figure is the highest for "
        "five years or more."
    )


@pytest.mark.parametrize(
    ("grain", "periods", "said"),
    [
        ("month", 16, "is not"),
        ("month", 59, "is not"),
        ("month", 60, "is"),
        ("quarter", 19, "is not"),
        ("quarter", 20, "is"),
        ("financial_year", 4, "is not"),
        ("financial_year", 5, "is"),
    ],
)
def test_a_highest_counts_as_of_five_years_only_when_its_periods_span_them(definition, grain, periods, said):
    signal = make_run(extreme="highest", extreme_of=periods, no_limits="small_counts")
    sentence = f"its latest figure {said} the highest for five years or more."
    assert sentence in area_headline([(definition(grain=grain), signal)])


def test_a_monthly_measure_that_is_judged_nowhere_is_not_called_yearly(definition):
    rare, young = (
        make_run(no_limits="small_counts", period_end=date(2025, 12, 31)),
        make_run(period_end=date(2025, 12, 31)),
    )
    said = [metric_headline(definition(), signals) for signals in ([rare] * 15, [young] * 2, [rare] * 14 + [young])]
    assert said == [
        "Strong tablets: not judged: in 15 areas so few are counted each month that limits would mislead. "
        "Data to December 2025.",
        "Strong tablets: not judged: in two areas too few months have figures for limits. Data to December 2025.",
        "Strong tablets: not judged: in 14 areas so few are counted each month that limits would mislead and in one "
        "area too few months have figures for limits. Data to December 2025.",
    ]


def test_quarterly_figures_are_told_in_quarters(definition):
    quarterly = definition(grain="quarter")
    rare = make_run(no_limits="small_counts")
    assert "so few are counted here each quarter" in verdict_words(quarterly, rare)
    assert "so few are counted each quarter" in metric_headline(quarterly, [rare])
    assert "too few quarters have figures" in metric_headline(quarterly, [make_run()])


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


def test_the_headline_says_where_there_are_no_figures_and_where_they_end_earlier(definition, yearly):
    late = make_signal(period_end=date(2025, 10, 31))
    assert metric_headline(definition(), [make_signal()] * 12 + [late], 15) == (
        "Strong tablets: no significant change in 13 areas and no figures in two areas. Data to December 2025; in one "
        "area they end earlier."
    )
    assert "in no areas. 14 areas have no figures. Data to March 2024." in metric_headline(yearly, [make_run()], 15)
    assert metric_headline(definition(), [], 15) == "Strong tablets: no area has a figure."


def test_the_headline_of_an_area_does_not_deny_harm_where_harm_is_judged(definition):
    measured = [(definition(kind="harm"), make_signal(**CONCERN_HIGH, **NOW))]
    assert area_headline(measured) == "One measure can be judged here. None is improving and one is a concern."


def test_every_rule_that_can_fire_has_its_words():
    assert list(rule_words(7)) == list(RULES)


def test_a_single_quarter_is_named_whole(definition):
    quarter = {"since": date(2025, 10, 1), "holding": 1, "period_start": date(2025, 10, 1)}
    signal = make_signal(**CONCERN_HIGH, **quarter)
    assert movement_words(definition(grain="quarter"), signal) == ("higher than usual in October 2025 to December 2025")


def test_a_steady_series_has_no_beginning_to_speak_of(definition):
    with pytest.raises(AssertionError, match="only a special cause has a beginning"):
        movement_words(definition(), make_signal())


def test_the_headline_of_the_matrix_counts_every_kind_of_signal_and_says_what_they_measure(definition):
    special = {"side": "low", "rule": "shift", **SINCE_JUNE}
    signals = [
        make_signal(state="concern", **special),
        make_signal(state="improving", unsettled=True, **special),
        make_signal(state="improving", **special),
        make_signal(state="lower", **special),
        make_signal(state="unclear", **special),
        make_signal(),
        make_run(),
    ]
    assert matrix_headline([(definition(), signal) for signal in signals]) == (
        "One measure in 15 areas: 6 of 7 series can be judged. One concern, two improvements, one change where neither "
        "way is better, one without a clear verdict and one without significant change. They measure risky prescribing "
        "and waits, not harm itself. In one of the improvements the level has moved so far that “usual” means little."
    )
    assert "not harm itself" not in matrix_headline([(definition(kind="harm"), make_signal())])


def test_a_measure_in_which_limits_cannot_be_made_says_why_in_each_number_of_areas(definition):
    signals = [make_run(no_limits=why) for why in ("no_width", "no_width", "few_exceptions", "no_steps")]
    assert metric_headline(definition(), signals).startswith(
        "Strong tablets: not judged: in one area so few are not counted that limits would mislead; in two areas nearly "
        "all figures are the same, so that limits cannot be made; and in one area no two figures follow each other, so "
        "that limits cannot be made."
    )
    assert verdict_words(definition(), signals[0]) == (
        "Not judged: nearly all figures here are the same, so they move too little for limits to be made."
    )
