"""The databases that the register is tested on: SQLite, and a real PostgreSQL."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.postgres.server import PostgresServer
from tests.register.world import World, new_world


@pytest.fixture(scope="session")
def postgres() -> Iterator[PostgresServer]:
    """A PostgreSQL server, started when the first test asks for it; `make test` has made sure that there is one."""
    with PostgresServer() as server:
        yield server


@pytest.fixture(params=["sqlite", "postgresql"])
def register_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The URL of a fresh, empty database, once on each kind."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'register.db'}"
        return
    server: PostgresServer = request.getfixturevalue("postgres")
    url = server.database()
    yield url
    # The test may have taken the server down.
    server.start()
    server.drop(url)


@pytest.fixture
def world(register_url: str) -> Iterator[World]:
    """A register with people in it, once on each kind of database."""
    made = new_world(register_url)
    yield made
    made.service.database.close()
