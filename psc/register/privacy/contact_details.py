"""Finds phone numbers, email addresses and full postcodes, written in the ways people write them."""

import re
from collections.abc import Iterator

import phonenumbers

from psc.register.text.spans import Marks, Span, digits_of

_START = r"(?<!\w)(?<!\w[.+'%&-])"
"""Before an address: a quotation mark or a dash may stand right before it."""
_LOCAL = rf"{_START}\w[\w.+'%&-]{{0,63}}"
_AT = r"(?:[\[({<](?:at|@)[\])}>]|-at-)"
_DOT = r"[\[({<](?:dot|\.)[\])}>]"
_ENDINGS = r"(?:uk|net|com|org|eu|info|edu|gov|scot|wales|ie)\b"
"""What an address ends with where a space or a word stands for its signs: people also look at the dot above a limit."""
_PROVIDERS = r"(?:gmail|googlemail|hotmail|outlook|live|msn|yahoo|ymail|aol|icloud|protonmail|btinternet|sky|talktalk)"
_EMAILS = [
    re.compile(shape, re.IGNORECASE)
    for shape in (
        rf"{_LOCAL}(?:@| ?{_AT} ?)(?:[\w-]{{1,63}}(?:\.| ?{_DOT} ?)){{1,8}}[^\W\d_]{{2,24}}",
        rf"{_LOCAL}(?:[ \n]{{0,2}}@[ \n]{{0,2}}|\\@)(?:[\w-]{{1,63}} ?[.,] ?){{1,6}}{_ENDINGS}",
        rf"{_LOCAL}(?: ?@ ?| at | ?{_AT} ?)[\w-]{{1,63}}(?: dot [\w-]{{1,63}}){{0,6}} dot {_ENDINGS}",
        # A word with a full stop, an underscore or a figure within is no word of a sentence: "jane.smith at nhs.net".
        rf"{_START}[^\W\d_]{{1,30}}[._\d+-][\w.+'-]{{0,40}}(?: at |_at_)(?:[\w-]{{1,63}}\.){{1,6}}{_ENDINGS}",
        rf"{_LOCAL} at {_PROVIDERS}(?:\.[a-z]{{2,3}}){{1,2}}\b",
    )
]

_ZERO = r"(?:\((?=[0O]\d+\)))?[0O]"
_PHONE_GAP = r"[ \n()/_·.~*-]"
_UK_PHONES = [
    # A lookahead, so that a figure before a number cannot swallow its beginning.
    re.compile(
        rf"(?=(?<![^\W_])((?:(?:\+44|0044) ?(?:\(0\))?|{_ZERO}(?=[1-9]"
        rf"| [1237] ))(?:{_PHONE_GAP}{{0,3}}\d){{{digits}}})(?!\d))"
    )
    for digits in (10, 9)
]
_USUAL_UK_PHONE = re.compile(
    rf"(?:{_ZERO}|(?:\+44|0044)[ .-]?(?:\(0\)[ -]?)?)(?=(?:{_PHONE_GAP}{{0,3}}\d){{10}}$)"
    rf"(?:\d{{2,4}}\)?{_PHONE_GAP}{{0,3}}\d{{3,4}}{_PHONE_GAP}{{0,3}}\d{{3,4}}|7(?: \d{{3}}){{3}}"
    rf"|(?:{_PHONE_GAP}\d){{10}}|7\d{{0,9}}(?:[ ./-]\d{{1,9}}){{0,4}})"
)
"""A number written as one. Those not allotted, or kept for drama, are no valid numbers, but nobody can tell."""
_LABELLED = re.compile(
    r"\b(?:phone|telephone|tel|mobile|mob|call|ring|text|contact|whatsapp|landline)(?:\b[^\d\n]{0,25}?(?<![^\W_]))?"
    rf"([0O](?:{_PHONE_GAP}{{0,2}}[\dO]){{10}})(?![^\W_])",
    re.IGNORECASE,
)
_MISTYPED_MOBILE = re.compile(
    r"(?<![^\W_])([0Oo]7[\dOo]{3}(?:[ =:|-]?| ?, ?)[\dOo]{3}(?:[ =:|-]?| ?, ?)[\dOo]{3})(?![^\W_])"
)
"""The letter O may stand for a nought, and after a word for a phone the digits may be grouped in any way."""
_MOBILE_WITHOUT_0 = re.compile(r"(?<!\d)(?<!\d[.,-])((?:44 ?)?7[1-57-9]\d\d[ _·-]?\d{3}[ _·-]?\d{3})(?!\d|[.,-]\d)")
_DATE_FIRST = re.compile(r"\d\d?([ /.-])[01]?\d\1(?:19|20)\d\d(?!\d)")
"""A day with a figure after it: "07/04/2014 310 homes" has the digits of a valid number."""
_DECIMAL = re.compile(r"0\.\d")
_FIGURE_FIRST = re.compile(r"0\.\d|\d\d\.\d\d(?:\D|$)")
"""A decimal and two times of day in a row ("07.30 - 15.30 15") have the digits of a number as well."""

_AREAS = (
    "AB|AL|B[ABDHLNRST]?|C[ABFHMORTVW]|D[ADEGHLNTY]|E[CHNX]?|F[KY]|G[LUY]?|H[ADGPRSUX]|I[GMPV]|JE|K[ATWY]|L[ADELNSU]?"
    "|M[EKL]?|N[EGNPRW]?|O[LX]|P[AEHLOR]|R[GHM]|S[AEGKLMNOPRSTWY]?|T[ADFNQRSW]|UB|W[ACDFNRSV]?|YO|ZE"
)
_POSTCODE = re.compile(
    rf"(?<![^\W_])(?:(?:{_AREAS})(?:\d{{1,2}}|\d[A-HJKMNPR-Y])|(?-i:(?:{_AREAS}) \d{{1,2}}(?=[ \d]))"
    rf"|(?-i:(?:[CPSY]0|0[LX])\d\d?|(?:{_AREAS})\d?O(?= ))"
    rf"|GIR)\)?(?:[ \n]{{0,2}}\(?| ?[._·:|-] ?|[/,])"
    r"(?:\d|(?-i:\d (?=[A-Z])))(?:[ABD-HJLNP-UW-Z]{2}|(?-i:[ABD-HJLNP-UW-Z] [ABD-HJLNP-UW-Z]))(?![^\W_])",
    re.IGNORECASE,
)
"""In capitals the letter O and a nought may stand for each other."""
_SPACED_POSTCODE = re.compile(
    r"(?<![^\W_])(?:[A-Z] ){1,2}\d (?:[\dA-Z] )?\d [ABD-HJLNP-UW-Z] [ABD-HJLNP-UW-Z](?![^\W_])"
)
_ORDINAL_OR_UNIT = re.compile(r"(?:1st|2nd|3rd|[04-9]th|\d(?:hr|yr|pt|lb|ft))$")


def emails(text: str) -> Iterator[Span]:
    """Return where in a folded ``text`` email addresses stand, also with "at" and "dot" in words."""
    for shape in _EMAILS:
        for match in shape.finditer(text):
            yield match.span()


def phones(text: str) -> Iterator[Span]:
    """Return where in a folded ``text`` phone numbers stand.

    They are those that the library finds, those it overlooks because another figure stands next to them, and mobile
    numbers that were written without their 0.
    """
    taken = Marks(text)
    for found in phonenumbers.PhoneNumberMatcher(text, "GB", max_tries=len(text)):
        if not (_DATE_FIRST.match(found.raw_string) or _DECIMAL.match(found.raw_string)):
            taken.add((found.start, found.end))
            yield found.start, found.end
    for shape in _UK_PHONES:
        for candidate in shape.finditer(text):
            if _is_phone(candidate[1]) and not taken.overlap(candidate.span(1)):
                taken.add(candidate.span(1))
                yield candidate.span(1)
    for shape in (_LABELLED, _MISTYPED_MOBILE, _MOBILE_WITHOUT_0):
        for match in shape.finditer(text):
            if not taken.overlap(match.span(1)):
                taken.add(match.span(1))
                yield match.span(1)


def _is_phone(candidate: str) -> bool:
    if _DATE_FIRST.match(candidate) or _FIGURE_FIRST.match(candidate):
        return False
    if _USUAL_UK_PHONE.fullmatch(candidate):
        return True
    plus = "+" if candidate.startswith("+") else ""
    return phonenumbers.is_valid_number(phonenumbers.parse(plus + digits_of(candidate), "GB"))


def postcodes(text: str) -> Iterator[Span]:
    """Return where in a folded ``text`` full postcodes stand, of the Royal Mail's published shape and areas."""
    for shape in (_POSTCODE, _SPACED_POSTCODE):
        for match in shape.finditer(text):
            if not _ORDINAL_OR_UNIT.search(match.group()):
                yield match.span()
