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
    assert comparison_sentence(definition(), latest(1.0, 3.0, 3.4, 5.0, 6.0), 3.2) == (
        "In December 2025 the areas ranged from 1.0 to 6.0% of items. England's figure was 3.2. The 95% interval lies "
        "wholly above it in two areas and wholly below it in one area."
    )


def test_an_interval_that_touches_england_does_not_leave_it_out(definition):
    assert comparison_sentence(definition(), latest(2.5, 3.5), 3.0).endswith(
        "wholly above it in no areas and wholly below it in no areas."
    )


def test_without_intervals_no_area_is_said_to_differ(definition):
    assert comparison_sentence(definition(), latest(1.0, 6.0, with_intervals=False), 3.2) == (
        "In December 2025 the areas ranged from 1.0 to 6.0% of items. England's figure was 3.2."
    )


@pytest.mark.parametrize("with_intervals", [True, False])
def test_without_england_the_range_stands_alone(definition, with_intervals):
    assert comparison_sentence(definition(), latest(1.0, 6.0, with_intervals=with_intervals), None) == (
        "In December 2025 the areas ranged from 1.0 to 6.0% of items."
    )
