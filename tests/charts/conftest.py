"""Definitions and series to draw."""

import pandas as pd
import pytest

from psc.catalogue.definition import load_catalogue
from psc.catalogue.parts import SeriesBreak
from psc.store.grid import grid_of
from psc.store.judge import judge


@pytest.fixture(scope="session")
def definition(data):
    """Make the definition of a monthly share of which less is better, or of what a test asks for."""
    real = load_catalogue(data / "harms").by_id["methotrexate-10mg"]
    words = {"unit": "% of items", "unit_sentence": "{value}% of items", "decimals": 1}

    def make(breaks=(), **changes):
        told = tuple(SeriesBreak(date=day, reason="A new definition.") for day in breaks)
        return real.model_copy(update={**words, "series_breaks": told, **changes})

    return make


@pytest.fixture(scope="session")
def series():
    """Judge monthly values from January 2024 on, every segment, and return them as `queries/series.sql` does."""

    def make(definition, values) -> pd.DataFrame:
        starts = pd.date_range("2024-01-01", periods=len(values), freq="MS")
        frame = pd.DataFrame(
            {
                "area_id": "wessex",
                "period_start": starts,
                "period_end": starts + pd.offsets.MonthEnd(1),
                "numerator": pd.Series(values, dtype=float) * 10,
                "denominator": 1000.0,
                "value": pd.Series(values, dtype=float),
                "note": "",
            }
        )
        points = judge(definition, grid_of(frame), "all_years").points.drop(columns=["metric_id", "area_id"])
        return frame.merge(points, on="period_start", how="left")

    return make
