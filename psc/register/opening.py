"""Opens the register for the site and the command line: tables up to date, history loaded, administrators made."""

from contextlib import closing
from pathlib import Path

from psc import settings
from psc.faults import Fault, InvalidData
from psc.register.audit import require_end
from psc.register.database import Database
from psc.register.fields import KnownIds
from psc.register.history import load_history
from psc.register.known import read_known_ids
from psc.register.load import Register, load_register
from psc.register.members import ensure_administrators
from psc.register.migrate import migrate
from psc.register.seal_key import seal_key
from psc.register.service import Service

START_SECONDS = 60
"""How long a start waits for another one that is changing the tables."""


def open_service(
    url: str, *, folder: Path, known: KnownIds, compiled: Register, administrators: tuple[str, ...] = ()
) -> Service:
    """Return the register, ready for use. ``folder`` holds the key of the audit.

    Raises Unavailable when the database cannot be reached, its tables not be brought up to date, or its audit is not
    sealed with this key: to go on with another key would spoil the audit for good.
    """
    key = seal_key(folder)
    with closing(Database(url, busy_seconds=START_SECONDS)) as database:
        migrate(database)
        with database.reading() as session:
            require_end(session, key)
        starting = Service(database, key, known)
        load_history(starting, compiled)
        ensure_administrators(starting, administrators)
    return Service(Database(url), key, known)


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
