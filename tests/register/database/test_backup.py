"""A backup is made while people write, is whole or not there, and is restored into either database."""

import gzip
import json
import shutil
import threading
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from psc.register.database import audit, backup
from psc.register.database.backup import NotRestored, back_up, restore
from psc.register.database.database import Database
from psc.register.database.dump import NotABackup, read_header
from psc.register.database.migrate import FOLDER, migrate, revision_of, upgrade
from psc.register.database.register_tables import Base
from psc.register.errors import RegisterError, Unavailable
from psc.register.service import Service
from psc.register.unsaved_forms import forms_of, keep_form, open_form
from tests.register.world import KEY, KNOWN, PRIORITY, World, new_world, with_busy_seconds


@pytest.fixture
def lived_in(world: World) -> World:
    """A register with something in every table."""
    suggestion = {"what": "Please look at falls on stairs – café's, too: ☂.", "area": "wessex"}
    sent = world.service.create(world.lead, "suggestion", suggestion, areas=["wessex"], token="a-form-sent")
    world.act(world.reviewer, sent, "redact", "It tells which place.", remove="café", was="place")
    world.test(world.priority())
    world.adoption(world.solution())
    for kind, words in (("event", {"title": "Falls day"}), ("capability", {"skill": "Coaching", "people": 12})):
        world.service.create(world.lead, kind, words, areas=["wessex"])
    world.chart_decision()
    form = open_form(world.service, world.lead, "priority/new", version=None, content={})
    keep_form(world.service, world.lead, form, {"title": "Half a thou"})
    return world


@pytest.fixture(params=["into sqlite", "into postgresql"])
def elsewhere(request, tmp_path, postgres) -> Iterator[Database]:
    """An empty database, once of each kind."""
    to_postgres = request.param == "into postgresql"
    url = postgres.database() if to_postgres else f"sqlite:///{tmp_path / 'elsewhere' / 'register.db'}"
    with closing(Database(url)) as database:
        yield database
    if to_postgres:
        postgres.drop(url)


def everything(database: Database) -> dict[str, list]:
    """Every row of every table."""
    with database.reading() as session:
        return {
            table.name: sorted(
                json.dumps(row._asdict(), sort_keys=True) for row in session.connection().execute(table.select())
            )
            for table in Base.metadata.sorted_tables
        }


def test_everything_comes_back_in_the_same_database_or_the_other_kind(lived_in, elsewhere, tmp_path):
    before = everything(lived_in.service.database)
    assert all(before.values()), "the test would miss a table that is empty"
    header = back_up(lived_in.service.database, tmp_path / "backup.jsonl.gz")
    with lived_in.service.database.reading() as session:
        assert (header.entries, header.seal) == (audit.revision(session), audit.newest(session).seal)
    restore(elsewhere, tmp_path / "backup.jsonl.gz", key=KEY)
    assert everything(elsewhere) == before

    there = World(Service(elsewhere, KEY, KNOWN, now=lived_in.clock), lived_in.clock)
    there.priority()
    with elsewhere.reading() as session:
        assert audit.verify(session, KEY) == []
    with pytest.raises(DBAPIError, match="append-only"), elsewhere.writing() as session:
        session.execute(text("DELETE FROM audit"))
    assert [form.content for form in forms_of(there.service, there.lead)] == [{"title": "Half a thou"}]


def test_a_backup_made_while_people_write_is_of_one_moment(world, elsewhere, tmp_path):
    busy = with_busy_seconds(world, 60)
    enough, written = threading.Event(), []

    def write() -> None:
        while not enough.is_set():
            written.append(busy.priority("in_consultation").id)

    writers = [threading.Thread(target=write) for _ in range(2)]
    for writer in writers:
        writer.start()
    headers = []
    for number in range(2):
        already = len(written)
        while len(written) < already + 2:
            assert any(writer.is_alive() for writer in writers)
            time.sleep(0.01)
        headers.append(back_up(world.service.database, tmp_path / f"{number}.jsonl.gz"))
    enough.set()
    for writer in writers:
        writer.join()
    busy.service.database.close()
    assert sorted({header.entries for header in headers}) == [header.entries for header in headers]
    for number, header in enumerate(headers):
        restore(elsewhere, tmp_path / f"{number}.jsonl.gz", key=KEY, keep=tmp_path / "kept.jsonl.gz")
        with elsewhere.reading() as session:
            assert audit.verify(session, KEY) == []
            assert audit.revision(session) == header.entries
    with world.service.database.reading() as session:
        assert audit.verify(session, KEY) == []


def test_what_is_there_is_replaced_only_when_asked_and_then_kept(lived_in, tmp_path):
    database, backup, kept = lived_in.service.database, tmp_path / "backup.gz", tmp_path / "kept" / "before.gz"
    back_up(database, backup)
    then = everything(database)
    late = lived_in.priority()
    now = everything(database)
    with pytest.raises(NotRestored, match="--replace"):
        restore(database, backup, key=KEY)
    assert everything(database) == now
    restore(database, backup, key=KEY, keep=kept)
    assert everything(database) == then

    with pytest.raises(RegisterError):
        lived_in.act(lived_in.lead, late, "close", "It is gone, as the register was put back.")
    lived_in.priority()
    with database.reading() as session:
        assert audit.verify(session, KEY) == []
    restore(database, kept, key=KEY, keep=tmp_path / "again.gz")
    assert everything(database) == now


def test_a_site_that_is_running_reads_and_writes_on_through_a_restore(world, tmp_path):
    world.priority()
    database, backup = world.service.database, tmp_path / "backup.gz"
    back_up(database, backup)
    site = with_busy_seconds(world, 60)
    enough, seen, problems = threading.Event(), [], []

    def use() -> None:
        while not enough.is_set():
            try:
                with site.service.database.reading() as session:
                    problems.extend(audit.verify(session, KEY))
                    seen.append(audit.revision(session))
                site.priority("draft")
            except Exception as error:
                problems.append(error)

    readers = [threading.Thread(target=use) for _ in range(2)]
    for reader in readers:
        reader.start()
    for number in range(3):
        with closing(Database(database.url.render_as_string(hide_password=False), busy_seconds=60)) as restoring:
            restore(restoring, backup, key=KEY, keep=tmp_path / f"kept-{number}.gz")
    enough.set()
    for reader in readers:
        reader.join()
    site.service.database.close()
    assert problems == []
    assert min(seen) >= read_header(backup).entries, "nobody saw an empty register"


def spoilt(backup: Path) -> dict[str, bytes]:
    """Files that are no whole backup, made from one that is."""
    lines = gzip.decompress(backup.read_bytes()).decode().splitlines()
    header = json.loads(lines[0])
    packed = backup.read_bytes()

    def file(*content: str) -> bytes:
        return gzip.compress("".join(f"{line}\n" for line in content).encode())

    return {
        "empty": b"",
        "not gzip": b"Dear Sir or Madam,\n" * 100,
        "half": packed[: len(packed) // 2],
        "last byte missing": packed[:-1],
        "a bit flipped": packed[:-200] + bytes([packed[-200] ^ 1]) + packed[-199:],
        "a row missing": file(*lines[:-1]),
        "a form missing": file(*(line for line in lines if not line.startswith('["form",'))),
        "a row twice": file(*lines, lines[-1]),
        "no header": file(*lines[1:]),
        "foreign JSON": file('{"format": "somebody else\'s"}'),
        "newer format": file(json.dumps({**header, "version": 2}), *lines[1:]),
        "newer tables": file(json.dumps({**header, "schema": "0999"}), *lines[1:]),
        "foreign table": file(
            json.dumps({**header, "counts": {"sqlite_master": 1}}), '["sqlite_master", {"name": "x"}]'
        ),
        "foreign column": file(
            json.dumps({**header, "counts": {"event": 1}}), '["event", {"id": "1", "colour": "red"}]'
        ),
        "not a row": file(json.dumps({**header, "counts": {"event": 1}}), '["event", 7]'),
        "a word changed": file(*(line.replace("methotrexate", "paracetamol") for line in lines)),
        "no audit": file(
            json.dumps({**header, "counts": {k: n for k, n in header["counts"].items() if k[:5] != "audit"}}),
            *(line for line in lines[1:] if not line.startswith('["audit')),
        ),
    }


def test_what_is_no_whole_backup_is_refused_with_nothing_changed(lived_in, tmp_path):
    database, backup = lived_in.service.database, tmp_path / "backup.gz"
    back_up(database, backup)
    before = everything(database)
    for name, content in spoilt(backup).items():
        wrong = tmp_path / "wrong.gz"
        wrong.write_bytes(content)
        with pytest.raises(RegisterError) as refused:
            restore(database, wrong, key=KEY, keep=tmp_path / "kept.gz")
        assert isinstance(refused.value, NotABackup | NotRestored | Unavailable), name
        assert everything(database) == before, name
    assert not (tmp_path / "kept.gz").exists()
    with pytest.raises(NotABackup, match="There is no file"):
        restore(database, tmp_path / "nowhere.gz", key=KEY)
    with pytest.raises(NotRestored, match="does not verify with this key"):
        restore(database, backup, key=b"another key", keep=tmp_path / "kept.gz")
    assert everything(database) == before


def test_a_restore_that_fails_at_its_end_leaves_what_was_there(lived_in, tmp_path):
    database, backup = lived_in.service.database, tmp_path / "backup.gz"
    back_up(database, backup)
    lived_in.priority()
    before = everything(database)
    words = "the last table refuses"
    with database.engine.begin() as connection:
        if database.is_sqlite:
            connection.exec_driver_sql(
                f"CREATE TRIGGER refuse BEFORE INSERT ON test_of_change BEGIN SELECT RAISE(ABORT, '{words}'); END"
            )
        else:
            connection.exec_driver_sql(
                "CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS "
                f"$$ BEGIN RAISE EXCEPTION '{words}'; END $$"
            )
            connection.exec_driver_sql(
                "CREATE TRIGGER refuse BEFORE INSERT ON test_of_change FOR EACH ROW EXECUTE FUNCTION refuse()"
            )
    with pytest.raises(DBAPIError, match=words):
        restore(database, backup, key=KEY, keep=tmp_path / "kept.gz")
    assert everything(database) == before
    with pytest.raises(DBAPIError, match="append-only"), database.writing() as session:
        session.execute(text("DELETE FROM audit"))


def test_the_key_is_in_a_backup_only_when_asked(world, tmp_path):
    world.priority()
    back_up(world.service.database, tmp_path / "without.gz")
    back_up(world.service.database, tmp_path / "with.gz", key=KEY)
    assert read_header(tmp_path / "without.gz").key is None
    assert KEY not in gzip.decompress((tmp_path / "without.gz").read_bytes())
    assert read_header(tmp_path / "with.gz").key == KEY.decode()


def test_a_backup_of_more_records_than_go_into_the_database_at_once_is_whole(tmp_path, monkeypatch):
    monkeypatch.setattr(backup, "_BATCH", 10)
    world = new_world(f"sqlite:///{tmp_path / 'register.db'}")
    made = [world.service.create(world.lead, "priority", PRIORITY, areas=["wessex"]).id for _ in range(25)]
    back_up(world.service.database, tmp_path / "backup.gz")
    with closing(Database(f"sqlite:///{tmp_path / 'other.db'}")) as other:
        restore(other, tmp_path / "backup.gz", key=KEY)
        there = World(Service(other, KEY, KNOWN))
        assert {record.id for record in there.service.records(there.lead, "priority")} == set(made)
    world.service.database.close()


def test_a_backup_of_an_older_version_is_brought_up_to_date(lived_in, tmp_path, monkeypatch):
    back_up(lived_in.service.database, tmp_path / "old.gz")
    versions = tmp_path / "migrations"
    shutil.copytree(FOLDER, versions, ignore=shutil.ignore_patterns("__pycache__"))
    (versions / "versions" / "9999_newer.py").write_text(NEWER)
    for step in (migrate, upgrade):
        monkeypatch.setitem(step.__kwdefaults__, "folder", versions)
    with closing(Database(f"sqlite:///{tmp_path / 'newer.db'}")) as newer:
        restore(newer, tmp_path / "old.gz", key=KEY)
        there = World(Service(newer, KEY, KNOWN, now=lived_in.clock))
        assert [form.name for form in forms_of(there.service, there.lead)] == ["renamed"]
        with newer.reading() as session:
            assert audit.verify(session, KEY) == []
            assert revision_of(session.connection()) == "9999"
        back_up(newer, tmp_path / "new.gz")
    monkeypatch.undo()
    with pytest.raises(Unavailable, match="newer version of this program"):
        restore(lived_in.service.database, tmp_path / "new.gz", key=KEY, keep=tmp_path / "kept.gz")


NEWER = """
import sqlalchemy as sa
from alembic import op

revision = "9999"
down_revision = "0003"


def upgrade() -> None:
    op.add_column("priority", sa.Column("colour", sa.Text))
    op.execute("UPDATE form SET form = 'renamed'")
"""


def test_a_site_whose_file_was_lost_goes_on_once_a_backup_is_restored_in_its_place(tmp_path):
    path = tmp_path / "state" / "register.db"
    world = new_world(f"sqlite:///{path}")
    kept = world.priority()
    back_up(world.service.database, tmp_path / "backup.gz")
    path.parent.rename(tmp_path / "lost")
    with pytest.raises(Unavailable):
        world.priority()
    with closing(Database(f"sqlite:///{path}")) as database:
        restore(database, tmp_path / "backup.gz", key=KEY)
    assert world.service.read(world.lead, "priority", kept.id).content == kept.content
    world.priority()
    with world.service.database.reading() as session:
        assert audit.verify(session, KEY) == []
    world.service.database.close()
