"""The guards that keep the audit append-only, and the two reasons to lift them: a restore, and a removal of words."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Connection, select, text
from sqlalchemy import column as any_column
from sqlalchemy import table as any_table

_MASTER = any_table("sqlite_master", *(any_column(name) for name in ("name", "sql", "type", "tbl_name")))
"""SQLite's own list of what is in the file."""


@contextmanager
def audit_unlocked(connection: Connection) -> Iterator[None]:
    """Let the audit be changed within the connection's transaction; afterwards it can only be added to again."""
    if connection.dialect.name == "postgresql":
        connection.execute(text("ALTER TABLE audit DISABLE TRIGGER USER"))
        yield
        connection.execute(text("ALTER TABLE audit ENABLE TRIGGER USER"))
        return
    guards = select(_MASTER.c.name, _MASTER.c.sql).where(_MASTER.c.type == "trigger", _MASTER.c.tbl_name == "audit")
    found = connection.execute(guards).all()
    for name, _ in found:
        connection.execute(text(f"DROP TRIGGER {name}"))
    yield
    for _, definition in found:
        connection.exec_driver_sql(definition)
