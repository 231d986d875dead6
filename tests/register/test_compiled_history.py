"""The history compiled from public sources is in the register from the first start, and stays what it was."""

import dataclasses
import itertools

import pytest
from sqlalchemy import select

from psc.register.compiled.load import Register, load_register
from psc.register.compiled_history import load_history
from psc.register.database import audit
from psc.register.database.register_tables import AdoptionRow, PriorityRow, Row, SolutionRow
from psc.register.privacy.screening import screen
from psc.register.public.public_view import solution_of
from psc.register.public.read_public import read_published
from psc.register.records.headline_figure import headline
from psc.register.records.kinds import checked
from psc.register.records.priority import Priority
from psc.register.role_grants import ensure_administrators, grant
from psc.register.workflow.transitions import as_written, kind_of
from tests.register.world import World


@pytest.fixture(scope="module")
def compiled(data) -> Register:
    return load_register(data / "register")


def published(world: World, compiled: Register):
    with world.service.database.reading() as session:
        return read_published(session, compiled)


def revision(world: World) -> int:
    with world.service.database.reading() as session:
        assert audit.verify(session, world.service.key) == []
        return audit.revision(session)


def everything(record) -> dict:
    """What a compiled record says, field by field, without what only the register adds to it."""
    return record.model_dump(mode="json", exclude_defaults=True)


def test_the_first_start_loads_every_priority_solution_and_adoption_once(settled, compiled):
    shown = published(settled, compiled)
    assert [priority.id for priority in shown.priorities] == [priority.id for priority in compiled.priorities]
    assert [solution.id for solution in shown.solutions] == [solution.id for solution in compiled.solutions]
    before = revision(settled)
    assert load_history(settled.service, compiled) == 0
    ensure_administrators(settled.service, (settled.admin.email,))
    assert revision(settled) == before


def test_before_anyone_writes_the_public_reads_just_what_was_compiled(settled, compiled):
    shown = published(settled, compiled)
    for mine, theirs in zip(shown.priorities, compiled.priorities, strict=True):
        said = everything(mine)
        assert {name: said[name] for name in everything(theirs)} == everything(theirs)
        assert (mine.scope, mine.status_inferred) == (theirs.scope, theirs.status_inferred)
        assert not mine.standing.is_areas_own
    for mine, theirs in zip(shown.solutions, compiled.solutions, strict=True):
        said, expected = everything(mine), everything(theirs)
        expected.pop("adopted_by", None)
        assert {name: said[name] for name in expected} == expected
        taken = {adoption.area: (adoption.stage, adoption.note, adoption.sources) for adoption in theirs.adopted_by}
        found = {adoption.area: (adoption.stage, adoption.note, adoption.sources) for adoption in mine.adopted_by}
        assert found == taken and len(mine.adopted_by) == len(theirs.adopted_by)
    assert (shown.programmes, shown.timeline) == (compiled.programmes, compiled.timeline)


def changed(compiled: Register, priority_id: str, **fields) -> Register:
    """The compiled register after someone changed a priority's YAML."""
    priorities = tuple(
        Priority.model_construct(**{**dict(priority), **fields}) if priority.id == priority_id else priority
        for priority in compiled.priorities
    )
    return dataclasses.replace(compiled, priorities=priorities)


def first_of_one_area(compiled: Register) -> Priority:
    return next(
        priority for priority in compiled.priorities if len(priority.areas) == 1 and priority.status == "active"
    )


def test_what_is_new_in_the_compiled_data_reaches_a_record_that_nobody_claimed(settled, compiled):
    theirs = compiled.priorities[0]
    before = revision(settled)
    newer = changed(compiled, theirs.id, title="As the sources say now", status="closed")
    assert load_history(settled.service, newer) == 1
    assert revision(settled) == before + 1
    shown = {priority.id: priority for priority in published(settled, newer).priorities}[theirs.id]
    assert (shown.title, shown.status) == ("As the sources say now", "closed")


def test_a_claimed_record_keeps_its_leads_words_and_what_was_compiled_is_kept_beside_them(settled, compiled):
    theirs = first_of_one_area(compiled)
    area = theirs.areas[0]
    grant(settled.service, settled.admin, settled.lead.email, "lead", area)
    found = settled.service.read(settled.lead, "priority", theirs.id)
    assert found.compiled
    claimed = settled.act(settled.lead, found, "claim")
    words = {
        **claimed.content,
        "title": "In the lead's words",
        "involvement_level": "partners",
        "patient_involvement": "Six patients helped to choose it.",
        "contact_role": "Patient safety lead",
        "review_date": "2028-01-31",
    }
    settled.service.edit(settled.lead, "priority", theirs.id, words, version=claimed.version)
    before = revision(settled)
    assert load_history(settled.service, changed(compiled, theirs.id, title="As the sources say now")) == 0
    assert revision(settled) == before
    (shown,) = [priority for priority in published(settled, compiled).priorities if priority.id == theirs.id]
    assert (shown.title, shown.standing.is_areas_own) == ("In the lead's words", True)
    with settled.service.database.reading() as session:
        kept = session.get(PriorityRow, theirs.id).compiled
    assert Priority.model_validate(kept).title == theirs.title == Priority.model_validate(kept).title


def test_a_record_someone_wrote_is_never_taken_for_a_compiled_one(settled, compiled):
    mine = settled.priority()
    assert load_history(settled.service, compiled) == 0
    same_id = Priority.model_construct(**{**dict(compiled.priorities[0]), "id": mine.id, "title": "Not hers"})
    added = dataclasses.replace(compiled, priorities=(*compiled.priorities, same_id))
    assert load_history(settled.service, added) == 0
    (shown,) = [priority for priority in published(settled, compiled).priorities if priority.id == mine.id]
    assert shown.title == mine.content["title"]


def test_an_interrupted_first_start_leaves_nothing_half_loaded(world, compiled):
    before = revision(world)
    moments = itertools.count()

    def interrupted():
        if next(moments) == 100:
            raise KeyboardInterrupt
        return world.clock()

    with pytest.raises(KeyboardInterrupt):
        load_history(dataclasses.replace(world.service, now=interrupted), compiled)
    assert revision(world) == before
    assert published(world, compiled).priorities == ()
    assert load_history(world.service, compiled) > 100


def test_the_committed_data_fits_where_it_is_kept(compiled):
    """PostgreSQL refuses what is longer than its column; SQLite would keep it without a word."""
    ids = [record.id for record in (*compiled.priorities, *compiled.solutions)]
    ids += [f"{solution.id}--{adoption.area}" for solution in compiled.solutions for adoption in solution.adopted_by]
    assert len(set(ids)) == len(ids)
    assert max(map(len, ids)) <= PriorityRow.__table__.c.id.type.length


def _taken_over(settled) -> list[Row]:
    """Every compiled record of a single area as its lead would find it after taking it over."""
    with settled.service.database.reading() as session:
        rows = [row for table in (PriorityRow, SolutionRow, AdoptionRow) for row in session.scalars(select(table))]
        session.expunge_all()
    rows = [row for row in rows if len(row.areas) == 1]
    for row in rows:
        row.claimed_by, row.content = row.areas[0], as_written(row)
    return rows


def test_every_record_that_is_taken_over_can_be_saved_as_it_is(settled):
    rows = _taken_over(settled)
    assert len(rows) > 80
    for row in rows:
        words = checked(kind_of(row), row.content, settled.service.known)
        screen(words)


def test_the_figure_that_speaks_for_a_solution_is_the_same_after_it_is_taken_over(settled, compiled):
    for row in _taken_over(settled):
        if isinstance(row, SolutionRow) and row.state != "withdrawn":
            before, after = headline(compiled.solutions_by_id[row.id]), headline(solution_of(row))
            assert (after.kind, after.result and after.result.in_words) == (
                before.kind,
                before.result and before.result.in_words,
            ), row.id


def test_what_was_not_verified_stays_marked_after_a_record_is_taken_over(settled, compiled):
    for row in _taken_over(settled):
        if isinstance(row, SolutionRow):
            before, after = compiled.solutions_by_id[row.id], str(row.content)
            for note in [before.unverified_note, *(result.unverified for result in before.results)]:
                assert note is None or note in after, row.id


def test_taking_over_alone_changes_nothing_the_public_reads_but_who_speaks(settled, compiled):
    solution = next(s for s in compiled.solutions if s.areas_of_origin == ("wessex",) and s.status != "withdrawn")
    priority = next(p for p in compiled.priorities if p.areas == ("wessex",))
    for kind, record in (("solution", solution), ("priority", priority)):
        found = settled.service.read(settled.lead, kind, record.id)
        settled.act(settled.lead, found, "claim")
    shown = published(settled, compiled)
    for mine, theirs in (
        (shown.solutions_by_id[solution.id], solution),
        (shown.priorities_by_id[priority.id], priority),
    ):
        assert mine.standing.claimed_by == "wessex" and not mine.standing.is_areas_own
        assert {name: everything(mine)[name] for name in everything(theirs) if name != "adopted_by"} == {
            name: value for name, value in everything(theirs).items() if name != "adopted_by"
        }


def test_an_unsafe_compiled_solution_is_withdrawn_by_a_reviewer_and_stays_so(settled, compiled):
    solution = next(s for s in compiled.solutions if len(s.areas_of_origin) > 1 and s.status != "withdrawn")
    found = settled.service.read(settled.reviewer, "solution", solution.id)
    who = settled.reviewer if "eastern" not in solution.areas_of_origin else settled.own_reviewer
    settled.act(who, found, "withdraw", "A patient was harmed.")
    load_history(settled.service, dataclasses.replace(compiled, solutions=tuple(
        s.model_copy(update={"title": f"{s.title}, reworded"})
        for s in compiled.solutions
    )))  # fmt: skip
    shown = published(settled, compiled).solutions_by_id[solution.id]
    assert (shown.status, shown.withdrawn_reason, shown.evidence_grade) == ("withdrawn", "A patient was harmed.", "W")
    assert headline(shown).result is None
    assert shown.title.endswith(", reworded")
