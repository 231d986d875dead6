"""Names of points in a funnel are written where there is room, and hide nothing."""

import itertools

from hypothesis import given
from hypothesis import strategies as st

from psc.charts.funnel.point_labels import HALO, PLOT_WIDTHS, name_spots
from psc.charts.style.side_labels import LINE_HEIGHT

points = st.lists(st.tuples(st.floats(0.02, 0.98), st.floats(0.03, 0.97)), min_size=1, max_size=15)


def boxes(spots, spread, width, height):
    middles = [(x * width, y * height) for x, y in spread]
    return [spot.box(*middle) if spot else None for spot, middle in zip(spots, middles, strict=True)], middles


def overlap(one, other):
    return min(one[2], other[2]) - max(one[0], other[0]) > 1e-9 and min(one[3], other[3]) - max(one[1], other[1]) > 1e-9


@given(points)
def test_names_that_may_be_left_out_hide_nothing_on_any_screen(spread):
    spots = name_spots(spread, ["NE & N Cumbria"] * len(spread), [False] * len(spread), 380)
    for width in PLOT_WIDTHS:
        found, middles = boxes(spots, spread, width, 380)
        written = [(n, box) for n, box in enumerate(found) if box]
        assert not any(overlap(one, other) for (_, one), (_, other) in itertools.combinations(written, 2))
        for n, box in written:
            assert box[0] >= 0 and box[1] >= 0 and box[2] <= width and box[3] <= 380
            for m, (x, y) in enumerate(middles):
                assert m == n or not overlap(box, (x - HALO, y - HALO, x + HALO, y + HALO))


@given(points)
def test_names_that_must_be_written_are_written_though_crowded(spread):
    spots = name_spots(spread, ["Wessex"] * len(spread), [True] * len(spread), 380)
    assert all(spots)


@given(points)
def test_a_name_that_must_be_written_is_not_moved_by_those_that_need_not(spread):
    """The last name chooses first: it stands where it would if the others were not written at all."""
    others, must = len(spread) - 1, [n == len(spread) - 1 for n in range(len(spread))]
    crowded = name_spots(spread, ["NE & N Cumbria"] * others + ["Wessex"], must, 380)
    assert crowded[-1] is not None
    assert crowded[-1] == name_spots(spread, [""] * others + ["Wessex"], must, 380)[-1]


def test_a_lonely_point_has_its_name_to_the_right_and_one_at_the_edge_to_the_left():
    alone, edge = (name_spots([(x, 0.5)], ["Wessex"], [False], 380)[0].annotation() for x in (0.2, 0.97))
    assert (alone["xanchor"], alone["xshift"] > 0, alone["showarrow"]) == ("left", True, False)
    assert (edge["xanchor"], edge["xshift"] < 0) == ("right", True)


def test_crowded_name_stands_off_with_a_leader():
    spots = name_spots([(0.5, 0.5)] * 12, ["Wessex"] * 12, [True] * 12, 380)
    led = [spot.annotation() for spot in spots if spot.leader]
    assert led
    assert all(note["showarrow"] and abs(note["ay"]) >= LINE_HEIGHT for note in led)
