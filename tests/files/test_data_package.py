"""A folder of data holds what its package describes, as another reader of the same standard finds it too."""

import json
import random
from pathlib import Path

import frictionless
import pytest

from psc.files.data_package import check_package
from tests.files.described_folder import LEFT, faults_of_folder
from tests.files.small_package import FIGURES, write_csv_file
from tests.mutations import MUTATIONS, apply


def test_what_a_program_left_is_no_data_even_where_the_package_describes_it(package):
    (package / "._a.md").touch()
    resources = [{"name": "a", "path": ["a.md", "._a.md"]}]
    (package / "datapackage.json").write_text(json.dumps({"resources": resources}), encoding="utf-8")
    (fault,) = faults_of_folder(package)
    assert fault.startswith(f"places/._a.md: found {LEFT}")


def test_very_many_files_that_are_missing_or_strange_are_counted(package):
    paths = [f"missing{number:03}.md" for number in range(300)]
    (package / "datapackage.json").write_text(
        json.dumps({"resources": [{"name": "a", "path": ["a.md", *paths]}]}), encoding="utf-8"
    )
    for number in range(300):
        (package / f"strange{number:03}.md").touch()
    found = faults_of_folder(package)
    assert len(found) == 202
    assert sum("200 more like this among the other files" in fault for fault in found) == 2


SEED = 28_112_027

ROWS_OF_A_LARGE_TABLE = 50
"""`psc check` reads every row; the other reader takes 15 seconds for them all."""


@pytest.mark.parametrize("name", ["boundaries", "harms", "register"])
def test_each_package_of_data_is_valid(name, data):
    package = frictionless.Package(str(data / name / "datapackage.json"))
    report = package.validate(limit_rows=ROWS_OF_A_LARGE_TABLE)
    assert report.valid, report.flatten(["type", "note"])
    assert [task.name for task in report.tasks] == [resource.name for resource in package.resources]


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


def test_sound_package_has_no_faults_for_either_reader(small):
    assert _theirs(small) == [] and check_package(small, prefix="small") == []


def test_cell_that_frictionless_refuses_is_a_fault_of_that_line_and_column(small):
    rows, header = [FIGURES[0]], FIGURES[0]
    for column in range(len(header)):
        for cell in NASTY:
            number = len(rows)
            rows.append(["wessex", f"20{number % 30:02}-{number // 30 + 1:02}-15", "1", "2", "A", f"E{number:08}"])
            rows[-1][column] = cell
    rows += [["kss", "2024-01-01", "1", "2", "A", code] for code in ("E99999998", "E99999999", "E99999999")]
    write_csv_file(small / "figures.csv", rows)
    errors = [error for error in _theirs(small) if error.type != "foreign-key"]
    seen = {(error.row_number, getattr(error, "field_name", None)) for error in errors}
    assert {name for _, name in seen} >= set(header)
    assert {"primary-key", "type-error", "constraint-error", "unique-error"} <= {e.type for e in errors}
    ours = {(fault.row, fault.column) for fault in check_package(small, prefix="small")}
    lines = {row for row, _ in ours}
    # A fault of a key or of a row as a whole is of no column there.
    unseen = {(row, column) for row, column in seen if (row, column) not in ours and (column or row not in lines)}
    assert not unseen, [(rows[row - 1], column) for row, column in unseen]


def test_unknown_foreign_key_is_a_fault_where_frictionless_finds_it(small):
    strangers = ["Wessex", "wessex ", "none", "east", "kss,oxford"]
    write_csv_file(
        small / "figures.csv",
        [*FIGURES, *([name, "2025-01-01", *FIGURES[2][2:5], f"E{number:08}"] for number, name in enumerate(strangers))],
    )
    assert {error.type for error in _theirs(small)} == {"foreign-key"}
    found = {(fault.row, fault.column) for fault in check_package(small, prefix="small")}
    assert found == {(error.row_number, "area") for error in _theirs(small)}


NEVER_ENDS = "an endless device", "a named pipe", "an enormous file", "very many rows", "very many columns"
"""Or not for minutes, when the other reader reads it; ours is held to a fault elsewhere."""


@pytest.mark.parametrize(
    "mutation",
    [each for each in MUTATIONS if ".csv" in each.suffixes and each.name not in NEVER_ENDS],
    ids=lambda each: each.name,
)
def test_file_that_frictionless_refuses_is_a_fault(mutation, small):
    apply(mutation, random.Random(SEED), small / "figures.csv")
    assert check_package(small, prefix="small") or not _theirs(small)


def _theirs(folder: Path) -> list:
    report = frictionless.Package(str(folder / "datapackage.json")).validate()
    return [*report.errors, *(error for task in report.tasks for error in task.errors)]
