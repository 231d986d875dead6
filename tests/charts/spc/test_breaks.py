"""A series break is a line, a shade and a reason, and no label hides another."""

import json
from datetime import date

import pandas as pd
import pytest

from psc.catalogue.parts import SeriesBreak
from psc.charts.spc.breaks import NARROW, Break, levels_of
from psc.charts.spc.spc_figure import spc_figure
from psc.charts.style.side_labels import text_width

QUIET = [10.0, 12, 11, 10, 12, 11, 10, 12, 11, 10, 12, 11, 10, 12]
LONG = (
    "Revised national definition: categories made consistent, ulcers from devices included, the 72-hour rule dropped."
)
FIRST, SECOND = date(2025, 3, 1), date(2026, 5, 1)


def drawn(figure):
    return json.loads(figure.to_json())


def break_notes(figure):
    return [note for note in drawn(figure)["layout"]["annotations"] if note["text"].startswith("new ")]


def shapes(figure, kind):
    return [shape for shape in drawn(figure)["layout"].get("shapes", []) if shape["type"] == kind]


def points_of_breaks(figure):
    return [trace for trace in drawn(figure)["data"] if trace.get("name") == "breaks"]


@pytest.fixture
def broken(definition):
    told = (SeriesBreak(date=FIRST, reason=LONG), SeriesBreak(date=SECOND, reason="Age limit lowered to 16."))
    return definition().model_copy(update={"series_breaks": told})


def test_every_other_segment_is_shaded_from_its_break_to_the_next(broken, series):
    figure = spc_figure(broken, series(broken, QUIET * 3))
    assert [shape["x0"][:10] for shape in shapes(figure, "line")] == ["2025-03-01", "2026-05-01"]
    (shade,) = shapes(figure, "rect")
    assert (shade["x0"][:10], shade["x1"][:10]) == ("2025-03-01", "2026-05-01")
    assert shade["layer"] == "below"


def test_the_last_segment_is_shaded_to_the_edge_of_the_chart(definition, series):
    once = definition(breaks=[FIRST])
    figure = spc_figure(once, series(once, QUIET * 2))
    (shade,) = shapes(figure, "rect")
    assert shade["x1"][:10] == drawn(figure)["layout"]["xaxis"]["range"][1]


def test_a_series_without_a_break_has_neither_line_nor_shade(definition, series):
    figure = spc_figure(definition(), series(definition(), QUIET), roomy=True)
    assert not drawn(figure)["layout"].get("shapes")
    assert not points_of_breaks(figure)


def test_a_large_chart_gives_the_reason_shortened_and_a_small_one_the_mark(broken, series):
    rows = series(broken, QUIET * 3)
    large, small = (spc_figure(broken, rows, roomy=roomy) for roomy in (True, False))
    assert [note["text"] for note in break_notes(large)] == [
        "new limits: Revised<br>national definition:…",
        "new limits: Age limit<br>lowered to 16",
    ]
    assert [note["text"] for note in break_notes(small)] == ["new limits", "new limits"]


@pytest.mark.parametrize("roomy", [True, False])
def test_the_whole_reason_is_read_at_the_top_of_the_line(broken, series, roomy):
    figure = spc_figure(broken, series(broken, QUIET * 3), roomy=roomy)
    (trace,) = points_of_breaks(figure)
    assert trace["marker"]["opacity"] == 0
    assert trace["x"] == ["2025-03-01", "2026-05-01"]
    assert trace["y"] == [drawn(figure)["layout"]["yaxis"]["range"][1]] * 2
    assert trace["text"][0].replace("<br>", " ") == f"<b>New limits from March 2025</b> {LONG}"
    assert [note["hovertext"] for note in break_notes(figure)] == trace["text"]


def test_labels_stand_above_the_plot_where_no_figure_is(broken, series):
    rows = series(broken, QUIET * 3)
    without = drawn(spc_figure(broken, rows[rows["segment"] == 0], roomy=True))["layout"]["margin"]["t"]
    figure = spc_figure(broken, rows, roomy=True)
    notes = break_notes(figure)
    assert all((note["y"], note["yref"], note["yanchor"]) == (1, "paper", "bottom") for note in notes)
    room = drawn(figure)["layout"]["margin"]["t"] - without
    assert room == max(note["yshift"] for note in notes) + 30


def test_a_segment_too_short_for_limits_is_not_said_to_have_new_ones(definition, series):
    once = definition(breaks=[FIRST])
    figure = spc_figure(once, series(once, [*QUIET, 11, 12, 10]))
    assert [note["text"] for note in break_notes(figure)] == ["new series"]


def test_breaks_with_nothing_between_them_give_both_reasons(broken, series):
    rows = series(broken, QUIET * 3)
    rows = rows[rows["segment"] != 1].reset_index(drop=True)
    (trace,) = points_of_breaks(spc_figure(broken, rows))
    assert trace["x"] == ["2026-05-01"]
    assert trace["text"][0].replace("<br>", " ").endswith(f"{LONG} Age limit lowered to 16.")


def test_a_break_without_a_known_reason_is_still_marked(definition, series):
    rows = series(definition(breaks=[FIRST]), QUIET * 2)
    figure = spc_figure(definition(), rows, roomy=True)
    assert [note["text"] for note in break_notes(figure)] == ["new limits"]
    assert points_of_breaks(figure)[0]["text"] == ["<b>New limits from March 2025</b>"]


def at(share):
    return Break(
        pd.Timestamp(2020, 1, 1) + pd.Timedelta(days=1000 * share), pd.Timestamp(2023, 1, 1), "new limits", "", True
    )


DAYS = (pd.Timestamp(2020, 1, 1), pd.Timestamp(2020, 1, 1) + pd.Timedelta(days=1000))


@pytest.mark.parametrize(
    ("shares", "levels"),
    [([], []), ([0.1], [0]), ([0.1, 0.9], [0, 0]), ([0.1, 0.2], [0, 1]), ([0.1, 0.2, 0.3], [0, 1, 2])],
)
def test_labels_share_a_row_only_where_a_phone_has_room(shares, levels):
    assert levels_of([at(share) for share in shares], DAYS, roomy=False) == levels


def test_no_label_runs_off_a_phone():
    """A label to the right of a line in the left half, or to the left of one in the right half, ends in the plot."""
    assert text_width("new limits: Revised nation") < NARROW
    assert text_width("new limits") / NARROW < 0.5
