"""The gaps between rare events: only where counts are small, whole and known, and marked only beyond doubt."""

import numpy as np
import pandas as pd
import pytest

from psc.catalogue.definition import load_catalogue
from psc.store.gaps import gap_rows
from psc.store.grid import grid_of

MONTHS = pd.date_range("2023-01-01", periods=36, freq="MS")


@pytest.fixture(scope="module")
def rare(data):
    return load_catalogue(data / "harms").by_id["methotrexate-10mg"]


def rows(definition, *series, denominator=1000.0):
    frames = [
        pd.DataFrame(
            {
                "area_id": f"area-{n}",
                "period_start": MONTHS[: len(counts)],
                "period_end": MONTHS[: len(counts)] + pd.offsets.MonthEnd(1),
                "numerator": np.array(counts, float),
                "denominator": np.where(np.isnan(np.array(counts, float)), np.nan, denominator),
            }
        )
        for n, counts in enumerate(series)
    ]
    frame = pd.concat(frames)
    return gap_rows(definition, grid_of(frame.assign(value=frame["numerator"] / frame["denominator"])))


def test_one_event_a_month_is_a_gap_of_a_month(rare):
    found = rows(rare, [1] * 20)
    assert len(found) == 19
    assert found["between"].tolist() == [999.0] * 19
    assert found["event_date"].iloc[0] == np.datetime64("2023-02-15")
    assert set(found["rules"]) == {""}


def test_the_events_of_a_month_lie_evenly_in_it_in_order(rare):
    found = rows(rare, [3] * 14)
    assert found["event_date"].is_monotonic_increasing
    assert found["event_date"].astype("datetime64[s]").dt.day.tolist()[:5] == [15, 24, 5, 15, 24]


def test_it_begins_where_a_year_became_small(rare):
    found = rows(rare, [40] * 15 + [2] * 21)
    assert found["event_date"].min() >= np.datetime64("2024-04-01")
    assert found["between"].max() < 1000


def test_large_counts_counts_that_were_divided_and_rates_have_no_gaps(rare, data):
    assert rows(rare, [5] * 20).empty
    assert rows(rare, [1.5] * 20).empty
    assert rows(rare, [1] * 11).empty
    opioids = load_catalogue(data / "harms").by_id["high-dose-opioids"]
    assert rows(opioids, [1] * 20).empty


def test_a_gap_is_marked_only_when_it_is_long_wherever_the_events_fell(rare):
    quiet = rows(rare, [2] * 15 + [0] * 12 + [1])
    assert quiet["rules"].tolist()[-1] == "outside"
    assert quiet["point_type"].iloc[-1] == "special_cause_improvement"
    assert set(quiet["rules"].iloc[:-1]) == {""}
    unsure = rows(rare, [1] * 14 + [0] * 3 + [1])
    assert (unsure["rules"] == "").all()


def test_a_missing_month_is_no_long_gap(rare):
    found = rows(rare, [2] * 15 + [np.nan] * 12 + [2] * 5)
    assert found["between"].max() < 1000
    assert (found["rules"] == "").all()


def test_areas_do_not_disturb_each_other(rare):
    both = rows(rare, [1] * 20, [40] * 20, [2] * 18)
    assert list(both["area_id"].unique()) == ["area-0", "area-2"]
    alone = rows(rare, [2] * 18)
    np.testing.assert_array_equal(both.loc[both["area_id"] == "area-2", "between"], alone["between"])
