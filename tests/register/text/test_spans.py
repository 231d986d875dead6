"""Marks remember which characters of a text are covered."""

from hypothesis import given
from hypothesis import strategies as st

from psc.register.text.spans import Marks, digits_of, longest_first

TEXT = "x" * 20
SPANS = st.tuples(st.integers(0, 20), st.integers(0, 20)).map(lambda pair: (min(pair), max(pair)))


@given(st.lists(SPANS, max_size=5), SPANS)
def test_marks_overlap_and_cover_as_counted_character_by_character(spans, asked):
    covered = {place for start, end in spans for place in range(start, end)}
    places = set(range(*asked))
    marks = Marks(TEXT, spans)
    assert marks.overlap(asked) == bool(places & covered)
    assert marks.cover(asked) == (places <= covered)


def test_spans_are_sorted_by_place_with_the_longest_first():
    assert sorted([(4, 5), (0, 2), (0, 9)], key=longest_first) == [(0, 9), (0, 2), (4, 5)]


def test_digits_of_any_script_are_kept_in_order():
    assert digits_of("a9-٤3 ²") == "9٤3"
