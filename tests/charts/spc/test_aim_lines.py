"""An aim is a line from where the measure stood to where it is to go, on an axis that reaches so far."""

import json
from datetime import date

import pytest

from psc.charts.spc.annotations import Annotation
from psc.charts.spc.spc_figure import spc_figure
from psc.charts.style.scale import value_range
from psc.narrate.aim_sentences import MeasuredAim

QUIET = [10.0, 12, 11, 10, 12, 11, 10, 12, 11, 10, 12, 11, 10, 12]
AIM = MeasuredAim(date(2025, 1, 20), 11.0, date(2027, 12, 31), 6.5, "Fewer <b>strong</b> tablets")


@pytest.fixture
def rows(definition, series):
    return series(definition(), QUIET)


def drawn(figure):
    return json.loads(figure.to_json())


def traces(figure, mode):
    return [trace for trace in drawn(figure)["data"] if (trace.get("name"), trace["mode"]) == ("aim", mode)]


def texts(figure):
    return [note["text"] for note in drawn(figure)["layout"].get("annotations", [])]


@pytest.mark.parametrize("roomy", [True, False])
def test_an_aim_is_a_line_to_a_circle_at_its_target_and_both_axes_hold_it(definition, rows, roomy):
    figure = spc_figure(definition(), rows, roomy=roomy, aims=[AIM])
    (line,), (end,) = traces(figure, "lines"), traces(figure, "markers")
    assert list(zip(line["x"], line["y"], strict=True)) == [("2025-01-20", 11.0), ("2027-12-31", 6.5)]
    assert (end["x"], end["y"]) == (["2027-12-31"], [6.5])
    layout = drawn(figure)["layout"]
    assert layout["xaxis"]["range"][0] <= "2024-01-01" and layout["xaxis"]["range"][1] > "2027-12-31"
    low, high = layout["yaxis"]["range"]
    assert low < 6.5 and high > 12


def test_the_end_of_an_aim_tells_what_it_is_when_pointed_at_and_is_harmless(definition, rows):
    (end,) = traces(spc_figure(definition(), rows, aims=[AIM]), "markers")
    assert "Fewer &lt;b&gt;strong&lt;/b&gt; tablets" in end["text"][0]
    assert "6.5% of items by December 2027" in end["text"][0]


def test_a_large_chart_labels_the_aim_and_a_small_one_does_not(definition, rows):
    assert "aim 6.5" in texts(spc_figure(definition(), rows, roomy=True, aims=[AIM]))
    assert texts(spc_figure(definition(), rows, aims=[AIM])) == []


def test_several_aims_are_a_line_each_and_the_axis_reaches_the_last(definition, rows):
    other = MeasuredAim(date(2025, 2, 1), 12.0, date(2026, 6, 30), 9.0, "Another priority")
    figure = spc_figure(definition(), rows, roomy=True, aims=[AIM, other])
    assert [line["y"][1] for line in traces(figure, "lines")] == [6.5, 9.0]
    assert {"aim 6.5", "aim 9.0"} < set(texts(figure))
    assert drawn(figure)["layout"]["xaxis"]["range"][1] > "2027-12-31"


def test_a_chart_without_an_aim_is_as_it_was(definition, rows):
    figure = spc_figure(definition(), rows, roomy=True)
    assert not traces(figure, "lines") and not any("aim" in text for text in texts(figure))
    assert drawn(figure)["layout"]["xaxis"]["range"][1] < "2025-04-01"


def test_an_aim_and_a_later_mark_share_the_axis(definition, rows):
    mark = Annotation(date(2026, 3, 1), None, "test", "Two-nurse check", "")
    near = MeasuredAim(AIM.since, 11.0, date(2025, 12, 31), 9.0, "A priority")
    figure = spc_figure(definition(), rows, roomy=True, aims=[near], marks=[mark])
    assert "2026-03-01" < drawn(figure)["layout"]["xaxis"]["range"][1] < "2026-07-01"


def test_panels_on_a_common_scale_hold_every_aim(rows):
    low, high = value_range(rows, [AIM])
    assert low < 6.5 and high > 12
    assert value_range(rows)[0] > 6.5
