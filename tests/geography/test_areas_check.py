"""Areas and their names agree with each other and with what the areas hold."""

import pytest

from tests.boundary_edits import cell, change_rows, row_of
from tests.geography.boundary_copy import said


def swapped(column, one, other):
    def change(rows):
        first, second = row_of(rows, id=one), row_of(rows, id=other)
        first[column], second[column] = second[column], first[column]

    return change


@pytest.mark.parametrize(
    ("file", "change", "expected"),
    [
        ("areas.csv", cell({"id": "kss"}, unverified="website;colour"), "line 5, unverified: found 'colour'; expected"),
        ("areas.csv", cell({"id": "kss"}, tile_col="2", tile_row="4"), "line 13, tile_col: found the tile of kss"),
        (
            "areas.csv",
            cell({"id": "kss"}, website="https://x"),
            "line 5, website: found 'https://x'; expected text such as",
        ),
        ("areas.csv", swapped("psc_name", "kss", "wessex"), "line 5, psc_name: found 'Wessex Patient Safety"),
        (
            "areas.csv",
            swapped("hin_name", "kss", "wessex"),
            "line 5, hin_name: found 'Health Innovation Wessex'; expected",
        ),
        ("areas.csv", swapped("places", "kss", "wessex"), "line 5, places: found 'Dorset, Hampshire without"),
        ("area_names.csv", cell({"name": "Eastern AHSN"}, to="2031-09-30"), "line 4, to: found a period that overlaps"),
        (
            "area_names.csv",
            cell({"name": "Health Innovation East"}, **{"from": "2093-10-01"}),
            "no name of eastern in use",
        ),
        (
            "area_names.csv",
            cell({"name": "Health Innovation East"}, to="2024-01-01"),
            "no name of eastern in use today",
        ),
        ("area_names.csv", cell({"name": "Eastern AHSN"}, **{"from": "0001-01-01"}), "expected at least 1948-07-05"),
        (
            "area_names.csv",
            cell({"name": "Eastern AHSN"}, name="East AHSN"),
            "expected East AHSN, the last name of kind",
        ),
    ],
)
def test_area_or_name_that_contradicts_another_is_named_with_its_line(folder, file, change, expected):
    change_rows(folder, file, change)
    found = said(folder)
    assert any(fault.startswith("boundaries/") and expected in fault for fault in found), found
