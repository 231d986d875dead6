"""Labels keep apart, near what they name, in order, and inside their chart."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from psc.charts.style.side_labels import LINE_HEIGHT, end_labels, end_margin, parted, text_width

heights = st.lists(st.floats(0, 300), min_size=0, max_size=8)


@given(heights)
def test_positions_are_apart_inside_and_in_order(wanted):
    placed = parted(wanted, gap=15, low=0, high=300)
    ranked = [placed[n] for n in sorted(range(len(wanted)), key=wanted.__getitem__)]
    assert all(after - before >= 15 - 1e-6 for before, after in itertools.pairwise(ranked))
    assert all(-1e-6 <= place <= 300 + 1e-6 for place in placed)


@given(heights)
def test_positions_that_are_apart_already_stay(wanted):
    once = parted(wanted, gap=15, low=0, high=300)
    assert parted(once, gap=15, low=0, high=300) == pytest.approx(once, abs=1e-6)


def slow_parted(wanted, gap):
    """Pushes the two most crowded neighbours apart a little at a time until nothing is crowded."""
    order = sorted(range(len(wanted)), key=wanted.__getitem__)
    pulls = [0.0] * (len(wanted) - 1)
    for _ in range(4000):  # coordinate ascent on the dual of the least-squares problem
        for n in range(len(pulls)):
            low = wanted[order[n]] - pulls[n] + (pulls[n - 1] if n else 0)
            high = wanted[order[n + 1]] + pulls[n] - (pulls[n + 1] if n + 1 < len(pulls) else 0)
            pulls[n] = max(0.0, pulls[n] + (gap - (high - low)) / 2)
    placed = [0.0] * len(wanted)
    for n, index in enumerate(order):
        down, up = (pulls[n] if n < len(pulls) else 0), (pulls[n - 1] if n else 0)
        placed[index] = wanted[index] - down + up
    return placed


@pytest.mark.parametrize(
    "wanted",
    [[150.0], [100, 101], [100, 90, 110, 200], [100, 100, 100, 100, 100], [120, 130, 150, 155, 170], [100, 129, 131]],
)
def test_positions_are_the_nearest_there_are(wanted):
    assert parted(wanted, gap=15, low=-1000, high=1000) == pytest.approx(slow_parted(wanted, 15), abs=1e-3)


@given(heights, st.randoms())
def test_the_order_in_which_labels_are_given_does_not_matter(wanted, random):
    wanted = list(dict.fromkeys(wanted))
    shuffled = random.sample(wanted, len(wanted))
    by_wish = dict(zip(wanted, parted(wanted, gap=15, low=0, high=300), strict=True))
    assert parted(shuffled, gap=15, low=0, high=300) == pytest.approx([by_wish[wish] for wish in shuffled])


def test_where_there_is_no_room_gaps_shrink_alike():
    assert parted([5.0, 5, 5], gap=15, low=0, high=20) == [0, 10, 20]


def test_a_label_stands_at_its_line_unless_another_is_close():
    apart = end_labels([(10, "one"), (50, "two")], (0, 100), 200)
    assert [(label["y"], label["yshift"]) for label in apart] == [(10, 0), (50, 0)]
    close = end_labels([(50, "one"), (51, "two")], (0, 100), 200)
    stand = [label["y"] * 2 + label["yshift"] for label in close]
    assert stand[1] - stand[0] == pytest.approx(LINE_HEIGHT, abs=0.11)


def test_a_line_outside_the_scale_has_no_label():
    assert [label["text"] for label in end_labels([(10, "one"), (101, "two")], (0, 100), 200)] == ["one"]


def test_the_margin_holds_the_longest_label():
    assert end_margin([(1, "a"), (2, "upper limit 29,044")]) > text_width("upper limit 29,044")
