"""The changes side by side: in the order given, with intervals, and England behind them."""

import json
import math

import pandas as pd
import pytest

from psc.charts.areas.change_figure import change_figure
from tests.narrate.test_verdicts import monthly

NAN = math.nan


def rows(*items):
    return pd.DataFrame(items, columns=["name", "change", "lower", "upper", "certain"])


def drawn(figure):
    return json.loads(figure.to_json())


AREAS = rows(
    ("Wessex", -0.08, -0.1, -0.06, True), ("Eastern", 0.05, -0.01, 0.11, False), ("Oxford", NAN, NAN, NAN, False)
)


def test_areas_stand_in_the_order_given_and_one_without_a_change_keeps_its_row():
    chart = drawn(change_figure(AREAS, None))
    axis = chart["layout"]["yaxis"]
    assert dict(zip(axis["tickvals"], axis["ticktext"], strict=True)) == {2: "Wessex", 1: "Eastern", 0: "Oxford"}
    dots = chart["data"][1]
    assert dict(zip(dots["y"], dots["x"], strict=True)) == {2: -8, 1: 5}


def test_an_interval_reaches_from_its_lower_to_its_upper_end():
    line = drawn(change_figure(AREAS, None))["data"][0]
    assert list(zip(line["y"], line["x"], strict=True)) == [
        (1, -1),
        (1, 11),
        (None, None),
        (2, -10),
        (2, -6),
        (None, None),
    ]


def test_only_a_certain_change_has_a_filled_dot():
    dots = drawn(change_figure(AREAS, None))["data"][1]
    filled = {place: colour != "#ffffff" for place, colour in zip(dots["y"], dots["marker"]["color"], strict=True)}
    assert filled == {2: True, 1: False}


def test_england_is_a_line_with_a_band_and_everything_is_within_the_axis():
    chart = drawn(change_figure(AREAS, monthly(change=-0.2, lower=-0.3, upper=0.2)))
    band, spans = chart["layout"]["shapes"], chart["layout"]["xaxis"]["range"]
    assert [(shape["x0"], shape["x1"]) for shape in band] == [(0, 0), (-30, 20), (-20, -20)]
    assert spans[0] < -30 and spans[1] > 20
    assert "England 20% lower" in [note["text"] for note in chart["layout"]["annotations"]]
    assert not [
        note for note in drawn(change_figure(AREAS, None))["layout"]["annotations"] if "England" in note["text"]
    ]


def test_changes_without_a_needed_column_are_refused():
    with pytest.raises(ValueError, match="certain"):
        change_figure(AREAS.drop(columns="certain"), None)
