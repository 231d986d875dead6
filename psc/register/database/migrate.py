"""Brings the register's tables up to date when the site starts: once, whole, also when two processes start together."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection

from psc.register.database.database import Database
from psc.register.errors import Unavailable

FOLDER = Path(__file__).with_name("migrations")


class MigrationFailed(Unavailable):
    """The tables could not be brought up to date; they are as they were before."""


def migrate(database: Database, *, folder: Path = FOLDER) -> None:
    """Bring the tables up to date, in one transaction.

    A second process waits, then finds nothing to do. Raises MigrationFailed when a migration fails (every step is
    undone and the register keeps the tables it had) or a newer version of the program has changed the tables already.
    Raises Unavailable when the database cannot be reached.
    """
    try:
        with database.writing() as session:
            upgrade(session.connection(), folder=folder)
    except Unavailable:
        raise
    except Exception as error:
        raise MigrationFailed(
            "The register's tables could not be brought up to date, so it stays closed; they are as they were. "
            f"Whoever runs this site finds the cause in the log ({type(error).__name__}: {error})."
        ) from error


def upgrade(connection: Connection, to: str = "head", *, folder: Path = FOLDER) -> None:
    """Bring the tables to a revision in the connection's own transaction, which the caller ends.

    Raises MigrationFailed where the tables, or the revision asked for, are of a newer version of the program; and
    whatever a migration raises.
    """
    there = revision_of(connection)
    for revision in (there, to):
        if revision not in (None, "head") and not knows(str(revision), folder=folder):
            raise MigrationFailed(
                f"The register was written by a newer version of this program (its tables are at {revision}), so this "
                "one leaves it alone. Start the newer version again, or restore a backup from before it."
            )
    config = _config(folder)
    config.attributes["connection"] = connection
    command.upgrade(config, to)


def revision_of(connection: Connection) -> str | None:
    """Return the revision the tables are at; None where there are none."""
    return MigrationContext.configure(connection).get_current_revision()


def knows(revision: str, *, folder: Path = FOLDER) -> bool:
    """Say whether a revision is one of this version of the program."""
    return any(script.revision == revision for script in ScriptDirectory.from_config(_config(folder)).walk_revisions())


def is_current(database: Database) -> bool:
    """Say whether the tables are those of this version of the program."""
    with database.reading() as session:
        found = revision_of(session.connection())
    return found == ScriptDirectory.from_config(_config(FOLDER)).get_current_head()


def _config(folder: Path) -> Config:
    config = Config()
    config.set_main_option("script_location", str(folder).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    return config
