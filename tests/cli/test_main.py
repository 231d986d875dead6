"""The `psc` command says what is wrong in a way that can be mended, and never loses what was good."""

import hashlib
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import duckdb
import pytest

from psc.build_apart import Outcome
from psc.cli.main import main
from psc.settings import ROOT
from psc.store.build_store import build_store
from psc.store.version import built_version, content_hash, is_stale
from tests.small_data import change_a_figure


@pytest.fixture
def settings(small_data, tmp_path, monkeypatch) -> tuple[Path, Path]:
    """The data folder and the store that the command works on."""
    store = tmp_path / "var" / "psc.duckdb"
    monkeypatch.setenv("PSC_DATA", str(small_data))
    monkeypatch.setenv("PSC_STORE", str(store))
    return small_data, store


def spoil(data: Path) -> list[str]:
    """Break five files in five ways; return what must be said of each, as file, place, found and expected."""
    figures = data / "harms" / "methotrexate-10mg" / "observations.csv"
    lines = figures.read_text(encoding="utf-8").splitlines()
    lines[11] = lines[11].replace(lines[11].split(",")[3], "many", 1)  # line 12 in an editor
    lines[29] = lines[29].replace("east-midlands", "atlantis")
    lines.append(lines[-1])
    figures.write_text("\n".join(lines) + "\n", encoding="utf-8")
    (data / "harms" / "mrsa" / "definition.yaml").write_text("id: mrsa\ntitle: [MRSA\nunit: x\n", encoding="utf-8")
    (data / "register" / "timeline.yaml").unlink()
    organisations = data / "boundaries" / "organisations.csv"
    text = organisations.read_text(encoding="utf-8")
    organisations.write_text(text.replace("ods_code,", "code,", 1), encoding="utf-8")
    series = "harms/methotrexate-10mg/observations.csv"
    return [
        f"{series}, line 12, numerator: found 'many'; expected a number",
        f"{series}, line 30, area: found 'atlantis'; expected one of nenc, ",
        f"{series}, line {len(lines)}, area: found yorkshire-humber, 2025-12-01 again (first in line {len(lines) - 1})",
        "harms/mrsa/definition.yaml, line 3: found ",
        "register/timeline.yaml: found no such file; expected a YAML document",
        "boundaries/organisations.csv, line 1, ods_code: found no such column; expected a column ods_code",
    ]


def everything(folder: Path) -> dict[str, str]:
    return {
        str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in folder.rglob("*")
        if path.is_file()
    }


def test_check_says_that_sound_data_is_sound(settings, capsys):
    assert main(["check"]) == 0
    assert capsys.readouterr().out == f"No faults found in {settings[0]}.\n"


def test_check_names_every_fault_of_every_file_at_once_and_changes_nothing(settings, capsys):
    data, store = settings
    expected = spoil(data)
    before = everything(data)
    assert main(["check"]) == 1
    said = capsys.readouterr()
    lines = said.err.splitlines()
    for words in expected:
        assert any(words in line for line in lines), f"{words!r} is not in:\n{said.err}"
    assert all(": found " in line and "; expected " in line for line in lines[:-1])
    assert lines[-1] == f"{len(lines) - 1} faults found; nothing was changed."
    assert said.out == ""
    assert everything(data) == before
    assert not store.exists()


def test_the_command_itself_says_the_same(settings):
    """As a person runs it: a process of its own, its exit status, nothing but words on its error stream."""
    expected = spoil(settings[0])
    command = [sys.executable, "-m", "psc", "check"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 1
    for words in expected:
        assert words in done.stderr
    assert "Traceback" not in done.stderr
    assert done.stdout == ""


def test_one_fault_is_counted_as_one(settings, capsys):
    (settings[0] / "boundaries" / "how-the-lines-were-drawn.md").write_bytes(b"# Lines\n\nCaf\xe9\n")
    assert main(["check"]) == 1
    assert capsys.readouterr().err.splitlines() == [
        "boundaries/how-the-lines-were-drawn.md, line 3: found a character that is not in UTF-8 (byte 0xe9); "
        "expected text in UTF-8: save it once more in that encoding",
        "1 fault found; nothing was changed.",
    ]


def test_a_missing_data_folder_is_said_file_by_file(settings, tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("PSC_DATA", str(tmp_path / "nowhere"))
    assert main(["check"]) == 1
    said = capsys.readouterr().err
    for part in ("boundaries/", "harms/", "register/"):
        assert part in said


def test_build_makes_a_store_and_does_not_make_it_again(settings, capsys):
    data, store = settings
    assert main(["build"]) == 0
    assert capsys.readouterr().out == f"Built the data store, version {content_hash(data)}: {store}\n"
    made = store.stat().st_mtime_ns
    assert main(["build", "--if-stale"]) == 0
    assert capsys.readouterr().out == f"The data store is up to date: {store}\n"
    assert store.stat().st_mtime_ns == made
    change_a_figure(data)
    assert main(["build", "--if-stale"]) == 0
    assert built_version(store) == content_hash(data)


def test_faulty_data_leaves_the_last_good_store_being_served(settings, capsys):
    data, store = settings
    build_store(data, store)
    old = store.read_bytes()
    expected = spoil(data)

    assert main(["build", "--if-stale"]) == 0
    said = capsys.readouterr().err
    for words in expected:
        assert words in said
    assert said.splitlines()[-1] == "The last good data store is kept and goes on being served."
    assert store.read_bytes() == old

    assert main(["build"]) == 1
    said = capsys.readouterr().err
    assert "faults found; nothing was changed." in said
    assert store.read_bytes() == old
    assert [path.name for path in store.parent.iterdir()] == [store.name]


def test_faulty_data_and_no_store_to_serve_is_a_failure(settings, capsys):
    data, store = settings
    (data / "register" / "timeline.yaml").unlink()
    assert main(["build", "--if-stale"]) == 1
    said = capsys.readouterr().err
    assert "register/timeline.yaml: found no such file" in said
    assert "goes on being served" not in said
    assert "There is no good data store to go on with: the data store psc.duckdb does not exist." in said
    assert not store.exists()


def _garbage(path: Path) -> None:
    path.write_bytes(b"not a database at all" * 500)


def _of_an_older_schema(path: Path) -> None:
    with duckdb.connect(str(path)) as store:
        store.execute("ALTER TABLE funnel DROP COLUMN overdispersed")


def _without_figures(path: Path) -> None:
    with duckdb.connect(str(path)) as store:
        store.execute("DELETE FROM observation")


@pytest.mark.parametrize(
    ("change", "why"),
    [
        (_garbage, "cannot be read"),
        (_of_an_older_schema, "cannot be used: it was made by another version of this program, without the column"),
        (_without_figures, "cannot be used: its table observation is empty"),
    ],
)
def test_a_store_that_pages_refuse_is_built_anew_and_never_said_to_be_served(
    change, why, settings, store_file, monkeypatch, capsys
):
    data, store = settings
    store.parent.mkdir()
    store.write_bytes(store_file.read_bytes())
    monkeypatch.setattr("psc.store.version.content_hash", lambda _: built_version(store_file))
    assert not is_stale(data, store)
    change(store)
    monkeypatch.setattr("psc.build_apart.build_apart", lambda *_: Outcome(False, "", "1 fault found.\n"))
    assert main(["build", "--if-stale"]) == 1
    fault, no_store, pages = capsys.readouterr().err.splitlines()
    assert fault == "1 fault found."
    assert no_store.startswith(f"There is no good data store to go on with: the data store psc.duckdb {why}")
    assert pages.startswith("Pages stay closed until a build succeeds")


def test_data_needs_a_folder_of_raw_files_that_exists(settings, tmp_path, capsys):
    before = everything(settings[0])
    assert main(["data", "--raw", str(tmp_path / "nowhere")]) == 2
    assert f"There is no folder {tmp_path / 'nowhere'}." in capsys.readouterr().err
    assert everything(settings[0]) == before


@pytest.mark.parametrize(
    "arguments",
    [[], ["nonsense"], ["data"], ["build", "--quickly"], ["audit"], ["audit", "show", "--last", "0"], ["restore"]],
)
def test_wrong_usage_is_explained(arguments, capsys):
    with pytest.raises(SystemExit) as left:
        main(arguments)
    assert left.value.code == 2
    assert "usage: psc" in capsys.readouterr().err


def test_help_lists_the_commands(capsys):
    with pytest.raises(SystemExit) as left:
        main(["--help"])
    assert left.value.code == 0
    said = capsys.readouterr().out
    for command in ("build", "check", "data", "register", "audit", "backup", "restore"):
        assert f"    {command} " in said


@pytest.fixture
def state(tmp_path, monkeypatch) -> Path:
    """The folder of a register that was never started, in SQLite."""
    folder = tmp_path / "state"
    monkeypatch.setenv("PSC_STATE", str(folder))
    monkeypatch.setenv("PSC_ADMINISTRATORS", "admin@psc.example")
    for name in ("PSC_REGISTER_URL", "PSC_AUDIT_KEY", "PSC_DATA"):
        monkeypatch.delenv(name, raising=False)
    return folder


def said(capsys, *arguments: str, status: int = 0) -> str:
    """Run a command that ends with a status; return what it said, on whichever stream belongs to that."""
    assert main(list(arguments)) == status
    out, err = capsys.readouterr()
    assert "Traceback" not in err
    return out if status == 0 else err


def newest_seal(capsys) -> str:
    return said(capsys, "audit", "verify").split()[-1]


def test_register_makes_the_register_ready_and_says_so_again(state, capsys):
    first = said(capsys, "register")
    assert str(state / "register.db") in first
    assert said(capsys, "register") == first
    assert "all sealed and in order" in said(capsys, "audit", "verify")
    assert (state / "audit.key").stat().st_mode & 0o777 == 0o600


def test_register_with_faulty_data_names_the_faults(state, small_data, monkeypatch, capsys):
    monkeypatch.setenv("PSC_DATA", str(small_data))
    (small_data / "register" / "timeline.yaml").unlink()
    assert "register/timeline.yaml: found no such file" in said(capsys, "register", status=1)
    assert not state.exists()


def test_before_there_is_a_register_nothing_is_made_by_looking_at_it(state, capsys):
    for command in (["audit", "verify"], ["audit", "show"], ["backup"]):
        assert "unable to open database file" in said(capsys, *command, status=1)
    assert not state.exists()


def test_an_empty_database_is_said_to_hold_no_register(state, capsys):
    state.mkdir()
    (state / "register.db").touch()
    assert "`psc register` makes it ready" in said(capsys, "audit", "verify", status=1)


def test_audit_verify_gives_a_seal_to_note_and_finds_it_again(state, capsys):
    said(capsys, "register")
    seal = newest_seal(capsys)
    assert len(seal) == 64
    assert seal in said(capsys, "audit", "verify", "--newest", seal, "--at-least", "100")
    lines = said(capsys, "audit", "verify", "--newest", "0" * 64, "--at-least", "100000", status=1).splitlines()
    assert len(lines) == 3
    assert "put back" in lines[0] and "100000" in lines[1] and lines[2].startswith("2 signs")


def test_audit_verify_lists_every_break(state, capsys):
    said(capsys, "register")
    with closing(sqlite3.connect(state / "register.db")) as register:
        register.execute("DROP TRIGGER audit_no_update")
        register.execute("UPDATE audit SET who = 'someone@else.example' WHERE number IN (3, 5)")
        register.execute("UPDATE solution SET state = 'withdrawn'")
        register.commit()
    lines = said(capsys, "audit", "verify", status=1).splitlines()
    assert [line[:8] for line in lines[:2]] == ["Entry 3 ", "Entry 5 "]
    assert len([line for line in lines if line.startswith("Solution ") and "past the audit" in line]) > 30
    assert lines[-1] == f"{len(lines) - 1} signs of tampering or loss."


def test_audit_verify_without_its_key_says_where_it_should_be(state, capsys):
    said(capsys, "register")
    (state / "audit.key").unlink()
    assert str(state / "audit.key") in said(capsys, "audit", "verify", status=1)
    assert not (state / "audit.key").exists()


def test_audit_show_names_who_did_what_to_which_record(state, capsys):
    said(capsys, "register")
    lines = said(capsys, "audit", "show").splitlines()
    assert len(lines) == 20
    (made,) = said(capsys, "audit", "show", "--kind", "grant").splitlines()
    assert "system  create  grant administrator-admin@psc.example: new" in made
    assert said(capsys, "audit", "show", "--id", "administrator-admin@psc.example").splitlines() == [made]
    assert len(said(capsys, "audit", "show", "--kind", "priority", "--last", "3").splitlines()) == 3
    assert said(capsys, "audit", "show", "--id", "nothing") == "No such changes.\n"


def test_backup_and_restore_bring_a_register_to_another_computer(state, tmp_path, monkeypatch, capsys):
    said(capsys, "register")
    seal = newest_seal(capsys)
    for arguments in ([], [str(tmp_path)], [str(tmp_path / "named.jsonl.gz"), "--with-key"]):
        where = Path(said(capsys, "backup", *arguments).strip().rpartition(": ")[2])
        assert where.is_file()
    monkeypatch.setenv("PSC_STATE", str(tmp_path / "another"))
    (unkeyed,) = (state / "backups").iterdir()
    assert "no key of the audit" in said(capsys, "restore", str(unkeyed), status=1)
    assert not (tmp_path / "another").exists()
    assert "sealed and in order" in said(capsys, "restore", str(tmp_path / "named.jsonl.gz"))
    assert newest_seal(capsys) == seal
    assert "--replace" in said(capsys, "restore", str(unkeyed), status=1)
    assert "is kept in" in said(capsys, "restore", str(unkeyed), "--replace")
    assert len(list((tmp_path / "another" / "backups").iterdir())) == 1


def test_restore_does_not_mix_two_keys(state, tmp_path, monkeypatch, capsys):
    said(capsys, "register")
    said(capsys, "backup", str(tmp_path / "backup.gz"), "--with-key")
    monkeypatch.setenv("PSC_STATE", str(tmp_path / "another"))
    said(capsys, "register")
    seal = newest_seal(capsys)
    assert "another key" in said(capsys, "restore", str(tmp_path / "backup.gz"), "--replace", status=1)
    assert newest_seal(capsys) == seal


def test_a_key_from_the_environment_is_never_written_down(state, tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("PSC_AUDIT_KEY", "from the environment")
    said(capsys, "register")
    said(capsys, "backup", str(tmp_path / "backup.gz"))
    said(capsys, "restore", str(tmp_path / "backup.gz"), "--replace")
    assert not (state / "audit.key").exists()


def test_restore_refuses_what_is_no_backup_and_says_which_file(state, capsys):
    said(capsys, "register")
    seal = newest_seal(capsys)
    assert "README.md is not a whole backup" in said(capsys, "restore", str(ROOT / "README.md"), "--replace", status=1)
    assert "There is no file" in said(capsys, "restore", str(state / "nowhere"), status=1)
    assert newest_seal(capsys) == seal


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
