"""Finds the numbers that organisations give to one person: National Insurance numbers and hospital numbers."""

import re
from collections.abc import Iterator

from psc.register.spans import Span, digits_of

_GAP = r"[ \n._·|/-]{0,2}"
_PREFIX = r"(?!BG|GB|KN|NK|NT|TN|ZZ)[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z]"
_DIGITS = rf"(?:{_GAP}\d){{6}}"
_NATIONAL_INSURANCE = re.compile(rf"(?<![^\W_]){_PREFIX}{_DIGITS}{_GAP}[A-D](?![^\W_])", re.IGNORECASE)
"""HM Revenue and Customs' published shape: letters that are in use, six digits, and a letter from A to D."""
_LABELLED_INSURANCE = re.compile(
    r"\b(?:national insurance|n\.?i\.?)(?: ?(?:number|num|no|ref)|\.)?(?![^\W_])[^\w\n]{0,3}(?:is |was )?"
    rf"({_PREFIX}{_DIGITS}(?:{_GAP}[A-D])?)(?![^\W_])",
    re.IGNORECASE,
)

_HOLDER = (
    r"(?:hospital|hosp|patient|pt|pas|unit|case[ -]?notes?|medical records?|district|emis|systmone|ehr|epr|rio|epic"
    r"|cerner|lorenzo|meditech)"
)
_NUMBER = r"(?:(?:number|num|no|nr|ref|reference|id|identifier)\b|#)"
_HOSPITAL = re.compile(
    rf"(?:\b{_HOLDER}\.?[ \n_-]{{0,2}}{_NUMBER}|(?-i:\b[A-Z]) number\b|\b(?:mrn|crn|hn)\b(?: {_NUMBER})?)\.?"
    r"(?: ?\([^()\d\n]{1,30}\))?"
    r"[ \n\t]{0,2}(?:[:#=(|-]|(?<=number),|is|was)?[ \n(\[]{0,2}"
    r"((?:[a-z]{1,3}[/-]?|(?-i:[A-Z]{1,3}) )?"
    r"(?:\d[\d/-]{2,11}(?: \d{3,4})?|\d\d(?: \d\d){2,3})(?:[ /-]?[a-z])?)(?![^\W_]|[.,]\d)",
    re.IGNORECASE,
)
_FEWEST_DIGITS = 5


def national_insurance_numbers(text: str) -> Iterator[Span]:
    """Return where in a folded ``text`` National Insurance numbers stand; the last letter may be missing after "NI"."""
    for match in _NATIONAL_INSURANCE.finditer(text):
        yield match.span()
    for match in _LABELLED_INSURANCE.finditer(text):
        yield match.span(1)


def hospital_numbers(text: str) -> Iterator[Span]:
    """Return where in a folded ``text`` hospital numbers stand: each hospital has its own, told by the words before."""
    for match in _HOSPITAL.finditer(text):
        if len(digits_of(match[1])) >= _FEWEST_DIGITS:
            yield match.span(1)
