"""The databases that the register is tested on: SQLite, and a real PostgreSQL."""

import datetime
import shutil
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

import pytest

from tests.postgres.server import PostgresServer
from tests.register.world import World, new_world, opened_world


@pytest.fixture(scope="session")
def postgres() -> Iterator[PostgresServer]:
    """A PostgreSQL server, started when the first test asks for it; `make test` has made sure that there is one."""
    with PostgresServer() as server:
        yield server


class Filled(NamedTuple):
    """A register with people in it, closed, to be copied; and what its clock said at the end."""

    url: str
    now: datetime.datetime


@pytest.fixture(scope="session")
def filled(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Filled]:
    """A filled register on each kind of database: making one takes longer than most tests."""

    @cache
    def of(kind: str) -> Filled:
        if kind == "sqlite":
            url = f"sqlite:///{tmp_path_factory.mktemp('filled') / 'register.db'}"
        else:
            url = request.getfixturevalue("postgres").database()
        made = new_world(url)
        made.service.database.close()
        return Filled(url, made.clock.now)

    return of


@pytest.fixture(params=["sqlite", "postgresql"])
def register_url(request: pytest.FixtureRequest, filled, tmp_path: Path) -> Iterator[str]:
    """The URL of a fresh database, once on each kind: an empty one, or that of the `world` for a test with both."""
    template = filled(request.param).url if "world" in request.fixturenames else None
    if request.param == "sqlite":
        path = tmp_path / "register.db"
        if template:
            shutil.copyfile(template.removeprefix("sqlite:///"), path)
        yield f"sqlite:///{path}"
        return
    server: PostgresServer = request.getfixturevalue("postgres")
    url = server.database(template)
    yield url
    # The test may have taken the server down.
    server.start()
    server.drop(url)


@pytest.fixture
def world(filled, register_url: str) -> Iterator[World]:
    """A register with people in it, once on each kind of database."""
    kind = register_url.partition(":")[0].partition("+")[0]
    made = opened_world(register_url, filled(kind).now)
    yield made
    made.service.database.close()
