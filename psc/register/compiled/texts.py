"""Texts, lists and sources of compiled records: readable, no longer than a form takes them, each thing once."""

import re
from collections.abc import Iterator

from pydantic import BaseModel

from psc.files.yaml_documents import Key
from psc.register.compiled.source_record import Misfit
from psc.register.records.text_lengths import (
    ADDRESS,
    LONG,
    MOST_CHOICES,
    MOST_RECORDS,
    SHORT,
    SHORTEST_TITLE,
    is_readable,
)
from psc.register.text.web_address import is_web_address

_LINES = frozenset(
    {"id", "title", "short_title", "partners", "active_ingredients", "measure", "population", "baseline", "result"}
    | {"change", "when"}
)
"""The fields that have one line in a form."""
_SOURCES, _ADDRESS = "sources", "url"
_SCHEME = re.compile(r"\s*[a-z][a-z0-9+.-]*:\S", re.IGNORECASE)
_DOI = re.compile(r"(?:doi:\s*)?10\.\d{4,9}/\S+", re.IGNORECASE | re.ASCII)
_YEAR_OR_NUMBER = re.compile(r"(?<!\d)\d{4,}(?!\d)", re.ASCII)


def unfit_texts(record: BaseModel) -> Iterator[Misfit]:
    """Each text or list of a record, and of the records in it, that no form of the workspace would take."""
    for key, value in values_of(record):
        field = next(str(part) for part in reversed(key) if isinstance(part, str))
        if isinstance(value, str):
            yield from _unfit_text(key, field, value)
        else:
            yield from _unfit_list(key, value)


def values_of(record: BaseModel, key: Key = ()) -> Iterator[tuple[Key, str | tuple[object, ...]]]:
    """Each text and each list of a record, and of the records in it, with its key."""
    for name in type(record).model_fields:
        value = getattr(record, name)
        if isinstance(value, tuple):
            yield (*key, name), value
            for place, item in enumerate(value):
                if isinstance(item, BaseModel):
                    yield from values_of(item, (*key, name, place))
                elif isinstance(item, str):
                    yield (*key, name, place), item
        elif isinstance(value, str):
            yield (*key, name), value


def _unfit_text(key: Key, field: str, text: str) -> Iterator[Misfit]:
    most = ADDRESS if field in (_SOURCES, _ADDRESS) else SHORT if field in _LINES else LONG
    if len(text) > most:
        yield key, f"{len(text):,} characters", f"at most {most:,} characters"
    elif not is_readable(text):
        yield key, repr(text), "text with letters or digits"
    elif field == "title" and len(text) < SHORTEST_TITLE:
        yield key, repr(text), f"a title of at least {SHORTEST_TITLE} characters"
    elif field == _ADDRESS and not is_web_address(text):
        yield key, repr(text), "a web address that begins with https:// or http://"
    elif field == _SOURCES and not _is_source(text):
        wanted = "a web address that begins with https:// or http://, or the name of a document with its year or number"
        yield key, repr(text), wanted


def _is_source(text: str) -> bool:
    """Whether a reader can find it: by its address, or by the name of a document and its year or number."""
    if is_web_address(text) or _DOI.fullmatch(text):
        return True
    is_named = " " in text.strip() and not _SCHEME.match(text)
    return is_named and _YEAR_OR_NUMBER.search(text) is not None


def _unfit_list(key: Key, items: tuple[object, ...]) -> Iterator[Misfit]:
    most = MOST_RECORDS if any(isinstance(item, BaseModel) for item in items) else MOST_CHOICES
    if len(items) > most:
        yield key, f"{len(items):,} items", f"at most {most}"
    seen: dict[object, int] = {}
    for place, item in enumerate(items):
        same = " ".join(item.casefold().split()) if isinstance(item, str) else repr(item)
        if seen.setdefault(same, place) != place:
            shown = repr(item) if isinstance(item, str) else "the same"
            yield (*key, place), f"{shown} again", "each item once"
