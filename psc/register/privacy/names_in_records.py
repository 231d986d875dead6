"""Names in the order of lists and records: a surname, then a forename or initials, then what tells who it is.

In running text such words may be anything; before a date of birth or a number of one person they are that person's.
"""

import re
from collections.abc import Iterable, Iterator

from psc.register.privacy.clinical_words import TELEGRAPHIC
from psc.register.privacy.name_shapes import (
    FULL_NAME,
    NAME_WORD,
    NAME_WORD_IN_ANY_CASE,
    NO_LABEL,
    NO_SURNAME,
    START_OF_A_RECORD,
    SURNAME,
    TITLED,
)
from psc.register.text.spans import Span

_NEAR = 60
_INITIAL = r"[A-Z]\b\.?"
_CAPITALS = r"[A-Z][A-Z'’-]+"
_SPACE = r"[,|(: -]*$"
SURNAME_COMMA_INITIAL = re.compile(rf"{START_OF_A_RECORD}{NO_LABEL}{SURNAME}, ?(?:[A-Z]\.? ?){{1,3}}{_SPACE}")
SURNAME_INITIAL = re.compile(rf"{START_OF_A_RECORD}{NO_LABEL}{SURNAME},? (?:[A-Z]\.? ?){{1,3}}{_SPACE}")
SURNAME_FORENAME = re.compile(
    rf"{START_OF_A_RECORD}{NO_LABEL}(?:{_CAPITALS},? [A-Z][\w'’-]+|{SURNAME}(?:, ?| ?[|;] ?){SURNAME})[,|;(: -]*$"
)
FULL_NAME_LAST = re.compile(rf"(?:^|[^\w'’-])(?:{FULL_NAME}){_SPACE}")
"""A name that ends a text, in the order of records."""

COMMA_INITIAL = rf"{START_OF_A_RECORD}{NO_LABEL}(?!{NO_SURNAME})(?P<name>{SURNAME}, ?{_INITIAL}(?: ?{_INITIAL})?)"
"""A name in the order of records, with what happened to the person after it."""

_PLACE = r"(?:(?:bed|bay|room|ward) ?\d{1,2}|\d{1,2}[a-z]?)[ ,;|-]{1,3}"
_IN_A_ROW = re.compile(
    rf"(?m:{START_OF_A_RECORD}){NO_LABEL}(?!{NO_SURNAME})(?P<name>{NAME_WORD}, {NAME_WORD}(?=[ ,;|-]{{2}})"
    rf"|{SURNAME},? {_INITIAL}(?=[ ,;|-]{{1,3}}{_PLACE}))[ ,;|-]{{1,3}}(?:{_PLACE})?(?i:{TELEGRAPHIC})"
    r"(?=\s*(?:$|[-|,;\n\d]))"
)
"""A row of a list of incidents: "Surname, Forename - fall - low harm"."""

_ITS_WORD = (
    r"(?:d\.?o\.?b\b\.?|date of birth|born|b|nhs|hosp(?:ital)?|mrn|crn|n\.?i\b\.?|pas|chi|unit|patient|aged \d+|id"
    r"|national insurance|nino|emis|rio|number|num|no)\b"
)
_WORDS_FOR_IT = rf"(?:{_ITS_WORD}[ .:#-]{{0,2}}(?:number|num|no\.?|id|on)?[ .:#-]{{0,3}})?"
_PART = NAME_WORD_IN_ANY_CASE
_NAME = (
    rf"{TITLED}|{_PART}, ?{_INITIAL}(?: ?{_INITIAL})?|(?={_CAPITALS}){_PART},? {_PART}|{NAME_WORD}, {NAME_WORD}"
    rf"|{NO_LABEL}{_PART} {_INITIAL}|{FULL_NAME}"
)
_BEFORE_IT = re.compile(
    rf"(?:^|(?<![\w'’-]))(?!(?i:{_ITS_WORD}))(?P<name>{_NAME})[ ,;:|(\n-]{{1,4}}(?i:{_WORDS_FOR_IT})$"
)


def names_in_records(text: str, identifiers: Iterable[Span]) -> Iterator[Span]:
    """Return where in a folded ``text`` a name stands in a row of incidents, or right before an identifier.

    ``identifiers`` are the places of dates of birth and of the numbers of one person.
    """
    for match in _IN_A_ROW.finditer(text):
        yield match.span("name")
    for start, _ in identifiers:
        first = max(0, start - _NEAR)
        if before := _BEFORE_IT.search(text[first:start]):
            yield first + before.start("name"), first + before.end("name")
