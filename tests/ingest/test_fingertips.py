"""Fingertips indicators: district rates, weighted by people."""

import datetime as dt

import pandas as pd
import pytest

from psc.ingest.fingertips import read_rates, standardised_series


def values(rows, year):
    return rows[rows["period_start"] == dt.date(year, 4, 1)].set_index("area")["value"]


def test_area_rates_are_weighted_by_people_of_the_right_age(samples, boundaries):
    path = samples / "fingertips_good.csv"
    oldest = values(standardised_series(path, boundaries, "weight_65_plus"), 2010)
    everybody = values(standardised_series(path, boundaries, "weight"), 2010)
    assert oldest["oxford"] == pytest.approx((2000 * 40 + 2700 * 30) / 70)
    assert everybody["oxford"] == pytest.approx((2000 * 270 + 2700 * 150) / 420)
    assert oldest["east-midlands"] == oldest["manchester"] == 1800


def test_england_is_the_published_figure_and_nothing_has_a_numerator(samples, boundaries):
    rows = standardised_series(samples / "fingertips_good.csv", boundaries, "weight")
    assert values(rows, 2010)["england"] == 2126
    assert values(rows, 2011)["england"] == 2128
    assert rows["numerator"].isna().all() and rows["denominator"].isna().all()
    assert set(rows["period_end"]) == {dt.date(2011, 3, 31), dt.date(2012, 3, 31)}


def test_no_figure_where_many_of_the_people_have_no_published_rate(samples, boundaries):
    rows = standardised_series(samples / "fingertips_good.csv", boundaries, "weight")
    year = rows[rows["period_start"] == dt.date(2011, 4, 1)].set_index("area")
    assert pd.isna(year["value"]["oxford"])
    assert year["note"]["oxford"] == "No figure: districts with 64% of the people have no published rate."
    assert values(rows, 2010)["oxford"] > 0, "one tiny district without a rate does not hide an area"


def test_malformed_cells_are_all_named(samples, boundaries, faults_of):
    assert faults_of(read_rates, samples / "fingertips_bad.csv", boundaries) == [
        "ingest/fingertips_bad.csv, line 3, period: found '2010/12'; expected a financial year such as 2010/11",
        "ingest/fingertips_bad.csv, line 4, value: found '*'; expected a number, 0 or more",
        "ingest/fingertips_bad.csv, line 5, area_code+period: found E07000177, 2010 again; "
        "expected once (it stands on line 4)",
    ]


def test_unknown_districts_other_measures_and_gaps_are_all_named(samples, boundaries, faults_of):
    assert faults_of(read_rates, samples / "fingertips_inconsistent.csv", boundaries) == [
        "ingest/fingertips_inconsistent.csv, line 6, area_code: found 'W06000001'; "
        "expected the ONS code of a district of 2018, or of England",
        "ingest/fingertips_inconsistent.csv, line 3, measure: found 'Crude rate per 1,000'; "
        "expected 'Age standardised rate per 100,000'",
        "ingest/fingertips_inconsistent.csv, line 2, value: found nothing; expected the rate of England",
        "ingest/fingertips_inconsistent.csv: found no line for E07000177 in 2010; "
        "expected every district and England in every year",
    ]
