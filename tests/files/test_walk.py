"""A walk through a folder finds its regular files, and says what else is in it."""

import os
from contextlib import contextmanager

import pytest

from psc.files import walk
from tests.files.described_folder import LEFT, faults_of_folder


@pytest.mark.parametrize("name", [".idea", ".git", "__MACOSX", ".ipynb_checkpoints"])
def test_a_folder_that_a_program_left_is_one_fault_whatever_is_in_it(name, package):
    (package / name / "deep").mkdir(parents=True)
    (package / name / "deep" / "x.csv").touch()
    (fault,) = faults_of_folder(package)
    assert fault.startswith(f"places/{name}: found {LEFT}")


def test_a_file_that_goes_away_while_its_folder_is_read_is_said_to_have_gone(package, monkeypatch):
    scan = os.scandir

    @contextmanager
    def scan_late(folder):
        with scan(folder) as entries:
            listed = list(entries)
        (package / "a.md").unlink()
        yield listed

    monkeypatch.setattr(walk.os, "scandir", scan_late)
    found = faults_of_folder(package)
    assert found == [
        "places/a.md: found a file that went away while the folder was read; "
        "expected files at rest: check once more when nobody is changing them"
    ]


def test_regular_files_are_found_in_folders_and_links_are_not_followed(tmp_path):
    (tmp_path / "b").mkdir()
    (tmp_path / "b" / "c.csv").touch()
    (tmp_path / "a.md").touch()
    (tmp_path / "link").symlink_to(tmp_path / "b")
    files, faults = walk.regular_files(tmp_path, "harms")
    assert files == ["a.md", "b/c.csv"]
    assert [(fault.file, fault.found) for fault in faults] == [("harms/link", "a link")]


def test_folder_that_is_missing_has_no_files_and_no_faults(tmp_path):
    assert walk.regular_files(tmp_path / "none", "harms") == ([], [])
    assert walk.names_in(tmp_path / "none") == walk.every_entry(tmp_path / "none") == []


def test_folders_deeper_than_allowed_are_a_fault(tmp_path):
    tmp_path.joinpath(*["d"] * (walk.DEEPEST + 2)).mkdir(parents=True)
    (fault,) = walk.regular_files(tmp_path, "harms")[1]
    assert fault.found == "folders within folders"


def test_names_leave_out_what_programs_left_behind(tmp_path):
    for name in ("b.yaml", "a.yaml", "._a.yaml", ".DS_Store", "a.yaml~", "c.csv"):
        (tmp_path / name).touch()
    (tmp_path / "d").mkdir()
    (tmp_path / ".idea").mkdir()
    assert walk.names_in(tmp_path, ".yaml") == ["a.yaml", "b.yaml"]
    assert walk.folders_in(tmp_path) == ["d"]


def test_file_is_named_with_each_folder_around_it():
    assert walk.with_folders("harms/mrsa/a.csv") == ["harms/mrsa/a.csv", "harms/mrsa", "harms", "."]
