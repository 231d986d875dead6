"""Another reader of the same standard: what it finds wrong in a package or table is a fault for `psc check` too."""

import csv
import json
import random
from pathlib import Path

import frictionless
import pytest

from psc.files.data_package import check_package
from psc.files.tables import check_table
from psc.files.yaml_documents import read_yaml
from tests.mutations import MUTATIONS, apply

SEED = 28_112_027
ROWS_OF_A_LARGE_TABLE = 50
"""`psc check` reads every row; the other reader takes 15 seconds for them all."""


@pytest.mark.parametrize("name", ["boundaries", "harms", "register"])
def test_each_package_of_data_is_valid(name, data):
    package = frictionless.Package(str(data / name / "datapackage.json"))
    report = package.validate(limit_rows=ROWS_OF_A_LARGE_TABLE)
    assert report.valid, report.flatten(["type", "note"])
    assert [task.name for task in report.tasks] == [resource.name for resource in package.resources]


def test_the_records_of_the_register_fit_the_columns_described(data):
    folder = data / "register"
    for resource in json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))["resources"]:
        paths = [resource["path"]] if isinstance(resource["path"], str) else resource["path"]
        records = [record for path in paths for record in read_yaml(folder / path, path)[0]]
        names = [field["name"] for field in resource["schema"]["fields"]]
        assert {name for record in records for name in record} <= set(names)
        rows = [names, *([record.get(name) for name in names] for record in records)]
        table = frictionless.Resource(data=rows, schema=frictionless.Schema.from_descriptor(resource["schema"]))
        report = table.validate()
        assert report.valid, report.flatten(["rowNumber", "fieldName", "note"])
        assert report.tasks[0].stats["rows"] == len(records) > 0


AREAS = [["id", "name", "north"], ["wessex", "Wessex", "1"], ["oxford", "Oxford", "2"], ["kss", "Kent", "3"]]
FIGURES = [
    ["area", "period_start", "value", "events", "grade", "code"],
    ["wessex", "2024-01-01", "1.5", "3", "A", "E54000001"],
    ["oxford", "2024-01-01", "0", "12", "B", "E54000002"],
    ["kss", "2024-02-01", "100", "", "", "E54000003"],
    ["wessex", "2024-02-01", "33.3", "0", "A", "E54000004"],
]
AREA_COLUMNS = [
    {"name": "id", "constraints": {"required": True, "unique": True}},
    {"name": "name", "constraints": {"required": True}},
    {"name": "north", "type": "integer", "constraints": {"minimum": 1, "maximum": 15}},
]
FIGURE_COLUMNS = [
    {"name": "area", "constraints": {"required": True}},
    {
        "name": "period_start",
        "type": "date",
        "constraints": {"required": True, "minimum": "2000-01-01", "maximum": "2030-01-01"},
    },
    {"name": "value", "type": "number", "constraints": {"required": True, "minimum": 0, "maximum": 100}},
    {"name": "events", "type": "integer", "constraints": {"minimum": 0}},
    {"name": "grade", "constraints": {"enum": ["A", "B"]}},
    {"name": "code", "constraints": {"required": True, "unique": True, "pattern": "E[0-9]{8}"}},
]
FOREIGN_KEY = {"fields": "area", "reference": {"resource": "areas", "fields": "id"}}
PACKAGE = {
    "name": "small",
    "resources": [
        {"name": "areas", "path": "areas.csv", "schema": {"fields": AREA_COLUMNS, "primaryKey": "id"}},
        {
            "name": "figures",
            "path": "figures.csv",
            "schema": {
                "fields": [{"type": "string"} | column for column in FIGURE_COLUMNS],
                "primaryKey": ["area", "period_start"],
                "foreignKeys": [FOREIGN_KEY],
            },
        },
    ],
}
NASTY = [
    "",
    " ",
    "x",
    "-1",
    "101",
    "1e2",
    "1.",
    ".5",
    "1,5",
    "1 000",
    "nan",
    "inf",
    "-inf",
    "0x1",
    "1_0",
    "\uff11",
    "+5",
]
NASTY += ["2024-02-30", "1/2/2024", "2024-02-01 00:00", "20240201", "45323", "1999-12-31", "2024-1-2", "2024-01-01"]
NASTY += [
    "wessex",
    "Wessex",
    " wessex",
    "A ",
    "a",
    "E54000001",
    "E5400000",
    "E540000011",
    "null",
    "None",
    "true",
    "9" * 30,
]


@pytest.fixture
def small(tmp_path) -> Path:
    """A package of two small tables with each rule that a schema can give."""
    (tmp_path / "datapackage.json").write_text(json.dumps(PACKAGE), encoding="utf-8")
    _write(tmp_path / "areas.csv", AREAS)
    _write(tmp_path / "figures.csv", FIGURES)
    return tmp_path


def test_both_find_a_sound_package_sound(small):
    assert _theirs(small) == [] and check_package(small, prefix="small") == []


def test_a_cell_that_the_other_reader_refuses_is_a_fault_of_that_line_and_column(small):
    rows, header = [FIGURES[0]], FIGURES[0]
    for column in range(len(header)):
        for cell in NASTY:
            number = len(rows)
            rows.append(["wessex", f"20{number % 30:02}-{number // 30 + 1:02}-15", "1", "2", "A", f"E{number:08}"])
            rows[-1][column] = cell
    rows += [["kss", "2024-01-01", "1", "2", "A", code] for code in ("E99999998", "E99999999", "E99999999")]
    _write(small / "figures.csv", rows)
    errors = [error for error in _theirs(small) if error.type != "foreign-key"]
    seen = {(error.row_number, getattr(error, "field_name", None)) for error in errors}
    assert {name for _, name in seen} >= set(header)
    assert {"primary-key", "type-error", "constraint-error", "unique-error"} <= {e.type for e in errors}
    ours = {(fault.row, fault.column) for fault in check_package(small, prefix="small")}
    lines = {row for row, _ in ours}
    # A fault of a key or of a row as a whole is of no column there.
    unseen = {(row, column) for row, column in seen if (row, column) not in ours and (column or row not in lines)}
    assert not unseen, [(rows[row - 1], column) for row, column in unseen]


def test_a_key_that_stands_in_no_other_table_is_a_fault_where_the_other_reader_finds_it(small):
    strangers = ["Wessex", "wessex ", "none", "east", "kss,oxford"]
    _write(
        small / "figures.csv",
        [*FIGURES, *([name, "2025-01-01", *FIGURES[2][2:5], f"E{number:08}"] for number, name in enumerate(strangers))],
    )
    assert {error.type for error in _theirs(small)} == {"foreign-key"}
    found = {(fault.row, fault.column) for fault in check_package(small, prefix="small")}
    assert found == {(error.row_number, "area") for error in _theirs(small)}


@pytest.mark.parametrize(
    ("place", "rule"),
    [
        ("schema", {"missingValues": ["", "A"]}),
        ("schema", {"missingValues": []}),
        ("schema", {"uniqueKeys": [["grade"]]}),
        ("column", {"format": "email"}),
        ("column", {"constraints": {"minLength": 9}}),
    ],
)
def test_a_rule_that_the_checks_do_not_follow_is_a_fault_of_the_package(place, rule, small):
    package = json.loads(json.dumps(PACKAGE))
    schema = package["resources"][1]["schema"]
    (schema if place == "schema" else schema["fields"][4]).update(rule)
    (small / "datapackage.json").write_text(json.dumps(package), encoding="utf-8")
    faults = check_package(small, prefix="small")
    assert faults and {fault.file for fault in faults} == {"small/datapackage.json"}


NEVER_ENDS = "an endless device", "a named pipe", "an enormous file", "very many rows", "very many columns"
"""Or not for minutes, when the other reader reads it; ours is held to a fault elsewhere."""


@pytest.mark.parametrize(
    "mutation",
    [each for each in MUTATIONS if ".csv" in each.suffixes and each.name not in NEVER_ENDS],
    ids=lambda each: each.name,
)
def test_a_file_that_the_other_reader_refuses_is_a_fault(mutation, small):
    apply(mutation, random.Random(SEED), small / "figures.csv")
    assert check_package(small, prefix="small") or not _theirs(small)


SMALL = "areas", "area_names", "former_organisations", "splits", "disputed_places"
CELLS = ["", "x", "-1", "1e400", "2024-02-30", "1/2/2024"]


@pytest.mark.parametrize("name", SMALL)
def test_a_changed_cell_of_a_table_of_data_that_the_other_reader_refuses_is_a_fault(name, data, tmp_path):
    package = json.loads((data / "boundaries" / "datapackage.json").read_text(encoding="utf-8"))
    (resource,) = [each for each in package["resources"] if each["name"] == name]
    schema = {key: value for key, value in resource["schema"].items() if key != "foreignKeys"}
    with (data / "boundaries" / resource["path"]).open(encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file))
    for column in range(len(rows[0])):
        for number, cell in enumerate(CELLS):
            rows[1 + (column * len(CELLS) + number) % (len(rows) - 1)][column] = cell
    _write(tmp_path / "table.csv", rows)
    described = frictionless.Schema.from_descriptor(schema)
    table = frictionless.Resource(path="table.csv", basepath=str(tmp_path), schema=described)
    errors = [error for task in table.validate().tasks for error in task.errors]
    ours = {(fault.row, fault.column) for fault in check_table(tmp_path / "table.csv", schema, file="table.csv")}
    seen = {(error.row_number, error.field_name) for error in errors if hasattr(error, "field_name")}
    assert seen and seen <= ours


def _theirs(folder: Path) -> list:
    report = frictionless.Package(str(folder / "datapackage.json")).validate()
    return [*report.errors, *(error for task in report.tasks for error in task.errors)]


def _write(path: Path, rows: list[list[str]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows(rows)
