"""What must be mended in a form, said by its labels; in a list, with the row and the part of it that are meant."""

from collections.abc import Mapping
from typing import Any

from psc.web.workspace.form.form_fields import Field

LONGEST_NAME = 40
"""Most characters of a row's own words that it is named by."""


def problems_of(field: Field, value: Any, problems: Mapping[str, str]) -> list[str]:
    """Return what must be mended in a field, as sentences.

    ``value`` is what the field holds, and ``problems`` those of the whole form, as in `Incomplete`.
    """
    found = []
    for key, words in problems.items():
        name, *place = key.split(".")
        if name == field.name:
            found.append(f"{_where(field, value, *place)}: {words}" if place else words)
    return found


def labelled(fields: tuple[Field, ...], content: Mapping[str, Any], problems: Mapping[str, str]) -> list[str]:
    """Return every problem of a form, each with the label of its field; those of no field stand as they are."""
    found = [
        f"{field.label}: {words}" for field in fields for words in problems_of(field, content.get(field.name), problems)
    ]
    names = {field.name for field in fields}
    return found + [words for key, words in problems.items() if key.partition(".")[0] not in names]


def _where(field: Field, value: Any, number: str, part: str) -> str:
    """Return which row of a list is meant, by its first words where it has some, and which part of the row."""
    labels = {part.name: part.label for part in field.parts}
    row = value[int(number)] if value and int(number) < len(value) else {}
    named = row.get(field.parts[0].name) if field.parts else None
    called = f"“{named[:LONGEST_NAME]}”" if named else f"Number {int(number) + 1}"
    return f"{called}, {labels.get(part, part)}"
