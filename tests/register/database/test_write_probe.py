"""The probe finds out by writing whether the register can be written to, and leaves nothing."""

import pytest
from sqlalchemy import text

from psc.register.database.register_tables import SentForm
from psc.register.database.write_probe import write_probe
from psc.register.errors import Unavailable
from tests.register.world import with_busy_seconds

NOW = "2026-11-02T09:00:00"


def test_probe_of_a_register_that_can_be_written_leaves_no_row(world):
    for _ in range(2):
        write_probe(world.service.database, NOW)
    with world.service.database.reading() as session:
        assert session.query(SentForm).filter_by(token="probe").count() == 0


def test_probe_while_someone_else_writes_says_so(world):
    hasty = with_busy_seconds(world, 0.2)
    try:
        with world.service.database.writing() as session:
            session.execute(text("UPDATE role_grant SET area = area"))
            with pytest.raises(Unavailable, match="Someone else is saving"):
                write_probe(hasty.service.database, NOW)
    finally:
        hasty.service.database.close()
