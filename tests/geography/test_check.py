"""The committed boundaries are sound, and each way of spoiling them is noticed."""

import json
import shutil

import pytest

from psc.geography.check import check_boundaries
from psc.settings import data_folder

BOUNDARIES = data_folder() / "boundaries"


@pytest.fixture
def folder(tmp_path):
    return shutil.copytree(BOUNDARIES, tmp_path / "boundaries")


def faults(folder):
    return [str(fault) for fault in check_boundaries(folder)]


def replace(folder, file, old, new):
    text = (folder / file).read_text(encoding="utf-8")
    assert old in text
    (folder / file).write_text(text.replace(old, new, 1), encoding="utf-8")


def test_the_committed_boundaries_are_sound():
    assert faults(BOUNDARIES) == []


def test_every_table_says_who_to_thank_and_under_which_licence():
    package = json.loads((BOUNDARIES / "datapackage.json").read_text(encoding="utf-8"))
    attribution = (
        "Source: Office for National Statistics licensed under the Open Government Licence v.3.0. "
        "Contains OS data © Crown copyright and database right 2023."
    )
    assert attribution in {source["title"] for source in package["sources"]}
    for resource in package["resources"]:
        assert resource["sources"], resource["name"]
        assert [licence["name"] for licence in resource["licenses"]] == ["OGL-UK-3.0"], resource["name"]
        for field in resource.get("schema", {}).get("fields", []):
            assert field["description"], f"{resource['name']}.{field['name']}"


@pytest.mark.parametrize(
    ("file", "old", "new", "expected"),
    [
        ("areas.csv", "nenc,North", "narnia,North", "areas.csv, line 7, id: found 'narnia'"),
        ("organisations.csv", ",wessex,", ",narnia,", "area: found 'narnia'; expected id of a row of areas.csv"),
        ("population.csv", "eastern,85+", "eastern,90+", "age_band: found '90+'; expected one of"),
        ("population.csv", "848596", "848597", "population: found 4865583; expected 4865584"),
        ("geography_weights.csv", ",0.079446,", ",0.179446,", "weight: found weights of E54000008 that sum to 1.1"),
        ("area_names.csv", "2023-09-30", "2012-09-30", "to: found 2012-09-30; expected a day after 2013-05-23"),
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
def test_a_spoilt_file_is_noticed(folder, file, old, new, expected):
    replace(folder, file, old, new)
    found = faults(folder)
    assert any(expected in fault for fault in found), found
    assert all(fault.startswith("boundaries/") for fault in found)


def test_a_map_without_one_area_is_noticed(folder):
    collection = json.loads((folder / "catchments.geojson").read_text(encoding="utf-8"))
    del collection["features"][3]
    (folder / "catchments.geojson").write_text(json.dumps(collection), encoding="utf-8")
    (fault,) = faults(folder)
    assert "found 14 features" in fault


@pytest.mark.parametrize("file", ["areas.csv", "catchments.geojson", "how-the-lines-were-drawn.md", "datapackage.json"])
def test_a_missing_file_is_noticed(folder, file):
    (folder / file).unlink()
    assert any(fault.startswith(f"boundaries/{file}: found") for fault in faults(folder))
