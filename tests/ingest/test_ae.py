"""A&E statistics: what counts when providers do not report, repeat themselves or blunder."""

import datetime as dt

import pandas as pd
import pytest

from psc.geography.apportion import trust_areas
from psc.ingest.ae import emergency_wait_series, read_providers
from psc.ingest.measures import EMERGENCY_WAITS


@pytest.fixture
def rows(samples, boundaries):
    series = emergency_wait_series(samples / "ae_good.csv", boundaries, EMERGENCY_WAITS)
    return series.set_index(["area", "period_start"])


def month(number):
    return dt.date(2021, number, 1)


def test_waits_and_admissions_are_added_up_per_area(rows):
    april = rows.loc[("wessex", month(4))]
    assert (april["numerator"], april["denominator"], april["note"]) == (520, 6500, "")
    assert april["value"] == 8
    assert april["period_end"] == dt.date(2021, 4, 30)
    assert rows.loc[("england", month(4))]["numerator"] == 820


def test_a_provider_without_waits_leaves_numerator_and_denominator(rows):
    may = rows.loc[("wessex", month(5))]
    assert (may["numerator"], may["denominator"]) == (610, 6200)
    assert may["value"] == pytest.approx(100 * 610 / 6200)
    assert may["note"] == "Counts 2 of 3 providers, without Gamma Hospitals (waits not reported)."


def test_no_figure_while_a_large_provider_is_not_in_the_file(rows):
    june = rows.loc[("wessex", month(6))]
    assert pd.isna(june["value"]) and pd.isna(june["numerator"])
    assert june["note"] == (
        "No figure: only 2 of 3 providers, without Alpha Hospitals (no figures); usually 61% of admissions are theirs."
    )
    england = rows.loc[("england", month(6))]
    assert (england["numerator"], england["denominator"]) == (320, 3200)
    assert england["note"] == "Total of 1 of 2 areas."


def test_an_impossible_number_of_admissions_is_left_out(rows):
    assert pd.isna(rows.loc[("kss", month(7))]["value"])
    assert "without Epsilon Hospitals (implausible figures)" in rows.loc[("kss", month(7))]["note"]


def test_a_provider_that_has_merged_is_no_longer_expected(rows):
    assert rows.loc[("wessex", month(8))]["note"] == ""


def test_a_month_that_repeats_an_earlier_one_has_no_figures(rows):
    september = rows.xs(month(9), level="period_start")
    assert set(september.index) == {"england", "kss", "wessex"}
    assert september[["numerator", "denominator", "value"]].isna().all(axis=None)
    assert set(september["note"]) == {"No figure: the file repeats those of April 2021 for this month."}
    assert rows.loc[("kss", month(10))]["value"] == 10


def test_malformed_cells_are_all_named(samples, boundaries, faults_of):
    assert faults_of(read_providers, samples / "ae_bad.csv", trust_areas(boundaries)) == [
        "ingest/ae_bad.csv, line 2, date: found '2021-04-01'; expected a month in words such as April 2021",
        "ingest/ae_bad.csv, line 3, total_emergency_admissions: found 'NA'; expected a whole number, 0 or more",
        "ingest/ae_bad.csv, line 4, total_emergency_admissions: found '3165.5'; expected a whole number, 0 or more",
        "ingest/ae_bad.csv, line 6, nhs_trust22_code+date: found REE, 2021-04-01 again; "
        "expected once (it stands on line 5)",
    ]


def test_unknown_providers_and_too_many_waits_are_all_named(samples, boundaries, faults_of):
    assert faults_of(read_providers, samples / "ae_inconsistent.csv", trust_areas(boundaries)) == [
        "ingest/ae_inconsistent.csv, line 3, nhs_trust22_code: found '7A1'; "
        "expected the ODS code of a trust in England",
        "ingest/ae_inconsistent.csv, line 2, emergency_admissions_over_4hours: found 101; "
        "expected at most the emergency admissions, 100",
    ]
