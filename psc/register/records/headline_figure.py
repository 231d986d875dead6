"""The one figure that may speak for a solution, or an honest sentence on why none may."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol, TypeVar

from psc.register.records.register_vocabulary import FIGURE_KINDS, OUTCOME_KINDS, PEER_REVIEWED, FigureKind, codes
from psc.register.records.solution import Solution
from psc.register.records.solution_result import Result

NOT_IN_ARTICLE = "from a web page, not from the article that earned the grade"
"""What marks a figure beside a grade that it did not earn."""
_NEVER_MARKED: frozenset[FigureKind] = frozenset({"reach", "target"})
"""The kinds of figure that nobody takes for a finding."""


class _Figure(Protocol):
    @property
    def figure_kind(self) -> FigureKind: ...


F = TypeVar("F", bound=_Figure)


@dataclass(frozen=True, slots=True)
class Headline:
    """``result`` is an observed or adjusted figure, or None; ``sentence`` can always be shown."""

    sentence: str
    result: Result | None = None

    outside_article: bool = False
    """Whether the figure stands beside the grade of an article that does not give it: show `NOT_IN_ARTICLE`."""

    @property
    def kind(self) -> FigureKind | None:
        """The kind of figure, to be shown beside it."""
        return self.result.figure_kind if self.result else None


def headline(solution: Solution) -> Headline:
    """The observed or adjusted figure that best shows use at scale, never a pilot, modelled, target or reach one.

    Which of several speaks is marked in the solution's file (``headline: true``), chosen by these rules: an adjusted
    figure before an observed one, a result at scale before a first site, a whole period before its best months, and
    what the peer-reviewed article found before what a web page says.
    """
    if solution.status == "withdrawn":
        return Headline(f"Withdrawn. {solution.withdrawn_reason}")
    for result in solution.results:
        if result.headline:
            return Headline(result.in_words, result, is_outside_article(solution, result))
    kinds = [kind for kind in codes(FigureKind) if any(result.figure_kind == kind for result in solution.results)]
    if not kinds:
        return Headline(
            "No result is given; the page says why." if _is_areas_own(solution) else solution.results_note or ""
        )
    names = [FIGURE_KINDS[kind][0].lower() for kind in kinds]  # type: ignore[index]
    listed = " and ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)
    return Headline(f"No observed result was found, only figures of another kind: {listed}.")


def is_outside_article(solution: Solution, result: Result) -> bool:
    """Whether a result of a compiled solution is none of the article's that its evidence grade rests on."""
    if solution.evidence_grade not in PEER_REVIEWED or _is_areas_own(solution):
        return False
    return not result.peer_reviewed and result.figure_kind not in _NEVER_MARKED


def in_order(figures: Iterable[F]) -> list[F]:
    """The figures in the order in which a reader may take them: the headline first, then observed and adjusted ones.

    Pilots come last, so that none leads; what stands in a peer-reviewed article comes before others of its kind.
    """
    return sorted(figures, key=_position)


def _position(figure: _Figure) -> tuple[bool, int, bool]:
    kind = figure.figure_kind
    group = 0 if kind in OUTCOME_KINDS else 2 if kind == "pilot" else 1
    return not getattr(figure, "headline", False), group, not getattr(figure, "peer_reviewed", False)


def _is_areas_own(solution: Solution) -> bool:
    standing = getattr(solution, "standing", None)
    return standing is not None and standing.is_areas_own
