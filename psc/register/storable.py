"""What no database stores as text is taken out of what people type or paste, and nothing else."""

from collections.abc import Mapping
from typing import Any

NOTHING = dict.fromkeys([0, *range(0xD800, 0xE000)])
"""The character zero, which PostgreSQL refuses, and halves of characters, which are no text in any encoding."""


def storable(value: Any) -> Any:
    """Return a text, or every text within a list or mapping, without what cannot be stored."""
    if isinstance(value, str):
        return value.translate(NOTHING)
    if isinstance(value, Mapping):
        return {storable(key): storable(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [storable(inner) for inner in value]
    return value
