"""Observations are laid out as areas by periods, and compared in a period that most areas have."""

import math

import numpy as np
import pandas as pd

from psc.store.grid import grid_of
from tests.store.monthly_rows import observations


def test_areas_are_compared_in_the_last_period_that_half_of_those_with_figures_have():
    gone = math.nan
    series = {"a": [1.0, 2, 3, gone], "b": [1.0, 2, gone, gone], "c": [1.0, gone, gone, gone], "d": [1.0, 2, gone, 4]}
    assert grid_of(observations(series)).compared == 1
    assert grid_of(observations({"a": [1.0, gone], "b": [gone, 2.0]})).compared == 1
    assert grid_of(observations({"a": [1.0, gone], "b": [gone, gone]})).compared == 0
    assert grid_of(observations({"a": [gone, gone]})).compared is None


def rows(*found: tuple[str, str, float]) -> pd.DataFrame:
    frame = pd.DataFrame(found, columns=["area_id", "period_start", "value"])
    start = pd.to_datetime(frame["period_start"])
    return frame.assign(
        period_start=start, period_end=start + pd.offsets.MonthEnd(1), numerator=frame["value"], denominator=10.0
    )


def test_rows_in_any_order_become_areas_by_periods_with_gaps():
    grid = grid_of(rows(("wessex", "2024-02-01", 2), ("kss", "2024-02-01", 3), ("kss", "2024-01-01", 4)))
    assert grid.areas == ["kss", "wessex"]
    np.testing.assert_array_equal(grid.value, [[4, 3], [np.nan, 2]])
    assert grid.end.astype(str).tolist() == ["2024-01-31", "2024-02-29"]


def test_area_without_any_value_is_left_out_and_england_on_request():
    grid = grid_of(rows(("england", "2024-01-01", 2), ("kss", "2024-01-01", 3), ("oxford", "2024-01-01", np.nan)))
    assert grid.areas == ["england", "kss"]
    without = grid.without("england")
    assert without.areas == ["kss"]
    np.testing.assert_array_equal(without.value, [[3]])


def test_months_count_twelve_to_a_year():
    grid = grid_of(rows(("kss", "2023-03-01", 1), ("kss", "2024-03-01", 1)))
    assert np.diff(grid.months).tolist() == [12]
