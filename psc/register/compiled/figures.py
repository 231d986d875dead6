"""What a compiled figure must say of itself: in whom it was observed, and whether it stands in the graded article."""

import re
from collections.abc import Iterator

from psc.register.compiled.source_record import Misfit
from psc.register.records.fields import SourcedRecord
from psc.register.records.priority import Programme
from psc.register.records.register_vocabulary import OUTCOME_KINDS, PEER_REVIEWED, FigureKind
from psc.register.records.solution import Solution
from psc.register.records.solution_result import Result
from psc.register.text.web_address import says_where

_OF_SOMEBODY: frozenset[FigureKind] = frozenset({*OUTCOME_KINDS, "pilot", "target"})
"""The kinds of figure that are true of certain patients, staff or places only."""
_FIRST_TEST = re.compile(r"\bpilot|\b(?:in|of) the (?:original )?trial\b", re.IGNORECASE)


def unfit_figures(record: SourcedRecord) -> Iterator[Misfit]:
    """Each figure of a solution or a programme that a reader could take for more than it is."""
    if isinstance(record, Solution):
        for place, result in enumerate(record.results):
            yield from _of_nobody(place, result)
            yield from _of_a_first_test(("results", place), f"{result.measure} {result.population}", result.figure_kind)
        yield from _not_of_the_grade(record)
    elif isinstance(record, Programme):
        kinds = {figure.figure_kind for figure in record.published_results}
        for place, figure in enumerate(record.published_results):
            yield from _of_a_first_test(("published_results", place), figure.text, figure.figure_kind)
        if kinds and kinds <= {"pilot"}:
            wanted = "a figure of another kind too, as a pilot may not speak for a programme"
            yield ("published_results",), "only figures of pilots", wanted


def _of_nobody(place: int, result: Result) -> Iterator[Misfit]:
    if result.figure_kind in _OF_SOMEBODY and result.population is None:
        wanted = f"the patients, staff or places that this {result.figure_kind} figure is of"
        yield ("results", place, "population"), "nothing", wanted


def _of_a_first_test(key: tuple[str | int, ...], text: str, kind: FigureKind) -> Iterator[Misfit]:
    if _FIRST_TEST.search(text) and kind in OUTCOME_KINDS:
        yield (*key, "figure_kind"), repr(kind), "pilot, as the text says that this is from a pilot or a trial"


def _not_of_the_grade(solution: Solution) -> Iterator[Misfit]:
    """The figure beside a grade that only a journal gives is one of the article's own, where it has any."""
    published = [result for result in solution.results if result.peer_reviewed]
    if solution.evidence_grade not in PEER_REVIEWED:
        for place, result in enumerate(solution.results):
            if result.peer_reviewed:
                wanted = "none, as the evidence grade is not that of a peer-reviewed article"
                yield ("results", place, "peer_reviewed"), "true", wanted
    elif not any(map(says_where, (source for result in published for source in result.sources))):
        wanted = (
            "a result marked peer_reviewed that gives the web address or the DOI of the journal's article, "
            "or another grade"
        )
        yield ("evidence_grade",), repr(solution.evidence_grade), wanted
    elif any(result.figure_kind in OUTCOME_KINDS for result in published):
        for place, result in enumerate(solution.results):
            if result.headline and not result.peer_reviewed:
                wanted = "the headline on a figure of the article that the grade rests on (peer_reviewed)"
                yield ("results", place, "headline"), "true", wanted
