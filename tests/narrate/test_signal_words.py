"""What the rules of a chart mean, and why a series has no limits, in words."""

from datetime import date

import pytest

from psc.narrate.chart import describe_run
from psc.narrate.signal_words import describe_no_limits, describe_point, describe_rule, describe_unlike_verdict
from psc.store.judge import RULES
from tests.narrate.conftest import make_run, make_signal
from tests.narrate.verdict_samples import NONE, UNJUDGED, a_month, a_year


@pytest.mark.parametrize(("points", "number"), [(6, "six"), (7, "seven")])
def test_a_trend_is_as_long_as_the_definition_says_and_a_shift_is_seven(points, number):
    assert f"a run of {number} or more that only rise" in describe_rule(points)["trend"]
    assert "a run of seven or more on one side" in describe_rule(points)["shift"]


def test_every_rule_that_can_fire_has_its_words():
    assert list(describe_rule(7)) == list(RULES)


@pytest.mark.parametrize(
    ("why", "words"),
    [
        ("small_counts", "so few are counted here each month that limits would mislead"),
        ("no_width", "nearly all figures here are the same, so they move too little for limits to be made"),
        ("few_exceptions", "nearly all are counted here, and so few are not that limits would mislead"),
        ("no_steps", "no two figures here follow each other, so limits cannot be made from how much they move"),
    ],
)
def test_a_series_in_which_limits_cannot_be_made_says_why(definition, why, words):
    assert describe_no_limits(definition(), make_run(no_limits=why)) == words


@pytest.mark.parametrize(("non_random", "said"), [(True, True), (False, False), (None, False)])
def test_a_run_chart_that_moved_more_than_chance_says_so(non_random, said):
    assert ("more than chance alone explains" in describe_run(make_run(non_random=non_random))) == said


LOW = {"state": "improving", "side": "low", "rule": "outside", "limits_from": date(2019, 4, 1)}


def test_a_sign_unlike_the_verdict_says_what_each_of_the_two_is_set_against():
    assert describe_unlike_verdict(make_signal(**LOW), a_month(**NONE)) == (
        "This differs from the verdict above: the sign sets the latest points against the average since April 2019, "
        "the verdict sets them against the same months a year before."
    )
    rare = describe_unlike_verdict(make_signal(**LOW), a_month(**NONE, method="rare"))
    assert rare.endswith("the verdict sets the last 12 months against the 12 before.")
    yearly = describe_unlike_verdict(make_signal(**LOW), a_year())
    assert yearly.endswith("the verdict sets the latest year against the years before.")


@pytest.mark.parametrize(
    ("signal", "verdict", "unlike"),
    [
        (LOW, {}, False),
        (LOW, {"direction": "higher"}, True),
        ({}, {}, True),
        ({}, NONE, False),
        ({"state": "higher", "side": "high"}, NONE, True),
        ({"state": "unjudged"}, NONE, False),
        (LOW, UNJUDGED, False),
    ],
)
def test_only_a_sign_that_points_another_way_than_the_verdict_is_explained(signal, verdict, unlike):
    assert bool(describe_unlike_verdict(make_signal(**signal), a_month(**verdict))) == unlike


def test_the_rule_that_the_latest_point_meets_is_said_of_its_period(definition):
    assert (
        describe_point(definition(), make_signal(**LOW))
        == "In December 2025 it is beyond the limits of its usual range."
    )
    assert describe_point(definition(), make_signal()) == ""
