"""The figures in the store are the published ones, with the interval their definition names."""

from datetime import date

import numpy as np
import pytest

from psc.store.query import run_query
from psc.store.stored_documents import read_documents

# Typed by hand from the publishers' figures: numerator, denominator, value, decimals to compare.
BY_HAND = [
    ("methotrexate-10mg", "england", date(2018, 1, 1), 5_575, 153_737, 3.62632, 5),
    ("emergency-admission-waits", "nenc", date(2025, 7, 1), 4_127, 36_972, 11.1625, 4),
    ("mrsa", "nenc", date(2023, 4, 1), None, None, 1.5274, 4),
]
FIGURE = """
    SELECT numerator, denominator, value, lower, upper FROM observation
    WHERE metric_id = ? AND area_id = ? AND period_start = ?
"""


@pytest.fixture(scope="module")
def catalogue(store):
    return read_documents(store).catalogue


@pytest.fixture(scope="module")
def observations(store):
    return store.cursor().execute("SELECT * FROM observation ORDER BY metric_id, area_id, period_start").df()


def figure(store, metric, area, start):
    row = store.cursor().execute(FIGURE, [metric, area, start]).fetchone()
    assert row is not None
    return row


@pytest.mark.parametrize(("metric", "area", "start", "numerator", "denominator", "value", "decimals"), BY_HAND)
def test_figures_typed_by_hand(store, metric, area, start, numerator, denominator, value, decimals):
    found = figure(store, metric, area, start)
    assert round(found[2], decimals) == value
    if numerator is not None:
        assert (found[0], found[1]) == (numerator, denominator)


def test_the_interval_of_a_share_is_wilsons(store):
    """NENC, July 2025: p = 0.111625, n = 36,972, z = 1.959964; worked out by hand from Wilson's formula."""
    *_, lower, upper = figure(store, "emergency-admission-waits", "nenc", date(2025, 7, 1))
    assert (round(lower, 3), round(upper, 3)) == (10.846, 11.488)


def test_the_interval_of_a_rate_is_byars(store):
    """England, MRSA, 2023/24: about 908 cases, so roughly the rate ± 1.96 times the rate ÷ √908."""
    numerator, denominator, value, lower, upper = figure(store, "mrsa", "england", date(2023, 4, 1))
    assert 905 < numerator < 911
    assert 55e6 < denominator < 60e6
    assert lower == pytest.approx(value * (1 - 1.96 / np.sqrt(numerator)), rel=0.005)
    assert upper == pytest.approx(value * (1 + 1.96 / np.sqrt(numerator)), rel=0.005)
    assert (upper - value) > (value - lower)  # a rate of few events can be further above than below


def test_no_event_at_all_still_leaves_room_for_doubt(store):
    rows = store.cursor().execute("SELECT lower, upper FROM observation WHERE numerator = 0").fetchall()
    assert rows
    for lower, upper in rows:
        assert lower == pytest.approx(0, abs=1e-12)
        assert upper > 0.01


def test_each_measure_has_the_interval_its_definition_names(catalogue, observations):
    for metric in catalogue.metrics:
        rows = observations[(observations["metric_id"] == metric.id) & observations["value"].notna()]
        if metric.interval == "none":
            assert rows[["lower", "upper"]].isna().all(axis=None), metric.id
            continue
        assert (rows["lower"] <= rows["value"] * 1.00001).all(), metric.id
        assert (rows["upper"] >= rows["value"] * 0.99999).all(), metric.id
        assert (rows["lower"] >= 0).all(), metric.id
        if metric.interval == "wilson":
            assert (rows["upper"] <= 100).all(), metric.id


@pytest.mark.parametrize(
    "metric", ["total-opioids", "gabapentinoids", "anxiolytics-hypnotics", "falls-admissions-65-plus"]
)
def test_amounts_and_standardised_rates_have_no_interval(store, metric):
    rows = run_query(store, "figures", metric=metric)
    assert rows[["lower_95", "upper_95"]].isna().all(axis=None)


def test_england_is_the_sum_of_the_areas(observations, catalogue):
    parts = ["numerator", "denominator"]
    areas = observations[observations["area_id"] != "england"]
    summed = areas.groupby(["metric_id", "period_start"])[parts].sum(min_count=1)
    england = observations[observations["area_id"] == "england"].set_index(["metric_id", "period_start"])
    counted = england.dropna(subset=parts)
    assert len(counted) > 700
    np.testing.assert_allclose(counted[parts], summed.loc[counted.index], rtol=1e-3)
    multiplier = {metric.id: metric.multiplier for metric in catalogue.metrics}
    rate = counted["numerator"] / counted["denominator"] * counted.index.get_level_values(0).map(multiplier)
    np.testing.assert_allclose(counted["value"], rate, rtol=1e-5)


def test_england_is_no_average_of_the_areas_figures(observations):
    """The areas differ in size, so an average of their shares would be another figure."""
    rows = observations[(observations["metric_id"] == "methotrexate-10mg")]
    first = rows[rows["period_start"] == "2018-01-01"].set_index("area_id")["value"]
    assert first["england"] != pytest.approx(first.drop("england").mean(), rel=1e-3)


def test_every_area_has_every_measure_with_a_series(catalogue, observations):
    for metric in catalogue.metrics:
        areas = set(observations.loc[observations["metric_id"] == metric.id, "area_id"])
        assert len(areas) == (16 if metric.has_series else 0), metric.id


def test_every_figure_lies_in_its_own_period(observations):
    rows = observations.dropna(subset=["period_start", "period_end"])
    assert len(rows) == len(observations)
    assert (rows["period_end"] > rows["period_start"]).all()
    assert (rows["period_end"].dt.is_month_end & rows["period_start"].dt.is_month_start).all()


def test_the_release_counts_the_figures_and_dates_them(store, observations):
    release = run_query(store, "release").iloc[0]
    assert release["version"] == store.version
    assert release["observations"] == observations["value"].count()
    assert release["data_to"] == observations["period_end"].max()
