"""Opens the harm store read-only, once per process, and notices when a build has swapped in a new one.

The file is attached to an in-memory database, after which DuckDB may touch nothing else on the machine: the pages
only ever run the queries of `psc/queries`, and even a mistake there could neither write nor read another file.
"""

import contextlib
import logging
import shutil
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType

import duckdb

from psc.settings import store_path

_LOG = logging.getLogger(__name__)
Stamp = tuple[int, int, int] | None
"""What tells one state of a file from another: inode, time of change, size; None where there is no file."""


class StoreMissing(Exception):
    """There is no store to read; the message says how to make one."""


class Store:
    """One opened store file. Threads share the connection but each takes its own cursor."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._connection = duckdb.connect(":memory:")
        self._connection.execute("ATTACH ? AS store (READ_ONLY)", [str(path)])
        self._connection.execute("USE store")
        self._connection.execute("SET enable_external_access = false")
        self._connection.execute("SET lock_configuration = true")
        row = self._connection.execute("SELECT version FROM release").fetchone()
        assert row is not None, "a build always writes its release"
        self.version: str = row[0]

    def cursor(self) -> duckdb.DuckDBPyConnection:
        """Return a new cursor; it must not be shared between threads."""
        cursor = self._connection.cursor()
        cursor.execute("USE store")
        return cursor

    def close(self) -> None:
        """Close the connection; cursors already taken finish their query."""
        self._connection.close()

    def __enter__(self) -> "Store":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


@dataclass(frozen=True, slots=True)
class _Served:
    """The store that is served, from which path and which state of its file."""

    store: Store
    path: Path
    stamp: Stamp


@dataclass(frozen=True, slots=True)
class _Refused:
    """A state of a file that could not be served, and why."""

    path: Path
    stamp: Stamp
    why: str


_lock = threading.Lock()
_served: _Served | None = None
_refused: _Refused | None = None


def open_store() -> Store:
    """Return this process's store, opened anew when a build has replaced the file.

    A store is served from a copy of its own, read to its end before it is served, so that nothing that happens to the
    file (cut off, overwritten, deleted) reaches a reader: the last good one goes on being served.
    Raises StoreMissing when there is none that can be read. The replaced store is not closed here: another thread may
    be reading from it, and it is freed when the last of them has finished.
    """
    global _served, _refused
    path = store_path()
    with _lock:
        stamp = _stamp(path)
        last = _served if _served is not None and _served.path == path else None
        if last is not None and (last.stamp == stamp or _is_refused(path, stamp)):
            return last.store
        try:
            _served, _refused = _Served(_own_copy(path), path, stamp), None
        except (duckdb.Error, OSError) as error:
            found = "cannot be read" if path.exists() else "does not exist"
            why = f"the data store {path.name} {found}. Run `make run`, or `psc build`, to make it."
            if last is None:
                raise StoreMissing(f"There is no data to show: {why}") from error
            _LOG.error("The last good store goes on being served: %s (%s)", why, error)
            _refused = _Refused(path, stamp, why)
            return last.store
        return _served.store


def store_problem() -> str | None:
    """Return why the newest state of the store's file is not the one that is served; None where it is."""
    path = store_path()
    with _lock:
        return _refused.why if _refused is not None and _is_refused(path, _stamp(path)) else None


def _is_refused(path: Path, stamp: Stamp) -> bool:
    return _refused is not None and (_refused.path, _refused.stamp) == (path, stamp)


def _own_copy(path: Path) -> Store:
    """Open a copy of a store and read all of it. Raises duckdb.Error or OSError where that is not possible."""
    with _copied(path) as copy:
        store = Store(copy)
    try:
        read_whole(store)
    except duckdb.Error:
        store.close()
        raise
    return store


@contextmanager
def _copied(path: Path) -> Iterator[Path]:
    """A copy that only this process has: its name is gone at the end, its content stays until it is closed."""
    with path.open("rb") as source, contextlib.ExitStack() as stack:
        try:
            copy = stack.enter_context(tempfile.NamedTemporaryFile(prefix="psc-store-", suffix=".duckdb"))
            shutil.copyfileobj(source, copy)
            copy.flush()
        except OSError as error:
            # Without room for a copy the file itself is better than no site.
            _LOG.warning("The store is served from its file, for want of room for a copy: %s", error)
            yield path
        else:
            yield Path(copy.name)


def read_whole(store: Store) -> None:
    """Read every row of every table. Raises duckdb.Error where something cannot be read."""
    for table in store_tables(store):
        store.cursor().table(table).fetchnumpy()


def store_tables(store: Store) -> list[str]:
    """Return the names of the store's tables."""
    found = store.cursor().execute("SELECT table_name FROM duckdb_tables() WHERE database_name = 'store'").fetchall()
    return sorted(name for (name,) in found)


def _stamp(path: Path) -> Stamp:
    try:
        status = path.stat()
    except OSError:
        return None
    return status.st_ino, status.st_mtime_ns, status.st_size
