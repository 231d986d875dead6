"""Where words stand in a text, also as a reader would take them for the same: other spaces, capitals, signs between.

A page shows line breaks and several spaces as one space, and does not show soft hyphens and the like at all; a number
is the same with other signs between its digits.
"""

import re
from functools import lru_cache

from psc.register.text.spans import Span

_UNSEEN = "\u00ad\u034f\u061c\u200b-\u200f\u2060-\u2064\ufe00-\ufe0f"
"""Soft hyphens, joiners, marks of direction and selectors of a variant, within a class of characters."""
_SPACE = rf"[\s{_UNSEEN}]+"
_SHORTEST_NUMBER = 5
"""Letters and digits of a number that is still itself with other signs between them."""


def places_of(words: str, text: str) -> list[Span]:
    """Return where the words stand whole in a text, by position; places that overlap are one.

    Capitals do not matter, except that a single word in lower case may be another one than the name ("Will", "will").
    """
    shape = _shape(words)
    if shape is None:
        return []
    found: list[Span] = []
    for match in shape.finditer(text):
        start, end = match.span(1)
        if found and start < found[-1][1]:
            found[-1] = (found[-1][0], max(end, found[-1][1]))
        else:
            found.append((start, end))
    return found


@lru_cache(maxsize=64)
def _shape(words: str) -> re.Pattern[str] | None:
    parts = re.sub(f"[{_UNSEEN}]", "", words).split()
    if not parts:
        return None
    signs = [sign for part in parts for sign in part if sign.isalnum()]
    ways = [_SPACE.join(_spelled(part) for part in parts)]
    if len(signs) >= _SHORTEST_NUMBER and any(sign.isdigit() for sign in signs):
        ways.append(r"[\W_]{0,4}".join(signs))
    may_be_another = len(parts) == 1 and parts[0].isalpha() and not parts[0].islower()
    if may_be_another:
        ways.append(_spelled(parts[0].upper()))
    first, last = parts[0][0], parts[-1][-1]
    # In a lookahead, so that places which overlap are all found.
    whole = rf"(?={_edge(first, '<!')}({'|'.join(ways)}){_edge(last, '!')})"
    return re.compile(whole, re.NOFLAG if may_be_another else re.IGNORECASE)


def _spelled(part: str) -> str:
    return f"[{_UNSEEN}]*".join(re.escape(sign) for sign in part)


def _edge(sign: str, look: str) -> str:
    """Where words end: a letter does not go on with a letter, nor a digit with a digit."""
    if sign.isdigit():
        return rf"(?{look}\d)"
    return rf"(?{look}[^\W\d_])" if sign.isalpha() else ""
