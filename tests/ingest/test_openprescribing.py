"""OpenPrescribing measure files."""

import datetime as dt

import pytest

from psc.ingest.measures import Measure
from psc.ingest.openprescribing import prescribing_series, read_measure

PERCENT = Measure("sample", "sample", 100)


def test_counts_are_shared_out_and_the_ratio_is_formed_last(samples, boundaries):
    rows = prescribing_series(samples / "openprescribing_good.csv", boundaries, PERCENT)
    january = rows[rows["period_start"] == dt.date(2024, 1, 1)].set_index("area")
    assert january[["numerator", "denominator", "value"]].to_dict("index") == {
        "eastern": {"numerator": 6, "denominator": 60, "value": 10},
        "england": {"numerator": 18, "denominator": 280, "value": pytest.approx(100 * 18 / 280)},
        "nenc": {"numerator": 10, "denominator": 200, "value": 5},
        "oxford": {"numerator": 2, "denominator": 20, "value": 10},
    }
    assert set(january["period_end"]) == {dt.date(2024, 1, 31)}
    assert rows["period_end"].max() == dt.date(2024, 2, 29)


def test_closed_groups_without_a_denominator_are_dropped(samples, boundaries):
    assert set(read_measure(samples / "openprescribing_good.csv", boundaries)["code"]) == {"00L", "06F"}


def test_malformed_cells_are_all_named(samples, boundaries, faults_of):
    assert faults_of(read_measure, samples / "openprescribing_bad.csv", boundaries) == [
        "ingest/openprescribing_bad.csv, line 3, month: found '2024-01-15'; "
        "expected the first day of a month as YYYY-MM-DD",
        "ingest/openprescribing_bad.csv, line 4, numerator: found '-1'; expected a number, 0 or more",
        "ingest/openprescribing_bad.csv, line 5, numerator: found 'many'; expected a number, 0 or more",
        "ingest/openprescribing_bad.csv, line 7, month+code: found 2024-03-01, 00L again; "
        "expected once (it stands on line 6)",
        "ingest/openprescribing_bad.csv, line 8, code: found nothing; expected text",
        "ingest/openprescribing_bad.csv, line 9: found 3 cells; expected 4, as in the header",
    ]


def test_figures_that_cannot_be_are_all_named(samples, boundaries, faults_of):
    assert faults_of(read_measure, samples / "openprescribing_inconsistent.csv", boundaries, share=True) == [
        "ingest/openprescribing_inconsistent.csv, line 5, numerator: found 1 with no denominator in any month; "
        "expected 0",
        "ingest/openprescribing_inconsistent.csv, line 4, code: found 'QQQ'; "
        "expected the ODS code of a sub-ICB location of 2024",
        "ingest/openprescribing_inconsistent.csv, line 2, numerator: found 300; expected at most the denominator, 200",
        "ingest/openprescribing_inconsistent.csv: found no line for 06F in 2024-02; "
        "expected every sub-ICB location in every month",
    ]


def test_items_per_1000_patients_may_exceed_the_denominator(samples, boundaries, faults_of):
    found = faults_of(read_measure, samples / "openprescribing_inconsistent.csv", boundaries)
    assert not [fault for fault in found if "at most" in fault]
