"""Figures are compared on a calendar with every month, cut where the series breaks."""

import datetime

import numpy as np

from psc.catalogue.definition import load_catalogue
from psc.catalogue.parts import SeriesBreak
from psc.store.grid import Grid
from psc.store.verdicts.calendar import every_month, series_segments


def grid_of_months(*months: str) -> Grid:
    start = np.array(months, "datetime64[M]").astype("datetime64[D]")
    figures = np.arange(1.0, len(months) + 1)[None]
    return Grid(["kss"], start, start, figures, figures, figures)


def test_month_without_any_row_gets_an_empty_column():
    grid = every_month(grid_of_months("2023-12", "2024-03"))
    np.testing.assert_array_equal(grid.value, [[1, np.nan, np.nan, 2]])
    assert grid.start.astype(str).tolist() == ["2023-12-01", "2024-01-01", "2024-02-01", "2024-03-01"]
    assert grid.end.astype(str).tolist() == ["2023-12-31", "2024-01-31", "2024-02-29", "2024-03-31"]


def test_calendar_without_gaps_stays_as_it_is():
    grid = grid_of_months("2023-12", "2024-01")
    assert every_month(grid) is grid


def test_each_break_of_the_series_begins_a_segment():
    days = (datetime.date(2024, 2, 1), datetime.date(2024, 3, 15))
    breaks = tuple(SeriesBreak(date=day, reason="Counted anew.") for day in days)
    definition = load_catalogue().metrics[0].model_copy(update={"series_breaks": breaks})
    start = grid_of_months("2024-01", "2024-02", "2024-03", "2024-04").start
    segments = series_segments(definition, start)
    assert (segments - segments[0]).tolist() == [0, 1, 1, 2]
