"""SHMI releases: observed over expected deaths."""

import datetime as dt

import pytest

from psc.geography.apportion import trust_areas
from psc.ingest.measures import SHMI
from psc.ingest.shmi import mortality_series, read_releases, window


def test_deaths_are_added_up_before_the_ratio_is_formed(samples, boundaries):
    rows = mortality_series(samples / "shmi_good.csv", boundaries, SHMI)
    first = rows[rows["period_start"] == dt.date(2010, 4, 1)].set_index("area")
    assert first["value"]["wessex"] == pytest.approx((913 + 1346) / (768.4005 + 1478.9925), abs=1e-5)
    assert first["numerator"]["england"] == 913 + 1346 + 1023


def test_a_closed_trust_counts_where_its_successor_is(samples, boundaries):
    rows = mortality_series(samples / "shmi_good.csv", boundaries, SHMI).set_index(["area", "period_start"])
    assert rows["numerator"]["kss", dt.date(2010, 4, 1)] == 1023


@pytest.mark.parametrize(
    ("release", "start", "end"),
    [
        ((2011, 10), (2010, 4, 1), (2011, 3, 31)),
        ((2012, 10), (2011, 4, 1), (2012, 3, 31)),
        ((2013, 1), (2011, 7, 1), (2012, 6, 30)),
        ((2014, 4), (2012, 10, 1), (2013, 9, 30)),
    ],
)
def test_a_release_covers_the_twelve_months_named_in_its_title(release, start, end):
    assert window(dt.date(*release, 1)) == (dt.date(*start), dt.date(*end))


def test_each_row_says_when_it_was_published(samples, boundaries):
    rows = mortality_series(samples / "shmi_good.csv", boundaries, SHMI)
    assert set(rows["note"]) == {"Published October 2011.", "Published January 2012."}


def test_malformed_cells_are_all_named(samples, boundaries, faults_of):
    assert faults_of(read_releases, samples / "shmi_bad.csv", trust_areas(boundaries)) == [
        "ingest/shmi_bad.csv, line 2, OBSERVED: found '1346.5'; expected a whole number, 0 or more",
        "ingest/shmi_bad.csv, line 3, DATE: found '2011-10'; expected the first day of a month as YYYY-MM-DD",
        "ingest/shmi_bad.csv, line 4, EXPECTED: found '-3'; expected a number, 0 or more",
    ]


def test_figures_that_contradict_each_other_are_all_named(samples, boundaries, faults_of):
    assert faults_of(read_releases, samples / "shmi_inconsistent.csv", trust_areas(boundaries)) == [
        "ingest/shmi_inconsistent.csv, line 2, VALUE: found 0.9501; expected OBSERVED / EXPECTED = 0.9101",
        "ingest/shmi_inconsistent.csv, line 3, DATE: found 2011-11-01; "
        "expected a release of January, April, July or October",
        "ingest/shmi_inconsistent.csv, line 4, PROVIDER: found '7A1'; expected the ODS code of a trust in England",
        "ingest/shmi_inconsistent.csv, line 5, EXPECTED: found 0; expected a number above 0",
    ]
