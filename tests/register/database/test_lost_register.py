"""A register that was lost is refused, and no empty one takes its place."""

import sqlite3
from contextlib import closing

import psycopg
import pytest

from psc.cli.main import main
from psc.register.database.lost_register import OPENED
from psc.register.database.seal_key import NAME
from psc.register.errors import Unavailable
from psc.register.opening import open_configured


def contents(folder):
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()}


@pytest.mark.parametrize("emptied", [True, False], ids=["emptied", "deleted"])
def test_a_lost_register_beside_its_key_is_refused_and_no_empty_one_takes_its_place(started, emptied):
    for path in started.glob("register.db*"):
        path.unlink()
    if emptied:
        (started / "register.db").touch()
    before = contents(started)
    with pytest.raises(Unavailable, match=r"there was a register.*psc restore"):
        open_configured()
    assert contents(started) == before


@pytest.mark.parametrize("folder", ["kept/within/..", "link"])
def test_a_lost_register_is_refused_however_its_folder_is_written(started, tmp_path, monkeypatch, folder):
    (started / "within").mkdir()
    (tmp_path / "link").symlink_to(started)
    for path in started.glob("register.db*"):
        path.unlink()
    monkeypatch.setenv("PSC_REGISTER_URL", f"sqlite:///{tmp_path / folder}/register.db")
    with pytest.raises(Unavailable, match="there was a register"):
        open_configured()
    assert not (started / "register.db").exists()


def test_a_register_emptied_elsewhere_is_refused_with_a_key_from_the_environment(tmp_path, monkeypatch):
    monkeypatch.setenv("PSC_AUDIT_KEY", "a key")
    monkeypatch.setenv("PSC_REGISTER_URL", f"sqlite:///{tmp_path}/elsewhere.db")
    open_configured().database.close()
    for path in tmp_path.glob("elsewhere.db-*"):
        path.unlink()
    (tmp_path / "elsewhere.db").write_bytes(b"")
    with pytest.raises(Unavailable, match="is empty"):
        open_configured()


@pytest.fixture
def elsewhere(register_url, tmp_path, monkeypatch):
    """The address of a register that is not in the state folder, opened once."""
    url = register_url.replace("register.db", "disk/register.db")
    monkeypatch.setenv("PSC_STATE", str(tmp_path / "kept"))
    monkeypatch.setenv("PSC_REGISTER_URL", url)
    open_configured().database.close()
    return url


def lose(url, tmp_path):
    """Take the disk away that the file is on, or empty the database."""
    if url.startswith("sqlite"):
        (tmp_path / "disk").rename(tmp_path / "not mounted")
    else:
        with psycopg.connect(url.replace("+psycopg", "")) as connection:
            connection.execute("DROP OWNED BY CURRENT_USER")


@pytest.mark.parametrize("key", ["in the folder", "in the environment", "lost too"])
def test_a_register_elsewhere_that_is_lost_is_refused_and_a_start_leaves_nothing(elsewhere, key, tmp_path, monkeypatch):
    state = tmp_path / "kept"
    if key == "in the environment":
        monkeypatch.setenv("PSC_AUDIT_KEY", (state / NAME).read_text())
    if key != "in the folder":
        (state / NAME).unlink()
    lose(elsewhere, tmp_path)
    before = contents(state)
    for _ in range(2):
        with pytest.raises(Unavailable, match=rf"there was a register.*psc restore.*{OPENED}"):
            open_configured()
    assert contents(state) == before
    assert not (tmp_path / "disk").exists()


def test_a_new_register_begins_where_one_was_lost_once_its_line_is_taken_out(elsewhere, tmp_path):
    lose(elsewhere, tmp_path)
    (tmp_path / "kept" / OPENED).write_text("")
    open_configured().database.close()
    assert len((tmp_path / "kept" / OPENED).read_text().splitlines()) == 1


def test_a_lost_register_is_opened_again_once_a_backup_is_restored_in_its_place(elsewhere, tmp_path, capsys):
    assert main(["backup", str(tmp_path / "backup.gz")]) == 0
    lose(elsewhere, tmp_path)
    assert main(["register"]) == 1
    assert "there was a register" in capsys.readouterr().err
    assert main(["restore", str(tmp_path / "backup.gz")]) == 0
    assert main(["register"]) == 0


def test_another_address_begins_another_register_and_both_are_remembered(elsewhere, tmp_path, monkeypatch):
    monkeypatch.setenv("PSC_REGISTER_URL", f"sqlite:///{tmp_path}/new/register.db")
    for _ in range(2):
        open_configured().database.close()
    assert len((tmp_path / "kept" / OPENED).read_text().splitlines()) == 2


def test_a_new_register_appears_with_content_so_that_an_empty_file_is_always_a_loss(started):
    assert (started / "register.db").stat().st_size > 0
    assert [path.name for path in started.iterdir() if path.name.startswith(".")] == []
    with closing(sqlite3.connect(started / "register.db")) as register:
        assert register.execute("PRAGMA journal_mode").fetchone() == ("wal",)
