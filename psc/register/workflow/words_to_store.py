"""Words on their way into a record: checked, screened for personal data, and refused in fields that others write."""

import datetime
from collections.abc import Mapping, Sequence
from typing import Any

from psc.clean_text import clean
from psc.register.database.register_tables import Row
from psc.register.errors import Incomplete
from psc.register.privacy.screening import screen
from psc.register.records.fields import KnownIds
from psc.register.records.kinds import CONTENTS, checked
from psc.register.records.text_lengths import LONG
from psc.register.workflow.lifecycle import Kind
from psc.register.workflow.transitions import words_of

STEP_WORDS = frozenset({"outcome", "reason", "answer", "removed"})
"""What is written with a step and never by an edit."""


def words_to_store(
    kind: Kind,
    content: Mapping[str, Any],
    row: Row | None,
    areas: Sequence[str],
    known: KnownIds,
    today: datetime.date,
) -> dict[str, Any]:
    """Return the content as it will be stored; what only a step may write stays as the record has it.

    ``row`` is None for a new record. Raises Incomplete and PersonalDataFound.
    """
    given = {name: value for name, value in content.items() if name not in STEP_WORDS}
    words = checked(kind, given, known, today)
    kept = words_of(row) if row is not None else {}
    CONTENTS[kind].check_change(words, kept, areas, known, today)
    screen(words)
    return words | {name: kept[name] for name in STEP_WORDS if name in kept}


def step_words_to_store(row: Row, needed: str, words: str, contacts: Sequence[str]) -> str:
    """Return the words of a step as they will be stored.

    ``needed`` is their field, ``contacts`` are texts in them that the writer declares to be public contacts. Raises
    Incomplete where they are not there or too long, and PersonalDataFound.
    """
    words = clean(words).strip()
    if not words:
        raise Incomplete({needed: f"Say why: this needs {'an' if needed[0] in 'ao' else 'a'} {needed}."})
    if len(words) > LONG:
        raise Incomplete({needed: f"This is too long: at most {LONG:,} characters."})
    # Only the new words are looked at: what a source said long ago must not stand in the way of a withdrawal.
    contacts = [*words_of(row).get("public_contacts", ()), *contacts]
    screen({needed: words, "public_contacts": contacts})
    return words
