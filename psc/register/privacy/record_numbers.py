"""Finds the numbers that organisations give to one person: National Insurance numbers and hospital numbers."""

import re
from collections.abc import Iterator

from psc.register.text.spans import Span, digits_of

_GAP = r"[ \n._·|/,:+*()\[\]-]{0,3}"
_LETTERS = (r"(?!BG|GB|KN|NK|NT|TN|ZZ)[A-CEGHJ-PR-TW-Z]", r"[A-CEGHJ-NPR-TW-Z]")
_PREFIX = "".join(_LETTERS)
_PARTED_PREFIX = r"(?-i:{}[ .·|]{{1,2}}{})".format(*_LETTERS)
_DIGITS = rf"(?:{_GAP}\d){{6}}"
_NATIONAL_INSURANCE = re.compile(
    rf"(?<![^\W_])(?:{_PREFIX}{_DIGITS}|{_PARTED_PREFIX}(?:[ .·|-]{{0,2}}\d){{6}}){_GAP}[A-D](?![^\W_])", re.IGNORECASE
)
"""HM Revenue and Customs' published shape: letters that are in use, six digits, and a letter from A to D."""
_LABELLED_INSURANCE = re.compile(
    r"\b(?:national insurance|nat\.? ?ins\.?|n\.?i\.?(?:n\.?o\.?)?)(?: ?(?:number|num|no|ref)|\.)?(?![^\W_])"
    rf"[^\w\n]{{0,3}}(?:is |was )?({_PREFIX}(?:{_GAP}[\dOIl]){{6}}(?:{_GAP}[A-D])?)(?![^\W_])",
    re.IGNORECASE,
)
"""After the words for it the last letter may be missing, and a letter may stand for the digit that it looks like."""

_SYSTEM = r"pas|emis|systmone|ehr|epr|rio|epic|cerner|lorenzo|meditech"
_HOLDER = (
    r"(?:hospital|hosp|patient|pt|unit|case[ -]?notes?|notes|medical records?|(?<!\ba )record|chart|maternity|theatre"
    r"|case"
    r"|district|clinic|a&e|ed"
    rf"|casualty|attendance|admission|wrist[ -]?band|trust|{_SYSTEM})"
)
_NUMBER = r"(?:(?:number|num|no|nr|ref|reference|id|identifier)\b|#)"
_OF_WHOM = r"(?: (?:of|for) (?:the |this |my |his |her )?(?:patient|pt|resident|client|mum|mother|dad|father))?"
_LABEL = (
    rf"(?:\b{_HOLDER}(?:\.|['’]s)?[ \n_-]{{0,2}}{_NUMBER}{_OF_WHOM}|\b(?:hospital|hosp) (?:numbers|nos)\b"
    rf"|(?-i:\b[A-Z]) number\b"
    rf"|\b(?:m\.?r\.?n|c\.?r\.?n|h/?n|pid)\b(?: {_NUMBER})?|\b(?:{_SYSTEM})(?= ?[:=#])"
    r"|\bcase[ -]?notes?(?= [a-z]{0,2}\d{6})|\bwrist[ -]?bands?(?= (?:said|read|was|is)\b))"
)
_VALUE = (
    r"(?:[a-z]{1,3}[/-]?|(?-i:[A-Z]{1,3}) )?"
    r"(?:\d[\d/-]{2,11}(?: \d{3,4})?|\d\d(?: \d\d){2,3})(?:[ /-]?[a-z])?(?![^\W_]|[.,]\d)"
)
_HOSPITAL = re.compile(
    rf"{_LABEL}\.?(?: ?\([^()\d\n]{{1,30}}\)|[^\d\n:.]{{1,25}}(?=:))?"
    rf"[ \n\t]{{0,2}}(?:[:;#=(|-]|(?<=number),|is|was|said|read)?[ \n(\[\"'“‘*]{{0,3}}({_VALUE})",
    re.IGNORECASE,
)
_ONE_MORE = re.compile(rf"(?:,| and| &|;|/) ?({_VALUE})", re.IGNORECASE)
_FEWEST_DIGITS = 5


def national_insurance_numbers(text: str) -> Iterator[Span]:
    """Return where in a folded ``text`` National Insurance numbers stand."""
    for match in _NATIONAL_INSURANCE.finditer(text):
        yield match.span()
    for match in _LABELLED_INSURANCE.finditer(text):
        yield match.span(1)


def hospital_numbers(text: str) -> Iterator[Span]:
    """Return where in a folded ``text`` hospital numbers stand, told by the words before, and others next to them.

    Each hospital has numbers of its own.
    """
    for match in _HOSPITAL.finditer(text):
        found: re.Match[str] | None = match
        while found and len(digits_of(found[1])) >= _FEWEST_DIGITS:
            yield found.span(1)
            found = _ONE_MORE.match(text, found.end(1))
