"""Whether the register can be written to, found out by writing: full, locked and read-only show in no other way."""

from psc.register.database.database import Database
from psc.register.database.register_tables import SentForm

_TOKEN = "probe"


def write_probe(database: Database, at: str) -> None:
    """Write a row and take it out again in one transaction. Raises Unavailable, with the reason, where that fails.

    ``at`` is the present moment as the register stores it. The row is in a table that the audit does not seal.
    """
    with database.writing() as session:
        row = SentForm(token=_TOKEN, record_id="", sent_at=at)
        session.add(row)
        session.flush()
        session.delete(row)
