"""The audit can only be added to, except within a lift of its guards."""

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from psc.register.database.audit_lock import audit_unlocked
from tests.register.database.sealed_audit import broken


@pytest.mark.parametrize("statement", ["UPDATE audit SET who = 'me'", "DELETE FROM audit", "TRUNCATE audit"])
def test_database_itself_refuses_to_change_the_audit(lived_in, statement):
    if lived_in.service.database.is_sqlite and statement.startswith("TRUNCATE"):
        statement = "DELETE FROM audit WHERE number = 1"
    refused = pytest.raises(DBAPIError, match="the audit is append-only")
    with refused, lived_in.service.database.writing() as session:
        session.execute(text(statement))
    assert broken(lived_in) == []


def test_audit_is_guarded_again_after_it_was_unlocked(world):
    world.priority(to="draft")
    database = world.service.database
    with database.writing() as session, audit_unlocked(session.connection()):
        session.execute(text("UPDATE audit SET who = who"))
    with pytest.raises(DBAPIError, match="the audit is append-only"), database.writing() as session:
        session.execute(text("UPDATE audit SET who = who"))
    assert broken(world) == []
