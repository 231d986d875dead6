"""The funnel of each measure's latest figures, in the store."""

import math

import pandas as pd
import pytest

from psc.catalogue.definition import load_catalogue
from psc.stats.funnels.exact_limits import poisson_limits
from psc.store.funnels import funnel_rows
from psc.store.grid import grid_of
from psc.store.query import run_query


@pytest.fixture(scope="module")
def catalogue(data):
    return load_catalogue(data / "harms")


@pytest.fixture(scope="module")
def funnels(store):
    return store.cursor().execute("SELECT * FROM funnel").df().set_index("metric_id")


def test_every_measure_of_counts_has_a_funnel_and_no_other(catalogue, funnels):
    counted = {metric.id for metric in catalogue.metrics if metric.has_series and metric.funnel != "none"}
    assert set(funnels.index) == counted
    assert {"mrsa", "shmi", "methotrexate-10mg"} <= counted
    assert not {"falls-admissions-65-plus", "total-opioids"} & counted


def test_the_centre_is_the_figure_of_all_areas_together(store, catalogue, funnels):
    for metric, row in funnels.iterrows():
        areas = run_query(store, "funnel_areas", metric=metric)
        assert len(areas) == row["areas"]
        definition = catalogue.by_id[metric]
        pooled = areas["numerator"].sum() / areas["denominator"].sum() * definition.multiplier
        assert row["centre"] == pytest.approx(1.0 if definition.ratio_to_expected else pooled)


def test_an_area_has_a_side_when_its_figure_lies_beyond_its_limits(store, funnels):
    for metric in funnels.index:
        for row in run_query(store, "funnel_areas", metric=metric).itertuples():
            assert (row.side == "high") == (row.value > row.upper), (metric, row.area_id)
            assert (row.side == "low") == (row.value < row.lower), (metric, row.area_id)


def beyond_chance(store):
    """Whether an area lies beyond the limits of chance alone, by measure and area."""
    rows = store.cursor().execute("SELECT * FROM funnel_area").df()
    return rows.set_index(["metric_id", "area_id"])["beyond_chance"]


def test_an_area_is_beyond_chance_where_its_count_is_beyond_the_exact_limits_of_what_england_leads_to_expect(
    store, catalogue, funnels
):
    found = (
        store.cursor().execute("SELECT * FROM funnel_area").df().set_index(["metric_id", "area_id"])["beyond_chance"]
    )
    rates = [metric for metric in funnels.index if catalogue.by_id[metric].funnel == "rate"]
    assert len(rates) >= 5
    for metric in rates:
        for row in run_query(store, "funnel_areas", metric=metric).itertuples():
            expected = row.denominator * funnels["centre"][metric] / catalogue.by_id[metric].multiplier
            lower, upper = poisson_limits(expected)
            assert found[metric, row.area_id] == (not lower <= row.numerator / expected <= upper), (metric, row.area_id)


def test_a_level_is_clear_outside_the_limits_or_in_people_or_beyond_chance_where_no_people_are_counted(store, funnels):
    beyond = beyond_chance(store)
    people = store.cursor().execute("SELECT * FROM people").df().set_index(["metric_id", "area_id"])
    in_people = {metric for metric, _ in people.index}
    kinds = set()
    for metric in funnels.index:
        for row in run_query(store, "funnel_areas", metric=metric).itertuples():
            key = (metric, row.area_id)
            above = "higher" if row.value > funnels["centre"][metric] else "lower"
            if row.side:
                expected, compared = above, True
            elif metric not in in_people:
                expected, compared = above if beyond[key] else "", True
            elif key in people.index:
                more = "higher" if people["difference"][key] < 0 else "lower"
                expected, compared = more if people["clear"][key] else "", True
            else:
                expected, compared = "", False
            kinds.add((row.side, metric in in_people, expected, compared))
            assert (row.level, row.compared) == (expected, compared), key
    assert kinds >= {
        ("high", True, "higher", True),
        ("", True, "lower", True),
        ("", True, "", False),
        ("", False, "higher", True),
    }


def test_the_curve_passes_through_the_limits_of_the_areas(store, funnels):
    for metric in funnels.index:
        curve = run_query(store, "funnel_curve", metric=metric).set_index("denominator")
        assert curve.index.is_monotonic_increasing
        assert (curve["lower998"] <= curve["lower95"]).all() and (curve["upper95"] <= curve["upper998"]).all()
        for row in run_query(store, "funnel_areas", metric=metric).itertuples():
            before, after = (
                curve[curve.index <= row.denominator].iloc[-1],
                curve[curve.index >= row.denominator].iloc[0],
            )
            assert after["upper998"] * (1 - 1e-9) <= row.upper <= before["upper998"] * (1 + 1e-9), metric
            assert before["lower998"] * (1 - 1e-9) <= row.lower <= after["lower998"] * (1 + 1e-9), metric


def observations(numerators, denominators):
    start = pd.Timestamp("2025-04-01")
    names = [f"area-{n}" for n in range(len(numerators))]
    return pd.DataFrame(
        {
            "area_id": names,
            "period_start": start,
            "period_end": start + pd.offsets.MonthEnd(1),
            "numerator": numerators,
            "denominator": denominators,
            "value": [n / d if d else math.nan for n, d in zip(numerators, denominators, strict=True)],
        }
    )


def test_areas_that_differ_by_chance_alone_are_judged_on_the_limits_of_chance(catalogue):
    rows = funnel_rows(catalogue.by_id["mrsa"], grid_of(observations([50.0, 51, 49, 50, 90], [1e6] * 4 + [1.8e6])))
    assert not rows.funnel["overdispersed"].item()
    lower, upper = poisson_limits(290 / 5.8e6 * 1e6)
    centre = 290 / 5.8e6 * 1e5
    assert rows.areas["upper"].iloc[0] == pytest.approx(float(upper) * centre)
    assert rows.areas["lower"].iloc[0] == pytest.approx(float(lower) * centre)
    assert (rows.areas["side"] == "").all()


def test_an_area_without_a_figure_is_left_out_and_a_measure_without_any_has_no_funnel(catalogue):
    frame = observations([50.0, math.nan, 49], [1e6, math.nan, 1e6])
    assert list(funnel_rows(catalogue.by_id["mrsa"], grid_of(frame)).areas["area_id"]) == ["area-0", "area-2"]
    amounts = funnel_rows(catalogue.by_id["total-opioids"], grid_of(observations([5.0, 6], [10.0, 10])))
    assert amounts.funnel.empty and amounts.areas.empty and amounts.curve.empty


@pytest.mark.parametrize("metric", ["mrsa", "shmi"])
def test_without_a_single_event_there_is_no_funnel(catalogue, store, metric):
    rows = run_query(store, "series", metric=metric)
    rows = rows[rows["area_id"] != "england"].assign(numerator=0.0, value=0.0)
    found = funnel_rows(catalogue.by_id[metric], grid_of(rows))
    assert found.funnel.empty and found.areas.empty and found.curve.empty


def test_a_share_that_is_everywhere_zero_or_everything_has_limits_and_no_area_beyond_them(catalogue, store):
    rows = run_query(store, "series", metric="methotrexate-10mg")
    rows = rows[rows["area_id"] != "england"]
    for numerator in (0.0, rows["denominator"]):
        found = funnel_rows(catalogue.by_id["methotrexate-10mg"], grid_of(rows.assign(numerator=numerator)))
        assert set(found.areas["side"]) == {""} and not found.funnel.isna().any(axis=None)
        assert (found.areas["upper"] > found.areas["lower"]).all()
