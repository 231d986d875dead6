"""Looks through everything a person wrote for what looks like a patient's or a private person's data."""

from collections.abc import Collection, Iterator, Mapping
from typing import TYPE_CHECKING, Any

from psc.register.errors import PersonalDataFound
from psc.register.text.markup import plain

if TYPE_CHECKING:
    from psc.register.privacy.personal_data import Finding

# Codes and dates of the record itself are no one's words.
NOT_WORDS = frozenset({"start", "end", "date", "review_date", "next_review", "aim_by"})


def personal_data(content: Mapping[str, Any]) -> "dict[str, list[Finding]]":
    """Return what was found in each field, without what the writer has declared to be public."""
    declared = content.get("public_contacts") or ()
    found = {
        field: [finding for text in _texts(value) for finding in _undeclared(text, declared)]
        for field, value in content.items()
        if field not in NOT_WORDS and not field.endswith("_on")
    }
    return {field: findings for field, findings in found.items() if findings}


def _undeclared(text: str, declared: Collection[str]) -> "list[Finding]":
    """What stands in a text as it is written, or else as it is read, without the marks of its Markdown."""
    # Reading its patterns takes a second, and most commands and most processes check no text.
    from psc.register.privacy.personal_data import find_personal_data, undeclared

    return undeclared(find_personal_data(text), declared) or undeclared(find_personal_data(plain(text)), declared)


def screen(content: Mapping[str, Any]) -> None:
    """Raise PersonalDataFound if any text holds what looks like personal data."""
    if found := personal_data(content):
        raise PersonalDataFound(found)


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for inner in value.values():
            yield from _texts(inner)
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from _texts(inner)
