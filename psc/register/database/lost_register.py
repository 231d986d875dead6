"""Refuses to begin a new register where there was one before: it was lost, and an empty one would hide that."""

import os
from contextlib import suppress
from pathlib import Path

from sqlalchemy import inspect, select

from psc.register.database.database import Database, register_address
from psc.register.database.register_tables import AuditRow
from psc.register.errors import Unavailable

OPENED = "registers.txt"
"""In the state folder: the address of every register that was opened from it, one in each line."""


class LostRegister:
    """What is known, before a register is opened, of one that was there at its address."""

    def __init__(self, url: str, *, folder: Path, key_file: Path | None) -> None:
        """``folder`` is the state folder; ``key_file`` the audit's key in it, None where there is no key at all."""
        found = register_address(url)
        self._path = Path(found.database or "").absolute() if found.get_backend_name() == "sqlite" else None
        self._where = (
            os.path.realpath(self._path) if self._path else f"{found.host}:{found.port or 5432}/{found.database}"
        )
        self._opened = folder / OPENED
        self._was_opened = self._where in _lines(self._opened)
        self._key_file = key_file

    def refuse_lost_file(self) -> None:
        """Raise Unavailable where a SQLite register was emptied, or is gone from where it was, or its key still is."""
        if not self._path or not (self._key_file or self._was_opened):
            return
        try:
            emptied, gone = self._path.stat().st_size == 0, False
        except FileNotFoundError:
            emptied, gone = False, self._was_opened or _key_is_in(self._path.parent, self._key_file)
        except OSError:
            return  # named when the register is opened
        if emptied or gone:
            raise Unavailable(self._explain("empty" if emptied else "not there"))

    def refuse_emptied(self, database: Database) -> None:
        """Raise Unavailable where a register was opened before and its database holds none any more."""
        if self._was_opened and not _holds_a_register(database):
            raise Unavailable(self._explain("empty"))

    def remember_opened(self) -> None:
        """Note that there is a register at this address."""
        # Looked up again: another start may have noted it meanwhile, and one line is easier to take out than two.
        if self._where in _lines(self._opened) or not self._where.isprintable():
            return
        # A state folder that cannot be written, as in a container: then a register that is emptied is not noticed.
        with suppress(OSError), self._opened.open("a", encoding="utf-8") as file:
            file.write(f"{self._where}\n")

    def _explain(self, state: str) -> str:
        """Say what is lost and what to do; the first sentence is shown to the public and names no place."""
        known, aside = "there is a key of an audit", ["keep that key elsewhere"]
        if self._was_opened:
            known, aside = "it was opened before", [f"take its line out of {self._opened}"]
            if self._path and self._key_file:
                aside.append("keep the audit's key elsewhere")
        if self._path and state == "empty":
            aside.append("delete the empty file")
        return (
            f"The register is {state}, but {known}, so there was a register. Put it back at {self._where}, or a backup "
            f"of it (`psc restore`). To begin a new one instead, {' and '.join(aside)}."
        )


def _lines(path: Path) -> list[str]:
    try:
        return path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError):
        return []


def _key_is_in(folder: Path, key_file: Path | None) -> bool:
    """Say whether the key is kept in a folder, however the two are written, with links and ``..``."""
    if not key_file or not key_file.exists():
        return False
    try:
        return folder.samefile(key_file.parent)
    except OSError:
        return False


def _holds_a_register(database: Database) -> bool:
    with database.reading() as session:
        has_table = inspect(session.connection()).has_table(AuditRow.__tablename__)
        return has_table and session.scalar(select(AuditRow.number).limit(1)) is not None
