"""What the tables say of one thing in two places must agree; whatever names something must name one there is."""

import shutil

import pytest

from psc.geography.check_boundaries import check_boundaries
from psc.settings import data_folder
from tests.boundary_edits import cell, change_json, change_rows, row_of


@pytest.fixture
def folder(tmp_path):
    return shutil.copytree(data_folder() / "boundaries", tmp_path / "boundaries")


def said(folder):
    return [str(fault) for fault in check_boundaries(folder)]


def swapped(column, one, other):
    def change(rows):
        first, second = row_of(rows, id=one), row_of(rows, id=other)
        first[column], second[column] = second[column], first[column]

    return change


BASSETLAW, KEYNES = {"place": "Bassetlaw"}, {"place": "Milton Keynes"}
FIRST_LINK = {"old_code": "R1E"}


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
        ("areas.csv", cell({"id": "kss"}, unverified="website;colour"), "line 5, unverified: found 'colour'; expected"),
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
        (
            "organisation_successors.csv",
            cell(FIRST_LINK, new_code="R1E"),
            "line 2, new_code: found 'R1E'; expected anoth",
        ),
        (
            "organisation_successors.csv",
            cell(FIRST_LINK, new_code="ZZZ"),
            "line 2, new_code: found 'ZZZ'; expected a trus",
        ),
        (
            "organisation_successors.csv",
            cell(FIRST_LINK, date="2099-01-01"),
            "line 2, date: found 2099-01-01; expected",
        ),
        (
            "organisation_successors.csv",
            lambda rows: [rows[0].update(new_code="R1G"), rows[1].update(new_code="R1E")],
            "line 3, new_code: found R1G followed by R1E, and R1E by R1G; expected no circle",
        ),
        (
            "organisations.csv",
            cell({"ods_code": "R0A"}, area=""),
            "line 2, area: found no area for R0A; expected the area",
        ),
        (
            "organisations.csv",
            cell({"ods_code": "R1A"}, area=""),
            "area: found no area for R1A; expected west-midlands, where its head office stands",
        ),
        ("organisations.csv", cell({"ods_code": "R0A"}, area="kss"), "found kss for R0A, whose head office stands 2"),
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
def test_what_names_nothing_or_contradicts_another_file_is_named_with_its_line(folder, file, change, expected):
    change_rows(folder, file, change)
    found = said(folder)
    assert any(fault.startswith("boundaries/") and expected in fault for fault in found), found


def test_half_the_trusts_gone_are_missed_though_the_package_agrees(folder):
    change_rows(folder, "organisations.csv", lambda rows: rows.__delitem__(slice(None, None, 2)))
    change_json(folder, "datapackage.json", lambda package: [each.pop("stats", None) for each in package["resources"]])
    found = said(folder)
    assert any("trusts in England; expected at least 150" in fault for fault in found), found
    assert any("new_code: found 'RRE'; expected a trust" in fault for fault in found), found
