"""Each outline of the drawn map is the area's own: whole, of its size, around its label and beside the others."""

import json
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
