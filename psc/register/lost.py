"""Refuses to begin a new register where a key of the audit shows that there was one: it was lost."""

from pathlib import Path

from psc.register.database import Database, address
from psc.register.errors import Unavailable
from psc.register.migrate import revision_of


def refuse_lost_file(url: str, key_file: Path) -> None:
    """Raise Unavailable where a SQLite register has no content, or no file while the file of its key is still there."""
    found = address(url)
    if found.get_backend_name() != "sqlite":
        return
    path = Path(found.database or "").absolute()
    try:
        if path.stat().st_size == 0:
            raise Unavailable(_lost("empty", f"it back at {path}", " and delete the empty file"))
    except FileNotFoundError as error:
        if key_file.exists():
            raise Unavailable(_lost("not there", f"it back at {path}")) from error
    except OSError:
        return  # to be told when the register is opened


def refuse_without_tables(database: Database, key_file: Path) -> None:
    """Raise Unavailable where a database has no tables yet while the file of a key is there.

    A key is made only after the tables, so the key is that of another register. Raises it too for a database that
    cannot be read.
    """
    if not key_file.exists():
        return
    with database.reading() as session:
        found = revision_of(session.connection())
    if found is None:
        raise Unavailable(_lost("an empty database", "it back where PSC_REGISTER_URL points"))


def _lost(how: str, put: str, also: str = "") -> str:
    return (
        f"The register is {how}, but there is a key of an audit, so there was a register. Put {put}, or a backup of "
        f"it (`psc restore`). To begin a new one instead, keep that key elsewhere{also}."
    )
