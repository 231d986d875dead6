"""The audit: every change of the register, in order, sealed so that tampering is found.

Each entry's seal is an HMAC-SHA256 over the entry and the seal before it, with a key that is not in the database: who
can write to the tables alone cannot make a chain that verifies. The tables also refuse to change or delete entries, and
:func:`verify` holds every record against its last entry, so a change made past the audit is found too.

What no look at the database alone can find is the whole of it, records and audit together, put back to how it was at an
earlier time, or emptied. Whoever notes the newest seal elsewhere finds that as well (:func:`rolled_back`). Forms in
progress and the list of forms sent are not sealed.

Words that a moderator removes are taken out of the entries too (:func:`redact`). Such an entry keeps its seal, which
the next one continues and which can no longer be worked out, and has a second one over what it says now.
"""

import hashlib
import hmac
import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from psc.articles import with_article
from psc.register.database.register_tables import TABLES, AuditHead, AuditRedaction, AuditRow, Row
from psc.register.errors import Unavailable

START = "0" * 64
_BOOKKEEPING = ("updated_at", "updated_by", "created_by")


class EndBroken(Unavailable):
    """The end of the audit is not as this program left it, so nothing may be added to it."""


@dataclass(frozen=True, slots=True)
class Broken:
    """One thing that is wrong: the number of the entry, or None where a record is meant, and what was found."""

    number: int | None
    found: str

    def __str__(self) -> str:
        """Say it in a line."""
        return (
            f"{self.found[0].upper()}{self.found[1:]}" if self.number is None else f"Entry {self.number} {self.found}"
        )


def snapshot(row: Row) -> str:
    """Return a record as canonical JSON: what an entry's ``before`` and ``after`` hold.

    What is empty is left out, so that a column added by a later version, empty at first, breaks no seal. A migration
    that fills one, or changes records otherwise, has to seal that as a change of each.
    """
    fields = {
        column.key: getattr(row, column.key) for column in row.__table__.columns if column.key not in _BOOKKEEPING
    }
    return canonical({name: value for name, value in fields.items() if value is not None})


def append(
    session: Session, key: bytes, *, at: str, who: str, action: str, kind: str, row: Row, before: str | None
) -> AuditRow:
    """Add an entry for a change, in the change's own transaction: neither is stored without the other.

    Raises EndBroken when the end of the audit is not as it was left.
    """
    head = session.get(AuditHead, 1, populate_existing=True)
    last = newest(session)
    _require_end(key, head, last)
    entry = AuditRow(
        number=(last.number if last else 0) + 1,
        at=at,
        who=who,
        action=action,
        kind=kind,
        record_id=row.id,
        before=before,
        after=snapshot(row),
        previous=last.seal if last else START,
    )
    entry.seal = _seal(key, entry)
    if head is None:
        head = AuditHead(id=1)
        session.add(head)
    head.number, head.seal = entry.number, _head_seal(key, entry.number, entry.seal)
    session.add(entry)
    return entry


def redact(session: Session, key: bytes, entry: AuditRow, before: str | None, after: str) -> None:
    """Put other words in the place of an entry's, and seal that it was this program that did so.

    The guards of the table must be lifted: see :mod:`psc.register.database.audit_lock`.
    """
    entry.before, entry.after = before, after
    session.merge(AuditRedaction(number=entry.number, seal=_redaction_seal(key, entry)))


def revision(session: Session) -> int:
    """Return the number of the last change: it grows with every one."""
    return session.scalar(select(AuditHead.number)) or 0


def newest(session: Session) -> AuditRow | None:
    """Return the last entry; None before the first change."""
    return session.scalar(select(AuditRow).order_by(AuditRow.number.desc()).limit(1))


def require_end(session: Session, key: bytes) -> None:
    """Raise EndBroken unless the end of the audit is as it was left, sealed with this key."""
    _require_end(key, session.get(AuditHead, 1), newest(session))


def _require_end(key: bytes, head: AuditHead | None, last: AuditRow | None) -> None:
    if head is None and last is None:
        return
    if head is None or last is None or head.number != last.number or not _head_fits(key, head, last.seal):
        raise EndBroken(
            "The register's audit does not end as it was left, or its key is another one, so nothing is saved. "
            "Please tell whoever runs this site: the command `psc audit verify` says more."
        )


def entries(session: Session, *, kind: str = "", record_id: str = "", last: int = 20) -> list[AuditRow]:
    """Return the last entries, oldest first, of a kind or a record where one is named."""
    wanted = select(AuditRow).order_by(AuditRow.number.desc()).limit(last)
    if kind:
        wanted = wanted.where(AuditRow.kind == kind)
    if record_id:
        wanted = wanted.where(AuditRow.record_id == record_id)
    return list(reversed(session.scalars(wanted).all()))


def changed_fields(entry: AuditRow) -> list[str]:
    """Return what an entry changed: columns of the record, and within its content the fields."""
    before, after = (json.loads(text) if text else {} for text in (entry.before, entry.after))
    names = _differing(before, after)
    if "content" in names:
        words = _differing(before.get("content", {}), after["content"])
        names = [name for name in names if name != "content"] + words
    return [name for name in names if name not in ("version", "times")]


def _differing(before: dict[str, Any], after: dict[str, Any]) -> list[str]:
    return sorted(name for name in before.keys() | after.keys() if before.get(name) != after.get(name))


def rolled_back(session: Session, *, seal: str = "", at_least: int = 0) -> list[Broken]:
    """Return what shows that the register was put back: a seal noted before is gone, or entries are."""
    found = []
    if seal and session.scalar(select(AuditRow.number).where(AuditRow.seal == seal.strip().lower())) is None:
        found.append(Broken(None, "no entry has the seal that was noted: the register was put back, or begun anew"))
    if (number := revision(session)) < at_least:
        found.append(Broken(None, f"there were at least {at_least} entries and there are {number}: it was put back"))
    return found


def verify(session: Session, key: bytes) -> list[Broken]:
    """Return everything that shows tampering, or a lost or foreign entry; nothing where all is well."""
    latest: dict[tuple[str, str], _Last] = {}
    found = list(_chain(session, key, latest))
    return found + list(_records(session, latest))


@dataclass(frozen=True, slots=True)
class _Last:
    """What the entries say of a record: how its last one left it, when and by whom, and who made it."""

    after: str
    at: str
    by: str
    made_by: str

    def is_of(self, row: Row) -> bool:
        said = (self.after, self.at, self.by, self.made_by)
        return said == (snapshot(row), row.updated_at, row.updated_by, row.created_by)


def _chain(session: Session, key: bytes, latest: dict[tuple[str, str], _Last]) -> Iterator[Broken]:
    previous, expected = START, 1
    redacted = {row.number: row.seal for row in session.scalars(select(AuditRedaction))}
    for entry in session.scalars(select(AuditRow).order_by(AuditRow.number).execution_options(yield_per=500)):
        if entry.number != expected:
            yield Broken(entry.number, f"follows entry {expected - 1}: entries between them are missing")
        second = redacted.pop(entry.number, None)
        fits = (entry.seal, _seal(key, entry)) if second is None else (second, _redaction_seal(key, entry))
        if not hmac.compare_digest(fits[0].encode(), fits[1].encode()):
            yield Broken(entry.number, "does not match its seal: it was changed, or the key is another")
        if entry.previous != previous:
            yield Broken(entry.number, "does not continue the entry before it")
        before = latest.get((entry.kind, entry.record_id))
        if entry.before != (before.after if before else None):
            yield Broken(entry.number, "does not start from where the entry before it left the record")
        made_by = before.made_by if before else entry.who
        latest[entry.kind, entry.record_id] = _Last(entry.after, entry.at, entry.who, made_by)
        previous, expected = entry.seal, entry.number + 1
    for number in redacted:
        yield Broken(number, "is missing, and words were removed from it")
    head = session.get(AuditHead, 1)
    if head is None:
        if expected > 1:
            yield Broken(None, "the count of entries is missing")
    elif head.number != expected - 1:
        yield Broken(None, f"there should be {head.number} entries and there are {expected - 1}")
    elif not _head_fits(key, head, previous):
        yield Broken(None, "the count of entries does not match its seal")


def _records(session: Session, latest: dict[tuple[str, str], _Last]) -> Iterator[Broken]:
    left = dict(latest)
    for kind, table in TABLES.items():
        for row in _readable(session, table):
            if row is None:
                left = {named: last for named, last in left.items() if named[0] != kind}
                yield Broken(
                    None, f"there is {with_article(kind)} that cannot be read at all: it was changed past the audit"
                )
                break
            last = left.pop((kind, row.id), None)
            if last is None:
                yield Broken(None, f"{kind} {row.id} is in the register, but no entry says how it came there")
            elif not last.is_of(row):
                yield Broken(None, f"{kind} {row.id} is not what its last entry says: it was changed past the audit")
    for kind, record_id in left:
        yield Broken(None, f"{kind} {record_id} is gone from the register without an entry")


def _readable(session: Session, table: type[Row]) -> Iterator[Row | None]:
    try:
        yield from session.scalars(select(table).execution_options(yield_per=500))
    except ValueError:
        yield None


def _seal(key: bytes, entry: AuditRow) -> str:
    return hmac.new(key, canonical(_sealed_parts(entry)).encode(), hashlib.sha256).hexdigest()


def _redaction_seal(key: bytes, entry: AuditRow) -> str:
    parts = ["redacted", *_sealed_parts(entry), entry.seal]
    return hmac.new(key, canonical(parts).encode(), hashlib.sha256).hexdigest()


def _sealed_parts(entry: AuditRow) -> list[str | None]:
    return [
        str(entry.number), entry.at, entry.who, entry.action, entry.kind, entry.record_id,
        entry.before, entry.after, entry.previous,
    ]  # fmt: skip


def _head_fits(key: bytes, head: AuditHead, newest_seal: str) -> bool:
    return hmac.compare_digest(head.seal.encode(), _head_seal(key, head.number, newest_seal).encode())


def _head_seal(key: bytes, number: int, seal: str) -> str:
    return hmac.new(key, canonical(["head", number, seal]).encode(), hashlib.sha256).hexdigest()


def canonical(value: Any) -> str:
    """Return a value as the JSON that is sealed: one spelling for each value."""
    return json.dumps(value, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
