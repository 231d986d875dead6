"""Titles and sentences of compiled records: well formed, and with numbers of people as a person would say them."""

import re
from collections.abc import Iterator

from psc.register.compiled.source_record import Misfit
from psc.register.compiled.texts import values_of
from psc.register.records.fields import SourcedRecord

_TITLES = frozenset({"title", "short_title", "measure"})
_SENTENCES = frozenset(
    {"summary", "how_set", "patient_involvement", "note", "unverified_note", "problem", "what_was_done", "method"}
    | {"results_note", "spread", "caveats", "withdrawn_reason", "aim", "measures", "event"}
)
"""The fields that hold whole sentences. ``measures`` is a programme's; a record's ids of ``metrics`` are none."""
_FOR_PATIENTS = frozenset({"title", "summary", "problem", "what_was_done", "event"})
"""What a patient reads first: no decimals of people here. The exact figures stand in the results or in a note."""

_BEGINS = re.compile(r"['\"“‘£]?(?:[A-Z0-9])|nPEWS\b")
_ENDS = re.compile(r"[.!?][\"”’)]?$")
_PREPOSITION = r"in|on|at|of|for|from|with|by|to|through|after"
_JOINED_TWICE = re.compile(
    r"\b(?:and|or|but) (?:and|or|but|nor)\b|\b(?:a|an|the) (?:and|or|of|in|for|a|an|the)\b"
    rf"|\b(?:{_PREPOSITION}) (?:and|or|but)\b|,,|;;|\.\.|,\.|\b(\w+) \1\b|\b(?:and|or|of|the|a|an)[.;:,]",
    re.IGNORECASE,
)
_JOINED_TO_NOTHING = re.compile(rf"\b(?:and|or) ({_PREPOSITION}) ")
_PEOPLE = r"(?:patients|people|women|mothers|babies|children|residents|staff)"
_UNNAMED = re.compile(rf"% of {_PEOPLE}(?! (?:who|whose|with|given|in|on|at|aged|born|having|under|over)\b)")
_PART_OF_A_PERSON = re.compile(
    rf"\d+\.\d+(?:%| in \d+)? (?:of )?(?:\w+ ){{0,2}}?{_PEOPLE}\b|\d+\.\d+ (?:per|in every) 1[0,]+"
)


def unfit_sentences(record: SourcedRecord) -> Iterator[Misfit]:
    """Each title and sentence that a reader would stumble over."""
    for key, value in values_of(record):
        field = next(str(part) for part in reversed(key) if isinstance(part, str))
        is_its_own = len(key) == 1 or field in ("measure", "note")
        if isinstance(value, str) and is_its_own and field in _TITLES | _SENTENCES:
            for wanted in _wanted(field, value):
                yield key, repr(value), wanted


def _wanted(field: str, text: str) -> Iterator[str]:
    if not _BEGINS.match(text):
        yield "a capital letter or a number at the beginning"
    if field in _SENTENCES and not _ENDS.search(text):
        yield "a full stop at the end"
    if field in _TITLES and text.endswith("."):
        yield "a title without a full stop"
    if odd := _JOINED_TWICE.search(text) or _joined_to_nothing(text):
        yield f"a sentence that can be read: look at {odd.group()!r}"
    if odd := _UNNAMED.search(text):
        yield f"which people these are, right after {odd.group()!r}: who had what done, or where"
    if field in _FOR_PATIENTS and (odd := _PART_OF_A_PERSON.search(text)):
        yield f"a round number of people, as about 20 in every 1,000, with {odd.group()!r} in a result or a note"


def _joined_to_nothing(text: str) -> re.Match[str] | None:
    """An "and in" with no "in" before it in its sentence, which joins a place to nothing."""
    for joined in _JOINED_TO_NOTHING.finditer(text):
        before = re.split(r"[.:;] ", text[: joined.start()])[-1]
        if not re.search(rf"\b{joined[1]}\b", before, re.IGNORECASE):
            return joined
    return None
