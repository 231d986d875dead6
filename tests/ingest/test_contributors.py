"""Steps of contributors: what is kept with a series, and what is not because trusts merged."""

import datetime as dt

import pandas as pd
import pytest

from psc.ingest import contributors
from psc.ingest.contributors import contributor_steps, merged_into, write_steps
from psc.ingest.measures import EMERGENCY_WAITS

MONTHS = [dt.date(2020 + n // 12, n % 12 + 1, 1) for n in range(36)]
AREAS = {"RAA": "wessex", "RBB": "wessex", "REE": "kss", "ROLD": "kss"}


def parts(**admissions):
    """A row for each trust and month with figures: a tenth of its admissions waited."""
    rows = [
        (AREAS[code], code, month, number / 10, number)
        for code, numbers in admissions.items()
        for month, number in zip(MONTHS, numbers, strict=True)
        if number is not None
    ]
    return pd.DataFrame(rows, columns=["area", "contributor", "period_start", "numerator", "denominator"])


def observations(frame, blank=()):
    rows = frame.groupby(["area", "period_start"], as_index=False)[["numerator", "denominator"]].sum()
    rows["period_end"] = rows["period_start"]
    rows.loc[rows["period_start"].isin(blank), ["numerator", "denominator"]] = None
    return rows


def found(frame, boundaries, blank=()):
    return contributor_steps(frame, observations(frame, blank), boundaries, EMERGENCY_WAITS, "month")


STEADY = [3000.0] * 36
HALVED = [2000.0] * 30 + [1000.0] * 6


def test_step_is_kept_with_all_the_figures_of_its_contributor_alone(boundaries):
    steps, kept = found(parts(RAA=STEADY, RBB=HALVED, REE=STEADY), boundaries)
    assert steps.to_dict("records") == [
        {
            "area": "wessex",
            "contributor": "RBB",
            "contributor_name": "Beta Hospitals",
            "first_period": pd.Timestamp("2022-07-01"),
            "ratio": 0.5,
            "share": pytest.approx(30_000 / 84_000, abs=0.001),
        }
    ]
    assert set(kept["contributor"]) == {"RBB"} and len(kept) == 36


def test_merger_in_one_area_during_the_series_is_no_step(boundaries, monkeypatch):
    frame = parts(ROLD=[1000.0] * 30 + [None] * 6, REE=[2000.0] * 30 + [3000.0] * 6, RAA=STEADY)
    assert list(found(frame, boundaries)[0]["contributor"]) == ["REE"]  # the sample's merger was years before
    monkeypatch.setitem(contributors.NOT_LISTED, "ROLD", ("REE", "2022-07-01"))
    assert found(frame, boundaries)[0].empty


def test_merger_within_the_series_is_followed_and_others_are_not(boundaries):
    assert merged_into(boundaries, dt.date(2010, 4, 1), dt.date(2015, 3, 31)) == {"ROLD": "REE"}
    assert merged_into(boundaries, dt.date(2015, 4, 1), dt.date(2020, 3, 31)) == {}


def test_month_without_a_figure_of_the_area_has_none_of_the_contributor(boundaries):
    _, kept = found(parts(RAA=STEADY, RBB=HALVED), boundaries, blank=MONTHS[5:6])
    assert len(kept) == 35 and MONTHS[5] not in set(kept["period_start"])


def test_no_step_writes_no_file_and_removes_an_older_one(boundaries, tmp_path):
    write_steps(*found(parts(RAA=STEADY, RBB=HALVED), boundaries), tmp_path, EMERGENCY_WAITS)
    assert (tmp_path / "denominator_steps.csv").read_text(encoding="utf-8").splitlines()[1:] == [
        "wessex,RBB,Beta Hospitals,2022-07-01,0.5,0.357"
    ]
    write_steps(*found(parts(RAA=STEADY, RBB=STEADY), boundaries), tmp_path, EMERGENCY_WAITS)
    assert list(tmp_path.iterdir()) == []
