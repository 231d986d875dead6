"""A moderator removes words from what the public sent: from the record, and from every entry of the audit.

In their place stands a mark that says what was removed. The rest stays as it was sent.
"""

import json
import re
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from psc.clean_text import clean
from psc.register import audit
from psc.register.audit_lock import audit_unlocked
from psc.register.content import SHORT
from psc.register.errors import Incomplete
from psc.register.tables import AuditRow, SuggestionRow

REMOVED: Mapping[str, str] = MappingProxyType(
    {
        "name": "a person's name",
        "date": "a date in one person's life",
        "number": "a number that belongs to one person",
        "contact": "a private address or telephone number",
        "health": "something about one person's health",
        "place": "a place that tells who somebody is",
    }
)
"""What the removed words were, as the mark says it."""
_MARK = "[removed by a moderator: {what}]"
_MARKS = re.compile(f"({'|'.join(re.escape(_MARK.format(what=what)) for what in REMOVED.values())})")
"""The marks alone: what somebody else wrote in such brackets can be removed."""


def mark(what: str) -> str:
    """Return what stands in the place of removed words."""
    return _MARK.format(what=REMOVED[what])


def remove(text: str, words: str, what: str) -> str:
    """Return a text with a mark in every place where the words stand whole, with any white space between them.

    In marks nothing is replaced.
    """
    starts, ends = (r"(?<!\w)" if words[0].isalnum() else ""), (r"(?!\w)" if words[-1].isalnum() else "")
    # A page shows line breaks and several spaces as one space, and so they are copied.
    spaced = r"\s+".join(map(re.escape, words.split()))
    whole = re.compile(f"{starts}{spaced}{ends}")
    parts = _MARKS.split(text)
    # What was split by is in every second place.
    return "".join(part if place % 2 else whole.sub(mark(what), part) for place, part in enumerate(parts))


def redact(session: Session, key: bytes, row: SuggestionRow, asked: Mapping[str, Any], reason: str) -> str:
    """Remove words from a suggestion and from its entries in the audit; note why; return the record as it was before.

    What is returned is as :func:`psc.register.audit.snapshot` gives it, without the words. ``asked`` has the words
    (``remove``) as they stand in what was sent, and what they were (``was``, of REMOVED).
    Raises Incomplete, with nothing changed, where the words do not stand there or are given again in the reason.
    """
    words, what = clean(str(asked.get("remove") or "")).strip(), str(asked.get("was"))
    if what not in REMOVED:
        raise Incomplete({"was": "Choose what the words are: the mark in their place says it."})
    if not words or len(words) > SHORT or _in_content(row.content, words, what) == row.content:
        raise Incomplete({"remove": f"Copy the words exactly as they stand, at most {SHORT} characters."})
    if remove(reason, words, what) != reason:
        raise Incomplete({"reason": "The reason is kept: write it without the words that are to go."})
    of_this = select(AuditRow).where(AuditRow.kind == "suggestion", AuditRow.record_id == row.id)
    with audit_unlocked(session.connection()):
        for entry in session.scalars(of_this).all():
            before, after = (said and _without(said, words, what) for said in (entry.before, entry.after))
            if (before, after) != (entry.before, entry.after):
                audit.redact(session, key, entry, before, str(after))
        session.flush()
    row.content = _in_content(row.content, words, what)
    without = audit.snapshot(row)
    row.content = {**row.content, "removed": [*row.content.get("removed", ()), {"was": what, "reason": reason}]}
    return without


def _without(snapshot: str, words: str, what: str) -> str:
    record = json.loads(snapshot)
    return audit.canonical({**record, "content": _in_content(record["content"], words, what)})


def _in_content(content: Mapping[str, Any], words: str, what: str) -> dict[str, Any]:
    """Return the content with the words removed wherever people wrote them; codes and ids stay."""
    return {
        name: remove(value, words, what) if name in ("what", "answer", "reason")
        else [{**one, "reason": remove(one["reason"], words, what)} for one in value] if name == "removed"
        else value
        for name, value in content.items()
    }  # fmt: skip
