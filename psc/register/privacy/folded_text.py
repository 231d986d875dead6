"""Text as a person reads it: one form for the many characters that look like a digit, a dash or a space."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

_UNSEEN = frozenset({"Cf", "Cc", "Mn", "Me"})
"""Unicode categories that leave no mark of their own: zero-width and control characters, combining marks."""

_MIDDLE_DOTS = frozenset("·•‧∙⋅・･●◦▪⁃")
_UPRIGHTS = frozenset("|│┃¦ǀ∣❘｜")
_ESCAPES = {
    "&nbsp;": " ",
    "&#160;": " ",
    "&#xa0;": " ",
    "&#64;": "@",
    "&commat;": "@",
    "%20": "_",
    "%40": "@",
    "%2d": "-",
    "%2e": ".",
}
"""How web pages and addresses write a sign; an address goes on after a space that is written so."""
_ESCAPED = re.compile("|".join(_ESCAPES), re.IGNORECASE)
_NOTHING_SEEN = "\N{ZERO WIDTH SPACE}"


@dataclass(frozen=True, slots=True)
class FoldedText:
    """The folded ``text``, and for each of its characters the position it has in what was written."""

    text: str
    origins: Sequence[int]

    def written_span(self, start: int, end: int) -> tuple[int, int]:
        """Where a non-empty span of ``text`` begins and ends in what was written."""
        return self.origins[start], self.origins[end - 1] + 1


def fold(written: str) -> FoldedText:
    """``written`` with plain digits, hyphens, middle dots, upright lines and spaces, and without what cannot be seen.

    Signs that are escaped as in a web page or an address ("&nbsp;", "%40") are read as the signs they stand for.

    A line break stays a line break, upper and lower case stay as they are. A superscript is no digit: it is the number
    of a footnote, which would otherwise become part of the figure before it.
    """
    read = _ESCAPED.sub(lambda found: _ESCAPES[found[0].lower()].ljust(len(found[0]), _NOTHING_SEEN), written)
    kept = [(position, plain) for position, character in enumerate(read) if (plain := _plain(character))]
    return FoldedText("".join(plain for _, plain in kept), [position for position, _ in kept])


@lru_cache(maxsize=4096)
def _plain(character: str) -> str:
    category = unicodedata.category(character)
    if character in "\n\r\x0b\x0c\x85\u2028\u2029":
        return "\n"
    if character == "\t" or category == "Zs":
        return " "
    if category in _UNSEEN:
        return ""
    if category == "Pd" or character == "\N{MINUS SIGN}":
        return "-"
    if character in _MIDDLE_DOTS:
        return "·"
    if character in _UPRIGHTS:
        return "|"
    if category == "Nd":
        return str(unicodedata.decimal(character))
    compatible = unicodedata.normalize("NFKC", character)
    return compatible if len(compatible) == 1 and category != "No" else character
