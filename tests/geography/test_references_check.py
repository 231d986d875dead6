"""Disputed places, splits and former trusts name areas, boards and districts that there are."""

import pytest

from tests.boundary_edits import cell, change_rows
from tests.geography.boundary_copy import said

BASSETLAW, KEYNES = {"place": "Bassetlaw"}, {"place": "Milton Keynes"}


@pytest.mark.parametrize(
    ("file", "change", "expected"),
    [
        ("disputed_places.csv", cell(BASSETLAW, also_linked_to="atlantis"), "found 'atlantis'; expected ids of areas"),
        ("disputed_places.csv", cell(BASSETLAW, also_linked_to="kss; england"), "found 'england'; expected ids of"),
        (
            "disputed_places.csv",
            cell(BASSETLAW, also_linked_to="east-midlands"),
            "other areas than the one it is drawn in",
        ),
        (
            "disputed_places.csv",
            cell(BASSETLAW, also_linked_to="kss; kss"),
            "also_linked_to: found 'kss'; expected each",
        ),
        ("splits.csv", cell(KEYNES, icb="QZZ"), "line 2, icb: found 'QZZ'; expected the code of a board"),
        ("splits.csv", cell(KEYNES, area="kss"), "line 2, area: found 'kss'; expected an area of QHG: eastern, oxford"),
        (
            "splits.csv",
            cell(KEYNES, rest_of_icb="oxford"),
            "line 2, rest_of_icb: found 'oxford'; expected another area",
        ),
        ("splits.csv", cell(KEYNES, population="0"), "line 2, population: found 0; expected 276787, the people of QHG"),
        (
            "former_organisations.csv",
            cell({"ods_code": "RA3"}, districts="E99999999"),
            "found 'E99999999'; expected codes",
        ),
        (
            "former_organisations.csv",
            cell({"ods_code": "RA3"}, area="kss"),
            "districts of kss; this one is in west-of-eng",
        ),
        (
            "former_organisations.csv",
            cell({"ods_code": "RA3"}, ods_code="R0A"),
            "line 3, ods_code: found 'R0A'; expected",
        ),
    ],
)
def test_place_split_or_former_trust_that_names_nothing_is_named_with_its_line(folder, file, change, expected):
    change_rows(folder, file, change)
    found = said(folder)
    assert any(fault.startswith("boundaries/") and expected in fault for fault in found), found
