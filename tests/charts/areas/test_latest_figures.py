"""The areas side by side: in the order given, with an interval where there is one."""

import json

import pandas as pd
import pytest

from psc.charts.areas.latest_figures import comparison_figure


def latest(*rows):
    return pd.DataFrame(rows, columns=["name", "value", "lower", "upper"])


def drawn(figure):
    return json.loads(figure.to_json())


def by_name(chart, values):
    """What is drawn in each row, by the name that is written beside it."""
    axis, (trace,) = chart["layout"]["yaxis"], chart["data"]
    names = dict(zip(axis["tickvals"], axis["ticktext"], strict=True))
    return dict(zip([names[place] for place in trace["y"]], values, strict=True))


@pytest.mark.parametrize("names", [["Wessex", "Eastern", "Oxford"], ["Eastern", "Oxford", "Wessex"]])
def test_areas_stand_in_the_order_given_whatever_their_figures(definition, names):
    figures = {"Wessex": 3.0, "Eastern": 9.0, "Oxford": 1.0}
    rows = latest(*[(name, figures[name], figures[name] - 1, figures[name] + 1) for name in names])
    chart = drawn(comparison_figure(definition(), rows, 4.0))
    assert chart["layout"]["yaxis"]["ticktext"][::-1] == names  # a vertical axis counts from below
    assert by_name(chart, chart["data"][0]["x"]) == figures


def test_an_interval_reaches_from_its_lower_to_its_upper_limit(definition):
    rows = latest(("Wessex", 3.0, 2.5, 4.5), ("Eastern", 9.0, 8.0, 9.5))
    chart = drawn(comparison_figure(definition(), rows, None))
    (trace,) = chart["data"]
    errors = trace["error_x"]
    below = [x - e for x, e in zip(trace["x"], errors["arrayminus"], strict=True)]
    above = [x + e for x, e in zip(trace["x"], errors["array"], strict=True)]
    assert by_name(chart, zip(below, above, strict=True)) == {"Eastern": (8.0, 9.5), "Wessex": (2.5, 4.5)}
    assert errors["type"] == "data"


def test_an_area_without_an_interval_gets_none(definition):
    rows = latest(("Wessex", 3.0, 2.5, 4.5), ("Eastern", 9.0, None, None))
    chart = drawn(comparison_figure(definition(), rows, None))
    errors = chart["data"][0]["error_x"]
    assert by_name(chart, zip(errors["array"], errors["arrayminus"], strict=True)) == {
        "Eastern": (0, 0),
        "Wessex": (1.5, 0.5),
    }


def test_amounts_have_no_intervals_at_all(definition):
    rows = latest(("Wessex", 3.0, None, None), ("Eastern", 9.0, None, None)).astype({"lower": float, "upper": float})
    (trace,) = drawn(comparison_figure(definition(), rows, None))["data"]
    assert "array" not in trace.get("error_x", {})


def test_england_is_a_line_with_its_name(definition):
    rows = latest(("Wessex", 3.0, 2.5, 4.5))
    layout = drawn(comparison_figure(definition(), rows, 4.25))["layout"]
    assert [(shape["x0"], shape["x1"]) for shape in layout["shapes"]] == [(4.25, 4.25)]
    assert "England" in [note["text"] for note in layout["annotations"]]
    without = drawn(comparison_figure(definition(), rows, None))["layout"]
    assert not without.get("shapes") and "England" not in [note["text"] for note in without["annotations"]]


def test_hovering_says_the_figure_with_its_unit(definition):
    (trace,) = drawn(comparison_figure(definition(), latest(("Wessex", 3.04, 2.5, 4.5)), None))["data"]
    assert trace["text"] == ["<b>Wessex</b><br>3.0% of items"]
    assert trace["hovertemplate"].startswith("%{text}")
