"""Backs up the register while it is in use, and restores it: into SQLite or PostgreSQL, whichever it came from."""

import datetime
import tempfile
from collections.abc import Iterator
from contextlib import closing
from itertools import groupby
from pathlib import Path
from typing import Any

from sqlalchemy import JSON, Connection, MetaData, Table, func, inspect, select
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from psc import clock
from psc.register.database.audit import verify
from psc.register.database.audit_lock import audit_unlocked
from psc.register.database.database import Database
from psc.register.database.dump import Header, NotABackup, read_header, read_rows, write_row, writing
from psc.register.database.migrate import migrate, revision_of, upgrade
from psc.register.database.register_tables import AuditRow, Base
from psc.register.errors import RegisterError

_BATCH = 500


class NotRestored(RegisterError):
    """The register was left as it is; the message says why."""


def default_name(now: datetime.datetime) -> str:
    """Return the name of a backup made at a moment."""
    return f"register-{now:%Y-%m-%d-%H%M%S}.jsonl.gz"


def back_up(database: Database, target: Path, *, key: bytes | None = None) -> Header:
    """Write the register, as it is at one moment, into a file; nobody who writes meanwhile has to wait.

    The key of the audit is in the file only where it is given: whoever has both can forge the audit. The file appears
    when it is whole, in the place of an older one. Raises NotRestored where there is no register, and Unavailable.
    """
    with database.reading() as session:
        return _dump(session, target, key)


def _dump(session: Session, target: Path, key: bytes | None = None) -> Header:
    connection = session.connection()
    schema = revision_of(connection)
    if schema is None:
        raise NotRestored("There is no register in this database yet.")
    tables = _tables(connection)
    last = session.execute(select(AuditRow.number, AuditRow.seal).order_by(AuditRow.number.desc()).limit(1)).first()
    header = Header(
        schema=schema,
        made_at=clock.now().isoformat(timespec="seconds"),
        counts={table.name: count for table in tables if (count := _count(connection, table))},
        entries=last.number if last else 0,
        seal=last.seal if last else None,
        key=key.decode() if key else None,
    )
    with writing(target, header) as out:
        for table in tables:
            order = [*table.primary_key.columns]
            for row in connection.execute(select(table).order_by(*order).execution_options(yield_per=_BATCH)):
                write_row(out, table.name, row._asdict())
    return header


def restore(database: Database, source: Path, *, key: bytes, keep: Path | None = None) -> Header:
    """Put the register of a backup in the place of what is in the database, in one transaction.

    The backup is looked through first, brought up to date and its audit verified, all beside the database. ``keep`` is
    the file in which what the database holds is kept; without it only an empty one is filled. A site that is running
    goes on. Raises NotABackup, NotRestored and Unavailable, with nothing changed.
    """
    header = read_header(source)
    with (
        tempfile.TemporaryDirectory(prefix="psc-restore-") as folder,
        closing(Database(f"sqlite:///{Path(folder) / 'beside.db'}")) as beside,
    ):
        _fill(beside, source, header)
        with beside.reading() as ready:
            _require_whole(ready, key)
            migrate(database)
            with database.writing() as session:
                _replace(session, ready.connection(), keep)
                _require_whole(session, key)
    return header


def _fill(beside: Database, source: Path, header: Header) -> None:
    try:
        with beside.writing() as session:
            connection = session.connection()
            upgrade(connection, header.schema)
            _add_rows(connection, source)
            upgrade(connection)
    except SQLAlchemyError as error:
        raise NotABackup(f"{source} does not fit the register's tables ({error}). Nothing was changed.") from error


def _add_rows(connection: Connection, source: Path) -> None:
    tables = {table.name: table for table in _tables(connection)}
    for name, rows in groupby(read_rows(source), key=lambda found: found[0]):
        if name not in tables:
            raise NotABackup(f"{source} has a table {name}, which is none of the register's. Nothing was changed.")
        _insert(connection, tables[name], (row for _, row in rows))


def _replace(session: Session, ready: Connection, keep: Path | None) -> None:
    connection, tables = session.connection(), Base.metadata.sorted_tables
    if any(_count(connection, table) for table in tables):
        if keep is None:
            raise NotRestored(
                "There is something in this register already, so it was left as it is. With --replace it is kept in a "
                "backup of its own first, then replaced."
            )
        _dump(session, keep)
    with audit_unlocked(connection):
        for table in reversed(tables):
            connection.execute(table.delete())
        for table in tables:
            rows = ready.execute(select(table).execution_options(yield_per=_BATCH))
            _insert(connection, table, (row._asdict() for row in rows))


def _require_whole(session: Session, key: bytes) -> None:
    if broken := verify(session, key):
        raise NotRestored(
            f"The backup's audit does not verify with this key ({len(broken)} breaks, first: {broken[0]}), so nothing "
            "was restored. Its key is in the audit.key, or the PSC_AUDIT_KEY, of the register it was made from."
        )


def _insert(connection: Connection, table: Table, rows: Iterator[dict[str, Any]]) -> None:
    batch = []
    for row in rows:
        batch.append(row)
        if len(batch) == _BATCH:
            connection.execute(table.insert(), batch)
            batch = []
    if batch:
        connection.execute(table.insert(), batch)


def _tables(connection: Connection) -> list[Table]:
    """Return the register's tables as they are in the database, which may be of an earlier version."""
    there = MetaData()
    there.reflect(connection, only=sorted(Base.metadata.tables.keys() & set(inspect(connection).get_table_names())))
    for table in there.sorted_tables:
        for column in table.columns:
            if isinstance(column.type, JSON):
                column.type.none_as_null = True
    return there.sorted_tables


def _count(connection: Connection, table: Table) -> int:
    return connection.scalar(select(func.count()).select_from(table)) or 0
