"""The health check says ok only while pages can be read and what people write can be saved."""

import dataclasses
import os
import re
import sqlite3
from contextlib import closing

import pytest
from sqlalchemy import event
from sqlalchemy.exc import OperationalError
from starlette.applications import Starlette
from starlette.testclient import TestClient

from psc.demo import grant_roles
from psc.register.database.database import Database
from psc.register.database.seal_key import NAME
from psc.register.opening import open_configured
from psc.web.routes import health
from psc.web.routes.application import MIDDLEWARE, ROUTES
from psc.web.session import register as register_access
from psc.web.session.register import access
from tests.web.conftest import Site


@pytest.fixture
def register(store_file, tmp_path, monkeypatch):
    """The path of a register of the test's own, looked at anew at every request."""
    path = tmp_path / "register.db"
    monkeypatch.setenv("PSC_STORE", str(store_file))
    monkeypatch.setenv("PSC_REGISTER_URL", f"sqlite:///{path}")
    monkeypatch.setattr(health, "PROBE_SECONDS", 0)
    monkeypatch.setattr(health, "PROBE_AGAIN_SECONDS", 0)
    monkeypatch.setattr(register_access, "LOOK_AGAIN_SECONDS", 0)
    monkeypatch.setattr(register_access, "RETRY_SECONDS", 0)
    grant_roles(f"sqlite:///{path}")
    yield path
    monkeypatch.setenv("PSC_STORE", str(store_file))
    access().service().database.close()


@pytest.fixture
def client(register):
    return TestClient(Starlette(routes=ROUTES))


def test_all_is_well_while_pages_can_be_read_and_written(client, store):
    answer = client.get("/healthz")
    assert answer.status_code == 200
    assert answer.json() == {"status": "ok", "data_version": store.version, "register": "ok"}


def test_the_probe_leaves_nothing_in_the_register(client, register):
    with closing(sqlite3.connect(register)) as database:
        before = "\n".join(database.iterdump())
    client.get("/healthz")
    with closing(sqlite3.connect(register)) as database:
        assert "\n".join(database.iterdump()) == before


def test_a_register_that_may_not_be_written_to_is_unwell_and_well_again_afterwards(client):
    engine, limits = access().service().database.engine, ["PRAGMA query_only=ON"]
    event.listen(engine, "connect", lambda connection, _: connection.execute(limits[-1]))
    engine.dispose()
    answer = client.get("/healthz")
    assert answer.status_code == 503
    assert answer.json()["status"] == "reading only"
    assert "may not be written to" in answer.json()["register"]
    limits.append("PRAGMA query_only=OFF")
    engine.dispose()
    assert client.get("/healthz").json()["status"] == "ok"


def test_a_register_locked_by_another_writer_is_unwell(client, register, monkeypatch):
    hasty = Database(f"sqlite:///{register}", busy_seconds=0.1)
    monkeypatch.setattr(access(), "_service", dataclasses.replace(access().service(), database=hasty))
    with closing(sqlite3.connect(register, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        answer = client.get("/healthz")
        other.execute("ROLLBACK")
    assert answer.status_code == 503 and "Someone else is saving" in answer.json()["register"]
    assert client.get("/healthz").status_code == 200


def test_a_register_on_a_full_disk_is_unwell(client, register):
    engine = access().service().database.engine
    event.listen(engine, "connect", lambda connection, _: connection.execute("PRAGMA max_page_count=1"))
    engine.dispose()
    with engine.connect() as connection, pytest.raises(OperationalError, match="full"):
        for number in range(10_000):
            connection.exec_driver_sql("INSERT INTO sent_form VALUES (?, '', '')", (str(number),))
            connection.commit()
    answer = client.get("/healthz")
    assert answer.status_code == 503 and "disk is full" in answer.json()["register"]


@pytest.mark.parametrize("damage", ["deleted", "overwritten"])
def test_a_register_that_is_gone_or_damaged_is_unwell(client, register, damage):
    client.get("/healthz")
    for path in register.parent.glob("register.db*"):
        path.unlink() if damage == "deleted" else path.write_bytes(os.urandom(path.stat().st_size))
    answer = client.get("/healthz")
    assert answer.status_code == 503 and answer.json()["status"] == "reading only"
    assert "register" in answer.json()["register"]


def test_a_store_cut_off_in_place_is_degraded_and_pages_go_on(client, store_file, tmp_path, monkeypatch):
    path = tmp_path / "served.duckdb"
    path.write_bytes(store_file.read_bytes())
    monkeypatch.setenv("PSC_STORE", str(path))
    before = client.get("/data/all-measures.csv").text
    os.truncate(path, 10_000)
    answer = client.get("/healthz")
    assert (answer.status_code, answer.json()["status"]) == (200, "degraded")
    assert "psc build" in answer.json()["detail"]
    assert client.get("/data/all-measures.csv").text == before


def test_a_start_on_a_store_cut_off_is_unwell(client, store_file, tmp_path, monkeypatch):
    path = tmp_path / "cut.duckdb"
    path.write_bytes(store_file.read_bytes()[:100_000])
    monkeypatch.setenv("PSC_STORE", str(path))
    answer = client.get("/healthz")
    assert (answer.status_code, answer.json()["status"]) == (503, "no store")


def _take_the_key_away(register, key):
    key.rename(key.with_name("elsewhere"))


def _put_a_folder_for_the_key(register, key):
    key.unlink()
    key.mkdir()


def _empty_the_register(register, key):
    for path in register.parent.glob("register.db-*"):
        path.unlink()
    register.write_bytes(b"")


def _drop_a_table(register, key):
    with closing(sqlite3.connect(register)) as database:
        database.execute("DROP TABLE solution")


@pytest.mark.parametrize(
    "damage", [_take_the_key_away, _put_a_folder_for_the_key, _empty_the_register, _drop_a_table],
    ids=lambda damage: damage.__name__.strip("_"),
)  # fmt: skip
def test_a_start_that_is_refused_its_register_says_why_and_names_no_place_on_the_server(
    store_file, tmp_path, monkeypatch, damage
):
    register = tmp_path / "register.db"
    monkeypatch.setenv("PSC_STORE", str(store_file))
    monkeypatch.setenv("PSC_STATE", str(tmp_path))
    monkeypatch.setenv("PSC_REGISTER_URL", f"sqlite:///{register}")
    open_configured().database.close()
    damage(register, tmp_path / NAME)
    register_access._access.cache_clear()
    client = TestClient(Starlette(routes=ROUTES, middleware=MIDDLEWARE))
    answer = client.get("/healthz")
    assert (answer.status_code, answer.json()["status"]) == (503, "reading only")
    assert re.search(r"key|register", answer.json()["register"]) and str(tmp_path) not in answer.text
    file = client.get("/data/priorities.csv")
    assert (file.status_code, file.text) == (503, "The register cannot be read at the moment.")
    page = Site().visit("priorities")
    assert answer.json()["register"] in page.text and str(tmp_path) not in page.text


def test_a_database_error_that_nobody_foresaw_is_unwell_and_no_server_error(client, register):
    with closing(sqlite3.connect(register)) as database:
        database.execute("DROP TABLE sent_form")
    answer = client.get("/healthz")
    assert answer.status_code == 503 and "cannot be written to" in answer.json()["register"]


def test_nobody_waits_for_a_write_that_another_check_has_begun(client):
    probe = health.WriteProbe(access())
    assert probe.problem() is None
    with probe._lock:
        assert probe.problem() is None


def test_the_register_is_written_to_at_intervals_and_not_at_every_request(client, monkeypatch):
    written = []
    monkeypatch.setattr(health, "PROBE_SECONDS", 60)
    monkeypatch.setattr(health, "write_probe", lambda database, at: written.append(at))
    for _ in range(5):
        client.get("/healthz")
    assert len(written) == 1
