"""A target is a stepped line and a planned path open triangles; neither is ever judged."""

import json
import math
from datetime import date

import pandas as pd
import pytest

from psc.catalogue.parts import PlannedPoint, Target
from psc.charts.spc.spc_figure import spc_figure
from psc.charts.spc.targets import with_plans
from psc.charts.style.scale import value_range

QUIET = [10.0, 12, 11, 10, 12, 11, 10, 12, 11, 10, 12, 11, 10, 12]


@pytest.fixture
def rows(definition, series):
    return series(definition(), QUIET)


def drawn(figure):
    return json.loads(figure.to_json())


def traces(figure, name, mode):
    return [trace for trace in drawn(figure)["data"] if (trace.get("name"), trace["mode"]) == (name, mode)]


def texts(figure):
    return [note["text"] for note in drawn(figure)["layout"].get("annotations", [])]


def test_a_series_without_the_columns_or_with_empty_ones_has_neither(definition, rows):
    for figure in (spc_figure(definition(), rows), spc_figure(definition(), rows.assign(target=math.nan))):
        assert {trace.get("name") for trace in drawn(figure)["data"]} == {None, "No significant change"}


def test_a_target_is_a_stepped_red_dash_dot_line_that_may_change_and_pause(definition, rows):
    rows["target"] = [math.nan] * 2 + [14.0] * 4 + [13.0] * 4 + [math.nan] + [12.5] * 3
    (line,) = traces(spc_figure(definition(), rows), "target", "lines")
    assert (line["line"]["color"], line["line"]["dash"]) == ("#de1b1b", "dashdot")
    assert line["line"]["shape"].startswith("hv")
    assert line["connectgaps"] is False
    assert line["y"] == [None if math.isnan(target) else target for target in rows["target"]]


def test_a_target_of_one_period_alone_is_seen(definition, rows):
    rows["target"] = [math.nan] * 5 + [14.0] + [math.nan] * 3 + [13.0, 13.0] + [math.nan] * 2 + [12.0]
    (strokes,) = traces(spc_figure(definition(), rows), "target", "markers")
    assert strokes["x"] == ["2024-06-16", "2025-02-15"]
    assert strokes["y"] == [14, 12]


def test_target_and_planned_path_are_labelled_in_a_large_chart_only(definition, rows):
    rows["target"], rows["trajectory"] = 13.25, 14.0
    assert {"target 13.2", "planned path"} < set(texts(spc_figure(definition(), rows, roomy=True)))
    assert not texts(spc_figure(definition(), rows))


def test_a_target_that_has_ended_is_not_labelled_at_the_right_end(definition, rows):
    rows["target"] = [13.0] * 10 + [math.nan] * 4
    figure = spc_figure(definition(), rows, roomy=True)
    assert traces(figure, "target", "lines")
    assert not any("target" in text for text in texts(figure))


def test_a_planned_path_may_run_on_into_the_future_and_is_never_judged(definition, rows):
    rows["trajectory"] = [math.nan] * 10 + [20.0, 19, 18, 17]
    rows.loc[12:, ["value", "segment", "centre", "upper_limit", "lower_limit", "point_type", "rules"]] = None
    figure = spc_figure(definition(), rows)
    (line,) = traces(figure, "planned path", "lines")
    assert line["line"]["dash"] == "dot"
    assert line["y"] == [20, 19, 18, 17]
    (marks,) = traces(figure, "planned path", "markers")
    assert marks["marker"]["symbol"] == "triangle-up"
    assert marks["marker"]["color"] == "#ffffff"
    assert marks["x"] == ["2024-11-16", "2024-12-16", "2025-01-16", "2025-02-15"]
    assert marks["text"][-1] == "<b>February 2025</b><br>Planned: 17.0% of items"
    assert drawn(figure)["layout"]["xaxis"]["range"][1] > "2025-02-01"


def test_the_scale_holds_target_and_planned_path(definition, rows):
    low, high = value_range(rows.assign(target=40.0, trajectory=2.0))
    assert low < 2 and high > 40


def test_a_target_changes_no_point_and_no_limit(definition, rows):
    plain = drawn(spc_figure(definition(), rows, y_range=(0, 50)))["data"]
    aimed = drawn(spc_figure(definition(), rows.assign(target=5.0, trajectory=6.0), y_range=(0, 50)))["data"]
    assert plain == [trace for trace in aimed if trace.get("name") not in ("target", "planned path")]


def test_targets_and_planned_points_of_a_definition_reach_the_series(definition, rows):
    bare = definition()
    assert with_plans(bare, rows) is rows
    told = bare.model_copy(
        update={
            "targets": (
                Target(start=date(2024, 3, 1), value=9, source="A"),
                Target(start=date(2024, 6, 1), value=8, source="B"),
            ),
            "trajectory": (PlannedPoint(date=date(2024, 2, 1), value=11.5),),
        }
    )
    planned = with_plans(told, rows)
    assert planned["target"].isna().tolist()[:3] == [True, True, False]
    assert planned["target"].tolist()[2:7] == [9, 9, 9, 8, 8]
    assert planned["trajectory"].dropna().tolist() == [11.5]
    assert texts(spc_figure(told, planned, roomy=True))


def planned(definition, rows, *points, grain="month", **parts):
    """The figure of a measure with a planned path, by day and value."""
    path = tuple(PlannedPoint(date=day, value=value) for day, value in points)
    chart = {"month": "xmr", "financial_year": "run"}[grain]
    measure = definition(trajectory=path, grain=grain, chart=chart, **parts)
    return measure, with_plans(measure, rows)


def test_a_plan_beyond_the_figures_is_drawn_to_its_end_and_the_axis_reaches_it(definition, rows):
    points = [(date(2024, 12, 31), 11.0), (date(2025, 3, 1), 10.5), (date(2026, 3, 15), 9.0)]
    measure, series = planned(definition, rows, *points)
    figure = spc_figure(measure, series)
    (marks,) = traces(figure, "planned path", "markers")
    assert marks["x"] == ["2024-12-16", "2025-03-16", "2026-03-16"]
    assert marks["y"] == [11, 10.5, 9]
    (line,) = traces(figure, "planned path", "lines")
    assert line["y"] == marks["y"], "points far apart are joined"
    assert marks["text"][-1] == "<b>March 2026</b><br>Planned: 9.0% of items"
    assert drawn(figure)["layout"]["xaxis"]["range"][1] > "2026-03-01"
    assert series["value"].count() == len(QUIET), "no figure is added"
    assert not series["period_start"].duplicated().any()


def test_a_target_that_begins_after_the_figures_is_drawn_where_it_begins(definition, rows):
    later = Target(start=date(2025, 6, 1), value=8, source="A plan")
    series = with_plans(definition(targets=(later,)), rows)
    assert series["period_start"].iloc[-1].date() == date(2025, 6, 1)
    assert list(series["target"].dropna()) == [8]
    (strokes,) = traces(spc_figure(definition(targets=(later,)), series), "target", "markers")
    assert strokes["x"] == ["2025-06-16"]


def test_without_a_plan_or_target_the_series_stays_as_it_is(definition, rows):
    assert with_plans(definition(), rows) is rows


def test_a_target_or_planned_point_belongs_to_the_period_that_holds_its_day(definition, rows):
    target = Target(start=date(2025, 2, 15), value=8, source="A plan")
    for gone in ([], [6, 7], [0, 1, 2], [13]):
        measure, series = planned(
            definition, rows.drop(index=gone), (date(2024, 2, 29), 11.0), (date(2024, 7, 31), 10.0), targets=(target,)
        )
        path = series.dropna(subset=["trajectory"]).set_index("period_start")["trajectory"]
        assert {f"{day:%Y-%m-%d}": value for day, value in path.items()} == {"2024-02-01": 11, "2024-07-01": 10}, gone
        aimed = series.dropna(subset=["target"])
        assert f"{aimed['period_start'].iloc[0]:%Y-%m-%d}" == "2025-02-01"
        assert series["period_start"].is_monotonic_increasing and series["period_start"].is_unique
        assert series["value"].count() == len(QUIET) - len(gone)
        spc_figure(measure, series)


@pytest.mark.parametrize(
    ("grain", "held"),
    [
        ("quarter", {"2024-01-01": 1, "2024-04-01": 2, "2026-01-01": 3}),
        ("financial_year", {"2023-04-01": 1, "2024-04-01": 2, "2025-04-01": 3}),
        ("overlapping_year", {"2023-04-01": 1, "2023-07-01": 2, "2025-04-01": 3}),
    ],
)
def test_a_planned_point_of_a_longer_period_belongs_to_it_or_to_the_first_that_ends_later(
    definition, rows, grain, held
):
    step, length = {"quarter": (3, 3), "financial_year": (12, 12), "overlapping_year": (3, 12)}[grain]
    start = [pd.Timestamp(2021, 4, 1) + pd.DateOffset(months=step * n) for n in range(len(rows))]
    end = [day + pd.DateOffset(months=length, days=-1) for day in start]
    whole = rows.assign(period_start=start, period_end=end)
    days = [date(2024, 2, 20), date(2024, 4, 1), date(2026, 3, 31)]
    path = tuple(PlannedPoint(date=day, value=value) for day, value in zip(days, (1, 2, 3), strict=True))
    chart = {"quarter": "xmr", "financial_year": "run", "overlapping_year": "line"}[grain]
    series = with_plans(definition(grain=grain, chart=chart, trajectory=path), whole[whole["period_start"] < "2023"])
    path = series.dropna(subset=["trajectory"])
    assert dict(zip(path["period_start"].dt.strftime("%Y-%m-%d"), path["trajectory"], strict=True)) == held
