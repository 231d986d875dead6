"""What is searched: the records, the measures and the areas, each as a title and lines of text."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from psc.catalogue.definition import Catalogue, Metric
from psc.register.compiled.load import Register
from psc.register.public.public_register import Capability, LearningEvent, PublicRegister
from psc.register.records.priority import Priority
from psc.register.records.solution import Solution
from psc.register.text.markup import plain_blocks

Kind = Literal["area", "measure", "priority", "solution", "learning"]
Titles = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Entry:
    """What is searched. ``main`` weighs more than ``rest``; each line of either is a passage of its own."""

    kind: Kind
    id: str
    title: str
    main: str
    rest: str


def entries_of(register: Register) -> Iterator[Entry]:
    """The priorities, the solutions and then the learning of a register, as they are searched."""
    titles = register.titles
    for priority in register.priorities:
        yield _priority(priority, titles)
    for solution in register.solutions:
        yield _solution(solution, titles)
    if isinstance(register, PublicRegister):
        for event in register.events:
            yield _event(event, titles)
        for capability in register.capabilities:
            yield _capability(capability, titles)


def measure_entries(catalogue: Catalogue) -> Iterator[Entry]:
    """The measures, as they are searched."""
    titles = {area.code: area.title for area in catalogue.harm_areas}
    titles |= {setting.code: setting.title for setting in catalogue.care_settings}
    for definition in catalogue.metrics:
        yield _measure(definition, titles)


def _priority(priority: Priority, titles: Titles) -> Entry:
    areas = priority.areas if priority.scope != "national" else ("national", "england")
    rest = [priority.how_set, priority.patient_involvement, priority.note, _named(areas, titles)]
    main = [priority.summary, _subjects(priority, titles)]
    return Entry("priority", priority.id, priority.title, _lines(main), _lines(rest))


def _solution(solution: Solution, titles: Titles) -> Entry:
    areas = (*solution.areas_of_origin, *(["national", "england"] if solution.national_origin else []))
    main = [solution.problem, solution.what_was_done, _subjects(solution, titles)]
    rest = [solution.partners, solution.method, solution.spread, solution.caveats, solution.patient_involvement]
    rest += [solution.withdrawn_reason, *(resource.title for resource in solution.resources)]
    rest += [*(result.measure for result in solution.results), *solution.active_ingredients, _named(areas, titles)]
    return Entry("solution", solution.id, solution.title, _lines(main), _lines(rest))


def _event(event: LearningEvent, titles: Titles) -> Entry:
    rest = [event.audience, event.place, event.cancelled, _named(event.areas, titles)]
    about = _lines(plain_blocks(event.about or ""))
    return Entry("learning", event.id, event.title, about, _lines(rest))


def _capability(capability: Capability, titles: Titles) -> Entry:
    rest = [capability.how_counted, _named([capability.area], titles)]
    return Entry("learning", capability.id, capability.skill, _plain(capability.what).capitalize(), _lines(rest))


def _measure(definition: Metric, titles: Titles) -> Entry:
    main = [definition.plain_title, definition.why_it_matters]
    rest = [definition.numerator, definition.denominator, definition.unit]
    rest.append(_named([definition.harm_area, *definition.care_settings], titles))
    return Entry("measure", definition.id, definition.title, _lines(main), _lines(rest))


def _subjects(record: Priority | Solution, titles: Titles) -> str:
    return _named((*record.harm_areas, *record.care_settings), titles)


def _named(codes: Iterable[str], titles: Titles) -> str:
    return ", ".join(dict.fromkeys(titles.get(code) or _plain(code).capitalize() for code in codes))


def _plain(code: str) -> str:
    return code.replace("_", " ").replace("-", " ")


def _lines(texts: Iterable[str | None]) -> str:
    return "\n".join(text for text in texts if text)
