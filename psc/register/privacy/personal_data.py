"""Finds what looks like personal data in what people write, so that it can be refused before it is stored.

It guards against slips, such as a pasted line of a record, not against somebody who wants to smuggle a number in. A
name is only looked for where the words around it tell that it is a patient's: it cannot be told from other words.
"""

import datetime
import re
from bisect import bisect_right
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Literal

from psc import clock
from psc.register.privacy.contact_details import emails, phones, postcodes
from psc.register.privacy.dates_of_birth import dates_of_birth
from psc.register.privacy.folded_text import fold
from psc.register.privacy.introduced_names import introduced_patients
from psc.register.privacy.named_patients import named_patients
from psc.register.privacy.names_in_records import names_in_records
from psc.register.privacy.nhs_numbers import nhs_numbers
from psc.register.privacy.record_numbers import hospital_numbers, national_insurance_numbers
from psc.register.text.spans import Marks, Span, digits_of, longest_first

Kind = Literal[
    "nhs_number", "date_of_birth", "patient_name", "phone", "email", "postcode", "national_insurance", "hospital_number"
]

LOOKS_LIKE: dict[Kind, str] = {
    "nhs_number": "an NHS number",
    "date_of_birth": "a date of birth, or another date in one person’s life",
    "patient_name": "the name of a patient",
    "phone": "a telephone number",
    "email": "an email address",
    "postcode": "a full postcode",
    "national_insurance": "a National Insurance number",
    "hospital_number": "a hospital number of one patient",
}
_NOTHING_ABOUT_ONE = "Take it out: nothing about one patient may be kept here."
_WHAT_TO_DO: dict[Kind, str] = {
    "nhs_number": _NOTHING_ABOUT_ONE,
    "date_of_birth": "Take it out, or write the month and year only if it is the date of a piece of work.",
    "patient_name": "Take the name out, and write what happened so that nobody can tell who it was.",
    "phone": "Take it out, unless it is a public contact of an organisation: then say so.",
    "email": "Take it out, unless it is a public contact of an organisation: then say so.",
    "postcode": "Write the first half only, unless it belongs to the public address of an organisation: then say so.",
    "national_insurance": "Take it out: it belongs to one person.",
    "hospital_number": _NOTHING_ABOUT_ONE,
}
_IN_AN_ADDRESS = "Take it out, unless it is the publisher's own number for a page: then say so."
_PUBLIC: frozenset[Kind] = frozenset({"phone", "email", "postcode"})
_EVEN_IN_ADDRESSES: frozenset[Kind] = frozenset({"nhs_number", "email", "national_insurance"})


@dataclass(frozen=True, slots=True)
class Finding:
    """One place that looks like personal data: ``text`` is what was written from ``start`` to ``end``.

    ``address`` is the web address that an NHS number is a part of, where it may be the publisher's number for a page.
    The texts are left out of ``repr``, so that a log or a traceback does not repeat them.
    """

    kind: Kind
    start: int
    end: int
    text: str = field(repr=False)
    address: str = field(default="", repr=False)

    @property
    def can_be_public_contact(self) -> bool:
        """Whether it may stand when its writer says that it is the public contact of an organisation."""
        return self.kind in _PUBLIC

    @property
    def declarable(self) -> str:
        """The text that lets it stand once its writer declares it public; empty where nothing does."""
        return self.text if self.can_be_public_contact else self.address

    @property
    def looks_like(self) -> str:
        """What kind of personal data it looks like, within a sentence."""
        return LOOKS_LIKE[self.kind]

    @property
    def words(self) -> str:
        """What it looks like and what to do, for its writer. It quotes the text: escape it, and do not log it."""
        what_to_do = _IN_AN_ADDRESS if self.address else _WHAT_TO_DO[self.kind]
        return f"“{self.text}” looks like {self.looks_like}. {what_to_do}"


_ADDRESS = re.compile(r"(?:https?://|\bwww\.)[^\s<>]+", re.IGNORECASE)
_AFTER_AN_ADDRESS = ".,;:!?'’”*_)]\""
_OF_A_PATIENT = re.compile(r"nhs[-_ ]?(?:no|num|id)|patient|chi[-_]?n", re.IGNORECASE)
"""An address that says whose number it holds: nobody can declare that to be a page's."""
_LONGEST_DECLARED = 500


def find_personal_data(text: str, today: datetime.date | None = None) -> list[Finding]:
    """What in ``text`` looks like personal data, by position and without overlaps. The time is linear in its length.

    * NHS numbers: see :mod:`psc.register.privacy.nhs_numbers`. Ten digits that are part of a longer phone number (after
      0, +44 or 0044) are that phone number. All other ten digits with a valid check digit are taken for an NHS number:
      wrongly refusing one figure in eleven that are written so costs less than publishing one patient.
    * National Insurance numbers, and hospital numbers after their words: see
      :mod:`psc.register.privacy.record_numbers`.
    * Dates of birth: see :mod:`psc.register.privacy.dates_of_birth`; ``today`` is the day they are judged by.
    * Names of patients: see :mod:`psc.register.privacy.named_patients`, :mod:`psc.register.privacy.introduced_names`
      and :mod:`psc.register.privacy.names_in_records`.
    * Phone numbers: all that are valid in the United Kingdom, or elsewhere if written with a plus, any ten digits
      after 0 or +44 that are grouped as people group a phone number, and mobile numbers without their 0.
    * Email addresses, also with "at" and "dot" in words.
    * Full postcodes of the Royal Mail's published shape and areas; "BS1" alone is a district.

    In a web address only NHS and National Insurance numbers and email addresses are looked for: its other digits are
    the publisher's.
    """
    folded = fold(text)
    found_phones = list(phones(folded.text))
    longer = Marks(folded.text, (span for span in found_phones if len(digits_of(folded.text[slice(*span)])) > 10))
    numbers = sorted(nhs_numbers(folded.text, longer))
    named = sorted({*named_patients(folded.text), *introduced_patients(folded.text)}, key=longest_first)
    births = dates_of_birth(folded.text, numbers, named, today or clock.today())
    insurance, of_hospitals = list(national_insurance_numbers(folded.text)), list(hospital_numbers(folded.text))
    of_one = sorted({*numbers, *insurance, *births, *of_hospitals})
    by_precedence: list[tuple[Kind, Iterable[Span]]] = [
        ("nhs_number", numbers),
        ("national_insurance", insurance),
        ("email", emails(folded.text)),
        ("date_of_birth", births),
        ("phone", found_phones),
        ("hospital_number", of_hospitals),
        ("postcode", postcodes(folded.text)),
        ("patient_name", [*named, *names_in_records(folded.text, of_one)]),
    ]
    addresses = list(_addresses(folded.text))
    in_addresses = Marks(folded.text, addresses)
    taken = Marks(folded.text)
    findings = []
    for kind, spans in by_precedence:
        for span in spans:
            if taken.overlap(span) or (kind not in _EVEN_IN_ADDRESSES and in_addresses.overlap(span)):
                continue
            taken.add(span)
            start, end = folded.written_span(*span)
            address = _page_address(folded.text, span, addresses) if kind == "nhs_number" else ""
            findings.append(Finding(kind, start, end, text[start:end], address))
    return sorted(findings, key=lambda finding: finding.start)


def _addresses(text: str) -> Iterator[Span]:
    for match in _ADDRESS.finditer(text):
        yield match.start(), match.start() + len(match.group().rstrip(_AFTER_AN_ADDRESS))


def _page_address(text: str, span: Span, addresses: Sequence[Span]) -> str:
    """Return the web address that a span is a part of, where the span may be the publisher's number for a page."""
    place = bisect_right(addresses, (span[0], len(text))) - 1
    if place < 0 or addresses[place][1] < span[1]:
        return ""
    address = text[slice(*addresses[place])]
    is_one_run = text[slice(*span)].isdecimal()
    return address if is_one_run and len(address) <= _LONGEST_DECLARED and not _OF_A_PATIENT.search(address) else ""


def undeclared(findings: Sequence[Finding], public_contacts: Collection[str]) -> list[Finding]:
    """The findings that stay refused after their writer declared some texts to be public.

    A declared text must be all of a contact, or all of the web address that a page's number is a part of; case and
    white space do not matter. NHS numbers elsewhere and all that is about one person stay refused whatever is declared.
    """
    declared = {_bare(contact) for contact in public_contacts}
    return [finding for finding in findings if not (finding.declarable and _bare(finding.declarable) in declared)]


def _bare(text: str) -> str:
    return "".join(fold(text).text.split()).casefold()
