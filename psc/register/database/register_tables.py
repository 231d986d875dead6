"""The register's tables (SQLAlchemy 2): one for each kind of record, the audit, and what a person is writing.

A record's own words stand in ``content``, a document of the kind in :mod:`psc.register.records.kinds`, read and
written whole. Beside it stand the columns that rules, links and locks rest on. Times are UTC, as ISO 8601 text, the
same in every database.
"""

from typing import Any

from sqlalchemy import JSON, ForeignKey, MetaData, String, Text, UniqueConstraint, event
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import DeclarativeBase, InstrumentedAttribute, Mapped, mapped_column

from psc.clean_text import clean

# Nothing is stored as NULL, not as the JSON word null, so that every database and reader says the same.
Document = JSON(none_as_null=True).with_variant(JSONB(none_as_null=True), "postgresql")

NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}


class Base(DeclarativeBase):
    """Every table of the register."""

    metadata = MetaData(naming_convention=NAMES)


class Cleaned:
    """Tables whose text is cleaned (:mod:`psc.clean_text`) as it is set, whoever sets it; not as it is read."""


@event.listens_for(Cleaned, "attribute_instrument", propagate=True)
def _clean_when_set(_: type, __: str, attribute: InstrumentedAttribute[Any]) -> None:
    event.listen(attribute, "set", lambda ___, value, *____: clean(value), retval=True)


class Row(Cleaned, Base):
    """What every kind of record has.

    ``version`` counts the changes and is the optimistic lock: an edit names the version it was made from. ``areas`` are
    the ids of the areas that own the record (all 15 for a national one; empty where no area does). ``provenance`` is
    ``compiled`` (from public sources, by us) or ``authored``; ``claimed_by`` is the area whose lead has taken
    responsibility for a compiled record. ``compiled`` is what the public sources said, as in ``data/register``: no edit
    ever changes it. ``times`` maps a state or action to when it was last reached.
    """

    __abstract__ = True

    id: Mapped[str] = mapped_column(String(120), primary_key=True)
    version: Mapped[int]
    state: Mapped[str] = mapped_column(String(20), index=True)
    areas: Mapped[list[str]] = mapped_column(Document)
    provenance: Mapped[str] = mapped_column(String(10))
    claimed_by: Mapped[str | None] = mapped_column(String(40))
    compiled: Mapped[dict[str, Any] | None] = mapped_column(Document)
    content: Mapped[dict[str, Any]] = mapped_column(Document)
    times: Mapped[dict[str, str]] = mapped_column(Document)
    created_by: Mapped[str] = mapped_column(String(254))
    updated_by: Mapped[str] = mapped_column(String(254))
    updated_at: Mapped[str] = mapped_column(String(32))


class PriorityRow(Row):
    """A priority. ``agreed`` are the owning areas whose lead has agreed to publish it: all of them must.

    ``revision`` is what a priority of several areas, once published, is to say next; an outcome in it closes it.
    """

    __tablename__ = "priority"

    agreed: Mapped[list[str]] = mapped_column(Document, default=list)
    revision: Mapped[dict[str, Any] | None] = mapped_column(Document)


class PdsaCycleRow(Row):
    """A test of change (PDSA) of a priority; ``cycle`` is its place in the order of the area's tests of it."""

    __tablename__ = "test_of_change"
    __table_args__ = (UniqueConstraint("priority_id", "cycle"),)

    priority_id: Mapped[str] = mapped_column(ForeignKey("priority.id"), index=True)
    cycle: Mapped[int]


class SolutionRow(Row):
    """A solution. ``revision`` is what its lead wants it to say next, on show only once a reviewer has shared it.

    ``proposed`` says that the lead has asked for that; ``returned`` is a reviewer's reason not to. ``test_ids`` are the
    tests of change it grew out of: kept in the record, so that the audit seals them with it.
    """

    __tablename__ = "solution"

    test_ids: Mapped[list[str]] = mapped_column(Document)
    revision: Mapped[dict[str, Any] | None] = mapped_column(Document)
    proposed: Mapped[bool] = mapped_column(default=False)
    returned: Mapped[str | None] = mapped_column(Text)


class AdoptionRow(Row):
    """That an area takes up a solution. ``area`` is ``england`` where a source names no area."""

    __tablename__ = "adoption"

    solution_id: Mapped[str] = mapped_column(ForeignKey("solution.id"), index=True)
    area: Mapped[str] = mapped_column(String(40))


class SuggestionRow(Row):
    """What a member of the public said matters; ``priority_id`` is the priority it led to, if one did."""

    __tablename__ = "suggestion"

    priority_id: Mapped[str | None] = mapped_column(ForeignKey("priority.id"))


class EventRow(Row):
    """A learning event."""

    __tablename__ = "event"


class CapabilityRow(Row):
    """How many people an area trained in a skill in a period, or how many coaches it has."""

    __tablename__ = "capability"


class ChartDecisionRow(Row):
    """What people decided about a measure's chart: in one area, or in all of them (``areas`` is then ``england``)."""

    __tablename__ = "chart_decision"


class GrantRow(Row):
    """That a person, known by a verified email address, holds a role (for an area, unless administrator)."""

    __tablename__ = "role_grant"
    __table_args__ = (UniqueConstraint("email", "role", "area"),)

    email: Mapped[str] = mapped_column(String(254), index=True)
    role: Mapped[str] = mapped_column(String(20))
    area: Mapped[str] = mapped_column(String(40))


class AuditRow(Base):
    """One change, sealed: ``seal`` is a keyed hash over every other column, ``previous`` the seal before it.

    ``before`` and ``after`` are the record as canonical JSON, so that every database gives back what was sealed.
    """

    __tablename__ = "audit"

    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    at: Mapped[str] = mapped_column(String(32))
    who: Mapped[str] = mapped_column(String(254))
    action: Mapped[str] = mapped_column(String(20))
    kind: Mapped[str] = mapped_column(String(20))
    record_id: Mapped[str] = mapped_column(String(120), index=True)
    before: Mapped[str | None] = mapped_column(Text)
    after: Mapped[str] = mapped_column(Text)
    previous: Mapped[str] = mapped_column(String(64))
    seal: Mapped[str] = mapped_column(String(64))


class AuditHead(Base):
    """How many changes there are and the seal over that, so that a cut-off end is noticed. One row."""

    __tablename__ = "audit_head"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    number: Mapped[int]
    seal: Mapped[str] = mapped_column(String(64))


class AuditRedaction(Base):
    """An entry of the audit from which words were removed: ``seal`` is a keyed hash over it as it is now."""

    __tablename__ = "audit_redaction"

    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    seal: Mapped[str] = mapped_column(String(64))


STEP_FORM = "step:"
"""What the name of a form begins with that holds what is written with a step: then come record and step."""


class FormRow(Cleaned, Base):
    """What a person has typed into a form and not saved yet. ``version`` is the record's when they began."""

    __tablename__ = "form"

    email: Mapped[str] = mapped_column(String(254), primary_key=True)
    form: Mapped[str] = mapped_column(String(120), primary_key=True)
    token: Mapped[str] = mapped_column(String(36))
    version: Mapped[int | None]
    content: Mapped[dict[str, Any]] = mapped_column(Document)
    updated_at: Mapped[str] = mapped_column(String(32))


class SentForm(Cleaned, Base):
    """A form that was saved: sent a second time, it answers with the record it made."""

    __tablename__ = "sent_form"

    token: Mapped[str] = mapped_column(String(36), primary_key=True)
    record_id: Mapped[str] = mapped_column(String(120))
    sent_at: Mapped[str] = mapped_column(String(32))


TABLES: dict[str, type[Row]] = {
    "priority": PriorityRow,
    "test": PdsaCycleRow,
    "solution": SolutionRow,
    "adoption": AdoptionRow,
    "suggestion": SuggestionRow,
    "event": EventRow,
    "capability": CapabilityRow,
    "chart_decision": ChartDecisionRow,
    "grant": GrantRow,
}
"""The table of each kind of record."""
