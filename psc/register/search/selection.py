"""Questions the pages ask of the register: what is an area's, what matches these filters and words."""

from collections.abc import Callable, Collection, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from typing import Any

from psc.clock import today
from psc.geography.areas import ENGLAND
from psc.register.compiled.load import Register
from psc.register.records.adoption import Adoption
from psc.register.records.priority import Priority
from psc.register.records.solution import Solution
from psc.register.search.facets import Counts, count_choices, matching
from psc.register.search.query_words import query_words
from psc.register.search.text_search import index_of

Choices = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PriorityChoice:
    """What a reader chose on the priorities page. Empty means "any"; AND across fields, OR within one.

    ``years``: the priority ran in any of them. A care setting of ``all`` (not tied to one setting) is a choice of its
    own and is not found under a particular setting. National priorities are found under each of the 15 areas.
    """

    areas: Choices = ()
    harm_groups: Choices = ()
    harm_areas: Choices = ()
    care_settings: Choices = ()
    origins: Choices = ()
    statuses: Choices = ()
    years: tuple[int, ...] = ()
    text: str = ""


@dataclass(frozen=True, slots=True)
class SolutionChoice:
    """What a reader chose in the gallery. Empty means "any"; AND across fields, OR within one.

    ``origins`` are area ids, or ``england`` for work that all 15 collaboratives did together.
    """

    harm_groups: Choices = ()
    harm_areas: Choices = ()
    care_settings: Choices = ()
    methods: Choices = ()
    origins: Choices = ()
    evidence_grades: Choices = ()
    statuses: Choices = ()
    text: str = ""


def filter_priorities(register: Register, choice: PriorityChoice) -> list[Priority]:
    """The priorities that match: in the register's order, or best match first where there are search words."""
    return matching(_priorities_with(register, choice.text), _priority_facets(register), _chosen(choice))


def count_priorities(register: Register, choice: PriorityChoice) -> Counts:
    """For every field of the choice but the text, each value that occurs and how many priorities it would leave.

    The other fields and the text hold; what is chosen in the field itself does not, as choices in it add up.
    """
    found = _priorities_with(register, choice.text)
    return count_choices(found, register.priorities, _priority_facets(register), _chosen(choice))


def filter_solutions(register: Register, choice: SolutionChoice) -> list[Solution]:
    """The solutions that match: by title, or best match first where there are search words."""
    return matching(_solutions_with(register, choice.text), _solution_facets(register), _chosen(choice))


def count_solutions(register: Register, choice: SolutionChoice) -> Counts:
    """As :func:`count_priorities`, for solutions."""
    found = _solutions_with(register, choice.text)
    return count_choices(found, register.solutions, _solution_facets(register), _chosen(choice))


def priorities_of(register: Register, area: str) -> list[Priority]:
    """The priorities of an area: its own first, then those it shares with some areas, then the national ones."""
    order = {"one_area": 0, "several_areas": 1, "national": 2}
    return sorted((p for p in register.priorities if area in p.areas), key=lambda p: order[p.scope])


def solutions_of(register: Register, area: str) -> list[Solution]:
    """The solutions that began in an area. Work all 15 did together is listed only for the areas named as leading."""
    return [solution for solution in register.solutions if area in solution.areas_of_origin]


def adopted_by(register: Register, area: str, *, national: bool = False) -> list[tuple[Solution, Adoption]]:
    """The solutions that a source says the area took up from others, each with how far.

    With ``national``, also those said to have been taken up across England, unless they began in the area: the source
    then does not speak of this area by name.
    """
    found = []
    for solution in register.solutions:
        by_place = {adoption.area: adoption for adoption in solution.adopted_by}
        own = by_place.get(area)
        if own is None and national and area not in solution.areas_of_origin:
            own = by_place.get(ENGLAND)
        if own is not None:
            found.append((solution, own))
    return found


def priorities_about(register: Register, metric: str) -> list[Priority]:
    """The priorities linked to a metric."""
    return [priority for priority in register.priorities if metric in priority.metrics]


def solutions_about(register: Register, metric: str) -> list[Solution]:
    """The solutions linked to a metric."""
    return [solution for solution in register.solutions if metric in solution.metrics]


def _priorities_with(register: Register, text: str) -> Sequence[Priority]:
    if not query_words(text):
        return register.priorities
    return [register.priorities_by_id[id] for id in index_of(register).ids(text, "priority")]


def _solutions_with(register: Register, text: str) -> Sequence[Solution]:
    if not query_words(text):
        return register.solutions
    return [register.solutions_by_id[id] for id in index_of(register).ids(text, "solution")]


def _chosen(choice: PriorityChoice | SolutionChoice) -> dict[str, Collection[Hashable]]:
    return {field.name: getattr(choice, field.name) for field in fields(choice) if field.name != "text"}


def _groups(register: Register, codes: Iterable[str]) -> set[str]:
    return {register.harm_group_of[code] for code in codes if code in register.harm_group_of}


def _priority_facets(register: Register) -> Mapping[str, Callable[[Any], Iterable[Hashable]]]:
    return {
        "areas": lambda priority: priority.areas,
        "harm_groups": lambda priority: _groups(register, priority.harm_areas),
        "harm_areas": lambda priority: priority.harm_areas,
        "care_settings": lambda priority: priority.care_settings,
        "origins": lambda priority: (priority.origin,),
        "statuses": lambda priority: (priority.status,),
        "years": lambda priority: range(priority.year_from, (priority.year_to or today().year) + 1),
    }


def _solution_facets(register: Register) -> Mapping[str, Callable[[Any], Iterable[Hashable]]]:
    return {
        "harm_groups": lambda solution: _groups(register, solution.harm_areas),
        "harm_areas": lambda solution: solution.harm_areas,
        "care_settings": lambda solution: solution.care_settings,
        "methods": lambda solution: solution.method_tags,
        "origins": lambda solution: (*solution.areas_of_origin, *((ENGLAND,) if solution.national_origin else ())),
        "evidence_grades": lambda solution: (solution.evidence_grade,),
        "statuses": lambda solution: (solution.status,),
    }
