"""Weights and small areas cover England once, as people are spread."""

import pytest

from tests.boundary_edits import cell, change_rows
from tests.geography.boundary_copy import replace, said


@pytest.mark.parametrize(
    ("file", "change", "expected"),
    [
        (
            "geography_weights.csv",
            cell({"code": "E06000001", "geography": "lad24"}, code="E0600000Z"),
            "code of a district",
        ),
        (
            "geography_weights.csv",
            cell({"code": "E54000008", "area": "manchester"}, name="NHS Elsewhere"),
            "line 3, name: found 'NHS Cheshire and Merseyside Integrated Care Board'; expected 'NHS Elsewhere'",
        ),
    ],
)
def test_weights_of_a_code_that_contradict_another_row_are_named_with_their_line(folder, file, change, expected):
    change_rows(folder, file, change)
    found = said(folder)
    assert any(fault.startswith("boundaries/") and expected in fault for fault in found), found


@pytest.mark.parametrize(
    ("file", "old", "new", "expected"),
    [
        ("geography_weights.csv", ",0.079446,", ",0.179446,", "weight: found weights of E54000008 that sum to 1.1"),
        (
            "lsoa21_area.csv",
            "E01000005,E01000009",
            "E01000002,E01000009",
            "first: found E01000002; expected a code after",
        ),
        (
            "lsoa21_area.csv",
            "E01000005,E01000009",
            "E01000005,E01000004",
            "last: found E01000004; expected a code from",
        ),
    ],
)
def test_spoilt_weight_or_range_of_small_areas_is_noticed(folder, file, old, new, expected):
    replace(folder, file, old, new)
    found = said(folder)
    assert any(expected in fault for fault in found), found
    assert all(fault.startswith("boundaries/") for fault in found)


def test_weights_that_sum_to_one_and_are_not_the_shares_of_people_are_noticed(folder):
    replace(folder, "geography_weights.csv", ",0.079446,", ",0.920554,")
    replace(folder, "geography_weights.csv", "north-west-coast,0.920554,", "north-west-coast,0.079446,")
    (first, second) = said(folder)
    assert "line 2, weight: found 0.920554; expected 0.079446, the share of E54000008's population" in first
    assert "line 3, weight: found 0.079446; expected 0.920554, the share of E54000008's population" in second
