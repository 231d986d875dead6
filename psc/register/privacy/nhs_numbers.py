"""Finds NHS numbers: ten digits with a valid check digit, in the groupings and with the separators people use."""

import re
from collections.abc import Iterator

from nhs_number import is_valid

from psc.register.text.spans import Marks, Span, digits_of

_GAP = r"(?:[ \n()\[\]{}<>/_·|:~*=\\#…'’\"-]{1,3}|[.,;+])"
"""Between groups of digits of the usual grouping, 3-3-4."""
_START = r"(?<!\d)(?<!\d[.,])"
_END = r"(?!\d|[.,](?!0+(?!\d))\d)"
"""Not the decimals of a figure; a spreadsheet writes ".0" after a number that it takes for a figure."""
_ISBN = "".join(rf"(?<!ISBN{words})" for words in (" ", ": ", "-10 ", "-10: "))
"""An ISBN-10 has a check digit that is worked out in the very same way."""
_USUAL = [
    re.compile(rf"(?<!\d)(?<!\d\.){_ISBN}(\d{{10}})(?!\d|\.(?!0+(?!\d))\d)"),
    re.compile(r"(?<!\d)(?<!\d\.)(\d{3}[ -]\d{3}[ -]\d{4})(?!\d|\.\d)"),
    re.compile(rf"{_START}(\d{{3}}{_GAP}\d{{3}}{_GAP}\d{{4}}){_END}"),
    re.compile(
        rf"{_START}{_ISBN}((?:\d{{3}}[ _·-]{{1,2}}\d{{7}}|\d{{6}}[ _·-]{{1,2}}\d{{4}}|\d{{5}}[ _·-]\d{{5}})){_END}"
    ),
    re.compile(r"(?<!\d)(?<!\d[ .,])(\d(?:(?:[ \n|_·~-]|\] ?\[)\d){9})(?![ .,]?\d)"),
]
_BETWEEN = r"(?:[/:.]|[ \n]{1,3}| [·/:-] )"
_LESS_USUAL = [
    re.compile(rf"{_START}(?<!\d\d[ -])(?<!\d[.,;] )({shape})(?![ -]?\d|[.,;] ?\d)")
    for shape in (
        r"\d{3}[.,;]? \d{3}[.,;]? \d{4}",
        rf"\d{{4}}(?P<gap>{_BETWEEN})\d{{3}}(?P=gap)\d{{3}}",
        rf"\d{{3}}(?P<gap>{_BETWEEN})\d{{4}}(?P=gap)\d{{3}}",
        rf"(?:\d{{3}}(?P<gap>{_BETWEEN})){{2}}\d{{3}}(?P=gap)\d|\d\d(?: \d{{3}}){{2}} \d\d",
        r"\d{1,7}(?:(?P<gap>[_·-])\d{1,7})(?:(?P=gap)\d{1,7}){0,8}",
        r"\d\d(?:/\d\d){4}|(?:\d[.,/]){9}\d",
        r"\d{6}[/:.,]\d{4}|\d{3}[/:.]\d{7}|(?<![£$€]\d)(?<![£$€])\d,\d{3},\d{3},\d{3}",
    )
]
"""Groupings that some figures in a row have as well: they must also begin as numbers that are given out do."""
_GIVEN_OUT = re.compile(r"[4679]")
_LABEL = r"(?<![a-z])(?:n\.?h\.?s\.?|chi|h&c|rhif gig)[ -]?(?:number|numbers|num|nr|no|id|ref|#)?\b"
_LOOKS_LIKE_A_DIGIT = str.maketrans("OoIl", "0011")
_LABELLED = re.compile(
    rf"(?i:{_LABEL})[^\dOIl\n]{{0,20}}?(?<![^\W_])([\dOoIl](?:(?:[^\w]|_){{0,3}}[\dOoIl]){{9}})(?![^\W_])"
)
"""After its name a number may be grouped in any way, and a letter may stand for the digit that it looks like."""
_MISTYPED = re.compile(r"\d{3}[ -]?\d{3}[ -]?\d{4}")
_FEWEST_DIGITS = 7
_OF_WRONG_LENGTH = re.compile(rf"(?i:{_LABEL})[ :.#-]{{0,3}}(?:is )?(\d{{9}}|\d{{11}})(?!\d)")


def nhs_numbers(text: str, phones: Marks) -> Iterator[Span]:
    """Return where in a folded ``text`` NHS numbers stand, in no order and with repetitions.

    Ten digits that are a part of a longer phone number (``phones``) are left out. After the words "NHS number" and the
    like, digits count even when their check digit is wrong or one is missing or too many: one slip in typing does that.
    """
    for shape in (*_USUAL, *_LESS_USUAL):
        for match in shape.finditer(text):
            digits = digits_of(match[1])
            if _is_number(digits) and (shape in _USUAL or _GIVEN_OUT.match(digits)) and not phones.cover(match.span(1)):
                yield match.span(1)
    for match in _LABELLED.finditer(text):
        if len(digits_of(match[1])) >= _FEWEST_DIGITS and (
            _is_number(digits_of(match[1].translate(_LOOKS_LIKE_A_DIGIT))) or _MISTYPED.fullmatch(match[1])
        ):
            yield match.span(1)
    for match in _OF_WRONG_LENGTH.finditer(text):
        yield match.span(1)


def _is_number(digits: str) -> bool:
    # Numbers that begin with 00 are not in use anywhere, though ten noughts have a valid check digit.
    return bool(is_valid(digits)) and not digits.startswith("00")
