"""What goes wrong with a database goes wrong in words, and leaves nothing lost and nothing half done."""

import sqlite3
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import pytest
from sqlalchemy import event, text

from psc.register.database import audit
from psc.register.database.database import Database
from psc.register.errors import StaleEdit, Unavailable
from psc.register.role_grants import grant, grants
from psc.register.unsaved_forms import keep_form, open_form
from psc.register.workflow.permissions import Actor
from psc.register.workflow.record import Record
from tests.register.at_once import at_once, draft, patient, state
from tests.register.world import PRIORITY, World, new_world

KEPT = "Nothing was changed, and what you wrote is still in the form."


def test_a_second_writer_is_asked_to_try_again_while_the_first_one_writes(world):
    before = state(world)
    with patient(world, 0.2) as hasty, world.service.database.writing() as session:
        session.execute(text("UPDATE role_grant SET area = area"))
        with pytest.raises(Unavailable, match="Someone else is saving") as locked:
            draft(hasty)
        assert KEPT in str(locked.value)
        assert hasty.service.records(hasty.lead, "priority") == []
    assert state(world) == before
    draft(world)


def test_readers_see_one_moment_of_the_register_while_others_write(world):
    first = world.priority("draft")
    with world.service.database.reading() as session:
        number = audit.revision(session)
        world.act(world.lead, first, "consult")
        world.priority("draft")
        assert audit.revision(session) == number
        assert audit.verify(session, world.service.key) == []


def fill(world: World) -> Callable[[], None]:
    """Fill the database's disk; return what makes room again."""
    database = world.service.database
    if database.is_sqlite:
        database.engine.dispose()
        limits = ["PRAGMA max_page_count=1"]
        event.listen(database.engine, "connect", lambda connection, _: connection.execute(limits[-1]))

        def make_room() -> None:
            limits.append("PRAGMA max_page_count=100000")
            database.engine.dispose()

        return make_room
    refuse(world, "audit_head", "ERRCODE = 'disk_full', MESSAGE = 'could not extend file'")
    return lambda: allow(world, "audit_head")


def refuse(world: World, table: str, error: str) -> None:
    """Make PostgreSQL raise an error when a table is written to."""
    with world.service.database.engine.begin() as connection:
        connection.exec_driver_sql(
            "CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS "
            f"$$ BEGIN RAISE EXCEPTION USING {error}; END $$"
        )
        connection.exec_driver_sql(
            f"CREATE TRIGGER refuse BEFORE INSERT OR UPDATE ON {table} FOR EACH ROW EXECUTE FUNCTION refuse()"
        )


def allow(world: World, table: str) -> None:
    with world.service.database.engine.begin() as connection:
        connection.exec_driver_sql(f"DROP TRIGGER refuse ON {table}")
        connection.exec_driver_sql("DROP FUNCTION refuse")


def test_a_full_disk_is_said_and_stops_nothing_but_writing(world):
    draft(world)
    before = state(world)
    make_room = fill(world)
    with pytest.raises(Unavailable, match="disk is full") as full:
        for number in range(200):
            draft(world, f"Priority {number} " + "that says a good deal " * 6)
            before = state(world)
    assert KEPT in str(full.value)
    assert state(world) == before
    make_room()
    draft(world)
    assert len(state(world)[1]) == len(before[1]) + 1


def test_a_register_that_may_only_be_read_is_read(world):
    draft(world)
    before = state(world)
    database = world.service.database
    if database.is_sqlite:
        event.listen(database.engine, "connect", lambda connection, _: connection.execute("PRAGMA query_only=ON"))
    else:
        with database.engine.begin() as connection:
            name = database.url.database
            connection.exec_driver_sql(f"ALTER DATABASE {name} SET default_transaction_read_only = on")
    database.engine.dispose()
    with pytest.raises(Unavailable, match="may not be written to"):
        draft(world)
    assert state(world) == before


REFUSED = {
    "sqlite": "CREATE TRIGGER refuse BEFORE INSERT ON audit BEGIN SELECT RAISE(ABORT, 'refused'); END",
    "postgresql": "ERRCODE = 'disk_full', MESSAGE = 'refused'",
}


def test_a_change_whose_entry_cannot_be_written_is_not_made(world):
    waiting = world.priority("in_consultation")
    before = state(world)
    if world.service.database.is_sqlite:
        with world.service.database.engine.begin() as connection:
            connection.exec_driver_sql(REFUSED["sqlite"])
    else:
        refuse(world, "audit", REFUSED["postgresql"])
    for attempt in (
        lambda: draft(world),
        lambda: world.service.edit(world.lead, "priority", waiting.id, {"title": "Another"}, version=waiting.version),
        lambda: world.act(world.lead, waiting, "publish"),
        lambda: grant(world.service, world.admin, "new@wessex.example", "lead", "wessex"),
    ):
        with pytest.raises(Exception, match=r"refused|disk is full"):
            attempt()
        assert state(world) == before
    assert len(grants(world.service, world.admin)) == 7


@pytest.fixture
def postgres_world(postgres) -> Iterator[World]:
    url = postgres.database()
    made = new_world(url)
    yield made
    made.service.database.close()
    postgres.start()
    postgres.drop(url)


def test_a_server_that_is_down_is_said_and_used_again_when_it_is_up(postgres, postgres_world):
    world = postgres_world
    kept = draft(world)
    before = state(world)
    postgres.stop()
    for attempt in (
        lambda: draft(world),
        lambda: world.service.edit(world.lead, "priority", kept.id, PRIORITY, version=1),
        lambda: world.service.read(world.lead, "priority", kept.id),
        lambda: world.service.actor(world.lead.email, "Lena"),
    ):
        with pytest.raises(Unavailable, match="cannot be reached") as down:
            attempt()
        assert KEPT in str(down.value)
    postgres.start()
    assert state(world) == before
    draft(world)
    assert len(state(world)[1]) == 2


def test_a_server_that_goes_in_the_middle_of_a_change_takes_the_whole_change_with_it(postgres, postgres_world):
    world = postgres_world
    before = state(world)
    with pytest.raises(Unavailable, match="cannot be reached"), world.service.database.writing() as session:
        session.execute(text("DELETE FROM role_grant"))
        postgres.stop()
        session.execute(text("DELETE FROM priority"))
    postgres.start()
    assert state(world) == before
    assert len(grants(world.service, world.admin)) == 7


def test_a_connection_lost_at_the_very_end_is_not_called_unchanged(postgres_world):
    """Nobody can know then whether it was stored, so nobody is told that it was not."""
    world = postgres_world
    with world.service.database.engine.begin() as connection:
        connection.exec_driver_sql(
            "CREATE FUNCTION cut() RETURNS trigger LANGUAGE plpgsql AS "
            "$$ BEGIN PERFORM pg_terminate_backend(pg_backend_pid()); RETURN NULL; END $$"
        )
        connection.exec_driver_sql(
            "CREATE CONSTRAINT TRIGGER cut AFTER INSERT ON audit DEFERRABLE INITIALLY DEFERRED "
            "FOR EACH ROW EXECUTE FUNCTION cut()"
        )
    before = state(world)
    with pytest.raises(Unavailable) as lost:
        draft(world)
    assert "may be saved or not" in str(lost.value) and KEPT not in str(lost.value)
    assert state(world) == before


@pytest.fixture
def file_world(tmp_path) -> Iterator[tuple[World, Path]]:
    path = tmp_path / "a folder" / "regi%ster.db"
    made = new_world(f"sqlite:///{path}")
    yield made, path
    made.service.database.close()


def test_a_deleted_file_is_noticed_before_anything_is_lost_in_it(file_world):
    world, path = file_world
    draft(world)
    aside = path.with_name("aside.db")
    for name in ("", "-wal", "-shm"):
        if (part := path.with_name(path.name + name)).exists():
            part.rename(aside.with_name(aside.name + name))
    for attempt in (lambda: draft(world), lambda: world.service.records(world.lead, "priority")):
        with pytest.raises(Unavailable, match="cannot be reached"):
            attempt()
    assert not path.exists(), "an empty register in its place would look like a lost one"
    for name in ("", "-wal", "-shm"):
        if (part := aside.with_name(aside.name + name)).exists():
            part.rename(path.with_name(path.name + name))
    draft(world)
    assert len(state(world)[1]) == 2


def test_a_spoilt_file_is_said_to_be_damaged(file_world):
    world, path = file_world
    draft(world)
    world.service.database.close()
    content = path.read_bytes()
    path.write_bytes(b"no database at all" * 1000)
    for attempt in (lambda: draft(world), lambda: world.service.records(world.lead, "priority")):
        with pytest.raises(Unavailable, match="file is damaged"):
            attempt()
    world.service.database.close()
    path.write_bytes(content)
    draft(world)
    assert len(state(world)[1]) == 2


def test_a_page_torn_out_of_the_file_is_not_read_as_if_it_were_whole(file_world):
    world, path = file_world
    for number in range(30):
        draft(world, f"Priority {number}")
    world.service.database.close()
    with path.open("r+b") as file:
        file.seek(4096)
        file.write(b"\xff" * (path.stat().st_size - 4096))
    with pytest.raises(Unavailable, match="file is damaged"):
        world.service.records(world.lead, "priority")


def test_a_folder_that_cannot_be_made_is_named(tmp_path):
    (tmp_path / "taken").write_text("a file where a folder should be")
    with pytest.raises(Unavailable, match=r"cannot be kept where it should be\. At .*taken"):
        Database(f"sqlite:///{tmp_path / 'taken' / 'register.db'}")


def test_the_file_is_for_its_owner_alone(file_world):
    world, path = file_world
    draft(world)
    modes = {part.name: part.stat().st_mode & 0o777 for part in path.parent.iterdir()}
    assert set(modes.values()) == {0o600}, modes


def test_a_database_locked_by_a_program_that_is_not_ours_is_said_to_be_busy(file_world):
    world, path = file_world
    with sqlite3.connect(path, isolation_level=None) as other:
        other.execute("BEGIN IMMEDIATE")
        with patient(world, 0.1) as hasty, pytest.raises(Unavailable, match="Someone else is saving"):
            draft(hasty)
        other.execute("ROLLBACK")
    other.close()
    draft(world)


def test_of_two_who_save_at_the_same_moment_one_wins_and_the_other_sees_both(world):
    with patient(world) as world:
        seen = draft(world)

        def save(who: Actor, seen: Record) -> Record:
            words = {**PRIORITY, "how_set": who.name}
            return world.service.edit(who, "priority", seen.id, words, version=seen.version)

        for _ in range(10):
            results = at_once(*(partial(save, who, seen) for who in (world.lead, world.contributor)))
            (won,) = [result for result in results if isinstance(result, Record)]
            (stale,) = [result for result in results if isinstance(result, StaleEdit)]
            assert stale.theirs["how_set"] == won.content["how_set"] != stale.mine["how_set"]
            assert stale.version == won.version == seen.version + 1
            seen = won
        assert state(world)[1] == {(seen.id, seen.version, "draft")}


def test_twenty_people_writing_at_once_lose_nothing(world):
    with patient(world) as world:
        before, _ = state(world)
        write = [lambda who=who: [draft(world, f"Of {who}, number {n}").id for n in range(10)] for who in range(20)]
        made = [record for records in at_once(*write) for record in records]
        after, found = state(world)
        assert {record for record, _, _ in found} == set(made) and len(made) == 200
        assert after == before + 200


def test_a_form_sent_twice_at_the_same_moment_makes_one_record(world):
    with patient(world) as world:
        send = partial(world.service.create, world.contributor, "priority", PRIORITY, areas=["wessex"])
        for number in range(5):
            results = at_once(*[partial(send, token=f"form-{number}")] * 3)
            assert {type(result) for result in results} == {Record}, results
            assert len({result.id for result in results}) == 1
        assert len(state(world)[1]) == 5


def test_writers_of_different_records_and_forms_do_not_lock_each_other_out(world):
    with patient(world) as world:
        mine, his = draft(world), draft(world, "Another priority")

        def edits(record: Record) -> int:
            for number in range(15):
                form = open_form(world.service, world.lead, record.id, version=record.version, content={})
                keep_form(world.service, world.lead, form, {"title": f"Version {number}"})
                record = world.service.edit(
                    world.lead, "priority", record.id, {"title": f"Version {number}"}, version=record.version
                )
            return record.version

        assert at_once(lambda: edits(mine), lambda: edits(his)) == [16, 16]
        state(world)
