"""Tests of change and adoptions stand on a chart at their dates, numbered as the list beside it, and hide no figure."""

import json
import math
import re
from dataclasses import replace
from datetime import date, timedelta
from itertools import combinations
from xml.etree import ElementTree

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from psc.catalogue.parts import SeriesBreak
from psc.charts.spc.annotation_strip import HALF, LABEL_LENGTH, LEFT, PHONE, entries_of
from psc.charts.spc.annotations import Annotation, annotations_legend, annotations_within, days_with, numbered
from psc.charts.spc.spc_figure import spc_figure
from psc.charts.style.side_labels import text_width

QUIET = [10.0, 12, 11, 10, 12, 11, 10, 12, 11, 10, 12, 11, 10, 12] * 2
TEST = Annotation(date(2024, 6, 10), date(2024, 9, 30), "test", "Two-nurse check", "On three wards.")
ADOPTION = Annotation(date(2025, 2, 3), None, "adoption", "Held record <R&D>", "By 40 practices.")
LATER = Annotation(date(2027, 2, 1), None, "test", "Alert", "Just begun.")
KINDS = {"Test of change": "test", "Adoption": "adoption", "test of change": "test", "adoption": "adoption"}


def drawn(figure):
    return json.loads(figure.to_json())


def symbols(figure):
    """The marks on the chart: (day, kind, height, text, symbol), earliest first."""
    traces = [trace for trace in drawn(figure)["data"] if trace.get("name") in KINDS]
    return sorted(
        (day, KINDS[trace["name"]], height, text, trace["marker"]["symbol"])
        for trace in traces
        for day, height, text in zip(trace["x"], trace["y"], trace["text"], strict=True)
    )


def texts(figure):
    """The texts in the strip, by what they say."""
    return {note["text"]: note for note in drawn(figure)["layout"].get("annotations", []) if note.get("yref") == "y2"}


def upright(figure):
    """The upright lines in the colour of marks, by their day."""
    shapes = drawn(figure)["layout"].get("shapes", [])
    return {
        shape["x0"]: shape for shape in shapes if shape["line"].get("color") == "#003087" and shape["x0"] == shape["x1"]
    }


def bands(figure):
    shapes = drawn(figure)["layout"].get("shapes", [])
    return [(shape["x0"], shape["x1"]) for shape in shapes if shape["type"] == "rect"]


@pytest.fixture
def chart(definition, series):
    def make(*marks, roomy=True, values=QUIET, breaks=(), **options):
        told = definition(breaks=breaks)
        return spc_figure(told, series(told, values), roomy=roomy, marks=marks, **options)

    return make


def test_marks_stand_at_their_dates_each_kind_with_its_own_symbol_line_and_number(chart):
    figure = chart(ADOPTION, TEST)
    first, second = symbols(figure)
    assert (first[0], first[1], second[0], second[1]) == ("2024-06-10", "test", "2025-02-03", "adoption")
    assert first[4] != second[4]
    lines = upright(figure)
    assert set(lines) == {"2024-06-10", "2025-02-03"}
    assert lines["2024-06-10"]["line"]["dash"] != lines["2025-02-03"]["line"]["dash"] == "solid"
    assert list(texts(figure)) == ["1 Two-nurse check", "2 Held record &lt;R&amp;D&gt;"]


def test_a_mark_lies_right_of_the_points_of_periods_it_comes_after_the_middle_of(definition, series):
    """On 3 May: right of April's point and left of May's; in a year that began in April, left of the year's point."""
    mark = Annotation(date(2024, 5, 3), None, "adoption", "New form", "")
    figure = spc_figure(definition(), series(definition(), QUIET), marks=[mark])
    (line,) = (trace for trace in drawn(figure)["data"] if trace["mode"] == "lines" and not trace["line"].get("dash"))
    assert line["x"][3] == "2024-04-16" < symbols(figure)[0][0] < line["x"][4] == "2024-05-16"
    yearly = definition(chart="run", grain="financial_year")
    starts = [pd.Timestamp(2020 + n, 4, 1) for n in range(5)]
    rows = series(definition(), QUIET[:5]).assign(
        period_start=starts, period_end=[day + pd.DateOffset(years=1, days=-1) for day in starts]
    )
    figure = spc_figure(yearly, rows, marks=[mark])
    (line,) = (trace for trace in drawn(figure)["data"] if trace["mode"] == "lines" and not trace["line"].get("dash"))
    assert line["x"][3] < symbols(figure)[0][0] == "2024-05-03" < line["x"][4] == "2024-09-30"
    first, last = drawn(figure)["layout"]["xaxis"]["range"]
    assert first <= "2020-04-01" and last >= "2025-03-31", "a mark in any month of these years is on the chart"


def test_hovering_tells_the_whole_of_a_mark_with_harmless_markup(chart):
    for figure in (chart(TEST, ADOPTION), chart(TEST, ADOPTION, roomy=False)):
        test, adoption = (mark[3] for mark in symbols(figure))
        assert test.replace("<br>", " ") == (
            "<b>1 Two-nurse check</b> Test of change, 10 June 2024 to 30 September 2024 On three wards."
        )
        assert adoption == "<b>2 Held record &lt;R&amp;D&gt;</b><br>Adoption, 3 February 2025<br>By 40 practices."


def test_the_time_of_a_test_is_a_pale_band_that_ends_with_it_or_with_the_chart(chart):
    assert bands(chart(TEST, ADOPTION)) == [("2024-06-10", "2024-09-30")]
    endless = Annotation(date(2025, 6, 1), date(2035, 1, 1), "test", "Long", "")
    figure = chart(endless)
    assert bands(figure) == [("2025-06-01", drawn(figure)["layout"]["xaxis"]["range"][1])]


def test_figures_keep_their_room_and_the_strip_lies_beneath_them(chart):
    bare, marked = drawn(chart(height=300))["layout"], drawn(chart(TEST, ADOPTION, height=300))["layout"]
    plot = 300 - bare["margin"]["t"] - bare["margin"]["b"]
    strip = marked["height"] - 300
    assert strip > 0
    assert marked["margin"] == bare["margin"]
    low, high = marked["yaxis"]["domain"]
    assert (high - low) * (plot + strip) == pytest.approx(plot)
    assert marked["yaxis2"]["domain"] == [0, low]
    assert marked["xaxis"]["anchor"] == "y2"
    assert marked["yaxis"]["range"] == bare["yaxis"]["range"]


def test_labels_of_lines_still_meet_their_lines(chart):
    """They are placed in pixels of the plot, which the strip must not stretch."""
    shifts = [
        [note.get("yshift") for note in drawn(figure)["layout"]["annotations"] if "limit" in note["text"]]
        for figure in (chart(), chart(TEST, ADOPTION))
    ]
    assert len(shifts[0]) == 2
    assert shifts[0] == shifts[1]


def test_labels_of_breaks_stay_above_the_plot_and_marks_below_it(chart):
    figure = chart(TEST, ADOPTION, breaks=[date(2025, 3, 1)])
    notes = {note["text"]: note for note in drawn(figure)["layout"]["annotations"]}
    above = [note for text, note in notes.items() if text.startswith("new limits")]
    assert [(note["y"], note["yanchor"]) for note in above] == [(1, "bottom")]
    lanes = drawn(figure)["layout"]["yaxis2"]["range"][0]
    assert all(0 < note["y"] < lanes for note in texts(figure).values())
    (line,) = (
        shape
        for shape in drawn(figure)["layout"]["shapes"]
        if shape["type"] == "line" and shape["y1"] > 1
    )  # fmt: skip
    plot = drawn(figure)["layout"]["height"] - sum(drawn(figure)["layout"]["margin"][side] for side in "tb")
    assert (line["y1"] - 1) * plot == pytest.approx(30 * 0.8)


def test_a_chart_without_marks_is_drawn_as_ever(chart):
    layout = drawn(chart())["layout"]
    assert "yaxis2" not in layout
    assert "domain" not in layout["yaxis"]
    assert "shapes" not in layout


def test_a_small_chart_has_bare_symbols_on_its_time_axis(chart):
    figure = chart(TEST, ADOPTION, roomy=False)
    layout = drawn(figure)["layout"]
    assert [mark[2] for mark in symbols(figure)] == [layout["yaxis"]["range"][0]] * 2
    assert layout["height"] == 190
    assert "shapes" not in layout
    assert "annotations" not in layout


def test_on_a_small_chart_a_symbol_tells_of_those_it_hides(chart):
    near = [Annotation(date(2024, 6, day), None, "test", f"Ward {day}", "") for day in (10, 14, 20)]
    said = [mark[3] for mark in symbols(chart(*near, ADOPTION, roomy=False))]
    assert all(all(f"Ward {day}" in text for day in (10, 14, 20)) for text in said[:3])
    assert "Ward" not in said[3]


@pytest.mark.parametrize("roomy", [True, False])
def test_a_mark_past_the_last_figure_is_still_seen(chart, roomy):
    """The figures end in April 2026, the test begins in February 2027."""
    figure = chart(TEST, LATER, roomy=roomy)
    first, last = drawn(figure)["layout"]["xaxis"]["range"]
    assert first == drawn(chart(roomy=roomy))["layout"]["xaxis"]["range"][0]
    assert "2027-02-01" < last < "2027-04-01"
    assert symbols(figure)[-1][0] == "2027-02-01"


def test_the_empty_time_before_it_is_named_on_a_large_chart(chart):
    def says_so(figure):
        notes = drawn(figure)["layout"].get("annotations", [])
        return any(note["text"].replace("<br>", " ") == "no figures yet" for note in notes)

    assert says_so(chart(LATER))
    assert not says_so(chart(TEST))
    assert not says_so(chart(LATER, roomy=False))


def test_shading_of_the_last_segment_ends_with_the_figures(chart):
    figure = chart(LATER, breaks=[date(2025, 3, 1)], roomy=False)
    ((start, end),) = bands(figure)
    assert start[:10] == "2025-03-01"
    assert "2026-04-30" <= end < "2026-05-15"


def test_marks_before_the_first_day_or_long_after_the_last_figure_are_left_out(chart):
    early = Annotation(date(2023, 11, 1), date(2024, 3, 1), "test", "Early", "")
    late = Annotation(date(2027, 11, 1), None, "adoption", "Late", "")
    just = Annotation(date(2027, 10, 30), None, "adoption", "Just", "")
    figure = chart(early, TEST, late)
    assert list(texts(figure)) == ["2 Two-nurse check"]
    assert drawn(figure)["layout"]["xaxis"] == drawn(chart(TEST))["layout"]["xaxis"]
    assert list(texts(chart(just))) == ["1 Just"]


@pytest.mark.parametrize("roomy", [True, False])
def test_without_a_figure_there_is_nothing_to_mark(definition, series, roomy):
    rows = series(definition(), QUIET)
    rows[["value", "centre", "upper_limit", "lower_limit"]] = math.nan
    for empty in (rows, rows.iloc[:0]):
        figure = spc_figure(definition(), empty, roomy=roomy, marks=[TEST])
        assert not symbols(figure)
        assert [note["text"] for note in drawn(figure)["layout"]["annotations"]] == ["No figures"]


def test_twenty_marks_are_numbered_and_close_ones_share_a_text(chart):
    """Six within a month, the others all over a year: numbers alone, none missing, few lanes."""
    spread = [
        Annotation(date(2024, 3, 1) + timedelta(days=26 * n), None, "adoption", f"Site {n}", "") for n in range(14)
    ]
    close = [Annotation(date(2025, 6, n), None, "test", f"Ward {n}", "") for n in range(1, 7)]
    figure = chart(*spread, *close)
    assert "15–20" in texts(figure)
    numbers = []
    for text in texts(figure):
        for part in text.split(", "):
            ends = [int(end) for end in part.split("–")]
            numbers += range(ends[0], ends[-1] + 1)
    assert sorted(numbers) == list(range(1, 21))
    assert len(symbols(figure)) == len({(mark[0], mark[1]) for mark in symbols(figure)}) == 20
    assert drawn(figure)["layout"]["height"] - 190 < 130


def test_a_long_label_is_cut_and_a_long_word_too(chart):
    for label in ("Pharmacist calls back two days after discharge", "W" * 60):
        (text,) = texts(chart(Annotation(date(2024, 6, 1), None, "test", label, "")))
        assert text.startswith(f"1 {label[:15]}")
        assert text.endswith("…")
        assert len(text) <= LABEL_LENGTH + 2


DAYS = st.dates(date(2023, 6, 1), date(2028, 1, 1))
MARKS = st.builds(
    Annotation,
    DAYS, st.none(), st.sampled_from(["test", "adoption"]), st.text("abc ", min_size=1, max_size=40), st.just(""),
)  # fmt: skip
ROWS = pd.DataFrame(
    {
        "period_start": pd.date_range("2024-01-01", periods=28, freq="MS"),
        "period_end": pd.date_range("2024-01-31", periods=28, freq="ME"),
        "value": 1.0,
    }
)


@settings(max_examples=200, deadline=None)
@given(st.lists(MARKS, max_size=25), st.sampled_from([12, 118]), st.sampled_from([PHONE, 500, 760, 1200]))
def test_no_text_or_symbol_touches_another_and_none_runs_off_the_chart(marks, right, width):
    shown = annotations_within(marks, ROWS)
    days = days_with(shown, ROWS)
    plot = width - LEFT - right
    boxes = []
    entries = entries_of(shown, days, right)
    for entry in entries:
        places = [(pd.Timestamp(mark.start) - days[0]) / (days[1] - days[0]) * plot for _, mark in entry.marks]
        assert 0 <= min(places) <= max(places) <= plot
        text = HALF + text_width(entry.text)
        boxes.append(
            (entry.lane, min(places) - (text if entry.left else HALF), max(places) + (HALF if entry.left else text))
        )
    assert sorted(number for entry in entries for number, _ in entry.marks) == [number for number, _ in shown]
    for (lane, start, end), (other, other_start, other_end) in combinations(boxes, 2):
        assert lane != other or end <= other_start + 1e-6 or other_end <= start + 1e-6
    assert all(start >= -LEFT - 1 and end <= plot + right + 1e-6 for _, start, end in boxes)


def listed(html):
    """The items of the list, in words."""
    tree = ElementTree.fromstring(f"<div>{html}</div>")
    return ["".join(item.itertext()).lstrip("▲◆ ") for item in tree.iter("li")]


def test_the_list_has_the_numbers_of_the_chart(chart):
    marks = [ADOPTION, LATER, TEST]
    html = annotations_legend(marks)
    assert html.count("<ol") == 1
    assert re.findall(r'<li><span aria-hidden="true">(.)</span>', html) == ["▲", "◆", "▲"]
    assert listed(html) == [
        "Two-nurse check, test of change, 10 June 2024 to 30 September 2024. On three wards.",
        "Held record <R&D>, adoption, 3 February 2025. By 40 practices.",
        "Alert, test of change, from 1 February 2027. Just begun.",
    ]
    for number, text in enumerate(listed(html), start=1):
        assert any(told.startswith(f"<b>{number} {text[:5]}") for *_, told, _ in symbols(chart(*marks)))


def test_the_list_says_what_the_chart_cannot_show():
    early = Annotation(date(2020, 1, 1), None, "adoption", "Early", "")
    late = Annotation(date(2029, 1, 1), None, "adoption", "Late", "")
    first, test, later, last = listed(annotations_legend([early, TEST, LATER, late], ROWS))
    assert first.endswith("Before the chart begins.")
    assert test.endswith("On three wards.")
    assert later.endswith("No figures yet for the time afterwards: the last go up to April 2026.")
    assert last.endswith("April 2026. Too late to be on the chart.")


def test_a_period_that_a_mark_falls_into_is_not_taken_for_the_time_afterwards():
    year = pd.DataFrame(
        {"period_start": pd.to_datetime(["2023-04-01"]), "period_end": pd.to_datetime(["2024-03-31"]), "value": 1.0}
    )
    (said,) = listed(annotations_legend([Annotation(date(2023, 12, 1), None, "test", "In it", "")], year))
    assert "No figures yet for the time afterwards: the last go up to March 2024." in said


def test_the_list_claims_no_cause_and_escapes_what_people_wrote():
    html = annotations_legend(
        [Annotation(date(2024, 1, 1), None, "test", "<img src=x>", "<script>alert(1)</script>")], ROWS
    )
    assert "<img" not in html
    assert "<script" not in html
    assert not re.search(r"because|led to|result|effect|impact|caused|due to", html)
    assert "do not show whether" in html


def test_no_marks_no_list():
    assert annotations_legend([]) == ""


def test_marks_of_one_day_have_a_fixed_order():
    day = date(2024, 1, 1)
    marks = [Annotation(day, None, kind, label, "") for kind in ("adoption", "test") for label in ("b", "a")]
    order = [(number, mark.kind, mark.label) for number, mark in numbered(marks)]
    assert order == [(1, "test", "a"), (2, "test", "b"), (3, "adoption", "a"), (4, "adoption", "b")]
    assert numbered(marks[::-1]) == numbered(marks)


@pytest.mark.parametrize(
    ("end", "kind", "words"),
    [(date(2023, 1, 1), "test", "not before the start"), (None, "rumour", "expected one of test, adoption")],
)
def test_a_mark_that_cannot_be_is_refused_in_words(end, kind, words):
    with pytest.raises(ValueError, match=words):
        Annotation(date(2024, 1, 1), end, kind, "A", "")


def test_a_chart_of_rare_events_takes_marks_too(definition, series):
    rows = series(definition(), QUIET)
    rows["period_start"] = pd.to_datetime("2024-01-14") + pd.to_timedelta(rows["value"].cumsum(), "D")
    rows["period_end"] = rows["period_start"]
    for roomy in (True, False):
        figure = spc_figure(definition(), rows, kind="g", y_title="days between", roomy=roomy, marks=[TEST])
        assert [mark[0] for mark in symbols(figure)] == ["2024-06-10"]
    later = replace(TEST, start=(rows["period_start"].iloc[-1] + pd.DateOffset(months=12)).date(), end=None)
    figure = spc_figure(definition(), rows, kind="g", y_title="days between", roomy=True, marks=[later])
    assert len(symbols(figure)) == 1
    assert "no<br>figures" not in str(drawn(figure)), "a time without an event is not one without figures"


def test_a_break_without_marks_has_its_label_where_it_was(definition, series):
    told = definition().model_copy(update={"series_breaks": (SeriesBreak(date=date(2025, 3, 1), reason="New."),)})
    plain, later = (spc_figure(told, series(told, QUIET), roomy=True, marks=marks) for marks in ([], [LATER]))
    starts = [
        [note["x"] for note in drawn(figure)["layout"]["annotations"] if "new" in note["text"]]
        for figure in (plain, later)
    ]
    assert starts[0] == starts[1] == ["2025-03-01T00:00:00"]
