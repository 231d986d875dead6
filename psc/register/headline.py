"""The one figure that may speak for a solution, or an honest sentence on why none may."""

from dataclasses import dataclass

from psc.register.solution import Result, Solution
from psc.register.vocabulary import FIGURE_KINDS, FigureKind, codes


@dataclass(frozen=True, slots=True)
class Headline:
    """``result`` is an observed or adjusted figure, or None; ``sentence`` can always be shown."""

    sentence: str
    result: Result | None = None

    @property
    def kind(self) -> FigureKind | None:
        """The kind of figure, to be shown beside it."""
        return self.result.figure_kind if self.result else None


def headline(solution: Solution) -> Headline:
    """The observed or adjusted figure that best shows use at scale, never a pilot, modelled, target or reach one.

    Which of several speaks is marked in the solution's file (``headline: true``), chosen by these rules: an adjusted
    figure before an observed one, a result at scale before a first site, a whole period before its best months.
    """
    if solution.status == "withdrawn":
        return Headline(f"Withdrawn. {solution.withdrawn_reason}")
    for result in solution.results:
        if result.headline:
            return Headline(result.in_words, result)
    kinds = [kind for kind in codes(FigureKind) if any(result.figure_kind == kind for result in solution.results)]
    if not kinds:
        standing = getattr(solution, "standing", None)
        own = standing is not None and standing.is_areas_own
        return Headline("No result is given; the page says why." if own else solution.results_note or "")
    names = [FIGURE_KINDS[kind][0].lower() for kind in kinds]  # type: ignore[index]
    listed = " and ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)
    return Headline(f"No observed result was found, only figures of another kind: {listed}.")
