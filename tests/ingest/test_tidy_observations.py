"""From area counts to the rows that are committed."""

import datetime as dt

import pandas as pd

from psc.ingest.measures import MEASURES, Measure
from psc.ingest.tidy_observations import as_values, financial_year, with_england, write_observations

PERIOD = {"period_start": dt.date(2024, 2, 1), "period_end": dt.date(2024, 2, 29)}
PERCENT = Measure("sample", "sample", 100)


def frame(*rows):
    columns = ["area", "numerator", "denominator", "note"]
    return pd.DataFrame([dict(zip(columns, row, strict=True)) | PERIOD for row in rows])


def test_england_is_the_ratio_of_totals_not_the_mean_of_rates():
    rows = with_england(frame(("wessex", 10, 20, ""), ("kss", 10, 180, "")), PERCENT)
    assert rows.set_index("area")["value"].round(6).to_dict() == {"england": 10, "kss": 5.555556, "wessex": 50}
    assert rows["area"].tolist() == ["england", "kss", "wessex"]


def test_a_period_without_any_figures_has_no_england_either():
    rows = with_england(frame(("wessex", None, None, "none"), ("england", None, None, "none for anybody")), PERCENT)
    england = rows[rows["area"] == "england"].iloc[0]
    assert pd.isna(england["numerator"]) and pd.isna(england["value"])
    assert england["note"] == "none for anybody"


def test_an_area_with_nobody_to_count_has_no_value():
    rows = with_england(frame(("wessex", 0, 0, ""), ("kss", 1, 4, "")), PERCENT).set_index("area")
    assert pd.isna(rows["value"]["wessex"])
    assert rows["value"]["england"] == 25


def test_the_published_value_follows_from_the_published_parts(tmp_path):
    rows = with_england(frame(("wessex", 1.2345, 100_000 / 3, ""), ("kss", 0, 12.5, "a, b")), PERCENT)
    write_observations(rows, tmp_path / "new" / "observations.csv", PERCENT)
    assert (tmp_path / "new" / "observations.csv").read_text() == (
        "area,period_start,period_end,numerator,denominator,value,note\n"
        "england,2024-02-01,2024-02-29,1.23,33345.83,0.00368862,\n"
        'kss,2024-02-01,2024-02-29,0,12.5,0,"a, b"\n'
        "wessex,2024-02-01,2024-02-29,1.23,33333.33,0.00369,\n"
    )


def test_standardised_rates_have_no_parts(tmp_path):
    rows = as_values(pd.DataFrame([{"area": "kss", "value": 1234567.0, "note": "", **PERIOD}]))
    write_observations(rows, tmp_path / "observations.csv", PERCENT)
    assert (tmp_path / "observations.csv").read_text().splitlines()[1] == "kss,2024-02-01,2024-02-29,,,1234570,"


def test_a_financial_year_ends_on_31_march():
    assert financial_year(2023) == (dt.date(2023, 4, 1), dt.date(2024, 3, 31))


def test_every_measure_is_listed_once():
    assert len({measure.id for measure in MEASURES}) == len(MEASURES) == 20
