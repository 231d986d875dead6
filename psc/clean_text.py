"""Cleans text where it enters: one kind of line end, no characters that control a program instead of saying something.

Removed are, beside what no database stores, the characters that can hide or reorder words for a reader: other control
characters, the embedding, override and isolate marks of text direction (``U+202A`` to ``U+202E``, ``U+2066`` to
``U+206F``), marks of annotations, byte order marks and the 66 noncharacters. Kept are joiners and direction marks that
scripts and emoji need, soft hyphens, and characters that Unicode may still assign.
"""

import re
from collections.abc import Mapping
from typing import Any

_LINE_END = re.compile("\r\n|[\r\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029]")
_TAB = re.compile("[\t\x1f]")
_NONCHARACTERS = "".join(f"{chr(plane + 0xFFFE)}{chr(plane + 0xFFFF)}" for plane in range(0, 0x110000, 0x10000))
_REMOVED = re.compile(
    "[\x00-\x09\x0b-\x1f\x7f-\x9f\ud800-\udfff\u202a-\u202e\u2066-\u206f\ufeff\ufff9-\ufffb\ufdd0-\ufdef"
    f"{_NONCHARACTERS}]"
)


def clean(value: Any) -> Any:
    """Return a text, or every text within a list or mapping, cleaned; anything else as it is.

    Every kind of line end becomes ``\\n`` and a tab a space. Cleaning twice changes nothing more, and no text grows.
    """
    if isinstance(value, str):
        return value if value.isprintable() else _REMOVED.sub("", _TAB.sub(" ", _LINE_END.sub("\n", value)))
    if isinstance(value, Mapping):
        return {clean(key): clean(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [clean(inner) for inner in value]
    return value


def one_line(value: Any) -> Any:
    """Return a text cleaned, with a space for each line end; anything that is no text as it is."""
    return clean(value).replace("\n", " ") if isinstance(value, str) else value
