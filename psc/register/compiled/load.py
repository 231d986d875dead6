"""Reads ``data/register`` whole: all of it valid, or every fault at once."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from pathlib import Path, PurePosixPath
from typing import TypeVar

from pydantic import ValidationError

from psc import clock
from psc.faults import Fault, InvalidData, alike
from psc.files.walk import folders_in, names_in
from psc.files.yaml_documents import read_yaml
from psc.register.compiled.dates import days_to_come, long_over
from psc.register.compiled.document_faults import validation_faults
from psc.register.compiled.figures import unfit_figures
from psc.register.compiled.known_ids import HarmVocabulary, read_known_ids
from psc.register.compiled.personal_data_screening import personal_texts
from psc.register.compiled.record_rules import misfits
from psc.register.compiled.sentences import unfit_sentences
from psc.register.compiled.source_record import Draft, Misfit
from psc.register.compiled.texts import unfit_texts
from psc.register.compiled.titles import repeated_titles
from psc.register.records.fields import KnownIds, SourcedRecord
from psc.register.records.priority import Priority, Programme, TimelineEvent
from psc.register.records.solution import Solution

R = TypeVar("R", bound=SourcedRecord)


@dataclass(frozen=True)
class Register:
    """The register. Priorities come by file and then as written, solutions by title, events by date."""

    priorities: tuple[Priority, ...]
    programmes: tuple[Programme, ...]
    solutions: tuple[Solution, ...]
    timeline: tuple[TimelineEvent, ...]
    harm_group_of: Mapping[str, str] = field(default_factory=dict)
    """Harm code to the group it is filtered by (``data/harms/harm_areas.yaml``)."""
    titles: Mapping[str, str] = field(default_factory=dict)
    """Harm code, care setting or area to its title."""
    synonyms: tuple[tuple[str, ...], ...] = ()
    """Groups of names for the same thing (``data/harms/synonyms.yaml``)."""

    @cached_property
    def solutions_by_id(self) -> Mapping[str, Solution]:
        """Solutions by id."""
        return {solution.id: solution for solution in self.solutions}

    @cached_property
    def priorities_by_id(self) -> Mapping[str, Priority]:
        """Priorities by id."""
        return {priority.id: priority for priority in self.priorities}

    @cached_property
    def programmes_by_id(self) -> Mapping[str, Programme]:
        """Programmes by id."""
        return {programme.id: programme for programme in self.programmes}


def load_register(folder: Path) -> Register:
    """The register in ``folder`` (``data/register``), held against the vocabularies beside it.

    Raises :class:`psc.faults.InvalidData` with every fault of every file.
    """
    register, faults = read_register(folder)
    if register is None:
        raise InvalidData(faults)
    return register


def read_register(folder: Path) -> tuple[Register | None, list[Fault]]:
    """The register and its faults: one or the other is empty."""
    name = folder.name
    faults: list[Fault] = []
    priorities = _drafts_of_each(folder / "priorities", f"{name}/priorities", faults)
    programmes = _drafts(folder / "programmes.yaml", f"{name}/programmes.yaml", faults)
    timeline = _drafts(folder / "timeline.yaml", f"{name}/timeline.yaml", faults)
    solutions = _drafts_of_each(folder / "solutions", f"{name}/solutions", faults)
    faults += _misnamed(solutions)

    known, harm = read_known_ids(folder.parent, faults)
    known = KnownIds(
        areas=known.areas,
        harm_areas=known.harm_areas,
        care_settings=known.care_settings,
        metrics=known.metrics,
        programmes=frozenset(draft.id for draft in programmes if draft.id),
        solutions=frozenset(draft.id for draft in solutions if draft.id),
    )
    register = _validated(priorities, programmes, solutions, timeline, known, harm, faults)
    return (None, faults) if faults else (register, [])


def _validated(
    priorities: list[Draft],
    programmes: list[Draft],
    solutions: list[Draft],
    timeline: list[Draft],
    known: KnownIds,
    harm: HarmVocabulary,
    faults: list[Fault],
) -> Register:
    by_date = sorted(_records(TimelineEvent, timeline, known, faults), key=lambda event: event.date)
    newest = int(by_date[-1].date[:4]) if by_date else None
    by_title = sorted(
        _records(Solution, solutions, known, faults, newest), key=lambda solution: solution.title.casefold()
    )
    return Register(
        priorities=tuple(_records(Priority, priorities, known, faults, newest)),
        programmes=tuple(_records(Programme, programmes, known, faults)),
        solutions=tuple(by_title),
        timeline=tuple(by_date),
        harm_group_of=harm.group_of,
        titles=harm.titles,
        synonyms=harm.synonyms,
    )


def _drafts_of_each(folder: Path, name: str, faults: list[Fault]) -> list[Draft]:
    files = names_in(folder, ".yaml")
    if not files:
        faults.append(Fault(name, "no YAML file", "files with a list of records"))
    nowhere = "its files in the folder above: only those are read"
    faults += [Fault(f"{name}/{inner}", "a folder within a folder", nowhere) for inner in folders_in(folder)]
    return [draft for each in files for draft in _drafts(folder / each, f"{name}/{each}", faults)]


def _drafts(path: Path, file: str, faults: list[Fault]) -> list[Draft]:
    records, lines, wrong = read_yaml(path, file)
    faults += wrong
    if records is None:
        return []
    if not isinstance(records, list) or not records:
        found = "an empty list" if records == [] else "no list"
        faults.append(Fault(file, found, "a list of records, each of which begins with - id:", row=1))
        return []
    return [Draft(file, record, lines, (index,)) for index, record in enumerate(records)]


def _misnamed(solutions: list[Draft]) -> Iterator[Fault]:
    """Faults of solutions that are not alone in a file named after them."""
    for draft in solutions:
        expected = PurePosixPath(draft.file).stem
        if draft.id is not None and draft.id != expected:
            yield draft.fault((("id",), repr(draft.id), f"{expected}, the name of the file"))


def _beyond_form(record: SourcedRecord, file: str, known: KnownIds, today: date) -> Iterator[Misfit]:
    """What is wrong in a record whose fields are each of the right form."""
    yield from misfits(record, file, known)
    yield from days_to_come(record, today)
    yield from unfit_texts(record)
    yield from unfit_figures(record)
    yield from unfit_sentences(record)
    yield from personal_texts(record)


def _records(
    model: type[R], drafts: list[Draft], known: KnownIds, faults: list[Fault], newest: int | None = None
) -> list[R]:
    """The records of one kind that are valid each by itself; the faults of all of them are added to ``faults``.

    ``newest`` is the year of the newest event of the timeline.
    """
    records: list[tuple[Draft, R]] = []
    first_seen: dict[str, Draft] = {}
    today = clock.today()
    for draft in drafts:
        try:
            record = model.model_validate(draft.content, context=known)
        except ValidationError as error:
            faults += validation_faults(error, draft.file, draft.lines, draft.base)
        else:
            records.append((draft, record))
            wrong = [*_beyond_form(record, draft.file, known, today), *long_over(record, newest)]
            faults += alike(map(draft.fault, wrong), len(wrong))
        if draft.id is None:
            continue
        first = first_seen.setdefault(draft.id, draft)
        if first is not draft:
            where = f"{first.file}, line {first.line(('id',))}"
            faults.append(draft.fault((("id",), f"{draft.id!r} again", f"an id of its own: it is used in {where}")))
    faults += repeated_titles(records)
    return [record for _, record in records]
