"""Whether a store holds all that the pages need, found out by reading the whole of it before it is served."""

from functools import cache
from pathlib import Path

import duckdb
from pydantic import ValidationError

from psc.store.reader import NotWhole, Store
from psc.store.stored_documents import read_documents

SCHEMA = Path(__file__).with_name("schema.sql")
_COLUMNS = """
    SELECT table_name, column_name, data_type
    FROM duckdb_columns() JOIN duckdb_tables() USING (database_name, table_name)
    WHERE database_name = current_database()
"""
NEVER_EMPTY = "area", "metric", "observation", "spc_point", "signal", "verdict"
"""Tables that every build puts rows into: without them pages would say that nothing was ever measured or found."""
_OTHER_VERSION = "it was made by another version of this program"


def require_whole(store: Store) -> None:
    """Raise NotWhole, or another duckdb.Error, where a table, a column, a row or a document cannot be read."""
    found = set(store.cursor().execute(_COLUMNS).fetchall())
    if missing := needed_columns() - found:
        table, column, _ = min(missing)
        raise NotWhole(f"{_OTHER_VERSION}, without the column {column} of the table {table} as this one needs it")
    for table in needed_tables():
        # As columns of numbers and text: DuckDB checks each block that it reads against its checksum.
        columns = store.cursor().table(table).fetchnumpy()
        if table in NEVER_EMPTY and not len(next(iter(columns.values()))):
            raise NotWhole(f"its table {table} is empty")
    try:
        read_documents(store)
    except (KeyError, ValidationError) as error:
        raise NotWhole(f"{_OTHER_VERSION}, whose documents this one cannot read") from error


def ask_each_table(store: Store) -> None:
    """Read a row of each table. Raises duckdb.Error where one does not answer."""
    cursor = store.cursor()
    for table in needed_tables():
        cursor.table(table).limit(1).fetchall()


@cache
def needed_columns() -> frozenset[tuple[str, str, str]]:
    """Return the table, name and type of every column that a build writes."""
    with duckdb.connect(":memory:") as connection:
        connection.execute(SCHEMA.read_text(encoding="utf-8"))
        return frozenset(connection.execute(_COLUMNS).fetchall())


def needed_tables() -> list[str]:
    """Return the name of every table that a build writes."""
    return sorted({table for table, _, _ in needed_columns()})
