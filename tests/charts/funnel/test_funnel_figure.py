"""A funnel shows every area by its size and says which lie beyond the limits, and never that one is good or bad."""

import json
import math

import numpy as np
import pandas as pd
import pytest

from psc.charts.funnel.funnel_figure import funnel_figure
from psc.charts.funnel.point_labels import PLOT_WIDTHS
from psc.charts.style.palette import CONCERN, IMPROVEMENT, WHITE
from psc.store.query import run_query
from psc.store.stored_documents import read_documents

CENTRE = 5.0


@pytest.fixture
def areas():
    """Fifteen areas of 20,000 to 90,000 items; the first lies above the limits and the last below."""
    size = np.linspace(20_000, 90_000, 15)
    value = CENTRE + 0.1 * np.sin(np.arange(15))
    value[0], value[14] = 6.2, 4.4
    return pd.DataFrame(
        {
            "name": [f"Area of size {n}" for n in range(15)],
            "short_name": [f"Area {n}" for n in range(15)],
            "numerator": np.round(size * value / 100),
            "denominator": size,
            "value": value,
            "side": ["high", *[""] * 13, "low"],
            "level": ["higher", "lower", *[""] * 12, "lower"],
            "compared": True,
        }
    )


@pytest.fixture
def curve():
    """Limits from tiny sizes on, where they are as wide as you like."""
    size = np.geomspace(50, 200_000, 300)
    spread = 100 * np.sqrt(0.05 * 0.95 / size)
    z = {"95": 1.96, "998": 3.09}
    lower = {f"lower{k}": np.maximum(0, CENTRE - d * spread) for k, d in z.items()}
    upper = {f"upper{k}": CENTRE + d * spread for k, d in z.items()}
    return pd.DataFrame({"denominator": size, **lower, **upper})


@pytest.fixture
def share(definition):
    return definition(denominator="Prescription items for methotrexate 2.5 mg and 10 mg tablets")


def drawn(figure):
    return json.loads(figure.to_json())


def traces(figure, mode):
    return [trace for trace in drawn(figure)["data"] if trace["mode"] == mode]


def names_of(figure):
    return [note["text"] for note in drawn(figure)["layout"]["annotations"] if note.get("xref") != "paper"]


def test_every_area_is_drawn_once_where_its_size_and_figure_are(share, areas, curve):
    marks = traces(funnel_figure(share, areas, curve, CENTRE), "markers")
    shown = sorted((x, y) for trace in marks for x, y in zip(trace["x"], trace["y"], strict=True))
    expected = sorted(zip(areas["denominator"], areas["value"], strict=True))
    assert np.array(shown) == pytest.approx(np.array(expected), rel=1e-5)


def test_areas_beyond_the_limits_are_larger_and_have_a_shape_for_each_side(share, areas, curve):
    marks = {trace["name"]: trace["marker"] for trace in traces(funnel_figure(share, areas, curve, CENTRE), "markers")}
    within, above, below = (
        marks[name]
        for name in ("No clear difference", "Clearly higher, above the curves", "Clearly lower, below the curves")
    )
    assert len({within["symbol"], above["symbol"], below["symbol"]}) == 3
    assert above["size"] == below["size"] >= 1.3 * within["size"]


def test_only_an_area_that_clearly_differs_has_a_filled_dot(share, areas, curve):
    marks = traces(funnel_figure(share, areas, curve, CENTRE), "markers")
    filled = {len(trace["x"]): trace["marker"]["color"] != WHITE for trace in marks if "curves" not in trace["name"]}
    assert filled == {1: True, 12: False}


def test_no_side_has_a_colour_of_a_verdict(share, areas, curve):
    marks = {trace["marker"]["color"] for trace in traces(funnel_figure(share, areas, curve, CENTRE), "markers")}
    assert not {CONCERN, IMPROVEMENT} & marks
    higher = funnel_figure(share, areas.assign(side="", level="higher"), curve, CENTRE)
    lower = funnel_figure(share, areas.assign(side="", level="lower"), curve, CENTRE)
    assert traces(higher, "markers")[0]["marker"] == traces(lower, "markers")[0]["marker"]


def test_limits_are_a_solid_and_a_dashed_pair_and_england_a_line(share, areas, curve):
    figure = funnel_figure(share, areas, curve, CENTRE)
    found = [(trace["name"], trace["line"]["dash"]) for trace in traces(figure, "lines") if trace["name"] != "England"]
    assert sorted(found) == [("95% limit", "dash")] * 2 + [("99.8% limit", "solid")] * 2
    (england,) = [trace for trace in traces(figure, "lines") if trace["name"] == "England"]
    assert england["y"] == [CENTRE, CENTRE]
    assert england["x"] == drawn(figure)["layout"]["xaxis"]["range"]


def test_each_line_is_labelled_at_its_right_end_and_no_label_on_another(share, areas, curve):
    figure = funnel_figure(share, areas, curve, CENTRE)
    layout = drawn(figure)["layout"]
    ends = [note for note in layout["annotations"] if note.get("xref") == "paper"]
    assert sorted(note["text"] for note in ends) == ["95% limit"] * 2 + ["99.8% limit"] * 2 + ["England"]
    low, high = layout["yaxis"]["range"]
    plot = layout["height"] - layout["margin"]["t"] - layout["margin"]["b"]
    stand = sorted((note["y"] - low) / (high - low) * plot + note["yshift"] for note in ends)
    assert min(np.diff(stand)) >= 14.8
    by_height = [note["text"] for note in sorted(ends, key=lambda note: note["y"])]
    assert by_height == ["99.8% limit", "95% limit", "England", "95% limit", "99.8% limit"]


def test_hovering_says_the_area_its_figure_its_parts_and_where_it_lies(share, areas, curve):
    said = {trace["name"]: trace["text"] for trace in traces(funnel_figure(share, areas, curve, CENTRE), "markers")}
    assert said["Clearly higher, above the curves"] == [
        "<b>Area of size 0</b><br>6.2% of items<br>1,240 of 20,000<br>Clearly higher, above the curves"
    ]
    assert said["No clear difference"][0].endswith("<br>No clear difference")
    stepped = areas.assign(compared=[*[True] * 5, False, *[True] * 9])
    said = [text for trace in traces(funnel_figure(share, stepped, curve, CENTRE), "markers") for text in trace["text"]]
    assert [text.startswith("<b>Area of size 5<") for text in said if text.endswith("<br>Not compared")] == [True]


def test_areas_beyond_the_limits_are_named_and_the_others_where_there_is_room(share, areas, curve):
    assert set(names_of(funnel_figure(share, areas, curve, CENTRE))) >= {"Area 0", "Area 14"}
    spaced = areas.assign(value=CENTRE + 0.2 * (np.arange(15) * 2 % 5 - 2), side="", level="")
    assert sorted(names_of(funnel_figure(share, spaced, curve, CENTRE))) == sorted(areas["short_name"])
    heap = areas.assign(denominator=50_000.0, value=CENTRE, side="", level="")
    heap.loc[3, ["side", "level"]] = "high", "higher"
    few = names_of(funnel_figure(share, heap, curve, CENTRE))
    assert "Area 3" in few and len(few) < 15


def test_areas_beyond_the_dashed_curves_and_those_with_the_least_and_the_most_are_always_named(share, areas, curve):
    """Four dots lie so near each other that a name which need not be written has no room."""
    near = areas.assign(denominator=50_000.0 + np.arange(15), side="", level="")
    near["value"] = CENTRE + np.linspace(-0.12, 0.12, 15)
    named = names_of(funnel_figure(share, near, curve, CENTRE))
    assert {"Area 0", "Area 14"} <= set(named) and len(named) < 15
    near.loc[7, "value"], near.loc[8, "value"] = CENTRE + 0.25, CENTRE - 0.25
    near.loc[[6, 9], "value"] = CENTRE + 0.26, CENTRE - 0.26
    assert {"Area 6", "Area 7", "Area 8", "Area 9"} <= set(names_of(funnel_figure(share, near, curve, CENTRE)))


def test_the_scale_starts_where_the_areas_do_and_from_zero_only_if_that_is_near(share, areas, curve):
    start, end = drawn(funnel_figure(share, areas, curve, CENTRE))["layout"]["xaxis"]["range"]
    assert 10_000 < start < 20_000 and 90_000 < end < 100_000
    areas.loc[0, "denominator"] = 4_000
    assert drawn(funnel_figure(share, areas, curve, CENTRE))["layout"]["xaxis"]["range"][0] == 0


def test_the_scale_holds_points_and_the_limits_near_them_but_not_those_of_tiny_sizes(share, areas, curve):
    low, high = drawn(funnel_figure(share, areas, curve, CENTRE))["layout"]["yaxis"]["range"]
    near = curve[curve["denominator"].between(20_000, 90_000)]
    assert low < min(areas["value"].min(), near["lower998"].min())
    assert high > max(areas["value"].max(), near["upper998"].max())
    assert high < 7 < curve["upper998"].max()


def test_one_tiny_area_does_not_squeeze_the_others(share, areas, curve):
    areas.loc[1, ["denominator", "value"]] = 60.0, CENTRE
    low, high = drawn(funnel_figure(share, areas, curve, CENTRE))["layout"]["yaxis"]["range"]
    assert high - low < 6
    assert low < areas["value"].min() and areas["value"].max() < high


def test_the_scale_goes_below_zero_only_where_figures_do(share, areas, curve):
    small = areas.assign(value=areas["value"] / 100)
    low, _ = drawn(funnel_figure(share, small, curve, 0.05))["layout"]["yaxis"]["range"]
    assert low == 0


def test_figures_and_limits_ten_times_as_high_have_a_scale_ten_times_as_high(share, areas, curve):
    limits = [column for column in curve if column != "denominator"]
    one = drawn(funnel_figure(share, areas, curve, CENTRE))["layout"]
    tenfold = areas.assign(value=areas["value"] * 10), curve.assign(**{name: curve[name] * 10 for name in limits})
    ten = drawn(funnel_figure(share, *tenfold, CENTRE * 10))["layout"]
    assert ten["yaxis"]["range"] == pytest.approx([10 * end for end in one["yaxis"]["range"]])
    assert ten["xaxis"]["range"] == one["xaxis"]["range"]


def test_the_order_of_the_areas_changes_nothing(share, areas, curve):
    shuffled = areas.sample(frac=1, random_state=1)
    assert drawn(funnel_figure(share, shuffled, curve, CENTRE)) == drawn(funnel_figure(share, areas, curve, CENTRE))


def test_the_axis_says_what_size_is_with_thousands_set_apart(share, areas, curve):
    axis = drawn(funnel_figure(share, areas, curve, CENTRE))["layout"]["xaxis"]
    words = axis["title"]["text"].replace("<br>", " ")
    assert words == "Size: prescription items for methotrexate 2.5 mg and 10 mg tablets"
    assert axis["tickformat"] == ",~f"


@pytest.mark.parametrize(("smallest", "largest"), [(2e6, 6e6), (2_400, 6_600), (3_000, 20_000), (1.0, 1.3), (70, 7e6)])
def test_sizes_are_written_apart_on_a_phone(share, areas, curve, smallest, largest):
    axis = drawn(
        funnel_figure(share, areas.assign(denominator=np.geomspace(smallest, largest, 15)), curve, CENTRE)
    )["layout"]["xaxis"]  # fmt: skip
    low, high = axis["range"]
    assert 1 <= len(axis["tickvals"]) <= 8
    assert all(low <= tick <= high for tick in axis["tickvals"])
    between = np.diff(axis["tickvals"]) / (high - low) * min(PLOT_WIDTHS)
    assert all(between >= 6.3 * len(f"{largest:,.0f}"))


def test_an_area_without_a_figure_is_left_out_and_a_missing_numerator_not_mentioned(share, areas, curve):
    areas.loc[2, "value"] = math.nan
    areas.loc[3, "denominator"] = math.nan
    areas.loc[4, "numerator"] = math.nan
    said = [text for trace in traces(funnel_figure(share, areas, curve, CENTRE), "markers") for text in trace["text"]]
    assert len(said) == 13
    assert "<br>denominator 40,000<br>" in next(text for text in said if "size 4<" in text)


def test_an_area_alone_can_be_drawn(share, areas, curve):
    (mark,) = traces(funnel_figure(share, areas.iloc[[5]], curve, CENTRE), "markers")
    assert len(mark["x"]) == 1


def test_a_missing_limit_is_a_gap_and_a_limit_that_has_no_right_end_no_label(share, areas, curve):
    curve["lower998"] = math.nan
    figure = funnel_figure(share, areas, curve, CENTRE)
    ends = [note["text"] for note in drawn(figure)["layout"]["annotations"] if note.get("xref") == "paper"]
    assert ends.count("99.8% limit") == 1
    assert "NaN" not in figure.to_json()


@pytest.mark.parametrize(
    ("change_areas", "change_curve", "centre", "words"),
    [
        ({"value": math.nan}, {}, CENTRE, "no area with both a value and a denominator"),
        ({"denominator": 0.0}, {}, CENTRE, "denominator of 0; expected more than zero"),
        ({"denominator": -5.0}, {}, CENTRE, "denominator of -5"),
        ({"value": math.inf}, {}, CENTRE, "infinite value or denominator"),
        ({"side": "worse"}, {}, CENTRE, "side and level: found .*'worse'.*; expected each to be one of"),
        ({"side": "high", "level": ""}, {}, CENTRE, r"found \[\('high', ''\)\]; expected each to be one of"),
        ({}, {"denominator": math.nan}, CENTRE, "sizes missing or out of order"),
        ({}, {"denominator": range(300, 0, -1)}, CENTRE, "sizes missing or out of order"),
        ({}, {"upper95": math.inf}, CENTRE, "infinite size or limit"),
        ({}, {}, math.nan, "found nan; expected England's figure in % of items"),
    ],
)
def test_what_cannot_be_drawn_is_refused_in_words(share, areas, curve, change_areas, change_curve, centre, words):
    with pytest.raises(ValueError, match=words):
        funnel_figure(share, areas.assign(**change_areas), curve.assign(**change_curve), centre)


def test_missing_columns_no_rows_and_plain_counts_are_refused(share, areas, curve, definition):
    with pytest.raises(ValueError, match=r"areas: found columns name.* expected side as well"):
        funnel_figure(share, areas.drop(columns="side"), curve, CENTRE)
    with pytest.raises(ValueError, match=r"curve: found columns .* expected upper95 as well"):
        funnel_figure(share, areas, curve.drop(columns="upper95"), CENTRE)
    with pytest.raises(ValueError, match="curve: found no rows"):
        funnel_figure(share, areas, curve.iloc[:0], CENTRE)
    with pytest.raises(ValueError, match="no area with both"):
        funnel_figure(share, areas.iloc[:0], curve, CENTRE)
    with pytest.raises(ValueError, match="found a plain count"):
        funnel_figure(definition(denominator=None), areas, curve, CENTRE)


def test_every_measure_of_the_store_can_be_drawn(store, curve):
    places = run_query(store, "areas").set_index("id")
    for metric in read_documents(store).catalogue.metrics:
        if not metric.has_series or metric.denominator is None:
            continue
        rows = run_query(store, "series", metric=metric.id).dropna(subset=["value", "denominator"])
        rows = rows[rows["area_id"] != "england"]
        rows = rows[rows["period_start"] == rows["period_start"].max()].set_index("area_id")
        if rows.empty:
            continue  # a standardised rate is published without its parts
        rows = rows.join(places[["name", "short_name"]]).assign(side="", level="", compared=True)
        centre = float(rows["value"].mean())
        scale = centre / CENTRE
        limits = curve.assign(
            denominator=np.geomspace(rows["denominator"].min() / 9, rows["denominator"].max() * 2, len(curve)),
            **{name: curve[name] * scale for name in curve if name != "denominator"},
        )
        marks = traces(funnel_figure(metric, rows, limits, centre), "markers")
        assert sum(len(trace["x"]) for trace in marks) == len(rows), metric.id
