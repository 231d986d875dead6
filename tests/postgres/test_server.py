"""The server that the register is tested on is a real one, keeps databases apart, and leaves nothing behind."""

import os
import pwd
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from sqlalchemy import create_engine, inspect, make_url, text
from sqlalchemy.exc import OperationalError
from sqlalchemy.pool import NullPool

from psc.settings import ROOT
from tests.postgres import provide
from tests.postgres.server import HOST, PostgresServer, ServerFailed


@pytest.fixture(scope="module")
def server() -> Iterator[PostgresServer]:
    with PostgresServer() as started:
        yield started


def run(url: str, *statements: str) -> list[tuple]:
    """Run the statements in one transaction; return the rows of the last."""
    with create_engine(url, poolclass=NullPool).begin() as connection:
        results = [connection.execute(text(statement)) for statement in statements]
        return [tuple(row) for row in results[-1]] if results[-1].returns_rows else []


def note(url: str, words: str) -> None:
    run(url, "CREATE TABLE note (words text)", f"INSERT INTO note VALUES ('{words}')")


def processes(server: PostgresServer, url: str) -> set[int]:
    """The ids of the server's processes: the first, those that serve a connection, and those in the background."""
    first = (server.folder / "data" / "postmaster.pid").read_text().split()[0]
    return {int(first)} | {pid for (pid,) in run(url, "SELECT pid FROM pg_stat_activity")}


def is_alive(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    return True


def eventually(happened: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 60
    while not happened():
        assert time.monotonic() < deadline, "it did not happen within a minute"
        time.sleep(0.05)


def test_a_new_database_is_empty_and_answers(server):
    url = server.database()
    assert run(url, "SELECT version()")[0][0].startswith("PostgreSQL ")
    assert inspect(create_engine(url, poolclass=NullPool)).get_table_names() == []


def test_its_user_owns_the_database_and_no_more(server):
    url = server.database()
    assert run(url, "SELECT rolsuper OR rolcreatedb OR rolcreaterole FROM pg_roles WHERE rolname = current_user") == [
        (False,)
    ]
    note(url, "may make tables")


def test_it_keeps_every_letter_and_knows_its_capital(server):
    assert run(server.database(), "SELECT 'Tŷ’r Môr ≥ 5', upper('tŷ'), lower('ÉLAN')") == [
        ("Tŷ’r Môr ≥ 5", "TŶ", "élan")
    ]


def test_two_databases_are_apart(server):
    one, other = server.database(), server.database()
    note(one, "only here")
    assert one != other
    assert inspect(create_engine(other, poolclass=NullPool)).get_table_names() == []


def test_a_database_can_be_dropped_under_a_connection(server):
    url = server.database()
    with create_engine(url, poolclass=NullPool).connect() as connection:
        connection.execute(text("SELECT 1"))
        server.drop(url)
        with pytest.raises(OperationalError):
            connection.execute(text("SELECT 1"))
    with pytest.raises(OperationalError, match="does not exist"):
        run(url, "SELECT 1")


def test_what_was_committed_is_there_when_it_comes_back(server):
    url = server.database()
    note(url, "kept")
    server.stop()
    with pytest.raises(OperationalError, match="refused"):
        run(url, "SELECT words FROM note")
    server.start()
    assert run(url, "SELECT words FROM note") == [("kept",)]


def test_starting_it_twice_changes_nothing(server):
    url = server.database()
    with create_engine(url, poolclass=NullPool).connect() as connection:
        connection.execute(text("SELECT 1"))
        server.start()
        assert connection.execute(text("SELECT 1")).scalar() == 1


def test_two_servers_run_side_by_side(server):
    with PostgresServer() as other:
        assert make_url(other.database()).port != make_url(server.database()).port


def test_nothing_is_left_behind_even_when_a_test_fails_with_a_connection_open():
    with pytest.raises(ZeroDivisionError), PostgresServer() as server:
        url = server.database()
        connection = create_engine(url, poolclass=NullPool).connect()
        serving = connection.execute(text("SELECT pg_backend_pid()")).scalar()
        started = processes(server, url)
        assert serving in started
        assert is_alive(serving)
        raise ZeroDivisionError
    assert not [process for process in started if is_alive(process)]
    assert not server.folder.exists()
    with pytest.raises(OperationalError):
        connection.execute(text("SELECT 1"))
    with pytest.raises(OperationalError, match="refused"):
        run(url, "SELECT 1")


def test_nothing_is_left_behind_when_the_tests_are_killed():
    code = """
import time
from tests.postgres.server import PostgresServer
with PostgresServer() as server:
    print(server.folder, server.database(), flush=True)
    time.sleep(600)
"""
    with subprocess.Popen([sys.executable, "-c", code], cwd=ROOT, stdout=subprocess.PIPE, text=True) as tests:
        folder, url = tests.stdout.readline().split()
        assert run(url, "SELECT 1") == [(1,)]
        tests.kill()
    eventually(lambda: not Path(folder).exists())
    with pytest.raises(OperationalError, match="refused"):
        run(url, "SELECT 1")


def test_it_runs_as_the_one_who_tests_or_when_that_is_root_as_its_own_user(server):
    owner = pwd.getpwuid((server.folder / "data").stat().st_uid)
    assert owner.pw_uid != 0
    assert owner.pw_uid == (os.geteuid() or pwd.getpwnam(provide.OWNER).pw_uid)


def test_a_server_that_cannot_start_says_why():
    with PostgresServer() as server:
        server.stop()
        # It allows for what lingers of the connections just cut, as the server itself does.
        failed = pytest.raises(ServerFailed, match=rf"port {server.port}:(.|\n)*could not bind")
        with socket.create_server((HOST, server.port)), failed:
            server.start()
        server.start()
        assert run(server.database(), "SELECT 1") == [(1,)]


def programs_in(folder: Path) -> Path:
    folder.mkdir(parents=True)
    for name in provide.PROGRAMS:
        (folder / name).touch(mode=0o755)
    return folder


def test_the_newest_installed_version_is_used(tmp_path, monkeypatch):
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(provide, "PLACES", (f"{tmp_path}/*/bin",))
    found = {version: programs_in(tmp_path / version / "bin") for version in ("9", "16", "13")}
    (tmp_path / "17" / "bin").mkdir(parents=True)
    assert provide.find_server() == found["16"]


def test_a_server_on_the_path_comes_first(tmp_path, monkeypatch):
    monkeypatch.setattr(provide, "PLACES", (f"{tmp_path}/*/bin",))
    programs_in(tmp_path / "16" / "bin")
    mine = programs_in(tmp_path / "mine")
    monkeypatch.setenv("PATH", str(mine))
    assert provide.find_server() == mine


def test_a_missing_server_is_a_failure_that_says_where_it_looked(tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(provide, "PLACES", (f"{tmp_path}/*/bin",))
    assert provide.main() == 1
    said = capsys.readouterr().err
    assert f"{tmp_path}/*/bin" in said
    assert "Install PostgreSQL" in said
    with pytest.raises(ServerFailed, match=r"tests\.postgres\.provide"):
        PostgresServer()
