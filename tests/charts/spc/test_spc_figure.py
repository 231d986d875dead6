"""An SPC chart shows what was published and how it was judged: gaps as gaps, breaks as breaks, every rule in words."""

import itertools
import math
from datetime import date

import pandas as pd
import pytest

from psc.charts.spc.points import MARKERS
from psc.charts.spc.spc_figure import spc_figure
from psc.charts.style.scale import value_range
from psc.narrate.signal_words import describe_rule
from psc.store.query import run_query
from psc.store.stored_documents import read_documents
from tests.charts.spc.drawn_points import QUIET, drawn, points


def lines(figure, dash=None):
    """The traces drawn as lines; of the data themselves (no dash given) or of centre and limits."""
    found = [trace for trace in drawn(figure)["data"] if trace["mode"] == "lines"]
    return [trace for trace in found if trace["line"].get("dash") == dash]


def notes(figure):
    return {note["text"]: note for note in drawn(figure)["layout"].get("annotations", [])}


def test_a_missing_month_is_a_gap_in_the_line_and_no_point(definition, series):
    values = [*QUIET[:5], math.nan, *QUIET[5:]]
    figure = spc_figure(definition(), series(definition(), values))
    (line,) = lines(figure)
    assert line["y"] == [*QUIET[:5], None, *QUIET[5:]]
    assert line["connectgaps"] is False
    assert line["x"][5] == "2024-06-16"
    (marks,) = points(figure).values()
    assert marks["y"] == QUIET
    assert "2024-06-16" not in marks["x"]


def test_limits_and_centre_are_drawn_from_the_first_to_the_last_point(definition, series):
    rows = series(definition(), QUIET)
    figure = spc_figure(definition(), rows)
    (centre,) = lines(figure, "solid")
    assert centre["x"] == ["2024-01-16", "2025-02-15"]
    assert centre["y"] == pytest.approx([11, 11])
    upper, lower = lines(figure, "dash")
    assert upper["y"] == pytest.approx([rows["upper_limit"].iloc[0]] * 2, rel=1e-5)
    assert lower["y"] == pytest.approx([rows["lower_limit"].iloc[0]] * 2, rel=1e-5)
    assert upper["y"][0] > 12
    assert lower["y"][0] < 10


def years_from(rows, first):
    """The rows as financial years from April of a year on."""
    starts = [pd.Timestamp(first + n, 4, 1) for n in range(len(rows))]
    return rows.assign(period_start=starts, period_end=[day + pd.DateOffset(years=1, days=-1) for day in starts])


def test_a_yearly_point_stands_in_the_middle_of_its_year_and_the_axis_holds_whole_years(definition, series):
    yearly = definition(chart="run", grain="financial_year")
    rows = years_from(series(definition(), QUIET), 2010)
    figure = spc_figure(yearly, rows, roomy=True)
    (line,), (centre,) = lines(figure), lines(figure, "solid")
    assert (line["x"][0], line["x"][-1]) == ("2010-09-30", "2023-10-01")
    assert centre["x"] == ["2010-09-30", "2023-10-01"]
    (marks,) = points(figure).values()
    assert marks["x"] == line["x"]
    assert marks["text"][-1].startswith("<b>April 2023 to March 2024</b>")
    first, last = drawn(figure)["layout"]["xaxis"]["range"]
    assert first <= "2010-04-01" and "2024-03-31" <= last < "2024-06-01"


def test_an_overlapping_year_stands_in_the_middle_of_its_twelve_months(definition, series):
    bare = definition(chart="line", grain="overlapping_year")
    rows = series(bare, QUIET)
    starts = [pd.Timestamp(2010, 4, 1) + pd.DateOffset(months=3 * n) for n in range(len(rows))]
    rows = rows.assign(period_start=starts, period_end=[day + pd.DateOffset(years=1, days=-1) for day in starts])
    (line,) = lines(spc_figure(bare, rows))
    assert line["x"][:3] == ["2010-09-30", "2010-12-30", "2011-04-01"]


def test_too_few_points_have_a_middle_value_and_no_limits(definition, series):
    figure = spc_figure(definition(), series(definition(), QUIET[:12]), roomy=True)
    assert lines(figure, "dash") == []
    assert len(lines(figure, "solid")) == 1
    assert list(points(figure)) == ["Not judged"]
    assert list(notes(figure)) == ["middle value 11.0"]


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
    assert (before["x"][0], before["x"][-1]) == ("2024-01-16", "2025-02-15")
    assert (after["x"][0], after["x"][-1]) == ("2025-03-16", "2026-04-16")
    assert [line["y"] for line in lines(figure, "solid")] == [pytest.approx([11, 11]), pytest.approx([41, 41])]
    assert len(lines(figure, "dash")) == 4


def test_a_gap_at_a_series_break_belongs_to_neither_side(definition, series):
    broken = definition(breaks=[date(2025, 3, 1)])
    figure = spc_figure(broken, series(broken, [*QUIET[:13], math.nan, math.nan, *QUIET[:13]]))
    before, after = lines(figure)
    assert before["x"][-1] == "2025-01-16"
    assert after["x"][0] == "2025-04-16"
    assert None not in before["y"] + after["y"]


def test_a_point_that_was_not_judged_is_open(definition, series):
    (mark,) = points(spc_figure(definition(), series(definition(), QUIET[:5]))).values()
    assert mark["marker"]["color"] == "#ffffff"
    assert mark["marker"]["line"]["color"] == "#212b32"


def test_every_kind_of_point_in_the_store_can_be_drawn(store):
    kinds = store.cursor().execute("SELECT DISTINCT point_type FROM spc_point").fetchall()
    assert {kind for (kind,) in kinds} <= set(MARKERS)


def test_hovering_says_the_period_the_figure_its_parts_the_verdict_and_every_rule_that_fired(definition, series):
    judged = definition()
    figure = spc_figure(judged, series(judged, [*QUIET, 25]))
    assert points(figure)["A concern"]["text"] == [
        "<b>March 2025</b><br>25.0% of items<br>250 of 1,000<br>A concern: beyond the limits of its usual<br>range"
    ]
    said = points(figure)["No significant change"]["text"][0]
    assert said == "<b>January 2024</b><br>10.0% of items<br>100 of 1,000<br>No significant change"


def test_a_rate_names_its_parts_and_a_missing_part_is_not_mentioned(definition, series):
    rate = definition(unit="items per 1,000 patients", unit_sentence="{value} items per 1,000 patients")
    rows = series(rate, QUIET)
    rows.loc[0, "numerator"] = 4.25
    rows.loc[1, "denominator"] = math.nan
    said = points(spc_figure(rate, rows))["No significant change"]["text"]
    assert "<br>numerator 4.2, denominator 1,000<br>" in said[0]
    assert "<br>numerator 120<br>" in said[1]
    bare = points(spc_figure(rate, rows.drop(columns=["numerator", "denominator"])))["No significant change"]["text"]
    assert bare[0] == "<b>January 2024</b><br>10.0 items per 1,000 patients<br>No significant change"


def test_hovering_passes_on_what_a_reader_must_know_about_a_figure(definition, series):
    rows = series(definition(), QUIET)
    rows.loc[2, "note"] = "Without Barts, which did not report <5 admissions."
    said = points(spc_figure(definition(), rows))["No significant change"]["text"]
    assert said[2].endswith("<br>Without Barts, which did not report &lt;5<br>admissions.")
    assert said[3].endswith("<br>No significant change")


def test_hovering_names_two_rules_where_two_fired(definition, series):
    judged = definition()
    rows = series(judged, [*QUIET, 13, 13.5, 14, 14.5, 15, 15.5, 16])
    said = points(spc_figure(judged, rows))["A concern"]["text"][-1]
    fired = rows["rules"].iloc[-1].split("; ")
    assert len(fired) >= 2
    for rule in fired:
        assert describe_rule(7)[rule] in said.replace("<br>", " ")


@pytest.mark.parametrize(("points_of_a_trend", "number"), [(6, "six"), (7, "seven")])
def test_hovering_tells_a_trend_by_the_length_that_was_agreed(definition, series, points_of_a_trend, number):
    judged = definition().model_copy(update={"trend_points": points_of_a_trend})
    rows = series(judged, [*QUIET, 9, 9.5, 10, 10.5, 11, 11.5, 12])
    assert "trend" in rows["rules"].iloc[-1]
    said = " ".join(points(spc_figure(judged, rows))["A concern"]["text"]).replace("<br>", " ")
    assert f"part of a run of {number} or more that only rise" in said


def test_a_label_with_its_figure_is_written_at_each_line_of_a_large_chart_only(definition, series):
    rows = series(definition(), QUIET)
    large, small = (spc_figure(definition(), rows, roomy=roomy) for roomy in (True, False))
    upper, lower = (f"{rows[side].iloc[-1]:.1f}" for side in ("upper_limit", "lower_limit"))
    assert list(notes(large)) == ["average 11.0", f"upper limit {upper}", f"lower limit {lower}"]
    assert notes(large)["average 11.0"]["y"] == pytest.approx(11)
    assert drawn(large)["layout"]["yaxis"]["title"]["text"] == "% of items"
    assert not notes(small)


def test_labels_of_lines_that_lie_close_do_not_overlap(definition, series):
    """Limits a tenth of a pixel from the centre, on a scale that a single reading far off has stretched."""
    rows = series(definition(), QUIET)
    rows["upper_limit"], rows["lower_limit"] = rows["centre"] + 0.01, rows["centre"] - 0.01
    figure = spc_figure(definition(), rows, roomy=True, height=300, y_range=(0, 100))
    margin = drawn(figure)["layout"]["margin"]
    pixels = (300 - margin["t"] - margin["b"]) / 100
    heights = sorted(note["y"] * pixels + note["yshift"] for note in notes(figure).values())
    assert [b - a for a, b in itertools.pairwise(heights)] == pytest.approx([15, 15], abs=0.11)


def test_a_limit_of_minus_nothing_is_nothing(definition, series):
    rows = series(definition(), QUIET)
    rows["lower_limit"] = -0.001
    assert "lower limit 0.0" in notes(spc_figure(definition(), rows, roomy=True))


def test_limits_that_follow_the_size_of_each_period_are_drawn_as_steps(definition, series):
    rows = series(definition(), QUIET)
    rows["upper_limit"] = 20.0 + rows.index
    upper, lower = lines(spc_figure(definition(), rows), "dash")
    assert upper["y"] == list(rows["upper_limit"])
    assert upper["line"]["shape"] == "hvh"
    assert len(lower["y"]) == 2


def test_no_point_is_cut_in_half_at_the_edge_of_the_chart(definition, series):
    layout = drawn(spc_figure(definition(), series(definition(), QUIET)))["layout"]
    first, last = layout["xaxis"]["range"]
    assert first < "2024-01-16" and "2025-02-15" < last < "2025-03-15"


def test_one_scale_holds_every_value_and_limit(definition, series):
    parts = [series(definition(), values) for values in (QUIET, [value + 40 for value in QUIET])]
    low, high = value_range(pd.concat(parts))
    for rows in parts:
        figure = spc_figure(definition(), rows, y_range=(low, high))
        assert drawn(figure)["layout"]["yaxis"]["range"] == [low, high]
        for trace in drawn(figure)["data"]:
            assert all(low <= value <= high for value in trace["y"] if value is not None)
    assert high < 70


def test_the_scale_is_the_series_own_if_none_is_given(definition, series):
    rows = series(definition(), QUIET)
    assert drawn(spc_figure(definition(), rows))["layout"]["yaxis"]["range"] == list(value_range(rows))


def test_the_scale_starts_at_zero_where_asked_whatever_the_figures(definition, series):
    rows = series(definition(), QUIET)
    assert drawn(spc_figure(definition(), rows))["layout"]["yaxis"]["range"][0] > 0
    assert drawn(spc_figure(definition(), rows, from_zero=True))["layout"]["yaxis"]["range"][0] == 0


@pytest.mark.parametrize(
    ("values", "low", "high"),
    [([0.0, 10.0], 0.0, 10.6), ([5.0, 5.0], 4.5, 5.5), ([0.0, 0.0], 0.0, 1.0), ([-10.0, 10.0], -11.2, 11.2)],
)
def test_the_scale_leaves_room_but_invents_no_negative_share(values, low, high):
    frame = pd.DataFrame({"value": values, "lower_limit": math.nan, "upper_limit": math.nan})
    assert value_range(frame) == pytest.approx((low, high))


def test_the_scale_of_nothing_is_nought_to_one():
    frame = pd.DataFrame({"value": [math.nan], "lower_limit": math.nan, "upper_limit": math.nan})
    assert value_range(frame) == (0, 1)


def test_the_scale_is_given_in_the_units_of_the_series(definition, series):
    """A tenth of the figures, a tenth of the scale; some months missing, still the same scale."""
    rows = series(definition(), [value + 20 for value in QUIET])
    tenth = series(definition(), [(value + 20) / 10 for value in QUIET])
    assert value_range(tenth) == pytest.approx([end / 10 for end in value_range(rows)])
    gone = rows.copy()
    gone.loc[1:12, "value"] = math.nan
    assert value_range(gone) == pytest.approx(value_range(rows))


@pytest.mark.parametrize("roomy", [True, False])
def test_a_series_without_figures_says_so(definition, series, roomy):
    rows = series(definition(), QUIET)
    rows["value"] = rows["centre"] = rows["upper_limit"] = rows["lower_limit"] = math.nan
    for empty in (rows, rows.iloc[:0]):
        figure = spc_figure(definition(), empty, roomy=roomy)
        assert list(notes(figure)) == ["No figures"]
        assert not points(figure)


def test_one_figure_alone_can_be_drawn(definition, series):
    (mark,) = points(spc_figure(definition(), series(definition(), [3.0]), roomy=True)).values()
    assert mark["y"] == [3]


def test_a_constant_series_can_be_drawn(definition, series):
    figure = spc_figure(definition(), series(definition(), [4.0] * 14), roomy=True)
    assert {note["y"] for note in notes(figure).values()} == {4}
    assert len({note["yshift"] for note in notes(figure).values()}) == 3


RARE = "days since the event before"


def test_a_chart_of_rare_events_has_dates_its_own_axis_title_and_a_middle_value(definition, series):
    rows = series(definition(), QUIET)
    rows["period_start"] = pd.to_datetime("2024-01-14") + pd.to_timedelta(rows["value"].cumsum(), "D")
    rows["period_end"] = rows["period_start"]
    large, small = (
        spc_figure(definition(), rows, kind="g", y_title=RARE, roomy=roomy) for roomy in (True, False)
    )  # fmt: skip
    for figure in (large, small):
        assert drawn(figure)["layout"]["yaxis"]["title"]["text"] == RARE
        (mark,) = points(figure).values()
        assert mark["x"][0] == "2024-01-24"
        assert mark["text"][0].startswith("<b>24 January 2024</b><br>Days since the event before: 10<br>")
    assert "middle value 11" in notes(large)


def test_a_title_of_its_own_may_be_given_to_any_large_chart(definition, series):
    figure = spc_figure(definition(), series(definition(), QUIET), roomy=True, y_title="share of items, %")
    assert drawn(figure)["layout"]["yaxis"]["title"]["text"] == "share of items, %"


@pytest.mark.parametrize(
    ("change", "options", "words"),
    [
        (lambda rows: rows, {"kind": "g"}, "expected what is counted between two events"),
        (lambda rows: rows, {"kind": "u"}, 'found "u"; expected "period" or "g"'),
        (lambda rows: rows.drop(columns=["segment", "rules"]), {}, "expected segment, rules as well"),
        (lambda rows: rows.iloc[::-1], {}, "expected the oldest first"),
        (lambda rows: rows.assign(value=math.inf), {}, "infinite"),
        (lambda rows: rows.assign(target=-math.inf), {}, "infinite"),
        (lambda rows: rows.assign(segment=math.nan), {}, "without a segment"),
        (lambda rows: rows.assign(point_type="worse"), {}, "found worse; expected one of common_cause"),
    ],
)
def test_what_cannot_be_drawn_is_refused_in_words(definition, series, change, options, words):
    with pytest.raises(ValueError, match=words):
        spc_figure(definition(), change(series(definition(), QUIET)), **options)


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
