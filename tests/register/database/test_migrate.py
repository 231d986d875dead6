"""The tables come up to date when the site starts: once, whole or not at all, however many start at the same moment."""

import shutil
from pathlib import Path

import pytest
from sqlalchemy import inspect, text

from psc.register.database import audit
from psc.register.database.migrate import FOLDER, MigrationFailed, is_current, migrate
from psc.register.errors import Unavailable
from psc.register.opening import open_service
from tests.register.world import KNOWN, NOTHING_COMPILED, World

BROKEN = '''
"""A change that fails half-way."""

import sqlalchemy as sa
from alembic import op

revision = "9999"
down_revision = "0003"


def upgrade() -> None:
    op.create_table("half_done", sa.Column("id", sa.Integer, primary_key=True))
    op.add_column("priority", sa.Column("colour", sa.Text))
    op.execute("UPDATE priority SET colour = 'red'")
    STEP
'''


@pytest.fixture
def versions(tmp_path) -> Path:
    """A copy of the migrations, to which a test adds one."""
    folder = tmp_path / "migrations"
    shutil.copytree(FOLDER, folder, ignore=shutil.ignore_patterns("__pycache__"))
    return folder


def tables(world: World) -> dict[str, set[str]]:
    inspector = inspect(world.service.database.engine)
    return {
        name: {column["name"] for column in inspector.get_columns(name)} for name in sorted(inspector.get_table_names())
    }


@pytest.mark.parametrize(
    "step", ["raise RuntimeError('the disk is on fire')", "op.execute('SELECT nothing FROM nowhere')"]
)
def test_a_change_that_fails_half_way_leaves_the_register_as_it_was(world, versions, step):
    priority = world.priority()
    before = tables(world)
    new = versions / "versions" / "0002_half.py"
    new.write_text(BROKEN.replace("STEP", step))
    with pytest.raises(MigrationFailed, match="stays closed; they are as they were") as failed:
        migrate(world.service.database, folder=versions)
    assert "the disk is on fire" in str(failed.value) or "nowhere" in str(failed.value)
    assert tables(world) == before
    assert is_current(world.service.database)
    assert world.service.read(world.lead, "priority", priority.id).content == priority.content
    with world.service.database.reading() as session:
        assert audit.verify(session, world.service.key) == []
    world.priority()

    new.write_text(BROKEN.replace("STEP", "op.execute(\"UPDATE priority SET colour = 'blue'\")"))
    migrate(world.service.database, folder=versions)
    after = tables(world)
    assert after.keys() - before.keys() == {"half_done"}
    with world.service.database.reading() as session:
        assert session.execute(text("SELECT DISTINCT colour FROM priority")).all() == [("blue",)]


def test_a_register_of_a_newer_version_of_the_program_is_left_alone(world):
    priority = world.priority()
    with world.service.database.engine.begin() as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '0999'")
    before = tables(world)
    with pytest.raises(MigrationFailed, match=r"newer version of this program \(its tables are at 0999\)"):
        migrate(world.service.database)
    assert tables(world) == before
    assert world.service.read(world.lead, "priority", priority.id).content == priority.content


def test_a_database_that_is_not_there_is_said(tmp_path, postgres):
    url = postgres.database()
    postgres.drop(url)
    with pytest.raises(Unavailable):
        open_service(url, folder=tmp_path, known=KNOWN, compiled=NOTHING_COMPILED)
