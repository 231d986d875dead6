"""A start keeps the last good store through whatever happens to its build, says what happened, and leaves nothing."""

import pytest

from psc.cli.main import main

KILLED = """
import glob, os, threading, time
def watch():
    while not glob.glob(os.path.dirname(os.environ["PSC_STORE"]) + "/*.building"):
        time.sleep(0.001)
    os.kill(os.getpid(), 9)
threading.Thread(target=watch, daemon=True).start()
"""
DISK_FULL = """
import resource
resource.setrlimit(resource.RLIMIT_FSIZE, (300_000, 300_000))
"""
OUT_OF_MEMORY = """
import resource
resource.setrlimit(resource.RLIMIT_AS, (600_000_000, 600_000_000))
"""


@pytest.fixture
def store(few_series, store_file, tmp_path, monkeypatch):
    """A good store, and other data that a build is needed for."""
    target = tmp_path / "served" / "psc.duckdb"
    monkeypatch.setenv("PSC_STORE", str(target))
    monkeypatch.setenv("PSC_DATA", str(few_series))
    target.parent.mkdir()
    target.write_bytes(store_file.read_bytes())
    return target


@pytest.mark.parametrize(
    ("circumstance", "said"),
    [
        (KILLED, "was killed (SIGKILL); the file it read last is "),
        (DISK_FULL, "found a store that could not be written ("),
        (OUT_OF_MEMORY, "found something that stopped the program"),
    ],
    ids=["killed half way", "disk full half way", "out of memory"],
)
def test_a_start_comes_up_on_the_last_good_store(circumstance, said, store, tmp_path, monkeypatch, capfd):
    good = store.read_bytes()
    disturbing = tmp_path / "disturbing"
    disturbing.mkdir()
    (disturbing / "sitecustomize.py").write_text(circumstance, encoding="utf-8")
    with monkeypatch.context() as during:
        during.setenv("PYTHONPATH", str(disturbing))
        assert main(["build", "--if-stale"]) == 0
    complaint = capfd.readouterr().err
    assert said in complaint
    assert complaint.splitlines()[-1] == "The last good data store is kept and goes on being served."
    assert store.read_bytes() == good
    assert [path.name for path in store.parent.iterdir() if ".building" in path.name] == []


def test_an_unforeseen_error_is_a_fault_with_its_traceback_in_the_log(store, monkeypatch, capfd):
    def fail(*_):
        raise ZeroDivisionError("nobody thought of it")

    monkeypatch.setattr("psc.catalogue.observations.inconsistencies", fail)
    assert main(["check"]) == 1
    complaint = capfd.readouterr().err
    assert "Traceback" not in complaint
    *faults, last = complaint.splitlines()
    assert sorted(fault.partition(" (")[0] for fault in faults) == [
        "harms/methotrexate-10mg/observations.csv: found something that stopped the program",
        "harms/mrsa/observations.csv: found something that stopped the program",
    ]
    assert last == "2 faults found; nothing was changed."
    log = (store.parent / "psc-errors.log").read_text(encoding="utf-8")
    assert log.count("Traceback") == 2 and "ZeroDivisionError: nobody thought of it" in log
