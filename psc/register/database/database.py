"""The register's database: SQLite by default, PostgreSQL in production. Opens it, and says plainly when it cannot."""

import os
import secrets
import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import Any
from urllib.parse import quote

from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url, text
from sqlalchemy.exc import (
    ArgumentError,
    DBAPIError,
    DisconnectionError,
    InterfaceError,
    OperationalError,
    SQLAlchemyError,
)
from sqlalchemy.orm import Session

from psc.register.errors import Unavailable

BUSY_SECONDS = 5
"""How long a writer waits for another one before it gives up."""
_DRIVERS = ("sqlite", "sqlite+pysqlite", "postgresql+psycopg")
_ADDRESSES = "Give sqlite:///<path>, or postgresql+psycopg://<user>:<password>@<host>/<database>."
_WRITES = "writes"
_LOCK = 0x70736361
"""PostgreSQL's name for the lock that lets one writer in at a time ("psca")."""
_EACH_LOOK = {"isolation_level": "READ COMMITTED"}
"""A writer that has waited for another sees what that one wrote, whatever the server's own default is."""
_ONE_MOMENT = {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True}
"""A reader sees the register as it was at one moment, whatever is written meanwhile; SQLite's do by themselves."""


class Database:
    """A pool of connections to the register. Safe to share between threads; one in each process."""

    def __init__(self, url: str, *, busy_seconds: float = BUSY_SECONDS, new: bool = True) -> None:
        """Prepare the pool; a SQLite file that is not there is made if ``new``. Raises Unavailable when it cannot."""
        self.url = register_address(url)
        self.is_sqlite = self.url.get_backend_name() == "sqlite"
        self.engine = _sqlite(self.url, busy_seconds, new) if self.is_sqlite else _postgresql(url, busy_seconds)
        self._reader = self.engine if self.is_sqlite else self.engine.execution_options(**_ONE_MOMENT)
        self._writer = self.engine.execution_options(**{_WRITES: True}, **({} if self.is_sqlite else _EACH_LOOK))

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """Open a session to read in: everything as it is at one moment. Raises Unavailable when it cannot be read."""
        with _in_words(), Session(self._reader) as session:
            yield session

    @contextmanager
    def writing(self) -> Iterator[Session]:
        """Open a session that is committed at the end, whole, or not at all when anything is raised.

        One writer is let in at a time, from its first look to its end: nothing that it goes by changes meanwhile, and
        no two wait for each other. Raises Unavailable when the database is locked, full or down.
        """
        with _in_words(), Session(self._writer) as session:
            if not self.is_sqlite:
                session.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _LOCK})
            yield session
            session.flush()
            with _in_words(lost=_UNCERTAIN):
                session.commit()

    def empty_log(self) -> None:
        """Empty SQLite's write-ahead log, which has pages as they were, unless somebody is reading just now."""
        if self.is_sqlite:
            with _in_words(), self.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
                connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")

    def close(self) -> None:
        """Close every connection."""
        self.engine.dispose()


def _sqlite(url: URL, busy_seconds: float, new: bool) -> Engine:
    path = Path(url.database or "").absolute()
    if new:
        _make(path)
    # A file that is gone is an error; by itself SQLite would begin a new and empty one in its place.
    strict = url.set(database=f"file:{quote(str(path))}").update_query_dict({"mode": "rw", "uri": "true"})
    engine = create_engine(strict, connect_args={"timeout": busy_seconds})

    @event.listens_for(engine, "connect")
    def configure(connection: Any, record: Any) -> None:
        record.info["file"] = _identity(path)
        # Python's module would begin transactions itself, and too late; here SQLAlchemy's events do.
        connection.isolation_level = None
        _write_ahead(connection, busy_seconds)
        connection.execute("PRAGMA foreign_keys=ON")
        connection.execute("PRAGMA synchronous=FULL")
        # What was removed does not stay in unused pages of the file.
        connection.execute("PRAGMA secure_delete=ON")

    @event.listens_for(engine, "checkout")
    def still_there(_: object, record: Any, __: object) -> None:
        # A file that was deleted or replaced stays open, and whatever went into it would be lost without a word.
        if record.info["file"] != _identity(path):
            raise DisconnectionError("The register's file is another one now.")

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        writes = connection.get_execution_options().get(_WRITES)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")

    return engine


def _write_ahead(connection: sqlite3.Connection, busy_seconds: float) -> None:
    """Switch write-ahead logging on. Of two that begin a new file together, SQLite refuses one without any wait."""
    deadline = time.monotonic() + busy_seconds
    while True:
        try:
            connection.execute("PRAGMA journal_mode=WAL")
            return
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY or time.monotonic() > deadline:
                raise
            time.sleep(0.02)


def _make(path: Path) -> None:
    """Make the file of a new register, whole or not at all: one without content is a register that was lost."""
    if _identity(path):
        return
    draft = path.with_name(f".{path.name}.{os.getpid()}.{secrets.token_hex(4)}")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        # It will hold addresses and drafts, which are for nobody else on this machine.
        draft.touch(mode=0o600)
        with closing(sqlite3.connect(draft)) as connection:
            connection.execute("PRAGMA user_version=1")
        with suppress(FileExistsError):
            os.link(draft, path)
    except (OSError, sqlite3.Error) as error:
        why = getattr(error, "strerror", None) or str(error)
        raise Unavailable(f"The register cannot be kept where it should be. At {path}: {why}.") from error
    finally:
        with suppress(OSError):
            draft.unlink()


def register_address(url: str) -> URL:
    """Return the URL of a register, in parts.

    Raises Unavailable for one that is none; the message repeats nothing of it: there may be a password in it.
    """
    try:
        found = make_url(url)
    except ArgumentError as error:
        raise Unavailable(f"PSC_REGISTER_URL is not the address of a database. {_ADDRESSES}") from error
    if found.drivername not in _DRIVERS:
        raise Unavailable(f"PSC_REGISTER_URL names a database of a kind that is not supported. {_ADDRESSES}")
    return found


def _identity(path: Path) -> tuple[int, int] | None:
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino


def _postgresql(url: str, busy_seconds: float) -> Engine:
    options = f"-c lock_timeout={int(busy_seconds * 1000)} -c timezone=UTC"
    # A connection that broke while it lay in the pool is noticed before it is used, not in the middle of a change.
    return create_engine(
        url, pool_pre_ping=True, pool_timeout=busy_seconds, connect_args={"connect_timeout": 5, "options": options}
    )


@contextmanager
def _in_words(lost: str | None = None) -> Iterator[None]:
    try:
        yield
    except SQLAlchemyError as error:
        words = describe_unavailable(error)
        if words is None:
            raise
        raise Unavailable(lost if lost and words == _DOWN else words) from error


def describe_unavailable(error: SQLAlchemyError) -> str | None:
    """Return what to tell a person about an error of the database itself; None for an error of the program."""
    if not isinstance(error, DBAPIError):
        return _SLOW if "QueuePool" in str(error) else None
    cause = error.orig
    state = getattr(cause, "sqlstate", None)
    if isinstance(cause, sqlite3.Error):
        code = getattr(cause, "sqlite_errorcode", 0) & 0xFF
        return {
            sqlite3.SQLITE_BUSY: _LOCKED,
            sqlite3.SQLITE_LOCKED: _LOCKED,
            sqlite3.SQLITE_FULL: _FULL,
            sqlite3.SQLITE_READONLY: _READ_ONLY,
            sqlite3.SQLITE_CANTOPEN: _DOWN,
            sqlite3.SQLITE_IOERR: _DOWN,
            sqlite3.SQLITE_CORRUPT: _DAMAGED,
            sqlite3.SQLITE_NOTADB: _DAMAGED,
        }.get(code)
    if state in ("55P03", "40P01", "40001"):
        return _LOCKED
    if state and state.startswith("53"):
        return _FULL
    if state == "25006":
        return _READ_ONLY
    # Without a state the driver itself has something to say: that it found no server, or that a value cannot be sent.
    unreached = state.startswith(("08", "57P")) if state else isinstance(error, OperationalError | InterfaceError)
    return _DOWN if error.connection_invalidated or unreached else None


_KEPT = "Nothing was changed, and what you wrote is still in the form."
_LOCKED = f"Someone else is saving at this moment. {_KEPT} Please try again."
_FULL = f"The register's disk is full, so it cannot save. {_KEPT} Please tell whoever runs this site."
_READ_ONLY = f"The register may not be written to at the moment. {_KEPT} Please tell whoever runs this site."
_DOWN = f"The register cannot be reached at the moment. {_KEPT} Please try again in a few minutes."
_DAMAGED = f"The register's file is damaged. {_KEPT} Please tell whoever runs this site: it must be restored."
_UNCERTAIN = (
    "The connection to the register was lost while it was saving, so it may be saved or not. What you wrote is still "
    "in the form. Please look in a few minutes whether it is there before you save it again."
)
_SLOW = f"The register is too busy at the moment. {_KEPT} Please try again."
