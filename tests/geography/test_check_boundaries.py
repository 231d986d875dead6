"""The committed boundaries are sound, and each way of spoiling them is noticed."""

import json

import pytest

from psc.settings import data_folder
from tests.geography.boundary_copy import replace, said

BOUNDARIES = data_folder() / "boundaries"


def test_the_committed_boundaries_are_sound():
    assert said(BOUNDARIES) == []


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
        ("area_names.csv", "2023-09-30", "2012-09-30", "to: found 2012-09-30; expected a day after 2013-05-23"),
    ],
)
def test_spoilt_table_is_noticed(folder, file, old, new, expected):
    replace(folder, file, old, new)
    found = said(folder)
    assert any(expected in fault for fault in found), found
    assert all(fault.startswith("boundaries/") for fault in found)


@pytest.mark.parametrize("file", ["areas.csv", "catchments.geojson", "how-the-lines-were-drawn.md", "datapackage.json"])
def test_a_missing_file_is_noticed(folder, file):
    (folder / file).unlink()
    assert any(fault.startswith(f"boundaries/{file}: found") for fault in said(folder))


def rewrite(folder, file, keep):
    """Keep the header of a table and the lines for which ``keep`` holds; the package says that these are all."""
    lines = (folder / file).read_text(encoding="utf-8").splitlines(keepends=True)
    kept = [line for number, line in enumerate(lines, start=1) if number == 1 or keep(number, line)]
    (folder / file).write_text("".join(kept), encoding="utf-8")
    package = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
    (resource,) = [resource for resource in package["resources"] if resource["path"] == file]
    resource["stats"]["rows"] = len(kept) - 1
    (folder / "datapackage.json").write_text(json.dumps(package), encoding="utf-8")


@pytest.mark.parametrize(
    ("file", "keep", "expected"),
    [
        ("lsoa21_area.csv", lambda number, _: number % 2, "small areas; expected 33,755, all of England's"),
        (
            "lsoa21_area.csv",
            lambda _, line: ",wessex" not in line,
            "0 small areas in wessex; expected one for 1,000 to",
        ),
        ("geography_weights.csv", lambda number, _: number < 400, "as in areas.csv: a code is missing"),
        ("geography_weights.csv", lambda _, line: "E54000008" not in line, "in the codes of icb24; expected"),
        ("organisations.csv", lambda _, line: ",oxford," not in line, "no trust in oxford; expected at least one"),
    ],
    ids=["half the small areas", "those of an area", "half the weights", "a board", "the trusts of an area"],
)
def test_places_left_out_of_a_table_are_noticed_though_the_package_agrees(folder, file, keep, expected):
    rewrite(folder, file, keep)
    assert any(expected in fault for fault in said(folder)), said(folder)[:5]


@pytest.mark.parametrize("file", ["lsoa21_area.csv", "geography_weights.csv", "organisations.csv", "splits.csv"])
def test_a_row_less_than_the_package_says_is_noticed(folder, file):
    text = (folder / file).read_text(encoding="utf-8")
    (folder / file).write_text(text[: text.rstrip().rindex("\n") + 1], encoding="utf-8")
    rows = text.count("\n") - 2
    assert f"boundaries/{file}: found {rows:,} rows; expected {rows + 1:,}, as datapackage.json says" in said(folder)


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ('"pattern": ".{1,14}"', '"pattern": "(?=a)b"', "a regular expression of RE2"),
        ('"pattern": ".{1,14}"', '"pattern": "(["', "a regular expression of RE2"),
        ('"type": "integer"', '"type": "complex"', "resources.0.schema.fields.7.type"),
        ('"unique": true', '"uniqueness": true', "resources.0.schema.fields.1.constraints.uniqueness"),
        ('"minimum": 49.5', '"minimum": "low"', "a limit that suits a column of type number"),
        ('"resource": "areas"', '"resource": "places"', "a reference to id of places"),
        ('"path": "areas.csv"', '"path": "../areas.csv"', "a path inside the folder"),
        ('"name": "splits"', '"name": "areas"', "resources each of a name of its own, not areas twice"),
        ('"name": "psc_name"', '"name": "name"', "each column once"),
    ],
)
def test_a_package_that_describes_what_cannot_be_is_refused(folder, old, new, expected):
    replace(folder, "datapackage.json", old, new)
    found = said(folder)
    assert any("boundaries/datapackage.json" in fault and expected in fault for fault in found), found


def test_a_pattern_that_makes_other_engines_hang_is_matched_at_once(folder):
    replace(folder, "datapackage.json", '"pattern": ".{1,14}"', '"pattern": "(a|a)*b"')
    replace(
        folder, "areas.csv", "nenc,North East and North Cumbria,", f"nenc,North East and North Cumbria,{'a' * 15_000}"
    )
    found = said(folder)
    assert any("areas.csv, line 7, short_name: found 'aaa" in fault for fault in found), found
    assert any("short_name.constraints.pattern: found (a|a)*b; expected .{1,14}, as the program" in f for f in found)
