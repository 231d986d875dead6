"""The data package tells the truth about the files beside it."""

import json

from psc.catalogue.definition import load_catalogue
from psc.catalogue.package import describe_harms, write_package
from psc.files.data_package import check_package
from psc.settings import data_folder


def test_the_committed_package_is_the_one_the_definitions_give():
    committed = json.loads((data_folder() / "harms" / "datapackage.json").read_text(encoding="utf-8"))
    assert committed == json.loads(json.dumps(describe_harms(load_catalogue())))


def test_every_file_is_described_and_is_what_the_package_says():
    assert [str(fault) for fault in check_package(data_folder() / "harms", prefix="harms")] == []


def test_the_areas_of_the_package_are_those_on_the_map():
    package = json.loads((data_folder() / "harms" / "datapackage.json").read_text(encoding="utf-8"))
    tables = {r["path"].rpartition("/")[2]: r["schema"] for r in package["resources"] if "schema" in r}
    areas = {name: set(schema["fields"][0]["constraints"]["enum"]) for name, schema in tables.items()}
    drawn = (data_folder() / "boundaries" / "areas.csv").read_text(encoding="utf-8").splitlines()[1:]
    ids = {line.split(",")[0] for line in drawn}
    assert areas["observations.csv"] == ids | {"england"}
    assert areas["denominator_steps.csv"] == areas["step_contributors.csv"] == ids


def test_a_written_package_describes_a_folder_with_nothing_left_over(harms):
    write_package(harms.folder)
    assert check_package(harms.folder, prefix="harms") == []
    (harms.folder / "germs" / "notes.txt").write_text("forgotten")
    (fault,) = check_package(harms.folder, prefix="harms")
    assert "harms/germs/notes.txt" in str(fault)
