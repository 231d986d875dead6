"""Whatever else lies in a folder of data, or cannot be looked into, is said once, in words, and by its own name."""

import json
import os
import shutil
import tempfile
from contextlib import contextmanager
from pathlib import Path

import pytest

from psc.files import walk
from psc.files.data_package import check_described
from psc.files.reading import UNREADABLE
from psc.store.check_data import check_data

NOBODY = 65534
OPEN = "the mark of a program that has a file open; expected no such file: close that program"
LEFT = "something that a program left behind; expected no such file: nothing reads it, so delete it"
WORKBOOK = "a workbook; expected a CSV file: in the spreadsheet program choose “Save as”, “CSV UTF-8”"
STRANGER = "a file that datapackage.json does not describe; expected a resource for it, or no such file"
NOT_READ = "something that nothing reads; expected only boundaries, harms, register: move it"


@pytest.fixture
def package(tmp_path) -> Path:
    """A folder with one file, which its package describes."""
    (tmp_path / "datapackage.json").write_text('{"resources": [{"name": "a", "path": "a.md"}]}', encoding="utf-8")
    (tmp_path / "a.md").write_text("a", encoding="utf-8")
    return tmp_path


def said(folder):
    return [str(fault) for fault in check_described(folder, prefix="places")]


@pytest.mark.parametrize(
    ("name", "words"),
    [
        *((name, OPEN) for name in ("~$observations.csv", ".~lock.x.csv#", ".definition.yaml.swp", ".#notes.md")),
        *((name, LEFT) for name in ("._a.csv", "a.csv~", "a.csv.bak", "#a#")),
        *((name, WORKBOOK) for name in ("observations.xlsx", "Figures.XLS", "figures.ods")),
        *((name, STRANGER) for name in ("observations (1).csv", "notes.txt", "a~b.csv", "template.csv")),
    ],
)
def test_a_file_that_does_not_belong_is_named_for_what_it_is(name, words, package):
    (package / name).touch()
    (fault,) = said(package)
    assert fault.startswith(f"places/{name}: found {words}")


def test_the_notes_that_a_system_keeps_on_a_folder_are_passed_over(small_data):
    for folder in (small_data, *(path for path in small_data.rglob("*") if path.is_dir())):
        for name in (".DS_Store", "Thumbs.db", "desktop.ini"):
            (folder / name).write_bytes(b"\0\0\0\1Bud1")
    assert check_data(small_data) == []


@pytest.mark.parametrize("name", [".idea", ".git", "__MACOSX", ".ipynb_checkpoints"])
def test_a_folder_that_a_program_left_is_one_fault_whatever_is_in_it(name, package):
    (package / name / "deep").mkdir(parents=True)
    (package / name / "deep" / "x.csv").touch()
    (fault,) = said(package)
    assert fault.startswith(f"places/{name}: found {LEFT}")


def test_what_a_program_left_is_no_data_even_where_the_package_describes_it(package):
    (package / "._a.md").touch()
    resources = [{"name": "a", "path": ["a.md", "._a.md"]}]
    (package / "datapackage.json").write_text(json.dumps({"resources": resources}), encoding="utf-8")
    (fault,) = said(package)
    assert fault.startswith(f"places/._a.md: found {LEFT}")


def test_very_many_files_that_are_missing_or_strange_are_counted(package):
    paths = [f"missing{number:03}.md" for number in range(300)]
    (package / "datapackage.json").write_text(
        json.dumps({"resources": [{"name": "a", "path": ["a.md", *paths]}]}), encoding="utf-8"
    )
    for number in range(300):
        (package / f"strange{number:03}.md").touch()
    found = said(package)
    assert len(found) == 202
    assert sum("200 more like this among the other files" in fault for fault in found) == 2


def test_things_left_in_any_part_of_the_data_are_each_said_once_and_by_name(small_data):
    (small_data / "harms" / ".idea").mkdir()
    (small_data / "register" / "priorities" / "._imperial.yaml").write_bytes(b"\0\5\x16\7")
    shutil.copytree(small_data / "harms" / "mrsa", small_data / "mrsa-new")
    (small_data / "Harms.csv").touch()
    (small_data / "__MACOSX").mkdir()
    (small_data / "README.md").touch()
    found = [str(fault) for fault in check_data(small_data)]
    expected = [
        f"data/Harms.csv: found {NOT_READ}",
        f"data/__MACOSX: found {LEFT}",
        f"data/mrsa-new: found {NOT_READ}",
        f"harms/.idea: found {LEFT}",
        f"register/priorities/._imperial.yaml: found {LEFT}",
    ]
    assert [any(fault.startswith(words) for fault in found) for words in expected] == [True] * 5, found
    assert len(found) == 5, found


def test_a_file_that_goes_away_while_its_folder_is_read_is_said_to_have_gone(package, monkeypatch):
    scan = os.scandir

    @contextmanager
    def scan_late(folder):
        with scan(folder) as entries:
            listed = list(entries)
        (package / "a.md").unlink()
        yield listed

    monkeypatch.setattr(walk.os, "scandir", scan_late)
    found = said(package)
    assert found == [
        "places/a.md: found a file that went away while the folder was read; "
        "expected files at rest: check once more when nobody is changing them"
    ]


@pytest.fixture
def locked(few_series):
    """A copy of the data, and a way to check it as somebody who is not the administrator of the machine."""
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)
        copy = Path(shutil.copytree(few_series, Path(folder) / "data"))

        def check(path: str, mode: int) -> list[str]:
            (copy / path).chmod(mode)
            mine = os.geteuid()
            if mine == 0:
                os.seteuid(NOBODY)
            try:
                return [str(fault) for fault in check_data(copy)]
            finally:
                os.seteuid(mine)
                (copy / path).chmod(0o755)

        yield check


@pytest.mark.parametrize(
    ("path", "mode"), [("harms/mssa", 0o000), ("register/solutions", 0o444), ("boundaries", 0o111)]
)
def test_a_folder_that_cannot_be_read_is_the_only_fault(path, mode, locked):
    (fault,) = locked(path, mode)
    assert (
        fault == f"{path}: found {UNREADABLE} (Permission denied); expected a folder of data that the program may read"
    )
