"""Values of a YAML or JSON document that no field may have: numbers without end, text with control characters."""

import re
from collections.abc import Iterator
from typing import Any

Key = tuple[str | int, ...]
LARGEST_NUMBER = 1e15
"""Whole numbers are exact in floating point up to about nine times this; no figure of the NHS comes near it."""
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")


def unsuitable(value: Any, key: Key = ()) -> Iterator[tuple[Key, str, str]]:
    """Each unsuitable value of a document of bounded depth: its key, what was found, what was expected."""
    if isinstance(value, dict):
        for name, item in value.items():
            if not isinstance(name, str):
                yield (*key, str(name)), f"the key {name!r}", "text as a key"
            elif _CONTROL.search(name):
                yield (*key, name), "a key with control characters", "plain text as a key"
            else:
                yield from unsuitable(item, (*key, name))
    elif isinstance(value, list):
        for index, item in enumerate(value):
            yield from unsuitable(item, (*key, index))
    elif isinstance(value, str):
        if _CONTROL.search(value):
            yield key, repr(value), "text without control characters"
    elif isinstance(value, int | float) and not -LARGEST_NUMBER <= value <= LARGEST_NUMBER:  # not a number is neither
        shown = f"{value:g}" if isinstance(value, float) else f"a number of {value.bit_length():,} bits"
        yield key, shown, f"a number from {-LARGEST_NUMBER:g} to {LARGEST_NUMBER:g}"
