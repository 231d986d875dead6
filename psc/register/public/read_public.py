"""Reads from the database what the public may see."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from typing import Any, cast

from sqlalchemy import select
from sqlalchemy.orm import Session

from psc.clock import london_day
from psc.register.compiled.load import Register
from psc.register.database.audit import newest
from psc.register.database.register_tables import (
    TABLES,
    AdoptionRow,
    PdsaCycleRow,
    Row,
    SolutionRow,
    SuggestionRow,
)
from psc.register.public.public_register import (
    Capability,
    PdsaCycle,
    PublicRegister,
    PublishedAdoption,
    PublishedPriority,
    PublishedSolution,
    Suggestion,
)
from psc.register.public.public_view import (
    adoption_of,
    chart_decision_of,
    day_of,
    event_of,
    priority_of,
    solution_of,
    test_of,
)
from psc.register.records.solution import Solution
from psc.register.workflow.lifecycle import PUBLIC_STATES, Kind


def read_published(session: Session, compiled: Register) -> PublicRegister:
    """Return everything public. Programmes and history are those of ``compiled``, the store's own register."""
    priorities = [priority_of(row) for row in _public(session, "priority")]
    adoptions: dict[str, list[PublishedAdoption]] = {}
    for row in _public(session, "adoption"):
        adoption = cast(AdoptionRow, row)
        adoptions.setdefault(adoption.solution_id, []).append(adoption_of(adoption))
    shown = {priority.id for priority in priorities}
    tests = _in_cycles(
        test for row in _public(session, "test") if (test := test_of(cast(PdsaCycleRow, row))).priority_id in shown
    )
    public_tests = {test.id for test in tests}
    solutions = [
        _with_tests(solution_of(cast(SolutionRow, row), adoptions.get(row.id, ())), public_tests)
        for row in _public(session, "solution")
        if row.state != "withdrawn" or row.provenance == "compiled" or "share" in row.times
    ]
    order = {priority.id: place for place, priority in enumerate(compiled.priorities)}
    return PublicRegister(
        priorities=tuple(sorted(priorities, key=lambda priority: (order.get(priority.id, -1), priority.title))),
        programmes=compiled.programmes,
        solutions=tuple(sorted(solutions, key=lambda solution: solution.title.casefold())),
        timeline=compiled.timeline,
        harm_group_of=compiled.harm_group_of,
        titles=compiled.titles,
        synonyms=compiled.synonyms,
        tests=tuple(tests),
        suggestions=tuple(_suggestion(cast(SuggestionRow, row), shown) for row in _public(session, "suggestion")),
        events=tuple(event_of(row) for row in _public(session, "event")),
        capabilities=tuple(_capability(row) for row in _public(session, "capability")),
        chart_decisions=tuple(chart_decision_of(row) for row in _public(session, "chart_decision")),
        seal=latest_seal(session),
    )


def latest_seal(session: Session) -> str:
    """Return the seal of the newest change: another one says that something is different."""
    entry = newest(session)
    return entry.seal if entry else ""


def only_compiled(compiled: Register) -> PublicRegister:
    """Return the compiled history as the register shows it before anyone has written: all there is without it."""
    return PublicRegister(
        priorities=tuple(PublishedPriority.model_validate(item.model_dump()) for item in compiled.priorities),
        programmes=compiled.programmes,
        solutions=tuple(PublishedSolution.model_validate(_with_ids(item)) for item in compiled.solutions),
        timeline=compiled.timeline,
        harm_group_of=compiled.harm_group_of,
        titles=compiled.titles,
        synonyms=compiled.synonyms,
    )


def _with_ids(solution: Solution) -> dict[str, Any]:
    facts = solution.model_dump()
    taken = [{**adoption, "id": f"{solution.id}--{adoption['area']}"} for adoption in facts["adopted_by"]]
    return {**facts, "adopted_by": taken}


def _public(session: Session, kind: Kind) -> Iterable[Row]:
    table = TABLES[kind]
    return session.scalars(select(table).where(table.state.in_(PUBLIC_STATES[kind])).order_by(table.id))


def _in_cycles(tests: Iterable[PdsaCycle]) -> list[PdsaCycle]:
    """Number the tests of each priority by their first day, as the charts do: they may be entered in any order.

    Those without a first day come last; those of one day, and those of none, in the order in which they were entered.
    """
    last: Counter[str] = Counter()
    found = []
    for test in sorted(tests, key=lambda test: (test.start is None, test.start or "", test.cycle)):
        last[test.priority_id] += 1
        found.append(replace(test, cycle=last[test.priority_id]))
    return found


def _with_tests(solution: PublishedSolution, public: set[str]) -> PublishedSolution:
    """A draft test is not even named: its id is made of its title."""
    return solution.model_copy(update={"test_ids": tuple(test for test in solution.test_ids if test in public)})


def _suggestion(row: SuggestionRow, public: set[str]) -> Suggestion:
    words = row.content
    answered = row.state == "answered"
    return Suggestion(
        id=row.id,
        area=words["area"],
        what=words["what"],
        harm_area=words.get("harm_area"),
        sent_on=london_day(row.times["received"]).isoformat(),
        answer=words.get("answer") if answered else None,
        answered_on=day_of(row.times.get("answered")) if answered else None,
        priority_id=row.priority_id if row.priority_id in public else None,
    )


def _capability(row: Row) -> Capability:
    words = {name: value for name, value in row.content.items() if name != "public_contacts"}
    return Capability(id=row.id, area=row.areas[0], **words)
