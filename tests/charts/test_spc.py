"""An SPC chart shows what was published and how it was judged: gaps as gaps, breaks as breaks, every rule in words."""

import json
import math
from datetime import date

import pandas as pd
import pytest

from psc.charts.spc import MARKERS, spc_figure, value_range
from psc.narrate.signals import RULE_WORDS
from psc.store.documents import read_documents
from psc.store.query import run_query

QUIET = [10.0, 12, 11, 10, 12, 11, 10, 12, 11, 10, 12, 11, 10, 12]
STEADY = "common_cause"


def drawn(figure):
    """The figure as the browser gets it."""
    return json.loads(figure.to_json())


def lines(figure, dash=None):
    """The traces drawn as lines; of the data themselves (no dash given) or of centre and limits."""
    found = [trace for trace in drawn(figure)["data"] if trace["mode"] == "lines"]
    return [trace for trace in found if trace["line"].get("dash") == dash]


def points(figure):
    return {trace["name"]: trace for trace in drawn(figure)["data"] if trace["mode"] == "markers"}


def test_a_missing_month_is_a_gap_in_the_line_and_no_point(definition, series):
    values = [*QUIET[:5], math.nan, *QUIET[5:]]
    figure = spc_figure(definition(), series(definition(), values))
    (line,) = lines(figure)
    assert line["y"] == [*QUIET[:5], None, *QUIET[5:]]
    assert line["connectgaps"] is False
    assert line["x"][5] == "2024-06-01"
    (marks,) = points(figure).values()
    assert marks["y"] == QUIET
    assert "2024-06-01" not in marks["x"]


def test_limits_and_centre_are_drawn_from_the_first_to_the_last_point(definition, series):
    rows = series(definition(), QUIET)
    figure = spc_figure(definition(), rows)
    (centre,) = lines(figure, "solid")
    assert centre["x"] == ["2024-01-01", "2025-02-01"]
    assert centre["y"] == pytest.approx([11, 11])
    upper, lower = lines(figure, "dash")
    assert upper["y"] == pytest.approx([rows["upper_limit"].iloc[0]] * 2, rel=1e-5)
    assert lower["y"] == pytest.approx([rows["lower_limit"].iloc[0]] * 2, rel=1e-5)
    assert upper["y"][0] > 12
    assert lower["y"][0] < 10


def test_too_few_points_have_a_middle_value_and_no_limits(definition, series):
    figure = spc_figure(definition(), series(definition(), QUIET[:12]), roomy=True)
    assert lines(figure, "dash") == []
    assert len(lines(figure, "solid")) == 1
    assert list(points(figure)) == ["Not judged"]
    assert [note["text"] for note in drawn(figure)["layout"]["annotations"]] == ["middle value"]


def test_overlapping_windows_are_a_bare_line(definition, series):
    bare = definition(chart="line", grain="overlapping_year")
    figure = spc_figure(bare, series(bare, QUIET * 2))
    assert lines(figure, "solid") == lines(figure, "dash") == []
    assert list(points(figure)) == ["Not judged"]


def test_nothing_joins_across_a_series_break(definition, series):
    broken = definition(breaks=[date(2025, 3, 1)])
    rows = series(broken, [*QUIET, *(value + 30 for value in QUIET)])
    figure = spc_figure(broken, rows)
    before, after = lines(figure)
    assert (before["x"][0], before["x"][-1]) == ("2024-01-01", "2025-02-01")
    assert (after["x"][0], after["x"][-1]) == ("2025-03-01", "2026-04-01")
    assert [line["y"] for line in lines(figure, "solid")] == [pytest.approx([11, 11]), pytest.approx([41, 41])]
    assert len(lines(figure, "dash")) == 4
    layout = drawn(figure)["layout"]
    assert [shape["x0"][:10] for shape in layout["shapes"]] == ["2025-03-01"]
    assert [note["text"] for note in layout["annotations"]] == ["new definition"]


def test_a_gap_at_a_series_break_belongs_to_neither_side(definition, series):
    broken = definition(breaks=[date(2025, 3, 1)])
    figure = spc_figure(broken, series(broken, [*QUIET[:13], math.nan, math.nan, *QUIET[:13]]))
    before, after = lines(figure)
    assert before["x"][-1] == "2025-01-01"
    assert after["x"][0] == "2025-04-01"
    assert None not in before["y"] + after["y"]


@pytest.mark.parametrize(
    ("direction", "last", "name", "symbol"),
    [
        ("lower", 25, "A concern", "square"),
        ("lower", 1, "Improving", "circle"),
        ("higher", 25, "Improving", "circle"),
        ("higher", 1, "A concern", "square"),
        ("neutral", 25, "Higher than usual", "diamond"),
        ("neutral", 1, "Lower than usual", "diamond"),
    ],
)
def test_each_verdict_has_its_mark(definition, series, direction, last, name, symbol):
    judged = definition(direction=direction)
    marks = points(spc_figure(judged, series(judged, [*QUIET, last])))
    assert set(marks) == {"No significant change", name}
    assert marks[name]["marker"]["symbol"] == symbol
    assert marks[name]["x"] == ["2025-03-01"]
    ordinary = marks["No significant change"]["marker"]
    assert marks[name]["marker"]["size"] >= 1.5 * ordinary["size"]
    assert marks[name]["marker"]["line"]["width"] > ordinary["line"]["width"]


def test_verdicts_are_told_apart_without_colour():
    """Improving, a concern and neither: by shape. An ordinary point is smaller and has a thinner outline besides."""
    shapes = {words: symbol for kind, (symbol, _, words) in MARKERS.items() if kind.startswith("special")}
    assert len({shapes["Improving"], shapes["A concern"], shapes["Higher than usual"]}) == 3
    assert len({words for _, _, words in MARKERS.values()}) == len(MARKERS)


def test_every_kind_of_point_in_the_store_can_be_drawn(store):
    kinds = store.cursor().execute("SELECT DISTINCT point_type FROM spc_point").fetchall()
    assert {kind for (kind,) in kinds} <= set(MARKERS)


def test_hovering_says_the_period_the_figure_and_every_rule_that_fired(definition, series):
    judged = definition()
    figure = spc_figure(judged, series(judged, [*QUIET, 25]))
    assert points(figure)["A concern"]["text"] == [
        f"<b>March 2025</b><br>25.0% of items<br>A concern: {RULE_WORDS['outside']}"
    ]
    assert points(figure)["No significant change"]["text"][0] == "<b>January 2024</b><br>10.0% of items"


def test_hovering_passes_on_what_a_reader_must_know_about_a_figure(definition, series):
    rows = series(definition(), QUIET)
    rows.loc[2, "note"] = "Without Barts, which did not report."
    said = points(spc_figure(definition(), rows))["No significant change"]["text"]
    assert said[2] == "<b>March 2024</b><br>11.0% of items<br>Without Barts, which did not report."
    assert said[3] == "<b>April 2024</b><br>10.0% of items"


def test_hovering_names_two_rules_where_two_fired(definition, series):
    judged = definition()
    rows = series(judged, [*QUIET, 13, 13.5, 14, 14.5, 15, 15.5, 16])
    said = points(spc_figure(judged, rows))["A concern"]["text"][-1]
    fired = rows["rules"].iloc[-1].split("; ")
    assert len(fired) >= 2
    for rule in fired:
        assert RULE_WORDS[rule] in said


def test_a_label_is_written_at_each_line_of_a_large_chart_only(definition, series):
    rows = series(definition(), QUIET)
    large, small = (spc_figure(definition(), rows, roomy=roomy) for roomy in (True, False))
    notes = drawn(large)["layout"]["annotations"]
    assert [note["text"] for note in notes] == ["average", "upper limit", "lower limit"]
    assert drawn(large)["layout"]["yaxis"]["title"]["text"] == "% of items"
    assert not drawn(small)["layout"].get("annotations")


def test_one_scale_holds_every_value_and_limit(definition, series):
    parts = [series(definition(), values) for values in (QUIET, [value + 40 for value in QUIET])]
    low, high = value_range(pd.concat(parts))
    for rows in parts:
        figure = spc_figure(definition(), rows, y_range=(low, high))
        assert drawn(figure)["layout"]["yaxis"]["range"] == [low, high]
        for trace in drawn(figure)["data"]:
            assert all(low <= value <= high for value in trace["y"] if value is not None)
    assert high < 70


@pytest.mark.parametrize(
    ("values", "low", "high"),
    [([0.0, 10.0], 0.0, 10.6), ([5.0, 5.0], 4.5, 5.5), ([0.0, 0.0], 0.0, 1.0), ([-10.0, 10.0], -11.2, 11.2)],
)
def test_the_scale_leaves_room_but_invents_no_negative_share(values, low, high):
    frame = pd.DataFrame({"value": values, "lower_limit": math.nan, "upper_limit": math.nan})
    assert value_range(frame) == pytest.approx((low, high))


def test_every_real_series_can_be_drawn_and_shows_every_published_figure(store):
    catalogue = read_documents(store).catalogue
    for metric in catalogue.metrics:
        if not metric.has_series:
            continue
        rows = run_query(store, "series", metric=metric.id)
        for area in ("wessex", "south-london", "england"):
            one = rows[rows["area_id"] == area].reset_index(drop=True)
            figure = spc_figure(metric, one)
            shown = sorted(value for trace in points(figure).values() for value in trace["y"])
            assert shown == pytest.approx(sorted(one["value"].dropna()), rel=1e-5), (metric.id, area)
            assert "NaN" not in figure.to_json()
            assert (len(lines(figure, "dash")) == 2) == (metric.chart == "xmr"), (metric.id, area)


def test_a_figure_shown_twice_is_the_same(definition, series):
    figure = spc_figure(definition(), series(definition(), QUIET))
    assert figure.to_dict() == figure.to_dict()
    assert figure.to_json() == spc_figure(definition(), series(definition(), QUIET)).to_json()
