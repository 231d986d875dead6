"""Whatever is in a file under data/, it is read or refused in words that name it: no traceback, no hang, no flood."""

import random
import subprocess
import sys

import pytest

from psc.cli.main import main
from psc.faults import Fault, InvalidData
from psc.files.csv_rows import read_rows
from psc.files.json_documents import read_json
from psc.files.yaml_documents import read_yaml
from psc.settings import ROOT
from tests.mutations import MUTATIONS, Mutation, apply
from tests.small_data import few_series_of

SEED = 28_112_026
SOUND = {
    ".csv": "area,period_start,value\nwessex,2024-01-01,1.5\noxford,2024-02-01,2\n",
    ".yaml": "id: mrsa\ntitle: MRSA\ntargets:\n  - value: 1\n    source_url: https://example.org\n",
    ".json": '{"name": "harms", "resources": [{"path": "a.csv", "bytes": 12}]}\n',
}
FORM = "header only", "no document", "a column renamed", "a column without a name", "nothing"
"""Certain to be refused by what is expected of the content, and well-formed."""


def faults_of(path) -> list[Fault]:
    """The faults that the reader of a file's kind finds."""
    try:
        if path.suffix == ".csv":
            return read_rows(path, path.name)[1]
        if path.suffix == ".yaml":
            return read_yaml(path, path.name)[2]
        read_json(path, path.name)
    except InvalidData as invalid:
        return invalid.faults
    return []


FITTING = [(mutation, suffix) for mutation in MUTATIONS for suffix in SOUND if suffix in mutation.suffixes]


@pytest.mark.parametrize(
    ("mutation", "suffix"), FITTING, ids=[f"{mutation.name}{suffix}" for mutation, suffix in FITTING]
)
def test_a_reader_refuses_a_spoilt_file_by_name_or_reads_it(mutation: Mutation, suffix, tmp_path):
    path = tmp_path / f"file{suffix}"
    for turn in range(1 if mutation.certain else 5):
        if path.is_dir() and not path.is_symlink():
            path.rmdir()
        path.unlink(missing_ok=True)
        path.write_text(SOUND[suffix], encoding="utf-8")
        assert faults_of(path) == []
        apply(mutation, random.Random(SEED + turn), path)
        faults = faults_of(path)
        assert all(fault.file == path.name and len(str(fault)) < 2_000 for fault in faults)
        if mutation.certain and mutation.name not in FORM:
            assert faults


def test_many_ways_to_spoil_a_file_end_in_faults_and_in_nothing_else(data, tmp_path):
    folder = few_series_of(data, tmp_path / "data", keep=("mrsa",))
    command = [sys.executable, "-m", "tests.spoil_data", str(folder), "--seed", str(SEED), "--count", "30"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=550, check=False)
    assert done.stdout.splitlines()[-1:] == ["30 tried, 0 wrong"], done.stdout + done.stderr[-2_000:]


def test_a_start_comes_up_on_the_last_good_store_when_its_build_takes_too_long(
    few_series, store_file, tmp_path, monkeypatch, capfd
):
    store = tmp_path / "served" / "psc.duckdb"
    monkeypatch.setenv("PSC_STORE", str(store))
    monkeypatch.setenv("PSC_DATA", str(few_series))
    store.parent.mkdir()
    good = store_file.read_bytes()
    store.write_bytes(good)
    monkeypatch.setenv("PSC_BUILD_SECONDS", "1")
    monkeypatch.setenv("PYTHONPATH", str(_slow_start(tmp_path)))
    assert main(["build", "--if-stale"]) == 0
    said = capfd.readouterr().err
    assert "did not end within 1" in said
    assert said.splitlines()[-1] == "The last good data store is kept and goes on being served."
    assert store.read_bytes() == good
    assert [path.name for path in store.parent.iterdir() if ".building" in path.name] == []


def _slow_start(folder):
    """A folder that makes every new Python process wait."""
    waiting = folder / "waiting"
    waiting.mkdir()
    (waiting / "sitecustomize.py").write_text("import time\ntime.sleep(60)\n", encoding="utf-8")
    return waiting
