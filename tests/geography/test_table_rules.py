"""The rules that the program relies on stand in its code: a package that drops one switches no check off."""

import shutil

import pytest

from psc.geography.check_boundaries import check_boundaries
from psc.settings import data_folder
from tests.boundary_edits import change_json, row_of


@pytest.fixture
def folder(tmp_path):
    return shutil.copytree(data_folder() / "boundaries", tmp_path / "boundaries")


def said(folder):
    return [str(fault) for fault in check_boundaries(folder)]


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
