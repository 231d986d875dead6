"""No two compiled records with one title: a reader would take them for the same, and one is often a copy."""

import unicodedata
from collections.abc import Hashable, Iterable, Iterator

from psc.faults import Fault
from psc.register.compiled.source_record import Draft
from psc.register.records.fields import SourcedRecord
from psc.register.records.priority import Priority

_TITLES = ("title", "short_title", "event")
_ENDLESS = 9999


def repeated_titles(records: Iterable[tuple[Draft, SourcedRecord]]) -> Iterator[Fault]:
    """Titles that a record of the same kind has already, whatever the capitals, spaces and punctuation.

    Several areas may set a priority of one title, and one of them may set it again for years that follow.
    """
    seen: dict[Hashable, list[tuple[Draft, SourcedRecord]]] = {}
    for draft, record in records:
        for field in _TITLES:
            title = getattr(record, field, None)
            if title is None:
                continue
            areas = frozenset(record.areas) if isinstance(record, Priority) else None
            before = seen.setdefault((field, areas, _as_read(title)), [])
            twin = next((other for other, earlier in before if _at_one_time(record, earlier)), None)
            if twin is None:
                before.append((draft, record))
            else:
                where = f"{twin.file}, line {twin.line((field,))}"
                which = "of its areas and years " if areas else ""
                yield draft.fault(((field,), f"{title!r} again", f"a title {which}that no other has: see {where}"))


def _as_read(title: str) -> str:
    folded = unicodedata.normalize("NFKC", title).casefold()
    return "".join(each for each in folded if each.isalnum()) or folded


def _at_one_time(one: SourcedRecord, other: SourcedRecord) -> bool:
    if not (isinstance(one, Priority) and isinstance(other, Priority)):
        return True
    first, second = ((p.year_from, _ENDLESS if p.year_to is None else p.year_to) for p in (one, other))
    return first == second or (first[0] < second[1] and second[0] < first[1])
