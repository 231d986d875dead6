"""Says in plain words what a value is and what it should be, where the library that checked it says it in its own.

Every fault of a document that was read into a model gets its words here. A check of our own raises an error whose
message is already what was expected (types ``value_error``, ``expected``).
"""

import re
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from pydantic_core import ErrorDetails

SLUG = r"^[a-z0-9]+(-[a-z0-9]+)*$"
CODE = r"^[a-z0-9]+(_[a-z0-9]+)*$"
WEB_ADDRESS = r"^https?://[^\s]+\.[^\s]+$"
HAS_A_LETTER = r"[A-Za-z]"
LONGEST_SHOWN = 100
SOME_VALUE = "a value of the kind that this key has in the other files"

PATTERNS: Mapping[str, str] = MappingProxyType(
    {
        SLUG: "lower-case letters, digits and single hyphens between them, such as falls-65-plus",
        CODE: "lower-case letters, digits and single underscores between them, such as care_homes",
        WEB_ADDRESS: "a web address that begins with https:// or http://",
        HAS_A_LETTER: "text with at least one letter",
    }
)
"""The patterns that texts are held to, each with what it asks for; models take their patterns from here."""

_TEXT, _WHOLE, _NUMBER = "text", "a whole number", "a number such as 45 or 0.5"
_DAY = "a day such as 2024-03-31"
_KEYS, _LIST = "keys with values, such as title: Falls", "a list"
_BY_TYPE: Mapping[str, str] = {
    "missing": "a value: the key is required",
    "extra_forbidden": "no such key",
    "string_too_long": "at most {max_length:,} characters",
    "too_long": "at most {max_length} items",
    "greater_than": "more than {gt}",
    "greater_than_equal": "at least {ge}",
    "less_than": "less than {lt}",
    "less_than_equal": "at most {le}",
    "multiple_of": "a multiple of {multiple_of}",
    "literal_error": "one of {expected}",
    "enum": "one of {expected}",
    "finite_number": _NUMBER,
    "int_from_float": _WHOLE,
    "none_required": "nothing",
}
_BY_FAMILY: Mapping[str, str] = {
    "string": _TEXT,
    "int": _WHOLE,
    "float": _NUMBER,
    "decimal": _NUMBER,
    "bool": "true or false",
    "date": _DAY,
    "datetime": _DAY,
    "time": "a time such as 09:30",
    "tuple": _LIST,
    "list": _LIST,
    "set": _LIST,
    "frozen": _LIST,
    "iterable": _LIST,
    "dict": _KEYS,
    "mapping": _KEYS,
    "model": _KEYS,
    "dataclass": _KEYS,
    "url": PATTERNS[WEB_ADDRESS],
}


def in_words(detail: ErrorDetails) -> tuple[str, str]:
    """What was found and what was expected, from the library's account of one error."""
    found = "nothing" if detail["type"] == "missing" else shown(detail["input"])
    return found, _expected(detail)


def shown(value: object) -> str:
    """A value in a document, as a person would name it: text in quotes, lists and mappings by their size."""
    if value is None:
        return "nothing"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list | tuple):
        items = ", ".join(map(shown, value[:LONGEST_SHOWN]))
        return f"[{items}]" if len(items) < LONGEST_SHOWN else f"a list of {len(value):,} items"
    if isinstance(value, dict):
        return f"keys with values ({', '.join(map(str, value))})"[:LONGEST_SHOWN] if value else "an empty {}"
    text = repr(value) if isinstance(value, str | int | float) else "something else"
    return text if len(text) <= LONGEST_SHOWN else f"{text[: LONGEST_SHOWN - 3]}..."


def _expected(detail: ErrorDetails) -> str:
    kind, context = detail["type"], detail.get("ctx", {})
    if kind == "expected":
        return detail["msg"]
    if kind in ("value_error", "assertion_error"):
        return re.sub("^(Value error|Assertion failed), ", "", detail["msg"])
    if kind == "string_pattern_mismatch":
        return PATTERNS.get(context["pattern"], SOME_VALUE)
    if kind in ("string_too_short", "too_short"):
        return _at_least(context["min_length"], "character" if kind.startswith("string") else "item")
    if words := _BY_TYPE.get(kind):
        return words.format(**{name: _plain(value) for name, value in context.items()})
    return _BY_FAMILY.get(kind.partition("_")[0], SOME_VALUE)


def _at_least(number: int, what: str) -> str:
    if number == 1:
        return "text: what is blank is left out with its key" if what == "character" else "a list of at least one item"
    return f"at least {number} {what}s"


def _plain(value: Any) -> Any:
    return f"{value:g}" if isinstance(value, float) else value
