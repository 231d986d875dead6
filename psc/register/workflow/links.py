"""What a record belongs to: a test to its priority, an adoption to its solution, a suggestion to what it led to.

There is one writer at a time, so what is found here still holds when the change is stored, and no two records take the
same place.
"""

from typing import Any, TypeVar

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from psc.clean_text import clean
from psc.geography.areas import ENGLAND
from psc.register.database.register_tables import (
    AdoptionRow,
    GrantRow,
    PdsaCycleRow,
    PriorityRow,
    Row,
    SolutionRow,
    SuggestionRow,
)
from psc.register.errors import NoSuchRecord, NotAllowed
from psc.register.workflow.lifecycle import PUBLIC_STATES
from psc.register.workflow.permissions import ROLES, Actor, may_read
from psc.register.workflow.record import standing_of

NOWHERE = "There is no such record, or it is not for you to see."
TESTABLE = frozenset({"draft", "in_consultation", "published"})
"""The states of a priority in which tests of it are begun."""

R = TypeVar("R", bound=Row)


def found(session: Session, table: type[R], record_id: str) -> R:
    """Return a row. Raises NoSuchRecord."""
    row = session.get(table, clean(record_id))
    if row is None:
        raise NoSuchRecord(NOWHERE)
    return row


def readable(session: Session, actor: Actor, table: type[R], record_id: str) -> R:
    """Return a row the actor may read. Raises NoSuchRecord, for others' drafts as for what is not there."""
    row = found(session, table, record_id)
    if not may_read(actor, standing_of(row)):
        raise NoSuchRecord(NOWHERE)
    return row


def attach_to_parent(session: Session, actor: Actor, row: Row, links: dict[str, Any]) -> None:
    """Link a new record to what it belongs to. Raises NoSuchRecord and NotAllowed."""
    if isinstance(row, PriorityRow):
        row.agreed = []
    elif isinstance(row, PdsaCycleRow):
        _attach_pdsa_cycle(session, row, readable(session, actor, PriorityRow, links.get("priority_id", "")))
    elif isinstance(row, AdoptionRow):
        solution = readable(session, actor, SolutionRow, links.get("solution_id", ""))
        row.solution_id, row.area = solution.id, row.areas[0]
        _may_adopt(session, solution, row.area)
    elif isinstance(row, SolutionRow):
        row.test_ids, row.proposed = [], False
    elif isinstance(row, GrantRow):
        row.email, row.role, row.area = links["email"], links["role"], "".join(row.areas)
        if row.role not in ROLES or (row.role == "administrator") is not (row.area == ""):
            raise NotAllowed("There is no such role, or it is not for that area. Nothing was changed.")
        _not_given_before(session, row)


def link(session: Session, row: Row, links: dict[str, Any]) -> None:
    """Link a record to what it led to, or grew from. Raises NoSuchRecord where a link leads nowhere."""
    if isinstance(row, SuggestionRow) and links.get("priority_id"):
        priority = found(session, PriorityRow, links["priority_id"])
        if priority.state not in PUBLIC_STATES["priority"] or not set(row.areas) & {*priority.areas, ENGLAND}:
            raise NoSuchRecord(NOWHERE)
        row.priority_id = priority.id
    if isinstance(row, SolutionRow) and "test_ids" in links:
        tests = [found(session, PdsaCycleRow, test) for test in links["test_ids"]]
        if any(not set(test.areas) <= set(row.areas) for test in tests):
            raise NotAllowed("A solution grows from tests of its own area. Nothing was changed.")
        row.test_ids = [test.id for test in tests]


def _attach_pdsa_cycle(session: Session, row: PdsaCycleRow, priority: PriorityRow) -> None:
    if not set(row.areas) <= set(priority.areas):
        raise NotAllowed("A test belongs to a priority of its own area. Nothing was changed.")
    if priority.state not in TESTABLE:
        raise NotAllowed("This priority is over, so no test of it is begun. Nothing was changed.")
    row.priority_id = priority.id
    last = select(func.max(PdsaCycleRow.cycle)).where(PdsaCycleRow.priority_id == priority.id)
    row.cycle = (session.scalar(last) or 0) + 1


def _may_adopt(session: Session, solution: Row, area: str) -> None:
    if solution.state not in PUBLIC_STATES["solution"] or solution.state == "withdrawn":
        raise NotAllowed("Only a solution that is shared nationally can be adopted. Nothing was changed.")
    if area in solution.areas:
        raise NotAllowed("This solution began in your own area: it is not adopted there. Nothing was changed.")
    taken = select(AdoptionRow.id).where(
        AdoptionRow.solution_id == solution.id, AdoptionRow.area == area, AdoptionRow.state != "discarded"
    )
    if session.scalar(taken):
        raise NotAllowed("Your area's adoption of this solution is recorded already: change that one instead.")


def _not_given_before(session: Session, row: GrantRow) -> None:
    held = select(GrantRow.id).where(GrantRow.email == row.email, GrantRow.role == row.role, GrantRow.area == row.area)
    if session.scalar(held):
        raise NotAllowed("This person was given that role before: restore it instead. Nothing was changed.")


def leave_an_administrator(session: Session, row: Row, action: str) -> None:
    """Raise NotAllowed where nobody would be left to give roles."""
    if action != "revoke" or not isinstance(row, GrantRow) or row.role != "administrator":
        return
    others = select(GrantRow.id).where(
        GrantRow.role == "administrator", GrantRow.state == "active", GrantRow.id != row.id
    )
    if session.scalar(others) is None:
        raise NotAllowed("This is the only administrator: give someone else that role first. Nothing was changed.")
