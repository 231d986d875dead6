"""The map has one sound outline for each area, with the names and people of the tables."""

import json

import pytest

from tests.geography.boundary_copy import replace, said


@pytest.mark.parametrize(
    ("file", "old", "new", "expected"),
    [
        ("catchments.geojson", '"id":"nenc","name"', '"id":"north","name"', "expected one for each area of areas.csv"),
        (
            "catchments.geojson",
            '"name":"Eastern"',
            '"name":"East"',
            "eastern.name: found East; expected Eastern, as in",
        ),
        ("catchments.geojson", '"ahsn_name":"Eastern AHSN",', "", "eastern.ahsn_name: found no such property"),
        ("catchments.geojson", "[[[-2.0338,", "[[[-12.0338,", "east-midlands.geometry: found 1 points outside England"),
        ("catchments.geojson", "[[[-2.0338,", '[[["west",', "east-midlands.geometry: found no polygons"),
        ("catchments.geojson", "}", "", "catchments.geojson, line 1: found no JSON"),
    ],
)
def test_spoilt_map_is_noticed(folder, file, old, new, expected):
    replace(folder, file, old, new)
    found = said(folder)
    assert any(expected in fault for fault in found), found
    assert all(fault.startswith("boundaries/") for fault in found)


def test_map_without_one_area_is_noticed(folder):
    collection = json.loads((folder / "catchments.geojson").read_text(encoding="utf-8"))
    del collection["features"][3]
    (folder / "catchments.geojson").write_text(json.dumps(collection), encoding="utf-8")
    (fault,) = said(folder)
    assert "found 14 features" in fault


@pytest.mark.parametrize(
    "key", ["type", "features", "properties", "geometry", "coordinates", "id", "area_km2", "attribution"]
)
def test_renamed_key_of_the_map_is_named(folder, key):
    replace(folder, "catchments.geojson", f'"{key}":', f'"{key}s":')
    found = said(folder)
    assert any("catchments.geojson" in fault and key in fault for fault in found), found


@pytest.mark.parametrize(
    "point",
    ["[-2.0338,53.3755,0]", '["-2.0338","53.3755"]', "[true,53.3755]", "-2.0338,53.3755", "[1e308,53.3755]", "[]"],
)
def test_a_point_that_is_no_pair_of_degrees_is_noticed(folder, point):
    replace(folder, "catchments.geojson", "[-2.0338,53.3755]", point)
    assert any("east-midlands.geometry" in fault or "catchments.geojson" in fault for fault in said(folder))


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        (
            '"population":4865583',
            '"population":4865583.5',
            "east-midlands.population: found 4865583.5; expected a GeoJSON",
        ),
        ('"type":"Polygon"', '"type":"Point"', "east-midlands.geometry.type: found 'Point'; expected a GeoJSON"),
        ('"id":"east-midlands","prop', '"id":7,"prop', "east-midlands.id: found 7; expected a GeoJSON"),
    ],
)
def test_wrong_kind_of_value_in_the_map_is_refused_in_plain_words(folder, old, new, expected):
    replace(folder, "catchments.geojson", old, new)
    found = said(folder)
    assert any(expected in fault for fault in found), found
    assert not any("nput" in fault or "valid " in fault for fault in found), found
