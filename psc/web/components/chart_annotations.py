"""The tests, adoptions, notes and targets that a chart marks at their dates, each with the address that tells of it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from itertools import groupby

import pandas as pd
from markupsafe import Markup

from psc.charts.spc.annotations import KINDS, Annotation, annotations_legend, numbered
from psc.narrate.chart_decision_sentences import describe_decision
from psc.narrate.words import describe_date, describe_list
from psc.register.public.public_register import PdsaCycle, PublicRegister, PublishedAdoption, PublishedSolution
from psc.register.records.chart_decision import ChartDecision
from psc.register.records.register_vocabulary import DECISIONS
from psc.register.text.markup import plain
from psc.web.components.adoption_table import describe_reached
from psc.web.components.render import render_macro
from psc.web.session import store
from psc.web.session.navigation import address

MARKS = "macros/chart_annotations.html"
MOST_TOLD = 3


@dataclass(frozen=True, slots=True)
class Change:
    """A mark on a chart, the title of its priority or solution if it has one, and where it is told."""

    mark: Annotation
    part_of: str
    address: str


def changes_about(metric: str, area: str) -> tuple[Change, ...]:
    """Return what was tried, taken up and noted in an area about a measure, in the order of the marks' numbers.

    New limits are no marks: the chart shows where they start.
    """
    return _changes_about(store.register_version(), metric, area)


@lru_cache(maxsize=2000)
def _changes_about(version: str, metric: str, area: str) -> tuple[Change, ...]:
    """A page of twenty panels asks twenty times, so it is kept by the plainest cache there is."""
    register = store.register()
    tests = [_of_test(register, test) for test in register.tests_about(metric, area)]
    adoptions = [_of_adoption(*pair) for pair in register.adoptions_about(metric, area)]
    decisions = [item for item in register.decisions_about(metric, area) if not item.moves_limits]
    return _in_order([*tests, *adoptions, *(_of_decision(item, area) for item in decisions)])


def changes_of(solution: PublishedSolution, area: str) -> tuple[Change, ...]:
    """Return the dated tests of an area from which a solution grew, and the area's dated adoption of it."""
    register = store.register()
    tests = [register.tests_by_id[test] for test in solution.test_ids if test in register.tests_by_id]
    return _in_order(
        [
            *(_of_test(register, test) for test in tests if test.area == area and test.start),
            *(
                _of_adoption(solution, adoption)
                for adoption in solution.adopted_by
                if adoption.area == area and adoption.reached.get("adopted")
            ),
        ]
    )


def annotations_of(changes: Iterable[Change]) -> tuple[Annotation, ...]:
    """Return the marks alone, as a chart takes them."""
    return tuple(change.mark for change in changes)


def test_address(test: PdsaCycle) -> str:
    """Return where a test of change is told: its place on the page of its priority."""
    return f"{address('priority', id=test.priority_id)}#{test.id}"


def legend(changes: Sequence[Change], series: pd.DataFrame) -> Markup:
    """Return the numbered marks of a chart drawn from ``series``, and the ways to what they are part of (HTML)."""
    listed = Markup(annotations_legend(annotations_of(changes), series))
    return render_macro(MARKS, "legend", listed, _ways(changes))


def told(changes: Sequence[Change], shown: Sequence[Annotation]) -> Markup:
    """Return the marks that a small chart shows in a line, each a link (HTML); nothing where it shows none."""
    visible = [change for change in changes if change.mark in shown]
    if not visible:
        return Markup()
    parts: list[str] = [
        render_macro(
            MARKS, "mark", change.address, change.mark.label, KINDS[change.mark.kind][0], describe_when(change.mark)
        )
        for change in visible[:MOST_TOLD]
    ]
    parts += [f"{len(visible) - MOST_TOLD} more"] if len(visible) > MOST_TOLD else []
    return render_macro(MARKS, "marked", Markup(describe_list(parts)))


def describe_when(mark: Annotation) -> str:
    """Return a mark's dates; a published test without an end is under way."""
    return f"since {describe_date(f'{mark.start}')}" if mark.kind == "test" and not mark.end else mark.when


def with_annotations(alt: str, shown: Sequence[Annotation]) -> str:
    """Return the text that stands for a chart, with the marks that it shows."""
    return " ".join([alt, *(f"Marked: {mark.label}, {describe_when(mark)}." for mark in shown)])


def _ways(changes: Sequence[Change]) -> list[tuple[str, str, str, str]]:
    """The numbers of the marks of each priority and solution, what it is, its address and its title."""
    items = []
    told_elsewhere = [pair for pair in enumerate(changes, start=1) if pair[1].mark.kind != "decision"]
    pairs = sorted(told_elsewhere, key=lambda pair: (pair[1].mark.kind, pair[1].part_of))
    for (kind, title), group in groupby(pairs, key=lambda pair: (pair[1].mark.kind, pair[1].part_of)):
        numbers, addresses = zip(*((str(number), change.address) for number, change in group), strict=True)
        where = addresses[0] if len(addresses) == 1 else f"{addresses[0].partition('#')[0]}#tests"
        of = "priority" if kind == "test" else "solution"
        items.append((describe_list(numbers), of, where, title))
    return items


def _in_order(changes: Sequence[Change]) -> tuple[Change, ...]:
    order = [mark for _, mark in numbered(annotations_of(changes))]
    return tuple(sorted(changes, key=lambda change: order.index(change.mark)))


def _of_test(register: PublicRegister, test: PdsaCycle) -> Change:
    priority = register.priorities_by_id[test.priority_id]
    decided = f"Decided: {DECISIONS[test.decision][0].lower()}" if test.decision else ""
    mark = Annotation(
        start=date.fromisoformat(test.start or ""),
        end=date.fromisoformat(test.end) if test.end else None,
        kind="test",
        label=test.title,
        detail=". ".join(part for part in (test.sites, decided) if part),
    )
    return Change(mark, priority.title, test_address(test))


def _of_decision(decision: ChartDecision, area: str) -> Change:
    """A note is called by its words; a target by its figure, with the reason for it."""
    said, reason = describe_decision(store.definition(decision.metric), decision), plain(decision.reason)
    label, detail = (reason.rstrip("."), "") if decision.decision == "note" else (said, reason)
    mark = Annotation(start=date.fromisoformat(decision.start), end=None, kind="decision", label=label, detail=detail)
    return Change(mark, "", f"{address('chart', metric=decision.metric, area=area)}#decisions")


def _of_adoption(solution: PublishedSolution, adoption: PublishedAdoption) -> Change:
    stopped = adoption.reached.get("stopped")
    adapted = f"Adapted: {plain(adoption.adapted)}" if adoption.adapted else ""
    # In the label, for that stands wherever a mark is named: on the chart, in its list, in the text that stands for it.
    withdrawn = " (withdrawn since)" if solution.status == "withdrawn" else ""
    mark = Annotation(
        start=date.fromisoformat(adoption.reached["adopted"]),
        end=date.fromisoformat(stopped) if stopped else None,
        kind="adoption",
        label=f"{solution.title}{withdrawn}",
        detail=". ".join(part for part in (describe_reached(adoption), adoption.sites, adapted) if part),
    )
    return Change(mark, solution.title, address("solutions", id=solution.id))
