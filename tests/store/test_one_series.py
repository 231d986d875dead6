"""One series judged at once is what a build would have made of it, with the decisions that people made."""

from datetime import date

import numpy as np
import pandas as pd
import pytest

from psc.catalogue.definition import load_catalogue
from psc.catalogue.parts import Rebase, Target
from psc.stats.spc.xmr import xmr
from psc.store.one_series import decided, judge_series
from psc.store.query import run_query

METRIC, AREA = "saba-share", "wessex"


def new_limits(start, points=None):
    told = {"start": start, "reason": "New guideline.", "decided_by": "The area's lead", "decided_on": date(2025, 1, 1)}
    return Rebase(**told, baseline_points=points)


@pytest.fixture(scope="module")
def definition(data):
    return load_catalogue(data / "harms").by_id[METRIC]


@pytest.fixture(scope="module")
def rows(store):
    series = run_query(store, "series", metric=METRIC)
    return series[series["area_id"] == AREA].reset_index(drop=True)


@pytest.mark.parametrize("metric", ["saba-share", "emergency-admission-waits", "mrsa", "shmi"])
def test_without_decisions_it_is_what_the_store_holds(store, data, metric):
    definition = load_catalogue(data / "harms").by_id[metric]
    series = run_query(store, "series", metric=metric)
    own = series[series["area_id"] == AREA]
    judged = judge_series(definition, own)
    stored = own[own["value"].notna()].reset_index(drop=True)
    pd.testing.assert_frame_equal(
        judged.points[list(judged.points)[2:]], stored[list(judged.points)[2:]], check_dtype=False
    )
    signals = run_query(store, "metric_signals", metric=metric).set_index("area_id").loc[[AREA]]
    same = [name for name in judged.signals if name not in ("metric_id", "area_id")]
    found, expected = (frame[same].iloc[0].to_dict() for frame in (judged.signals, signals))
    for name in same:
        assert (pd.isna(found[name]) and pd.isna(expected[name])) or found[name] == expected[name], name


def test_new_limits_of_an_area_start_at_their_month_and_leave_those_before_as_they_are(definition, rows):
    start = date(2024, 4, 1)
    judged = judge_series(definition, rows, [new_limits(start)])
    later = rows["period_start"] >= pd.Timestamp(start)
    for part, segment in ((~later, 0), (later, 1)):
        points, values = judged.points[part.to_numpy()], rows.loc[part, "value"].to_numpy()
        expected = xmr(values[None, :])
        assert set(points["segment"]) == {segment}
        assert points["centre"].to_numpy() == pytest.approx(expected.mean[0])
        assert points["upper_limit"].to_numpy() == pytest.approx(expected.upl[0])


def test_a_baseline_of_an_area_rests_on_its_first_months_only(definition, rows):
    start = date(2022, 4, 1)
    judged = judge_series(definition, rows, [new_limits(start, points=12)])
    later = (rows["period_start"] >= pd.Timestamp(start)).to_numpy()
    values = rows["value"].to_numpy()
    assert judged.points["centre"][later].to_numpy() == pytest.approx(np.full(later.sum(), values[later][:12].mean()))
    assert judged.points["centre"][~later].to_numpy() == pytest.approx(np.full((~later).sum(), values[~later].mean()))


def test_decided_limits_are_drawn_as_ours_only(definition, rows):
    decisions = [new_limits(date(2024, 4, 1))]
    ours = judge_series(definition, rows, decisions)
    assert ours.points.equals(judge_series(definition, rows, decisions, "ours").points)
    for limits in ("last_two_years", "all_years"):
        shipped = judge_series(definition, rows, limits=limits)
        assert judge_series(definition, rows, decisions, limits).points.equals(shipped.points)
        assert not shipped.points.equals(ours.points)


def test_a_target_of_an_area_is_judged_with_any_limits(definition, rows):
    target = Target(start=date(2020, 1, 1), value=99.0, source="The area's plan.")
    for limits in ("last_two_years", "all_years", "ours"):
        assert judge_series(definition, rows, [target], limits).signals["assurance"].tolist() == ["pass"]
    assert judge_series(definition, rows).signals["assurance"].tolist() == [""]


def test_a_target_from_a_date_replaces_the_one_that_ships_from_then_on(definition):
    shipped = definition.model_copy(update={"targets": (Target(start=date(2025, 1, 1), value=20.0, source="A plan."),)})
    own = Target(start=date(2024, 1, 1), value=30.0, source="B")
    both = decided(shipped, [own])
    assert [both.target_on(date(year, 6, 1)) for year in (2023, 2024, 2025)] == [None, 30.0, 20.0]


def test_yearly_figures_have_limits_of_two_years_as_little_as_a_build_gives_them(store, data):
    definition = load_catalogue(data / "harms").by_id["mrsa"]
    series = run_query(store, "series", metric="mrsa")
    own = series[series["area_id"] == AREA]
    assert judge_series(definition, own, limits="last_two_years").points.equals(judge_series(definition, own).points)


def test_an_area_without_figures_has_nothing_to_judge(definition, rows):
    judged = judge_series(definition, rows.assign(value=np.nan, numerator=np.nan, denominator=np.nan))
    assert judged.points.empty and judged.signals.empty
