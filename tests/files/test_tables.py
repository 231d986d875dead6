"""Every cell that breaks a rule of its column is a fault of that line and column."""

import csv
import json

import frictionless
import pytest

from psc.files.tables import check_table, unusable_pattern
from tests.files.small_package import write_csv_file

SMALL = "areas", "area_names", "former_organisations", "splits", "disputed_places"

CELLS = ["", "x", "-1", "1e400", "2024-02-30", "1/2/2024"]


@pytest.mark.parametrize("name", SMALL)
def test_changed_cell_that_frictionless_refuses_is_a_fault(name, data, tmp_path):
    package = json.loads((data / "boundaries" / "datapackage.json").read_text(encoding="utf-8"))
    (resource,) = [each for each in package["resources"] if each["name"] == name]
    schema = {key: value for key, value in resource["schema"].items() if key != "foreignKeys"}
    with (data / "boundaries" / resource["path"]).open(encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file))
    for column in range(len(rows[0])):
        for number, cell in enumerate(CELLS):
            rows[1 + (column * len(CELLS) + number) % (len(rows) - 1)][column] = cell
    write_csv_file(tmp_path / "table.csv", rows)
    described = frictionless.Schema.from_descriptor(schema)
    table = frictionless.Resource(path="table.csv", basepath=str(tmp_path), schema=described)
    errors = [error for task in table.validate().tasks for error in task.errors]
    ours = {(fault.row, fault.column) for fault in check_table(tmp_path / "table.csv", schema, file="table.csv")}
    seen = {(error.row_number, error.field_name) for error in errors if hasattr(error, "field_name")}
    assert seen and seen <= ours


SCHEMA = {
    "fields": [
        {"name": "id", "constraints": {"required": True, "unique": True}},
        {"name": "value", "type": "number", "constraints": {"minimum": 0}},
    ],
    "primaryKey": "id",
}


def faults_of_table(path, text: str, **options) -> list[tuple[int | None, str | None]]:
    (path / "table.csv").write_text(text, encoding="utf-8")
    faults = check_table(path / "table.csv", SCHEMA, file="table.csv", **options)
    return [(fault.row, fault.column) for fault in faults]


def test_empty_cell_is_a_missing_value_where_none_is_required(tmp_path):
    assert faults_of_table(tmp_path, "id,value\na,\nb,1\n") == []
    assert faults_of_table(tmp_path, "id,value\n,1\nb,1\n") == [(2, "id")]


def test_faults_come_in_the_order_of_lines(tmp_path):
    assert faults_of_table(tmp_path, "id,value\na,-1\nb,x\na,2\n") == [(2, "value"), (3, "value"), (4, "id"), (4, "id")]


def test_wrong_header_gives_its_own_faults_alone(tmp_path):
    assert faults_of_table(tmp_path, "id,valu\na,x\n") == [(1, "valu"), (1, "value")]


def test_table_without_rows_or_with_another_number_of_them_is_a_fault(tmp_path):
    assert faults_of_table(tmp_path, "id,value\n") == [(1, None)]
    assert faults_of_table(tmp_path, "id,value\na,1\n", rows=2) == [(None, None)]


def test_pattern_that_re2_cannot_read_is_unusable():
    assert unusable_pattern("[a-z]+") is None
    assert unusable_pattern("(?=a)")
