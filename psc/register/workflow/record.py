"""Records as they stand, free of the database; and who somebody is, with the roles they hold."""

from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from psc.register.database.register_tables import GrantRow, Row, SolutionRow
from psc.register.workflow.lifecycle import PROPOSED, Kind
from psc.register.workflow.permissions import PUBLIC, Actor, Grant, RecordStatus
from psc.register.workflow.transitions import kind_of

_LINKS = (
    "priority_id", "cycle", "solution_id", "area", "email", "role", "agreed", "proposed", "returned", "revision",
    "claimed_by", "test_ids",
)  # fmt: skip


_BETWEEN: dict[str, Any] = {"revision": None, "returned": None, "proposed": False, "agreed": []}


@dataclass(frozen=True, slots=True)
class Record:
    """A record as it stands. ``links`` are the ids of its priority, its solution, the tests it grew from."""

    kind: Kind
    id: str
    version: int
    state: str
    areas: tuple[str, ...]
    compiled: bool
    content: dict[str, Any]
    times: dict[str, str]
    updated_by: str
    updated_at: str
    links: dict[str, Any] = field(default_factory=dict)

    @property
    def standing(self) -> RecordStatus:
        """What the rules need to know of it."""
        proposed_by = self.updated_by if self.state == PROPOSED else ""
        return RecordStatus(self.kind, self.state, self.areas, self.compiled, proposed_by=proposed_by)


def stored(row: Row, reader: Actor) -> Record:
    """Return a row as it stands. What is still between its area and the reviewers is blank for everyone else."""
    links = {name: getattr(row, name) for name in _LINKS if hasattr(row, name)}
    if not (reader.areas() & set(row.areas) or reader.holds("reviewer")):
        links |= {name: blank for name, blank in _BETWEEN.items() if name in links}
    return Record(
        kind=kind_of(row),
        id=row.id,
        version=row.version,
        state=row.state,
        areas=tuple(row.areas),
        compiled=standing_of(row).compiled,
        content=dict(row.content),
        times=dict(row.times),
        updated_by=row.updated_by,
        updated_at=row.updated_at,
        links=links,
    )


def standing_of(row: Row) -> RecordStatus:
    """Return what the rules need to know of a row."""
    unclaimed = row.provenance == "compiled" and row.claimed_by is None
    hidden = isinstance(row, SolutionRow) and row.state == "withdrawn"
    hidden &= row.provenance == "authored" and "share" not in row.times
    # Nothing else can happen to what is proposed: so whoever changed it last has proposed it.
    proposed_by = row.updated_by if row.state == PROPOSED else ""
    return RecordStatus(kind_of(row), row.state, tuple(row.areas), unclaimed, hidden, proposed_by)


def with_grants(session: Session, actor: Actor) -> Actor:
    """Return somebody with the roles they hold at this moment."""
    if actor == PUBLIC:
        return actor
    held = session.scalars(select(GrantRow).where(GrantRow.email == actor.email, GrantRow.state == "active"))
    grants = tuple(Grant(row.role, row.area) for row in held)  # type: ignore[arg-type]
    return Actor(actor.email, actor.name, grants)
