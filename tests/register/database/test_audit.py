"""Whoever changes the register past the program is found out, whatever they change and however they do it."""

import hashlib
import json
from dataclasses import replace

import pytest
from sqlalchemy import text

from psc.register.database import audit
from psc.register.database.audit import EndBroken, rolled_back
from psc.register.database.register_tables import PriorityRow
from psc.register.errors import RegisterError
from tests.register.database.sealed_audit import broken
from tests.register.world import ADOPTION, PRIORITY, World

ENTRY = "(SELECT number FROM audit WHERE kind = 'priority' ORDER BY number LIMIT 1)"


def tamper(world: World, *statements: str, **values: object) -> None:
    """What someone with the database's own password does: the guards off, the change made, the guards on again."""
    database = world.service.database
    with database.engine.begin() as connection:
        if database.is_sqlite:
            guards = connection.execute(text("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")).all()
            off = [f"DROP TRIGGER {name}" for name, _ in guards]
            on = [definition for _, definition in guards]
        else:
            off, on = ["ALTER TABLE audit DISABLE TRIGGER USER"], ["ALTER TABLE audit ENABLE TRIGGER USER"]
        for statement in off:
            connection.exec_driver_sql(statement)
        for statement in statements:
            assert connection.execute(text(statement), values if ":" in statement else {}).rowcount != 0
        for statement in on:
            connection.exec_driver_sql(statement)


def test_what_happened_verifies_and_says_who_did_it(lived_in):
    assert broken(lived_in) == []
    with lived_in.service.database.reading() as session:
        made, *_, changed = audit.entries(session, kind="priority", last=100)
        assert (made.who, made.action, made.before) == (lived_in.contributor.email, "create", None)
        assert (changed.who, changed.action) == (lived_in.lead.email, "edit")
        assert json.loads(made.after)["content"]["title"] == PRIORITY["title"]
        assert [entry.number for entry in audit.entries(session, last=3)] == [
            audit.revision(session) - 2, audit.revision(session) - 1, audit.revision(session)
        ]  # fmt: skip


def test_an_entry_says_which_fields_were_changed(world):
    draft = world.priority("draft")
    world.service.edit(world.lead, "priority", draft.id, {**PRIORITY, "title": "New", "how_set": "By vote"}, version=1)
    with world.service.database.reading() as session:
        assert audit.changed_fields(audit.newest(session)) == ["how_set", "title"]


def test_a_column_that_a_later_version_adds_breaks_no_seal_while_it_is_empty(world):
    draft = world.priority("draft")
    with world.service.database.reading() as session:
        row = session.get(PriorityRow, draft.id)
        sealed = audit.newest(session).after
        assert json.loads(sealed).keys() < {column.key for column in row.__table__.columns}
        assert row.claimed_by is None and "claimed_by" not in json.loads(sealed)
        assert audit.snapshot(row) == sealed
        row.claimed_by = "wessex"
        assert audit.snapshot(row) != sealed
        session.rollback()


COLUMNS = {
    "at": "'2020-01-01T00:00:00.000+00:00'", "who": "'someone@else.example'", "action": "'share'", "kind": "'event'",
    "record_id": "'another'", "before": "'{}'", "after": "replace(after, 'methotrexate', 'paracetamol')",
    "previous": f"'{'1' * 64}'", "seal": f"'{'2' * 64}'", "number": "1000",
}  # fmt: skip


@pytest.mark.parametrize("column", COLUMNS)
def test_every_column_of_an_entry_is_sealed(lived_in, column):
    tamper(lived_in, f"UPDATE audit SET {column} = {COLUMNS[column]} WHERE number = {ENTRY}")
    assert any("does not match its seal" in found or "missing" in found for found in broken(lived_in))


@pytest.mark.parametrize(
    ("statements", "said"),
    [
        ([f"DELETE FROM audit WHERE number = {ENTRY}"], "entries between them are missing"),
        (["DELETE FROM audit WHERE number = (SELECT max(number) FROM audit)"], "entries and there are"),
        (["DELETE FROM audit"], "and there are 0"),
        (["DELETE FROM audit", "DELETE FROM audit_head"], "no entry says how it came there"),
        (["DELETE FROM audit_head"], "count of entries is missing"),
        (["UPDATE audit_head SET number = number + 1"], "There should be"),
        (["UPDATE audit_head SET seal = '3'"], "does not match its seal"),
        (["UPDATE audit_head SET seal = 'é'"], "does not match its seal"),
        (
            [
                "UPDATE audit SET number = -1 WHERE number = 3",
                "UPDATE audit SET number = 3 WHERE number = 4",
                "UPDATE audit SET number = 4 WHERE number = -1",
            ],
            "Entry 3 does not match its seal",
        ),
    ],
    ids=["middle", "newest", "all", "all and head", "head", "count", "head seal", "odd head seal", "swapped"],
)
def test_entries_cannot_be_taken_out_cut_off_or_swapped(lived_in, statements, said):
    tamper(lived_in, *statements)
    assert any(said in found for found in broken(lived_in)), broken(lived_in)


RECORD = {
    "content": """replace(CAST(content AS TEXT), 'methotrexate', 'paracetamol')""",
    "state": "'closed'", "areas": "'[\"eastern\"]'", "agreed": "'[]'", "version": "7", "provenance": "'compiled'",
    "claimed_by": "'eastern'", "compiled": "'{}'", "times": "'{}'", "id": "'another-id'",
    "created_by": "'someone@else.example'", "updated_by": "'someone@else.example'", "updated_at": "'2020-01-01'",
}  # fmt: skip

DOCUMENTS = ("content", "areas", "agreed", "compiled", "times")


@pytest.mark.parametrize("column", RECORD)
def test_a_record_changed_past_the_audit_is_found_whatever_was_changed(world, column):
    world.priority()
    value = RECORD[column]
    if column in DOCUMENTS and not world.service.database.is_sqlite:
        value = f"CAST({value} AS JSONB)"
    tamper(world, f"UPDATE priority SET {column} = {value}")
    assert any("past the audit" in found or "no entry says" in found for found in broken(world))


def test_a_record_that_cannot_even_be_read_is_found_among_the_others(lived_in):
    if lived_in.service.database.is_sqlite:
        tamper(lived_in, "UPDATE solution SET content = 'not JSON'")
    else:
        tamper(lived_in, """UPDATE solution SET content = '"not a document"'""")
    (found,) = broken(lived_in)
    assert "solution" in found.lower() and "past the audit" in found


def test_a_role_someone_gave_themselves_in_the_database_is_found(world):
    tamper(world, "UPDATE role_grant SET role = 'lead' WHERE email = :email", email=world.contributor.email)
    (found,) = broken(world)
    assert found.startswith("Grant ")
    columns = "id, version, state, areas, provenance, content, times, created_by, updated_by, updated_at, email, role"
    tamper(
        world,
        f"INSERT INTO role_grant ({columns}, area) SELECT 'mine', 1, state, areas, provenance, content, times, "
        "created_by, updated_by, updated_at, 'me@else.example', role, area "
        "FROM role_grant WHERE role = 'administrator'",
    )
    assert any("grant mine is in the register, but no entry" in found.lower() for found in broken(world))


def test_a_record_deleted_past_the_audit_is_found(lived_in):
    tamper(lived_in, "DELETE FROM adoption")
    (found,) = broken(lived_in)
    assert found.startswith("Adoption ") and "gone from the register" in found


def test_a_change_made_past_the_audit_stays_found_after_the_program_changed_the_record_too(world):
    priority = world.priority()
    tamper(world, "UPDATE priority SET version = version + 0, state = 'closed'")
    tamper(world, "UPDATE priority SET state = 'published', claimed_by = 'eastern'")
    world.service.edit(world.lead, "priority", priority.id, PRIORITY, version=priority.version)
    assert any("does not start from where" in found for found in broken(world))


def forge(world: World, seal: str) -> None:
    """Add an entry for a change of a record, sealed in a way that is not the key's, and count it."""
    tamper(
        world,
        "INSERT INTO audit SELECT number + 1, at, who, 'edit', kind, record_id, after, after, seal, :seal FROM audit "
        "WHERE number = (SELECT max(number) FROM audit)",
        "UPDATE audit_head SET number = number + 1, seal = :seal",
        seal=seal,
    )


def test_a_forged_entry_needs_the_key(world):
    world.adoption(world.solution())
    with world.service.database.reading() as session:
        last = audit.newest(session)
        forged = following(last)
        plain = hashlib.sha256(last.after.encode()).hexdigest()
        other = audit._seal(b"another key", forged)
    forge(world, plain)
    assert any("does not match its seal" in found for found in broken(world))
    forge(world, other)
    assert len([found for found in broken(world) if "does not match its seal" in found]) >= 2


def following(last: audit.AuditRow) -> audit.AuditRow:
    return audit.AuditRow(
        number=last.number + 1, at=last.at, who=last.who, action="edit", kind=last.kind, record_id=last.record_id,
        before=last.after, after=last.after, previous=last.seal,
    )  # fmt: skip


def test_with_another_key_nothing_verifies_and_nothing_is_added(lived_in):
    other = World(replace(lived_in.service, key=b"another key"), lived_in.clock)
    assert len(broken(other)) > 10
    with pytest.raises(EndBroken, match="psc audit verify"):
        other.priority("draft")
    assert broken(lived_in) == []


def test_an_old_count_put_back_is_found_and_nothing_is_added_after_it(world):
    world.priority("draft")
    with world.service.database.reading() as session:
        head = session.get(audit.AuditHead, 1)
        old = {"number": head.number, "seal": head.seal}
    world.priority("draft")
    tamper(world, "UPDATE audit_head SET number = :number, seal = :seal", **old)
    assert any("There should be" in found for found in broken(world))
    with pytest.raises(EndBroken):
        world.priority("draft")
    tamper(world, "DELETE FROM audit WHERE number > :number", **old)
    (found,) = broken(world)
    assert "no entry says how it came there" in found


def test_a_whole_register_put_back_is_found_by_what_was_noted_elsewhere(world):
    world.priority("draft")
    with world.service.database.reading() as session:
        head = session.get(audit.AuditHead, 1)
        old = {"number": head.number, "seal": head.seal}
    late = world.priority("draft")
    with world.service.database.reading() as session:
        noted, number = audit.newest(session).seal, audit.revision(session)
        assert rolled_back(session, seal=f" {noted.upper()}\n", at_least=number) == []
    world.priority("draft")
    with world.service.database.reading() as session:
        assert rolled_back(session, seal=noted, at_least=number) == []
    tamper(
        world,
        "DELETE FROM audit WHERE number > :number",
        "UPDATE audit_head SET number = :number, seal = :seal",
        "DELETE FROM priority WHERE id >= :late OR id < :late",
        **old,
        late=late.id,
    )
    with world.service.database.reading() as session:
        found = rolled_back(session, seal=noted, at_least=number)
    assert ["put back" in str(one) for one in found] == [True, True]


def test_what_is_refused_is_not_in_the_audit(world):
    shared = world.solution()
    with world.service.database.reading() as session:
        before = audit.revision(session)
    for attempt in (
        lambda: world.service.create(world.contributor, "priority", {"title": ""}, areas=["wessex"]),
        lambda: world.service.create(
            world.lead, "adoption", ADOPTION, areas=["wessex"], links={"solution_id": shared.id}
        ),
        lambda: world.act(world.lead, shared, "withdraw"),
    ):
        with pytest.raises(RegisterError):
            attempt()
    with world.service.database.reading() as session:
        assert audit.revision(session) == before
    assert broken(world) == []
