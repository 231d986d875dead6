"""A moderator removes words from what the public sent: from the record, from every entry of the audit, and from what
people have begun to write with its next step.

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
from psc.register.database import audit
from psc.register.database.audit_lock import audit_unlocked
from psc.register.database.register_tables import STEP_FORM, AuditRow, FormRow, SuggestionRow
from psc.register.errors import Incomplete
from psc.register.records.text_lengths import SHORT
from psc.register.text.same_words import places_of

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
    """Return a text with a mark in every place of the words: see :func:`psc.register.text.same_words.places_of`.

    In marks nothing is replaced.
    """
    # What was split by is in every second place.
    parts = _MARKS.split(text)
    return "".join(part if place % 2 else _marked(part, words, what) for place, part in enumerate(parts))


def _marked(text: str, words: str, what: str) -> str:
    kept, begin = [], 0
    for start, end in places_of(words, text):
        kept += [text[begin:start], mark(what)]
        begin = end
    return "".join([*kept, text[begin:]])


def redact(session: Session, key: bytes, row: SuggestionRow, asked: Mapping[str, Any], reason: str) -> str:
    """Remove words from a suggestion and from its entries in the audit; note why; return the record as it was before.

    What is returned is as :func:`psc.register.database.audit.snapshot` gives it, without the words. ``asked`` has the
    words (``remove``) as they stand in what was sent, and what they were (``was``, of REMOVED).
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
    _forget_in_forms(session, row.id, words, what)
    without = audit.snapshot(row)
    row.content = {**row.content, "removed": [*row.content.get("removed", ()), {"was": what, "reason": reason}]}
    return without


def _without(snapshot: str, words: str, what: str) -> str:
    record = json.loads(snapshot)
    return audit.canonical({**record, "content": _in_content(record["content"], words, what)})


def _in_content(content: Mapping[str, Any], words: str, what: str) -> dict[str, Any]:
    """Return the content with the words removed wherever people wrote them; codes and ids stay.

    A public contact that has the words is no longer declared.
    """
    return {
        name: remove(value, words, what) if name in ("what", "answer", "reason") and value
        else [{**one, "reason": remove(one["reason"], words, what)} for one in value] if name == "removed"
        else [contact for contact in value if not places_of(words, contact)] if name == "public_contacts"
        else value
        for name, value in content.items()
    }  # fmt: skip


def _forget_in_forms(session: Session, record_id: str, words: str, what: str) -> None:
    """Remove the words from what people have begun to write with a step of the suggestion."""
    begun = select(FormRow).where(FormRow.form.startswith(f"{STEP_FORM}suggestion:{record_id}:", autoescape=True))
    for form in session.scalars(begun):
        form.content = {
            name: remove(value, words, what) if isinstance(value, str)
            else [one for one in value if not (isinstance(one, str) and places_of(words, one))]
            if isinstance(value, list)
            else value
            for name, value in form.content.items()
        }  # fmt: skip
