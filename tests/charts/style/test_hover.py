"""Hover boxes say what a figure was made from, in short lines that are no markup."""

import math

import pytest

from psc.charts.style.hover import LINE_LENGTH, describe_counts, wrapped

NAN = math.nan


def test_text_is_broken_into_short_lines_at_spaces():
    lines = wrapped("Nobody should be given ten milligram tablets of methotrexate by mistake " * 3).split("<br>")
    assert len(lines) > 1
    assert all(len(line) <= LINE_LENGTH for line in lines)


def test_markup_in_a_text_is_shown_as_it_was_written():
    assert wrapped("<b>5 & 6</b>") == "&lt;b&gt;5 &amp; 6&lt;/b&gt;"


def test_share_is_so_many_of_so_many(definition):
    share = definition()
    assert share.is_share
    assert describe_counts(share, 5575, 153737) == "5,575 of 153,737"


@pytest.mark.parametrize(
    ("numerator", "denominator", "words"),
    [(12, NAN, "numerator 12"), (NAN, 300, "denominator 300"), (NAN, NAN, "")],
)
def test_part_that_is_not_known_is_left_out(definition, numerator, denominator, words):
    assert describe_counts(definition(), numerator, denominator) == words


def test_fraction_of_a_case_is_shown_only_where_there_are_few(definition):
    assert describe_counts(definition(), 12.345, 1234.5) == "12.3 of 1,234"


def test_plain_count_was_divided_from_nothing(definition):
    assert describe_counts(definition(denominator=None), 5, NAN) == ""
