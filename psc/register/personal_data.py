"""Finds what looks like personal data in what people write, so that it can be refused before it is stored.

It guards against slips, such as a pasted line of a record, not against somebody who wants to smuggle a number in. Names
cannot be told from other words and are not looked for.
"""

import datetime
import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Literal

import phonenumbers
from nhs_number import is_valid

from psc.register.dates_of_birth import Span, dates_of_birth
from psc.register.folded_text import fold

Kind = Literal["nhs_number", "date_of_birth", "phone", "email", "postcode"]

_LOOKS_LIKE: dict[Kind, str] = {
    "nhs_number": "an NHS number",
    "date_of_birth": "a date of birth, or another date in one person's life",
    "phone": "a phone number",
    "email": "an email address",
    "postcode": "a full postcode",
}
_WHAT_TO_DO: dict[Kind, str] = {
    "nhs_number": "Take it out: nothing about one patient may be kept here.",
    "date_of_birth": "Take it out, or write the month and year only if it is the date of a piece of work.",
    "phone": "Take it out, unless it is a public contact of an organisation: then say so.",
    "email": "Take it out, unless it is a public contact of an organisation: then say so.",
    "postcode": "Write the first half only, unless it belongs to the public address of an organisation: then say so.",
}
_PUBLIC: frozenset[Kind] = frozenset({"phone", "email", "postcode"})
_EVEN_IN_ADDRESSES: frozenset[Kind] = frozenset({"nhs_number", "email"})


@dataclass(frozen=True, slots=True)
class Finding:
    """One place that looks like personal data: ``text`` is what was written from ``start`` to ``end``.

    The text is left out of ``repr``, so that a log or a traceback does not repeat it.
    """

    kind: Kind
    start: int
    end: int
    text: str = field(repr=False)

    @property
    def can_be_public_contact(self) -> bool:
        """Whether it may stand when its writer says that it is the public contact of an organisation."""
        return self.kind in _PUBLIC

    @property
    def words(self) -> str:
        """What it looks like and what to do, for its writer. It quotes the text: escape it, and do not log it."""
        return f"“{self.text}” looks like {_LOOKS_LIKE[self.kind]}. {_WHAT_TO_DO[self.kind]}"


_ADDRESS = re.compile(r"(?:https?://|\bwww\.)\S+", re.IGNORECASE)

_GAP = r"(?:[ \n()/-]{1,3}|\.)"
_TEN_DIGITS = [
    # Not the decimals of a figure; not an ISBN-10, whose check digit is worked out in the very same way.
    re.compile(r"(?<!\d)(?<!\d[.,])(?<!ISBN )(?<!ISBN: )(?<!ISBN-10 )(?<!ISBN-10: )(\d{10})(?!\d|[.,]\d)"),
    re.compile(rf"(?<!\d)(?<!\d[.,])(\d{{3}}{_GAP}\d{{3}}{_GAP}\d{{4}})(?!\d|[.,]\d)"),
    re.compile(r"(?<!\d)(?<!\d[ .,])(\d(?:[ \n|-]\d){9})(?![ .,]?\d)"),
    re.compile(r"(?i:\bnhs (?:number|num|no)\b)\D{0,20}(\d(?:[ -]?\d){9})(?!\d)"),
]

_EMAIL = re.compile(
    r"(?<![\w.+'%&-])\w[\w.+'%&-]{0,63}(?:@| ?[\[(]at[\])] ?)"
    r"(?:[\w-]{1,63}(?:\.| ?[\[(]dot[\])] ?)){1,8}[^\W\d_]{2,24}",
    re.IGNORECASE,
)

_SPELLED_EMAIL = re.compile(
    r"(?<![\w.+'%&-])\w[\w.+'%&-]{0,63}(?: ?@ ?| at | ?[\[(]at[\])] ?)[\w-]{1,63}(?: dot [\w-]{1,63}){0,6}"
    # Only what ends as such an address does: people also look at the dot above a limit.
    r" dot (?:uk|net|com|org|eu|info|edu|gov|scot|wales|ie)\b",
    re.IGNORECASE,
)

_ZERO = r"(?:\((?=0\d+\)))?0"
_UK_PHONES = [
    # A lookahead, so that a figure before a number cannot swallow its beginning.
    re.compile(rf"(?=(?<!\d)((?:(?:\+44|0044) ?(?:\(0\))?|{_ZERO}(?=[1-9]))(?:[ \n()/-]{{0,3}}\d){{{digits}}})(?!\d))")
    for digits in (10, 9)
]
_USUAL_UK_PHONE = re.compile(
    rf"(?:{_ZERO}|(?:\+44|0044)[ -]?(?:\(0\)[ -]?)?)(?=(?:[ )-]{{0,2}}\d){{10}}$)"
    r"\d{2,4}\)?[ -]?\d{3,4}[ -]?\d{3,4}"
)
"""A number written as one. Those not allotted, or kept for drama, are no valid numbers, but nobody can tell."""
_DATE_FIRST = re.compile(r"\d\d?([ /.-])[01]?\d\1(?:19|20)\d\d(?!\d)")
"""A day with a figure after it: "07/04/2014 310 homes" has the digits of a valid number."""

_POSTCODE_AREAS = (
    "AB|AL|B[ABDHLNRST]?|C[ABFHMORTVW]|D[ADEGHLNTY]|E[CHNX]?|F[KY]|G[LUY]?|H[ADGPRSUX]|I[GMPV]|JE|K[ATWY]|L[ADELNSU]?"
    "|M[EKL]?|N[EGNPRW]?|O[LX]|P[AEHLOR]|R[GHM]|S[AEGKLMNOPRSTWY]?|T[ADFNQRSW]|UB|W[ACDFNRSV]?|YO|ZE"
)
_POSTCODE = re.compile(
    rf"\b(?:(?:{_POSTCODE_AREAS})(?:\d{{1,2}}|\d[A-HJKMNPR-Y])|GIR)[ \n]{{0,2}}\d[ABD-HJLNP-UW-Z]{{2}}\b",
    re.IGNORECASE,
)
_ORDINAL_OR_UNIT = re.compile(r"(?:1st|2nd|3rd|[04-9]th|\d(?:hr|yr|pt|lb|ft))$")


def find_personal_data(text: str, today: datetime.date | None = None) -> list[Finding]:
    """What in ``text`` looks like personal data, by position and without overlaps.

    * NHS numbers: ten digits with a valid check digit, in one run, as 3-3-4 or digit by digit, with spaces, hyphens,
      dots or line breaks; in any grouping after the words "NHS number". Ten digits that are part of a longer phone
      number (after 0, +44 or 0044) are that phone number. All other ten digits with a valid check digit are taken for
      an NHS number: wrongly refusing one figure in eleven that are written so costs less than publishing one patient.
    * Dates of birth: see :mod:`psc.register.dates_of_birth`; ``today`` is the day they are judged by.
    * Phone numbers: all that are valid in the United Kingdom, or elsewhere if written with a plus, and any ten digits
      after 0 or +44 that are grouped as people group a phone number.
    * Email addresses, also with "at" and "dot" in words.
    * Full postcodes of the Royal Mail's published shape and areas; "BS1" alone is a district.

    In a web address only NHS numbers and email addresses are looked for: its other digits are the publisher's.
    """
    folded = fold(text)
    phones = list(_phones(folded.text))
    numbers = sorted(_nhs_numbers(folded.text, phones))
    by_precedence: list[tuple[Kind, Iterable[Span]]] = [
        ("nhs_number", numbers),
        ("email", (match.span() for shape in (_EMAIL, _SPELLED_EMAIL) for match in shape.finditer(folded.text))),
        ("date_of_birth", dates_of_birth(folded.text, numbers, today or datetime.date.today())),
        ("phone", phones),
        ("postcode", _postcodes(folded.text)),
    ]
    addresses = _Marks(folded.text, (match.span() for match in _ADDRESS.finditer(folded.text)))
    taken = _Marks(folded.text)
    findings = []
    for kind, spans in by_precedence:
        for span in spans:
            if taken.overlap(span) or (kind not in _EVEN_IN_ADDRESSES and addresses.overlap(span)):
                continue
            taken.add(span)
            start, end = folded.written_span(*span)
            findings.append(Finding(kind, start, end, text[start:end]))
    return sorted(findings, key=lambda finding: finding.start)


def undeclared(findings: Sequence[Finding], public_contacts: Collection[str]) -> list[Finding]:
    """The findings that stay refused after their writer declared some texts to be public contacts.

    A declared text must be all of the finding; case and white space do not matter. NHS numbers and dates of birth stay
    refused whatever is declared.
    """
    declared = {_bare(contact) for contact in public_contacts}
    return [finding for finding in findings if not (finding.can_be_public_contact and _bare(finding.text) in declared)]


def _bare(text: str) -> str:
    return "".join(fold(text).text.split()).casefold()


def _digits(text: str) -> str:
    return "".join(character for character in text if character.isdecimal())


class _Marks:
    """Which characters of a text are covered by some spans."""

    def __init__(self, text: str, spans: Iterable[Span] = ()) -> None:
        self._covered = bytearray(len(text))
        for span in spans:
            self.add(span)

    def add(self, span: Span) -> None:
        start, end = span
        self._covered[start:end] = b"\1" * (end - start)

    def overlap(self, span: Span) -> bool:
        return any(self._covered[slice(*span)])

    def cover(self, span: Span) -> bool:
        return all(self._covered[slice(*span)])


def _nhs_numbers(text: str, phones: Iterable[Span]) -> Iterator[Span]:
    longer = _Marks(text, (span for span in phones if len(_digits(text[slice(*span)])) > 10))
    for shape in _TEN_DIGITS:
        for match in shape.finditer(text):
            digits = _digits(match[1])
            # Numbers that begin with 00 are not in use anywhere, though ten noughts have a valid check digit.
            if is_valid(digits) and not digits.startswith("00") and not longer.cover(match.span(1)):
                yield match.span(1)


def _phones(text: str) -> Iterator[Span]:
    """Phone numbers by the library's own search, then those it overlooks because another figure stands beside them."""
    taken = _Marks(text)
    for found in phonenumbers.PhoneNumberMatcher(text, "GB", max_tries=len(text)):
        if not _DATE_FIRST.match(found.raw_string):
            taken.add((found.start, found.end))
            yield found.start, found.end
    for shape in _UK_PHONES:
        for candidate in shape.finditer(text):
            if _is_phone(candidate[1]) and not taken.overlap(candidate.span(1)):
                taken.add(candidate.span(1))
                yield candidate.span(1)


def _is_phone(candidate: str) -> bool:
    if _USUAL_UK_PHONE.fullmatch(candidate):
        return True
    if _DATE_FIRST.match(candidate):
        return False
    plus = "+" if candidate.startswith("+") else ""
    return phonenumbers.is_valid_number(phonenumbers.parse(plus + _digits(candidate), "GB"))


def _postcodes(text: str) -> Iterator[Span]:
    for match in _POSTCODE.finditer(text):
        if not _ORDINAL_OR_UNIT.search(match.group()):
            yield match.span()
