"""One store file, opened read-only.

The file is attached to an in-memory database, after which DuckDB may touch nothing else on the machine: the pages
only ever run the queries of `psc/queries`, and even a mistake there could neither write nor read another file.
"""

from pathlib import Path
from types import TracebackType

import duckdb


class NotWhole(duckdb.Error):
    """A file is a database and no store that pages can be made from; the message says what is wrong with it."""


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
        if row is None:
            raise NotWhole("the table release is empty")
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
