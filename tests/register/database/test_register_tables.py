"""The tables of a new database are those of the models, and what is set in them is clean."""

from contextlib import closing

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext

from psc.register.database.database import Database
from psc.register.database.migrate import is_current, migrate
from psc.register.database.register_tables import TABLES, Base, FormRow
from tests.register.dirty_text import CLEAN, DIRTY


def test_migrated_tables_are_those_of_the_models(register_url):
    with closing(Database(register_url)) as database:
        assert not is_current(database)
        migrate(database)
        assert is_current(database)
        with database.engine.connect() as connection:
            context = MigrationContext.configure(connection, opts={"compare_type": True})
            assert compare_metadata(context, Base.metadata) == []


@pytest.mark.parametrize("table", [*TABLES.values(), FormRow])
def test_a_row_holds_clean_text_whoever_fills_it(table):
    row = table(content={"what": [DIRTY]})
    assert row.content == {"what": [CLEAN]}


def test_what_was_stored_before_text_was_cleaned_is_read_as_it_is(world):
    made = world.priority("draft")
    with world.service.database.writing() as session:
        row = session.get(TABLES["priority"], made.id)
        table = row.__table__
        session.execute(table.update().values(content={"title": "a\rb"}).where(table.c.id == made.id))
    assert world.service.read(world.lead, "priority", made.id).content == {"title": "a\rb"}
