"""What the rules of a chart mean, and why a series has no limits, in words."""

import pytest

from psc.narrate.chart import run_words
from psc.narrate.signals import no_limits_words, rule_words
from psc.store.judge import RULES
from tests.narrate.conftest import make_run


@pytest.mark.parametrize(("points", "number"), [(6, "six"), (7, "seven")])
def test_a_trend_is_as_long_as_the_definition_says_and_a_shift_is_seven(points, number):
    assert f"a run of {number} or more that only rise" in rule_words(points)["trend"]
    assert "a run of seven or more on one side" in rule_words(points)["shift"]


def test_every_rule_that_can_fire_has_its_words():
    assert list(rule_words(7)) == list(RULES)


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
    assert no_limits_words(definition(), make_run(no_limits=why)) == words


@pytest.mark.parametrize(("non_random", "said"), [(True, True), (False, False), (None, False)])
def test_a_run_chart_that_moved_more_than_chance_says_so(non_random, said):
    assert ("more than chance alone explains" in run_words(make_run(non_random=non_random))) == said
