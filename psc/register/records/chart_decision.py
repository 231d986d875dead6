"""Decisions about a measure's chart: what they must say, how they fit the figures, and when a second person must agree.

New limits can make a concern disappear from a chart. So where the chart shows one, limits are moved only once somebody
else has approved it: another lead of the area, or a reviewer.
"""

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated, Any, ClassVar

from pydantic import BeforeValidator, Field

from psc.articles import with_article
from psc.catalogue.decisions import ANOTHER_UNIT
from psc.catalogue.parts import Rebase, Target
from psc.catalogue.reporting import FIRST_MONTHS, first_day
from psc.geography.areas import ENGLAND
from psc.register.errors import Incomplete
from psc.register.records.chart_facts import ChartFacts, Charts
from psc.register.records.fields import MetricId
from psc.register.records.record_content import (
    Content,
    OptionalDay,
    OptionalFigure,
    OptionalProse,
    ShortReason,
    empty_is_none,
)
from psc.register.records.register_vocabulary import MOVES_LIMITS, ChartDecisionKind

ONLY_FOR = {"baseline_points": "baseline", "target": "target"}
"""The decision that a field belongs to."""
_FIGURES_NEEDED = {
    "baseline_points": "Say on how many figures the limits rest: at least 12.",
    "target": "Give the target in the unit of the measure.",
}
MOST_YEARS_AHEAD = 10


@dataclass(frozen=True, slots=True)
class ChartDecision:
    """A decision about a measure's chart, in an area or, where ``area`` is ``england``, in all of them.

    ``start`` is the day (ISO) from which it holds, ``decided_on`` that of its publication; ``approved`` says that a
    second person agreed to it. ``target`` is in the unit of the measure.
    """

    id: str
    metric: str
    area: str
    decision: ChartDecisionKind
    start: str
    reason: str
    decided_on: str
    approved: bool = False
    baseline_points: int | None = None
    target: float | None = None

    @property
    def moves_limits(self) -> bool:
        """Whether limits are drawn otherwise than without it."""
        return self.decision in MOVES_LIMITS


class ChartDecisionContent(Content):
    """A decision about a measure's chart, from a day on. ``explanation`` is why; a reason is why it was withdrawn.

    ``baseline_points`` is on how many figures a baseline rests, ``target`` the target in the measure's unit.
    """

    REQUIRED: ClassVar[Mapping[str, str]] = {
        "metric": "Choose the measure.",
        "decision": "Choose what is decided.",
        "date": "Say from which day on.",
        "explanation": "Say why, in plain words.",
    }

    ABOUT_ENGLAND: ClassVar[bool] = True

    metric: MetricId | None = None
    decision: ChartDecisionKind | None = None
    date: OptionalDay = None
    baseline_points: Annotated[int | None, Field(ge=12, le=120)] = None
    target: OptionalFigure = None
    explanation: Annotated[ShortReason | None, BeforeValidator(empty_is_none)] = None
    reason: OptionalProse = None

    @classmethod
    def required(cls, content: Mapping[str, Any]) -> dict[str, str]:
        """Return what is always required, and the figure that belongs to the decision."""
        figures = [field for field, of in ONLY_FOR.items() if content.get("decision") == of]
        return {**cls.REQUIRED, **{field: _FIGURES_NEEDED[field] for field in figures}}

    @classmethod
    def check_chart(
        cls, content: Mapping[str, Any], areas: Sequence[str], charts: Charts | None, today: datetime.date
    ) -> None:
        """Raise Incomplete where a decision does not fit the chart."""
        problems = _misplaced(content)
        metric = content.get("metric")
        if charts is not None and metric:
            facts = charts(metric, areas[0])
            problems |= _misfits(content, facts, today) if facts else {"metric": "This measure has no figures here."}
        if problems:
            raise Incomplete(problems)

    @classmethod
    def waits_for_second_person(cls, content: Mapping[str, Any], areas: Sequence[str], charts: Charts | None) -> bool:
        """Say whether limits would be moved on a chart that shows a concern, or that cannot be looked at."""
        if content["decision"] not in MOVES_LIMITS:
            return False
        facts = charts(content["metric"], areas[0]) if charts is not None else None
        return facts is None or facts.is_concern


def applied(decisions: Sequence[ChartDecision]) -> tuple[Rebase | Target, ...]:
    """Return decisions about one area's chart as the parts of a definition that say the same; notes change nothing."""
    return tuple(_part(item) for item in decisions if item.decision != "note")


def _part(item: ChartDecision) -> Rebase | Target:
    start = datetime.date.fromisoformat(item.start)
    if item.target is not None:
        return Target(start=start, value=item.target, source=item.reason)
    return Rebase(
        start=start,
        reason=item.reason,
        baseline_points=item.baseline_points,
        decided_by="reviewer" if item.area == ENGLAND else f"lead of {item.area}",
        decided_on=datetime.date.fromisoformat(item.decided_on or item.start),
    )


def _misplaced(content: Mapping[str, Any]) -> dict[str, str]:
    """Figures that belong to another decision than the one chosen."""
    decision = content.get("decision")
    return {
        field: f"This is only for {with_article(of)}: leave it empty, or choose that above."
        for field, of in ONLY_FOR.items()
        if content.get(field) is not None and decision and decision != of
    }


def _misfits(content: Mapping[str, Any], facts: ChartFacts, today: datetime.date) -> dict[str, str]:
    day = datetime.date.fromisoformat(content["date"]) if content.get("date") else None
    decision = content.get("decision")
    if decision in MOVES_LIMITS:
        return _limits(content, facts, day)
    problems = _target(content["target"], facts) if content.get("target") is not None else {}
    if day and day < facts.periods[0]:
        problems["date"] = f"The figures begin on {_describe_day(facts.periods[0])}: give that day or a later one."
    elif day and day.year > today.year + MOST_YEARS_AHEAD:
        problems["date"] = f"Give a day in the next {MOST_YEARS_AHEAD} years."
    return problems


def _limits(content: Mapping[str, Any], facts: ChartFacts, day: datetime.date | None) -> dict[str, str]:
    baseline = content.get("decision") == "baseline"
    if facts.chart == "line" or (baseline and facts.chart != "xmr"):
        return {"metric": "The charts of this measure have no limits."}
    if day is None:
        return {}
    if day.day != 1 or day.month not in FIRST_MONTHS.get(facts.grain, range(1, 13)):
        return {"date": f"Limits change between two periods: give {first_day(facts.grain)}."}
    first, last = facts.periods[0], facts.periods[-1]
    if day > last or day < first or (day == first and not baseline):
        start = "from" if baseline else "after"
        return {"date": f"Give a day {start} {_describe_day(first)}, and no later than {_describe_day(last)}."}
    points, there = content.get("baseline_points"), sum(period >= day for period in facts.periods)
    if baseline and points and points > there:
        return {"baseline_points": f"There are only {there} figures from that day on."}
    return {}


def _target(target: float, facts: ChartFacts) -> dict[str, str]:
    low, high = facts.possible
    fits = low <= target <= high
    fits &= target == 0 or facts.lowest / ANOTHER_UNIT <= target <= facts.highest * ANOTHER_UNIT
    if fits:
        return {}
    figures = f"its figures lie from {facts.lowest:g} to {facts.highest:g}"
    return {"target": f"Give the target in the unit of the measure, {facts.unit}: {figures}."}


def _describe_day(day: datetime.date) -> str:
    return f"{day.day} {day:%B %Y}"
