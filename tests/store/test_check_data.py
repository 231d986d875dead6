"""Whatever lies in the folders of data, or cannot be looked into, is said once, in words, and by its own name."""

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from psc.files.reading import UNREADABLE
from psc.settings import ROOT
from psc.store.check_data import check_data
from tests.files.described_folder import LEFT
from tests.small_data import few_series_of

NOBODY = 65534

NOT_READ = "something that nothing reads; expected only boundaries, harms, register: move it"


def test_the_notes_that_a_system_keeps_on_a_folder_are_passed_over(small_data):
    for folder in (small_data, *(path for path in small_data.rglob("*") if path.is_dir())):
        for name in (".DS_Store", "Thumbs.db", "desktop.ini"):
            (folder / name).write_bytes(b"\0\0\0\1Bud1")
    assert check_data(small_data) == []


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


SEED = 28_112_026


def test_many_ways_to_spoil_a_file_end_in_faults_and_in_nothing_else(data, tmp_path):
    folder = few_series_of(data, tmp_path / "data", keep=("mrsa",))
    command = [sys.executable, "-m", "tests.spoil_data", str(folder), "--seed", str(SEED), "--count", "30"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=550, check=False)
    assert done.stdout.splitlines()[-1:] == ["30 tried, 0 wrong"], done.stdout + done.stderr[-2_000:]
