"""What the public reads: the register's records as the pages, the downloads and the search take them."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from psc.geography.areas import ENGLAND
from psc.register.compiled.load import Register
from psc.register.records.adoption import Adoption
from psc.register.records.chart_decision import ChartDecision
from psc.register.records.priority import Priority
from psc.register.records.register_vocabulary import (
    Decision,
    InvolvementLevel,
    Provenance,
)
from psc.register.records.solution import Solution


class RecordProvenance(NamedTuple):
    """Whose word a record is: compiled by us from public sources, or an area's own; and who took it over when.

    ``rewritten``: the lead who took it over has changed it since; until then the words are still the compiled ones.
    """

    provenance: Provenance = "compiled"
    claimed_by: str | None = None
    claimed_on: str | None = None
    rewritten: bool = False

    @property
    def is_areas_own(self) -> bool:
        """Whether the words are an area's own."""
        return self.provenance == "authored" or self.rewritten


class Aim(NamedTuple):
    """What a priority is to reach: the measure (by id, or in words), where it stands, where it is to go, by when.

    ``start_value`` and ``target_value`` are figures in the unit of the measure; ``since`` is the day (ISO) on which the
    aim as it is now was published.
    """

    metric: str | None = None
    measure: str | None = None
    baseline: str | None = None
    target: str | None = None
    by: str | None = None
    start_value: float | None = None
    target_value: float | None = None
    since: str | None = None


class PublishedPriority(Priority):
    """A priority with all that its area has said. ``year_to`` of None: still going on. Dates are ISO text."""

    standing: RecordProvenance = RecordProvenance()
    aim: Aim | None = None
    involvement_level: InvolvementLevel | None = None
    contact_role: str | None = None
    review_date: str | None = None
    outcome: str | None = None
    published_on: str | None = None


class PublishedAdoption(Adoption):
    """An area's adoption. ``reached`` maps a stage to the date it was reached, as far as recorded."""

    id: str
    standing: RecordProvenance = RecordProvenance()
    sites: str | None = None
    adapted: str | None = None
    reached: Mapping[str, str] = {}


class PublishedSolution(Solution):
    """A solution with everything around it. ``next_review`` is None for one that no area has ever reviewed."""

    standing: RecordProvenance = RecordProvenance()
    contact_role: str | None = None
    next_review: str | None = None
    shared_on: str | None = None
    test_ids: tuple[str, ...] = ()
    adopted_by: tuple[PublishedAdoption, ...] = ()

    def review_due(self, today: str) -> bool:
        """Whether it should be looked at again by a day (ISO): overdue, or never reviewed by an area at all."""
        return self.status != "withdrawn" and (self.next_review is None or self.next_review <= today)


@dataclass(frozen=True, slots=True)
class PdsaCycle:
    """A test of change (PDSA cycle) of a priority. Dates are ISO text; ``end`` of None: it still runs.

    ``cycle`` is its place among the published tests of its priority, by their first days.
    """

    id: str
    priority_id: str
    area: str
    cycle: int
    title: str
    question: str | None = None
    prediction: str | None = None
    plan: str | None = None
    sites: str | None = None
    start: str | None = None
    end: str | None = None
    what_happened: str | None = None
    learned: str | None = None
    decision: Decision | None = None


@dataclass(frozen=True, slots=True)
class Suggestion:
    """What a member of the public said matters, and what was done: "you said, we did"."""

    id: str
    area: str
    what: str
    harm_area: str | None
    sent_on: str
    answer: str | None = None
    answered_on: str | None = None
    priority_id: str | None = None


@dataclass(frozen=True, slots=True)
class LearningEvent:
    """A learning event. ``cancelled`` is the reason where it will not take place; ``version`` counts its changes."""

    id: str
    areas: tuple[str, ...]
    title: str
    date: str
    end: str | None = None
    about: str | None = None
    audience: str | None = None
    place: str | None = None
    capacity: int | None = None
    link: str | None = None
    cancelled: str | None = None
    updated_at: str = ""
    version: int = 0


@dataclass(frozen=True, slots=True)
class Capability:
    """How many people an area trained in a skill from ``start`` to ``end``, or how many coaches it had at the end."""

    id: str
    area: str
    what: str
    skill: str
    start: str
    end: str
    people: int
    how_counted: str


@dataclass(frozen=True)
class PublicRegister(Register):
    """Everything the public reads, as it stood after a change: ``seal`` is that of its entry in the audit."""

    priorities: tuple[PublishedPriority, ...]
    solutions: tuple[PublishedSolution, ...]
    tests: tuple[PdsaCycle, ...] = ()
    suggestions: tuple[Suggestion, ...] = ()
    events: tuple[LearningEvent, ...] = ()
    capabilities: tuple[Capability, ...] = ()
    chart_decisions: tuple[ChartDecision, ...] = ()
    seal: str = ""

    @property
    def is_read(self) -> bool:
        """Whether it was read from the database; else it is the compiled history alone."""
        return bool(self.seal)

    @cached_property
    def tests_by_id(self) -> Mapping[str, PdsaCycle]:
        """Tests of change by id."""
        return {test.id: test for test in self.tests}

    @cached_property
    def tests_by_priority(self) -> Mapping[str, list[PdsaCycle]]:
        """The tests of each priority, in the order of their cycles."""
        found: dict[str, list[PdsaCycle]] = {}
        for test in sorted(self.tests, key=lambda test: test.cycle):
            found.setdefault(test.priority_id, []).append(test)
        return found

    def decisions_about(self, metric: str, area: str) -> tuple[ChartDecision, ...]:
        """The decisions about a measure's chart in an area, those for all areas too, the earliest first.

        Of one day, those for all areas come first.
        """
        found = [item for item in self.chart_decisions if item.metric == metric and item.area in (area, ENGLAND)]
        return tuple(sorted(found, key=lambda item: (item.start, item.area != ENGLAND, item.id)))

    def solutions_from(self, test_id: str) -> list[PublishedSolution]:
        """The solutions that grew out of a test."""
        return [solution for solution in self.solutions if test_id in solution.test_ids]

    def tests_about(self, metric: str, area: str) -> list[PdsaCycle]:
        """The dated tests of an area whose priority is linked to a metric, the earliest first."""
        found = [
            test
            for test in self.tests
            if test.area == area and test.start and metric in self.priorities_by_id[test.priority_id].metrics
        ]
        return sorted(found, key=lambda test: (test.start or "", test.cycle))

    def adoptions_about(self, metric: str, area: str) -> list[tuple[PublishedSolution, PublishedAdoption]]:
        """The dated adoptions by an area of solutions linked to a metric, the earliest first."""
        found = [
            (solution, adoption)
            for solution in self.solutions
            if metric in solution.metrics
            for adoption in solution.adopted_by
            if adoption.area == area and adoption.reached.get("adopted")
        ]
        return sorted(found, key=lambda pair: pair[1].reached["adopted"])
