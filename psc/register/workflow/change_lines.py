"""What happened to records, as people read it: one line for each change."""

from collections.abc import Iterable
from dataclasses import dataclass

from psc.register.database.audit import changed_fields
from psc.register.database.register_tables import AuditRow


@dataclass(frozen=True, slots=True)
class Change:
    """Who did what to which record when (UTC, ISO text), and the fields that changed."""

    at: str
    who: str
    action: str
    kind: str
    record_id: str
    fields: tuple[str, ...]


def changes(entries: Iterable[AuditRow]) -> list[Change]:
    """Return entries of the audit, given oldest first, as lines, newest first."""
    lines = [
        Change(entry.at, entry.who, entry.action, entry.kind, entry.record_id, tuple(changed_fields(entry)))
        for entry in entries
    ]
    return lines[::-1]
