"""What the boundaries say of one thing in two places must agree; whatever names something must name one there is."""

import csv
import io
import json
import shutil

import pytest

from psc.geography.check import check_boundaries
from psc.settings import data_folder


@pytest.fixture
def folder(tmp_path):
    return shutil.copytree(data_folder() / "boundaries", tmp_path / "boundaries")


def said(folder):
    return [str(fault) for fault in check_boundaries(folder)]


def change_rows(folder, file, change):
    """Rewrite a table after ``change`` has had its rows, as dictionaries, in hand."""
    rows = list(csv.DictReader(io.StringIO((folder / file).read_text(encoding="utf-8"), newline="")))
    change(rows)
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, fieldnames=list(rows[0]), lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    (folder / file).write_text(out.getvalue(), encoding="utf-8", newline="")


def change_json(folder, file, change):
    content = json.loads((folder / file).read_text(encoding="utf-8"))
    change(content)
    (folder / file).write_text(json.dumps(content), encoding="utf-8")


def row_of(rows, **known):
    (row,) = [row for row in rows if all(row[name] == value for name, value in known.items())]
    return row


def cell(known, **new):
    return lambda rows: row_of(rows, **known).update(new)


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


def geometry(area, *rings):
    def change(features):
        features[area]["geometry"] = {"type": "Polygon", "coordinates": list(rings)}

    return change


def _swap(features):
    kss, wessex = features["kss"], features["wessex"]
    kss["geometry"], wessex["geometry"] = wessex["geometry"], kss["geometry"]


def _all_alike(features):
    for feature in features.values():
        feature["geometry"] = features["kss"]["geometry"]


def _many(features):
    features["kss"]["geometry"] = {"type": "MultiPolygon", "coordinates": [[TRIANGLE]] * 10_000}


def _overlap(features):
    shifted = json.loads(
        json.dumps(features["kss"]["geometry"]), parse_float=lambda number: round(float(number) - 0.05, 4)
    )
    features["kss"]["geometry"] = shifted


TRIANGLE = [[-1.5, 51], [-1.5, 51.0001], [-1.4999, 51.0001], [-1.5, 51]]
SEA = [[-6.5, 49.6], [-6.5, 49.9], [-6.0, 49.9], [-6.5, 49.6]]
BOX = [[-6, 50], [1.5, 50], [1.5, 55], [-6, 55], [-6, 50]]
BOW_TIE = [[-1.5, 51], [-1, 51.5], [-1, 51], [-1.5, 51.5], [-1.5, 51]]


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (_swap, "kss.geometry: found an outline of 7,673 km²; expected about 9,064 km², the area_km2 in areas.csv"),
        (_all_alike, "nenc.geometry: found an outline of 9,034 km²; expected about 13,641 km²"),
        (
            geometry("kss", [[-1.5, 51]] * 5),
            "kss.geometry: found an outline that crosses or repeats itself near -1.5, 51",
        ),
        (geometry("kss", BOW_TIE), "kss.geometry: found an outline that crosses or repeats itself near -1.25, 51.25"),
        (geometry("kss", TRIANGLE), "kss.geometry: found an outline of 3.891e-05 km²; expected about 9,064 km²"),
        (geometry("kss", SEA), "kss.geometry: found an outline of 599.2 km²; expected about 9,064 km²"),
        (geometry("kss", BOX), "kss.geometry: found an outline of"),
        (_overlap, "kss.geometry: found an outline with"),
        (_many, "points in its outlines; expected at most 20,000: simplify the lines"),
    ],
    ids=["swapped", "all alike", "no surface", "a bow tie", "tiny", "in the sea", "all of England", "shifted", "many"],
)
def test_an_outline_that_is_not_the_areas_own_is_noticed(folder, change, expected):
    change_json(
        folder, "catchments.geojson", lambda map_: change({feature["id"]: feature for feature in map_["features"]})
    )
    found = said(folder)
    assert any(f"boundaries/catchments.geojson{', kss' * ('kss' in expected)}" in f and expected in f for f in found), (
        found
    )


def test_a_label_outside_the_area_is_noticed_though_table_and_map_agree(folder):
    change_rows(folder, "areas.csv", cell({"id": "kss"}, label_lon="-3.5", label_lat="54.9"))

    def move(map_):
        row_of(map_["features"], id="kss")["properties"].update(label_lon=-3.5, label_lat=54.9)

    change_json(folder, "catchments.geojson", move)
    (fault,) = said(folder)
    assert fault.startswith(
        "boundaries/areas.csv, line 5, label_lon: found -3.5, 54.9; expected label_lon and label_lat of"
    )


def schema(package, path):
    return row_of(package["resources"], path=path)["schema"]


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (
            lambda package: schema(package, "organisations.csv").pop("primaryKey"),
            "organisations.csv.primaryKey: found no key; expected ods_code, which each row has to itself",
        ),
        (
            lambda package: schema(package, "population.csv").pop("foreignKeys"),
            "population.csv.foreignKeys: found no foreign key from area of population.csv to id of areas.csv",
        ),
        (
            lambda package: schema(package, "areas.csv")["fields"][12].update(type="string", constraints={}),
            "areas.csv.tile_col.type: found the type string for tile_col of areas.csv; expected integer",
        ),
        (
            lambda package: schema(package, "areas.csv")["fields"][1].pop("constraints"),
            "areas.csv.name.constraints.required: found no such rule; expected true, as the program needs it",
        ),
        (
            lambda package: schema(package, "areas.csv")["fields"][7]["constraints"].update(maximum=7),
            "areas.csv.population.constraints.maximum: found 7; expected 70000000",
        ),
        (lambda package: schema(package, "areas.csv")["fields"].pop(15), "found no column straddles of areas.csv"),
        (lambda package: package["resources"].pop(), "found no resource for how-the-lines-were-drawn.md"),
    ],
)
def test_a_rule_that_the_program_needs_and_the_package_drops_is_noticed(folder, change, expected):
    change_json(folder, "datapackage.json", lambda package: change(package) and None)
    found = said(folder)
    assert any("boundaries/datapackage.json" in fault and expected in fault for fault in found), found
