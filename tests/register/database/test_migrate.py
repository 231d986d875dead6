"""The tables come up to date when the site starts: once, whole or not at all, however many start at the same moment."""

import json
import shutil
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import inspect, text

from psc.register.database import audit
from psc.register.database.audit import EndBroken
from psc.register.database.database import Database
from psc.register.database.migrate import FOLDER, MigrationFailed, is_current, migrate
from psc.register.database.register_tables import Base, GrantRow
from psc.register.errors import Unavailable
from psc.register.opening import open_configured, open_service
from psc.register.workflow.permissions import Actor
from psc.settings import ROOT
from tests.register.world import KNOWN, NOTHING_COMPILED, World

START = """
import json, sys
from psc.register.database import audit
from psc.register.opening import open_configured
print("ready", flush=True)
sys.stdin.readline()
service = open_configured()
with service.database.reading() as session:
    print(json.dumps({"broken": len(audit.verify(session, service.key)), "changes": audit.revision(session)}))
"""


@pytest.fixture
def configured(register_url, tmp_path, monkeypatch) -> str:
    """The settings of a register that was never started."""
    monkeypatch.setenv("PSC_REGISTER_URL", register_url)
    monkeypatch.setenv("PSC_STATE", str(tmp_path / "state"))
    monkeypatch.setenv("PSC_ADMINISTRATORS", "one@psc.example, two@psc.example")
    monkeypatch.delenv("PSC_AUDIT_KEY", raising=False)
    return register_url


def test_processes_that_start_at_the_same_moment_all_come_up_and_do_everything_once(configured):
    command = [sys.executable, "-c", START]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "text": True}
    starts = [subprocess.Popen(command, cwd=ROOT, **pipes) for _ in range(3)]
    assert [start.stdout.readline() for start in starts] == ["ready\n"] * 3
    for start in starts:
        start.stdin.write("go\n")
        start.stdin.flush()
    said = [start.communicate(timeout=120) for start in starts]
    assert [start.returncode for start in starts] == [0, 0, 0], said
    answers = [json.loads(out) for out, _ in said]
    assert {answer["broken"] for answer in answers} == {0}
    service = open_configured()
    with closing(service.database), service.database.reading() as session:
        assert audit.verify(session, service.key) == []
        assert {answer["changes"] for answer in answers} == {audit.revision(session)}
        grants = session.query(GrantRow).all()
        assert sorted((grant.email, grant.role) for grant in grants) == [
            ("one@psc.example", "administrator"),
            ("two@psc.example", "administrator"),
        ]
        made = [(entry.kind, entry.record_id) for entry in audit.entries(session, last=10_000)]
    assert len(made) == len(set(made)) > 100


def test_an_administrator_whose_role_was_taken_is_not_given_it_again_by_a_start(configured):
    service = open_configured()
    one, two = Actor("one@psc.example", "One"), Actor("two@psc.example", "Two")
    (held,) = [grant for grant in service.records(one, "grant") if grant.links["email"] == two.email]
    service.act(one, "grant", held.id, "revoke", version=held.version)
    service.database.close()
    again = open_configured()
    assert again.actor(two.email, "Two").grants == ()
    assert again.actor(one.email, "One").holds("administrator")
    again.database.close()


def test_a_register_is_not_opened_with_another_key(configured, tmp_path):
    service = open_configured()
    with service.database.reading() as session:
        before = audit.revision(session)
    service.database.close()
    (tmp_path / "state" / "audit.key").write_text("another key", encoding="utf-8")
    with pytest.raises(EndBroken, match="psc audit verify"):
        open_configured()
    with closing(Database(configured)) as database, database.reading() as session:
        assert audit.revision(session) == before
        assert audit.verify(session, service.key) == []


def test_the_tables_are_those_of_the_models(register_url):
    with closing(Database(register_url)) as database:
        assert not is_current(database)
        migrate(database)
        assert is_current(database)
        with database.engine.connect() as connection:
            context = MigrationContext.configure(connection, opts={"compare_type": True})
            assert compare_metadata(context, Base.metadata) == []


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
