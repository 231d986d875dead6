"""Changes to the register: allowed by the rules, checked, sealed in the audit, and stored whole or not at all."""

import datetime
import re
import secrets
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from psc import clock
from psc.clock import london_day
from psc.events import log_event
from psc.geography.areas import ENGLAND
from psc.register.database import audit
from psc.register.database.database import Database
from psc.register.database.register_tables import TABLES, Row, SentForm, SuggestionRow
from psc.register.errors import NotAllowed, StaleEdit, Unavailable
from psc.register.records.chart_facts import Charts
from psc.register.records.fields import KnownIds
from psc.register.records.kinds import CONTENTS
from psc.register.workflow import transitions
from psc.register.workflow.change_lines import Change, changes
from psc.register.workflow.lifecycle import CREATE, LIFECYCLES, NEW, PROPOSED, Kind
from psc.register.workflow.links import attach_to_parent, leave_an_administrator, link, readable
from psc.register.workflow.permissions import Actor, RecordStatus, is_own, may_read, refusal
from psc.register.workflow.record import Record, standing_of, stored, with_grants
from psc.register.workflow.redaction import redact
from psc.register.workflow.words_to_store import step_words_to_store, words_to_store

MOST_CHANGES = 200


@dataclass(frozen=True)
class Service:
    """The register as people change it. ``key`` seals the audit; ``known`` are the ids that records may name.

    ``charts`` tells what a measure's chart shows at this moment; without it, decisions about charts are not checked
    against figures, and new limits always need a second person.
    """

    database: Database
    key: bytes
    known: KnownIds
    now: Callable[[], datetime.datetime] = clock.now
    charts: Charts | None = None

    def actor(self, email: str, name: str) -> Actor:
        """Return who someone is, with the roles they hold at this moment."""
        with self.database.reading() as session:
            return with_grants(session, Actor(email, name))

    def create(
        self,
        actor: Actor,
        kind: Kind,
        content: Mapping[str, Any],
        *,
        areas: Sequence[str],
        links: Mapping[str, Any] | None = None,
        token: str | None = None,
    ) -> Record:
        """Make a new record and return it.

        ``token`` names the form it comes from: sent twice with the same words, as by a second click, the second time
        returns the record made the first time. Other words make another record, so that none are lost.
        Raises NotAllowed, Incomplete, PersonalDataFound, NoSuchRecord (a link leads nowhere), Unavailable.
        """
        with self.database.writing() as session:
            actor = with_grants(session, actor)
            standing = RecordStatus(kind, NEW, tuple(areas))
            _require(actor, CREATE, standing)
            words = words_to_store(kind, content, None, standing.areas, self.known, self.today())
            self._require_areas(kind, standing.areas, words)
            CONTENTS[kind].check_chart(words, standing.areas, self.charts, self.today())
            sent = session.get(SentForm, token) if token else None
            if sent and (made := _made_before(session, kind, sent, actor, words)):
                return stored(made, actor)
            row = self._new(session, actor, kind, words, standing, dict(links or {}))
            self.seal(session, actor, CREATE, row, None)
            if token and not sent:
                session.add(SentForm(token=token, record_id=row.id, sent_at=self.time()))
            return stored(row, actor)

    def edit(
        self, actor: Actor, kind: Kind, record_id: str, content: Mapping[str, Any], *, version: int,
        links: Mapping[str, Any] | None = None,
    ) -> Record:  # fmt: skip
        """Change the words of a record. ``version`` is the one the edit was made from.

        Raises NotAllowed, Incomplete, PersonalDataFound, NoSuchRecord, Unavailable, and StaleEdit with both versions
        when someone else has changed the record meanwhile.
        """
        with self.database.writing() as session:
            row, actor, before = self._found(session, actor, kind, record_id)
            _require(actor, "edit", standing_of(row))
            words = words_to_store(kind, content, row, row.areas, self.known, self.today())
            CONTENTS[kind].check_chart(words, row.areas, self.charts, self.today())
            _fresh(row, version, words)
            replaced = row.content
            transitions.edit(row, words)
            changed = CONTENTS[kind].times_of_change(replaced, row.content, self.time())
            row.times = {**row.times, "edit": self.time(), **changed}
            link(session, row, dict(links or {}))
            self.seal(session, actor, "edit", row, before)
            return stored(row, actor)

    def act(
        self, actor: Actor, kind: Kind, record_id: str, action: str, *, version: int, words: str = "",
        links: Mapping[str, Any] | None = None, public_contacts: Sequence[str] = (),
    ) -> Record:  # fmt: skip
        """Take a record one step on: consult, publish, close, share and so on. ``words`` are the reason or answer.

        ``public_contacts`` are texts in them that the writer declares to be public contacts. Raises as :meth:`edit`
        does, and Incomplete when something must be written first.
        """
        with self.database.writing() as session:
            row, actor, before = self._found(session, actor, kind, record_id)
            _require(actor, action, standing_of(row))
            _fresh(row, version, row.content)
            leave_an_administrator(session, row, action)
            step = LIFECYCLES[kind][action]
            if step.needs:
                words = step_words_to_store(row, step.needs, words, public_contacts)
                if isinstance(row, SuggestionRow) and action == "redact":
                    # The audit's entries do not have the words any more, so this one does not begin with them.
                    before = redact(session, self.key, row, links or {}, words)
                else:
                    transitions.say(row, action, step.needs, words)
            replaced = row.content
            state = transitions.act(row, action, step.to, actor, self.today())
            if action == "publish" and CONTENTS[kind].waits_for_second_person(row.content, row.areas, self.charts):
                state = PROPOSED
            row.times = {**row.times, action: self.time(), **({state: self.time()} if state != row.state else {})}
            row.times |= CONTENTS[kind].times_of_change(replaced, row.content, self.time())
            row.state = state
            if action == "answer":
                link(session, row, dict(links or {}))
            self.seal(session, actor, action, row, before)
            after = stored(row, actor)
        if action == "redact":
            # It is done by now: a database that is busy empties its log with a later change.
            with suppress(Unavailable):
                self.database.empty_log()
        return after

    def read(self, actor: Actor, kind: Kind, record_id: str) -> Record:
        """Return a record. Raises NoSuchRecord, also for one the actor may not read: that it is there is private."""
        with self.database.reading() as session:
            actor = with_grants(session, actor)
            return stored(readable(session, actor, TABLES[kind], record_id), actor)

    def records(self, actor: Actor, kind: Kind) -> list[Record]:
        """Return every record of a kind that the actor may read, the latest change first."""
        with self.database.reading() as session:
            actor = with_grants(session, actor)
            table = TABLES[kind]
            rows = session.scalars(select(table).order_by(table.updated_at.desc(), table.id)).all()
            return [stored(row, actor) for row in rows if may_read(actor, standing_of(row))]

    def history(self, actor: Actor, kind: Kind, record_id: str) -> list[Change]:
        """Return what happened to a record, newest first, for its own area's people and administrators."""
        with self.database.reading() as session:
            actor = with_grants(session, actor)
            row = readable(session, actor, TABLES[kind], record_id)
            if not (is_own(actor, standing_of(row)) or actor.holds("administrator")):
                raise NotAllowed("What happened to a record is for its own area's people and administrators.")
            return changes(audit.entries(session, kind=kind, record_id=record_id, last=MOST_CHANGES))

    def audit_entries(self, actor: Actor) -> list[Change]:
        """Return the newest changes of the whole register, newest first, for administrators."""
        with self.database.reading() as session:
            if not with_grants(session, actor).holds("administrator"):
                raise NotAllowed("The audit is for administrators.")
            return changes(audit.entries(session, last=MOST_CHANGES))

    def _require_areas(self, kind: Kind, areas: Sequence[str], words: Mapping[str, Any]) -> None:
        """Raise NotAllowed where one area would speak for another: only a priority may be several areas'."""
        content = CONTENTS[kind]
        known = {*(self.known.areas or ()), *((ENGLAND,) if content.ABOUT_ENGLAND else ())}
        if len(set(areas)) < len(areas) or not set(areas) <= known or not content.may_belong_to(areas, words):
            raise NotAllowed("A record belongs to one of the 15 areas; only a priority may be several areas'.")

    def _new(
        self, session: Session, actor: Actor, kind: Kind, words: dict[str, Any], standing: RecordStatus,
        links: dict[str, Any],
    ) -> Row:  # fmt: skip
        state = LIFECYCLES[kind][CREATE].to or NEW
        row = TABLES[kind](
            id=_new_id(kind, words, links),
            version=0,
            state=state,
            areas=list(standing.areas),
            provenance="authored",
            content=words,
            times={state: self.time()},
            created_by=actor.email,
        )
        attach_to_parent(session, actor, row, links)
        link(session, row, links)
        session.add(row)
        return row

    def _found(self, session: Session, actor: Actor, kind: Kind, record_id: str) -> tuple[Row, Actor, str]:
        actor = with_grants(session, actor)
        row = readable(session, actor, TABLES[kind], record_id)
        return row, actor, audit.snapshot(row)

    def seal(self, session: Session, actor: Actor, action: str, row: Row, before: str | None) -> None:
        """Count the change, store it and add it to the audit, in the session's transaction."""
        row.version += 1
        row.updated_by, row.updated_at = actor.email, self.time()
        session.flush()
        kind = transitions.kind_of(row)
        audit.append(
            session, self.key, at=row.updated_at, who=actor.email, action=action, kind=kind, row=row, before=before
        )

    def today(self) -> datetime.date:
        """Return the day in England at this moment."""
        return london_day(self.now())

    def time(self) -> str:
        """Return this moment as it is stored."""
        return self.now().isoformat(timespec="milliseconds")


def _require(actor: Actor, action: str, standing: RecordStatus) -> None:
    if reason := refusal(actor, action, standing):
        log_event("role.refused", who=actor.email, action=action)
        raise NotAllowed(f"{reason} Nothing was changed.")


def _made_before(session: Session, kind: Kind, sent: SentForm, actor: Actor, words: Mapping[str, Any]) -> Row | None:
    row = session.get(TABLES[kind], sent.record_id)
    return row if row is not None and row.created_by == actor.email and row.content == words else None


def _fresh(row: Row, version: int, mine: Mapping[str, Any]) -> None:
    if row.version != version:
        raise StaleEdit(transitions.words_of(row), mine, row.version, row.updated_by)


def _new_id(kind: Kind, words: Mapping[str, Any], links: Mapping[str, Any]) -> str:
    title = str(words.get("title") or words.get("skill") or links.get("solution_id") or kind)
    slug = re.sub(r"[^a-z0-9]+", "-", title.lower()).strip("-")[:60].strip("-")
    return f"{slug or kind}-{secrets.token_hex(4)}"
