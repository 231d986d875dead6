"""What stands beside a chart, typed by hand."""

from datetime import date

import pytest

from psc.catalogue.parts import Target
from psc.narrate.chart import (
    assurance_sentence,
    chart_choice,
    describe_age,
    describe_chance,
    describe_limits,
    describe_this_month,
    gaps_note,
    where_points_stand,
)
from tests.narrate.conftest import make_run, make_signal


@pytest.mark.parametrize(
    ("changes", "begins"),
    [
        ({}, "There are enough figures for an XmR chart"),
        ({"chart": "run", "no_limits": "small_counts"}, "So few are counted here each month that limits would mislead"),
        ({"chart": "run", "no_limits": "few_exceptions"}, "Nearly all are counted here, and so few are not"),
        ({"chart": "run", "no_limits": "no_width"}, "Nearly all figures here are the same, so they move too little"),
        ({"chart": "run", "no_limits": "no_steps"}, "No two figures here follow each other, so limits cannot be made"),
        ({"chart": "run", "points": 9}, "With nine months of figures there are too few for limits"),
        ({"chart": "line"}, "Each figure covers twelve months that overlap the next"),
    ],
)
def test_the_chart_says_which_it_is_and_why(definition, changes, begins):
    assert chart_choice(definition(), make_signal(**changes)).startswith(begins)


def test_a_yearly_chart_says_that_years_are_too_few(yearly):
    assert chart_choice(yearly, make_run()).startswith("Yearly figures are not given limits, so this is a run chart")


@pytest.mark.parametrize(
    ("today", "said"),
    [
        (date(2026, 5, 31), ""),
        (date(2026, 6, 1), "The latest figure is 6 months old."),
        (date(2026, 11, 22), "The latest figure is 11 months old."),
        (date(2027, 12, 1), "The latest figure is 2 years old."),
        (date(2028, 8, 1), "The latest figure is 2 years 8 months old."),
    ],
)
def test_old_data_are_called_old(today, said):
    assert describe_age(make_signal().period_end, today) == said


def test_what_the_lines_rest_on(definition, yearly):
    assert describe_limits(definition(), make_signal()) == "The limits rest on 24 months, from January 2024."
    line = describe_limits(definition(), make_signal(chart="line"))
    assert line == "The line shows 24 months, the first of them from January 2024."
    assert describe_limits(yearly, make_run()) == "The middle value rests on eight years, from April 2016."
    fixed = describe_limits(definition(baseline_points=12), make_signal())
    assert fixed == "The limits rest on the first 12 months from January 2024; 24 months are shown."


@pytest.mark.parametrize(
    ("grain", "said"),
    [
        ("month", ""),
        ("quarter", "Each point stands in the middle of the three months it covers."),
        ("financial_year", "Each point stands in the middle of the 12 months it covers."),
        ("overlapping_year", "Each point stands in the middle of the 12 months it covers."),
    ],
)
def test_where_points_of_long_periods_stand_is_said(definition, grain, said):
    assert where_points_stand(definition(grain=grain)) == said


def test_gaps_between_rare_events_are_explained_and_not_judged(definition):
    said = gaps_note(definition(opportunities="tablets", counted="strong tablets"), 0, 0)
    assert said.startswith("Counts are small here, so each dot is the number of tablets between one event and the next")
    assert "which is better. The events are the strong tablets." in said and "No dots lie above the limit." in said
    assert said.endswith("This chart gives no verdict.")
    two = gaps_note(definition(opportunities="tablets", direction="neutral"), 2, 1)
    assert "Two dots lie above the limit, one of them wherever in their months the events fell." in two
    assert "better" not in two


def test_the_target_and_what_can_be_expected_of_it(definition):
    assert assurance_sentence(definition(), make_signal()) == ""
    target = Target(start=date(2025, 1, 1), value=10, source="Somebody's plan")
    with_target = definition(targets=(target,))
    told = assurance_sentence(with_target, make_signal(assurance="fail"))
    assert told == "The target is 10% of items. As things are, the figure can be expected to miss the target."
    unjudged = assurance_sentence(with_target, make_signal(assurance=""))
    assert unjudged.endswith("Whether it can be expected to be met cannot be judged.")
    before = make_signal(period_start=date(2024, 12, 1), period_end=date(2024, 12, 31))
    to_come = "A target of 10% of items holds from 1 January 2025 on, after the latest figure."
    assert assurance_sentence(with_target, before) == to_come
    mid_month = definition(
        targets=(Target(start=date(2024, 12, 15), value=1_234_567, source="A plan"), target.model_copy())
    )
    both = assurance_sentence(mid_month, before)
    assert both.startswith("The target is 1,234,567% of items. ") and both.endswith(to_come)


def test_limits_of_two_years_say_how_much_they_rest_on_and_that_the_rest_is_not_judged(definition):
    signal = make_signal(points=61, limits_points=24, first_period=date(2020, 12, 1), limits_from=date(2024, 1, 1))
    assert describe_limits(definition(), signal) == (
        "The limits rest on the last 24 months with figures, from January 2024. Earlier figures are drawn without "
        "limits and not judged."
    )


def test_how_often_a_sign_comes_by_chance_is_told_of_monthly_limits_only(definition, yearly):
    recent = describe_chance(definition(), make_signal(points=61, limits_points=24))
    whole = describe_chance(definition(), make_signal(points=61))
    assert "one time in eight though nothing is changing" in recent
    assert "one time in six though nothing is changing" in whole
    assert describe_chance(yearly, make_run()) == ""
    assert describe_chance(definition(), make_signal(chart="run")) == ""


@pytest.mark.parametrize(
    ("odd", "begins"),
    [
        ("", "Not odd for December 2025. "),
        ("high", "Odd: higher than expected for December 2025. "),
        ("low", "Odd: lower than expected for December 2025. "),
    ],
)
def test_the_latest_month_is_told_against_what_its_season_and_the_months_before_let_expect(definition, odd, begins):
    signal = make_signal(odd=odd, expected=1200.04, expected_lower=1100.0, expected_upper=1300.0)
    assert describe_this_month(definition(), signal) == (
        f"{begins}Going by the season and by the months before, we would expect 1,200.0% of items, and most likely a "
        "figure from 1,100.0 to 1,300.0."
    )
    assert describe_this_month(definition(), make_signal()) == ""
