"""Opens the register for the site and the command line: tables up to date, history loaded, administrators made."""

from contextlib import closing
from pathlib import Path

from psc import settings
from psc.faults import Fault, InvalidData
from psc.register.compiled.known_ids import read_known_ids
from psc.register.compiled.load import Register, load_register
from psc.register.compiled_history import load_history
from psc.register.database.audit import newest, require_end
from psc.register.database.database import Database
from psc.register.database.lost_register import LostRegister
from psc.register.database.migrate import migrate
from psc.register.database.seal_key import NAME, existing_key, new_key
from psc.register.errors import Unavailable
from psc.register.records.fields import KnownIds
from psc.register.role_grants import ensure_administrators
from psc.register.service import Service

START_SECONDS = 60
"""How long a start waits for another one that is changing the tables."""
_KEY_LOST = (
    "The key that the register's audit is sealed with is missing. It is neither in PSC_AUDIT_KEY nor at {path}: put it "
    "back. Nothing was changed and no new key was made."
)


def open_service(
    url: str, *, folder: Path, known: KnownIds, compiled: Register, administrators: tuple[str, ...] = ()
) -> Service:
    """Return the register, ready for use. ``folder`` holds the key of the audit.

    Raises Unavailable when the database cannot be reached, its tables not be brought up to date, its audit is not
    sealed with the key there is (to go on with another would spoil the audit for good), or the key or the register was
    lost and the other is still there. A key is only made for a register that has no audit yet.
    """
    lost = LostRegister(url, folder=folder, key_file=folder / NAME if existing_key(folder) is not None else None)
    lost.refuse_lost_file()
    with closing(Database(url, busy_seconds=START_SECONDS)) as database:
        lost.refuse_emptied(database)
        migrate(database)
        key = _key_of(database, folder)
        starting = Service(database, key, known)
        load_history(starting, compiled)
        ensure_administrators(starting, administrators)
    lost.remember_opened()
    return Service(Database(url), key, known)


def _key_of(database: Database, folder: Path) -> bytes:
    """The key that the audit is sealed with, made now where there is no audit yet."""
    with database.reading() as session:
        last = newest(session)
        # Only now: another start may be making both, and where it has sealed an entry it had kept its key before.
        if key := existing_key(folder):
            require_end(session, key)
        elif last is not None:
            raise Unavailable(_KEY_LOST.format(path=folder / NAME))
    return key or new_key(folder)


def open_configured() -> Service:
    """Return the register of the settings, with the committed data's history.

    Raises :class:`psc.faults.InvalidData` with every fault of that data, and Unavailable as :func:`open_service` does.
    """
    faults: list[Fault] = []
    known, _ = read_known_ids(settings.data_folder(), faults)
    compiled = load_register(settings.data_folder() / "register")
    if faults:
        raise InvalidData(faults)
    return open_service(
        settings.register_url(),
        folder=settings.state_folder(),
        known=known,
        compiled=compiled,
        administrators=settings.administrators(),
    )
