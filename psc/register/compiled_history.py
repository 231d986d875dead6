"""Loads the history compiled from public sources into the register: on the first start, and what is new in it later.

Compiled records are marked as such. What is compiled is never changed by an edit, and a record an area has claimed is
left alone from then on.
"""

from collections.abc import Iterator
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from psc.geography.areas import ENGLAND
from psc.register.compiled.load import Register
from psc.register.database import audit
from psc.register.database.register_tables import AdoptionRow, PriorityRow, Row, SolutionRow
from psc.register.records.adoption import Adoption
from psc.register.records.priority import Priority
from psc.register.records.solution import Solution
from psc.register.service import Service
from psc.register.workflow import transitions
from psc.register.workflow.permissions import SYSTEM


def load_history(service: Service, compiled: Register) -> int:
    """Add what the register does not have yet, and renew what is still as compiled; return how many were changed.

    In one transaction: a start that is interrupted leaves nothing half loaded, and two at once load it once.
    """
    changed = 0
    with service.database.writing() as session:
        there = {(type(row), row.id): row for row in _all(session)}
        for new in _rows(compiled):
            old = there.get((type(new), new.id))
            if old is None:
                new.content = transitions.as_written(new)
                new.created_by = SYSTEM.email
                session.add(new)
                service.seal(session, SYSTEM, "compile", new, None)
            elif old.claimed_by is None and old.provenance == "compiled" and old.compiled != new.compiled:
                before = audit.snapshot(old)
                old.compiled, old.areas = new.compiled, new.areas
                if "withdraw" not in old.times:
                    old.state, old.content = new.state, transitions.as_written(new)
                service.seal(session, SYSTEM, "compile", old, before)
            else:
                continue
            changed += 1
    return changed


def _all(session: Session) -> Iterator[Row]:
    for table in (PriorityRow, SolutionRow, AdoptionRow):
        yield from session.scalars(select(table))


def _rows(compiled: Register) -> Iterator[Row]:
    for priority in compiled.priorities:
        yield _priority(priority)
    for solution in compiled.solutions:
        yield _solution(solution)
        for adoption in solution.adopted_by:
            yield _adoption(solution, adoption)


def _common(facts: dict[str, Any], state: str, areas: tuple[str, ...]) -> dict[str, Any]:
    return {
        "version": 0, "state": state, "areas": list(areas), "provenance": "compiled", "compiled": facts, "times": {},
        "claimed_by": None,
    }  # fmt: skip


def _priority(priority: Priority) -> PriorityRow:
    state = "closed" if priority.status in ("closed", "superseded") else "published"
    facts = priority.model_dump(mode="json", exclude_defaults=True)
    return PriorityRow(id=priority.id, agreed=[], **_common(facts, state, priority.areas))


def _solution(solution: Solution) -> SolutionRow:
    state = "withdrawn" if solution.status == "withdrawn" else "shared_nationally"
    facts = solution.model_dump(mode="json", exclude_defaults=True, exclude={"adopted_by"})
    return SolutionRow(id=solution.id, test_ids=[], proposed=False, **_common(facts, state, solution.areas_of_origin))


def _adoption(solution: Solution, adoption: Adoption) -> AdoptionRow:
    facts = adoption.model_dump(mode="json", exclude_defaults=True)
    areas = () if adoption.area == ENGLAND else (adoption.area,)
    return AdoptionRow(
        id=f"{solution.id}--{adoption.area}", solution_id=solution.id, area=adoption.area,
        **_common(facts, "published", areas),
    )  # fmt: skip
