"""What a program or a person left among the data is told by its name, and said in words."""

import pytest

from tests.files.described_folder import LEFT, faults_of_folder

OPEN = "the mark of a program that has a file open; expected no such file: close that program"

WORKBOOK = "a workbook; expected a CSV file: in the spreadsheet program choose “Save as”, “CSV UTF-8”"

STRANGER = "a file that datapackage.json does not describe; expected a resource for it, or no such file"


@pytest.mark.parametrize(
    ("name", "words"),
    [
        *((name, OPEN) for name in ("~$observations.csv", ".~lock.x.csv#", ".definition.yaml.swp", ".#notes.md")),
        *((name, LEFT) for name in ("._a.csv", "a.csv~", "a.csv.bak", "#a#")),
        *((name, WORKBOOK) for name in ("observations.xlsx", "Figures.XLS", "figures.ods")),
        *((name, STRANGER) for name in ("observations (1).csv", "notes.txt", "a~b.csv", "template.csv")),
    ],
)
def test_file_that_does_not_belong_is_named_for_what_it_is(name, words, package):
    (package / name).touch()
    (fault,) = faults_of_folder(package)
    assert fault.startswith(f"places/{name}: found {words}")
