"""The databases that the register is tested on: SQLite, and a real PostgreSQL."""

import datetime
import shutil
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

import pytest

from psc.register.compiled.load import load_register
from psc.register.compiled_history import load_history
from psc.register.opening import open_configured
from psc.settings import data_folder
from tests.postgres.server import PostgresServer
from tests.register.world import World, knowing_the_data, new_world, opened_world


@pytest.fixture(scope="session")
def postgres() -> Iterator[PostgresServer]:
    """A PostgreSQL server, started when the first test asks for it; `make test` has made sure that there is one."""
    with PostgresServer() as server:
        yield server


class Template(NamedTuple):
    """A register with people in it, closed, to be copied; and what its clock said at the end."""

    url: str
    now: datetime.datetime


def _with_history(url: str) -> World:
    """People, and all that was compiled from public sources."""
    made = new_world(url)
    load_history(knowing_the_data(made).service, load_register(data_folder() / "register"))
    return made


MAKERS: dict[str, Callable[[str], World]] = {"settled": _with_history, "world": new_world}
"""How the register is made that a test finds under a name; a test with both finds the first."""


@pytest.fixture(scope="session")
def template(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Callable[..., Template]:
    """A register by name and kind of database, made once: making one takes longer than most tests."""

    @cache
    def of(name: str, kind: str) -> Template:
        if kind == "sqlite":
            url = f"sqlite:///{tmp_path_factory.mktemp(name) / 'register.db'}"
        else:
            url = request.getfixturevalue("postgres").database()
        made = MAKERS[name](url)
        made.service.database.close()
        return Template(url, made.clock.now)

    return of


def _wanted(request: pytest.FixtureRequest) -> str | None:
    return next((name for name in MAKERS if name in request.fixturenames), None)


@pytest.fixture(params=["sqlite", "postgresql"])
def register_url(request: pytest.FixtureRequest, template, tmp_path: Path) -> Iterator[str]:
    """The URL of a fresh database, once on each kind: an empty one, or that of the register a test asks for too."""
    name = _wanted(request)
    copied = template(name, request.param).url if name else None
    if request.param == "sqlite":
        path = tmp_path / "register.db"
        if copied:
            shutil.copyfile(copied.removeprefix("sqlite:///"), path)
        yield f"sqlite:///{path}"
        return
    server: PostgresServer = request.getfixturevalue("postgres")
    url = server.database(copied)
    yield url
    # The test may have taken the server down.
    server.start()
    server.drop(url)


@pytest.fixture
def world(request: pytest.FixtureRequest, template, register_url: str) -> Iterator[World]:
    """A register with people in it, once on each kind of database."""
    kind = register_url.partition(":")[0].partition("+")[0]
    made = opened_world(register_url, template(_wanted(request), kind).now)
    yield made
    made.service.database.close()


@pytest.fixture
def settled(world: World) -> World:
    """The same with its history, and what it may name read from the data."""
    return knowing_the_data(world)


@pytest.fixture(scope="module")
def first_start(tmp_path_factory):
    """The state folder that a first start leaves, to be copied."""
    folder = tmp_path_factory.mktemp("first") / "kept"
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PSC_STATE", str(folder))
        open_configured().database.close()
    return folder


@pytest.fixture
def started(first_start, tmp_path, monkeypatch):
    """A state folder with a register and its key."""
    folder = Path(shutil.copytree(first_start, tmp_path / "kept"))
    monkeypatch.setenv("PSC_STATE", str(folder))
    return folder
