"""How the areas differ from England: differences, never places in a list."""

from datetime import date

import pandas as pd
import pytest

from psc.narrate.comparison import comparison_sentence

START, END = date(2025, 12, 1), date(2025, 12, 31)


def latest(*figures, with_intervals=True):
    """Areas of one period, each with a figure and an interval of half a unit either way."""
    rows = [(value, value - 0.5, value + 0.5) if with_intervals else (value, None, None) for value in figures]
    frame = pd.DataFrame(rows, columns=["value", "lower", "upper"], dtype=float)
    return frame.assign(period_start=START, period_end=END)


def test_the_sentence_counts_areas_whose_interval_leaves_england_out(definition):
    harm = definition(kind="harm")
    assert comparison_sentence(harm, latest(1.0, 3.0, 3.4, 5.0, 6.0), 3.2) == (
        "In December 2025 the areas ranged from 1.0 to 6.0% of items. England's figure was 3.2. Two areas lie above "
        "England and one area below by more than chance; by chance alone, about one of 15 would."
    )
    assert "One area lies above England and no areas below" in comparison_sentence(harm, latest(3.0, 5.0), 3.2)


def test_an_interval_that_touches_england_does_not_leave_it_out(definition):
    sentence = comparison_sentence(definition(kind="harm"), latest(2.5, 3.5), 3.0)
    assert "No areas lie above England and no areas below by more than chance" in sentence


@pytest.mark.parametrize("kind", ["hazard", "process", "outcome", "recording"])
def test_what_is_no_harm_is_not_counted_against_england(definition, kind):
    assert comparison_sentence(definition(kind=kind), latest(1.0, 6.0), 3.2) == (
        "In December 2025 the areas ranged from 1.0 to 6.0% of items. England's figure was 3.2."
    )


def test_without_intervals_no_area_is_said_to_differ(definition):
    assert comparison_sentence(definition(kind="harm"), latest(1.0, 6.0, with_intervals=False), 3.2) == (
        "In December 2025 the areas ranged from 1.0 to 6.0% of items. England's figure was 3.2."
    )


@pytest.mark.parametrize("with_intervals", [True, False])
def test_without_england_the_range_stands_alone(definition, with_intervals):
    assert comparison_sentence(definition(kind="harm"), latest(1.0, 6.0, with_intervals=with_intervals), None) == (
        "In December 2025 the areas ranged from 1.0 to 6.0% of items."
    )
