"""Opens the harm store read-only, once per process, and notices when a build has swapped in a new one.

The file is attached to an in-memory database, after which DuckDB may touch nothing else on the machine: the pages
only ever run the queries of `psc/queries`, and even a mistake there could neither write nor read another file.
"""

import threading
from pathlib import Path
from types import TracebackType

import duckdb

from psc.settings import store_path


class StoreMissing(Exception):
    """There is no store to read; the message says how to make one."""


class Store:
    """One opened store file. Threads share the connection but each takes its own cursor."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._stamp = _stamp(path)
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

    def is_current(self) -> bool:
        """Say whether the file on disk is still the one this connection has open."""
        return self._stamp == _stamp(self.path)

    def close(self) -> None:
        """Close the connection; cursors already taken finish their query."""
        self._connection.close()

    def __enter__(self) -> "Store":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


_lock = threading.Lock()
_open: Store | None = None


def open_store() -> Store:
    """Return this process's store, reopened when a build has replaced the file.

    Raises StoreMissing when there is none that can be read; a store opened before goes on being served in that case.
    The replaced store is not closed here: another thread may be reading from it, and it is freed when the last of them
    has finished.
    """
    global _open
    path = store_path()
    with _lock:
        if _open is not None and _open.path == path and _open.is_current():
            return _open
        try:
            _open = Store(path)
        except duckdb.Error as error:
            if _open is not None and _open.path == path:
                return _open
            found = "cannot be read" if path.exists() else "does not exist"
            raise StoreMissing(
                f"There is no data to show: the data store {path.name} {found}. "
                "Run `make run`, or `psc build`, to make it."
            ) from error
        return _open


def _stamp(path: Path) -> tuple[int, int, int] | None:
    try:
        status = path.stat()
    except FileNotFoundError:
        return None
    return status.st_ino, status.st_mtime_ns, status.st_size
