"""Charts with a row for each area can be read on a phone: names, scale and title."""

import math

import pandas as pd
import plotly.graph_objects as go
import pytest

from psc.catalogue.definition import load_catalogue
from psc.charts.areas.area_rows import LONGEST, NARROWEST, add_label_above, rows_layout, scale
from psc.charts.style.side_labels import text_width

PHONE = 347
"""Width of a chart on a phone of 390 pixels."""


def test_a_long_name_takes_two_lines_of_like_length_and_a_short_one_stays_whole():
    names = ["North East and North Cumbria", "Wessex", "Unpronounceably-long-name"]
    written = rows_layout(names, (0, 1), "cases")["yaxis"]["ticktext"]
    assert written == ["North East and<br>North Cumbria", "Wessex", "Unpronounceably-long-name"]


def test_every_area_leaves_the_plot_its_room_on_a_phone(data):
    areas = pd.read_csv(data / "boundaries" / "areas.csv")["name"]
    written = rows_layout(list(areas), (0, 1), "cases")["yaxis"]["ticktext"]
    assert max(len(line) for name in written for line in name.split("<br>")) <= LONGEST


@pytest.mark.parametrize(
    "across", [(-50, 170), (-23, 81), (0.82, 1.13), (-3, 2), (0, 52_000), (-4, 960), (0.001, 0.004)]
)
def test_the_numbers_of_a_scale_are_round_and_apart_on_a_phone(across):
    axis = rows_layout(["Wessex"], across, "cases", "%")["xaxis"]
    ticks, texts = axis["tickvals"], axis["ticktext"]
    assert len(ticks) >= 2 and all(across[0] <= tick <= across[1] for tick in ticks)
    apart = (ticks[1] - ticks[0]) / (across[1] - across[0]) * NARROWEST
    assert apart >= max(map(text_width, texts)) + 6
    assert all(text.endswith("%") and "-" not in text and len(text) <= 8 for text in texts)


def test_the_title_of_every_measure_ends_at_the_edge_and_fits_a_phone(data):
    for metric in load_catalogue(data / "harms").metrics:
        layout = rows_layout(["Wessex"], (0, 1), metric.unit)
        (title,) = layout["annotations"]
        assert (title["x"], title["xanchor"]) == (1, "right")
        lines = title["text"].split("<br>")
        assert max(map(text_width, lines)) < PHONE - layout["margin"]["r"], metric.unit
        assert " ".join(lines) == metric.unit


def test_markup_in_a_title_is_shown_as_it_is_written():
    assert rows_layout(["Wessex"], (0, 1), "<b>x</b>")["annotations"][0]["text"] == "&lt;b&gt;x&lt;/b&gt;"


def test_a_scale_holds_all_ends_with_room_and_leaves_out_what_is_missing():
    low, high = scale([3.0, math.nan, -1.0])
    assert low < -1 and high > 3
    assert scale([2.0]) == (1.0, 3.0)


@pytest.mark.parametrize(("x", "anchor"), [(1, "left"), (50, "center"), (99, "right")])
def test_a_label_above_the_plot_reads_away_from_the_nearer_edge(x, anchor):
    figure = go.Figure()
    add_label_above(figure, x, "England 5% higher", (0, 100))
    assert figure.layout.annotations[0].xanchor == anchor
