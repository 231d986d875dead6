"""The words that records are described with."""

import pytest

from psc.register.records.register_vocabulary import (
    ADOPTION_STAGES,
    EVIDENCE_GRADES,
    FIGURE_KINDS,
    METHODS,
    ORIGINS,
    PRIORITY_STATUSES,
    SOLUTION_STATUSES,
    SPREAD,
    AdoptionStage,
    EvidenceGrade,
    FigureKind,
    MethodTag,
    Origin,
    PriorityStatus,
    SolutionStatus,
    SpreadReach,
    codes,
)


@pytest.mark.parametrize(
    ("titles", "values"),
    [
        (ORIGINS, Origin),
        (EVIDENCE_GRADES, EvidenceGrade),
        (FIGURE_KINDS, FigureKind),
        (SPREAD, SpreadReach),
        (ADOPTION_STAGES, AdoptionStage),
        (PRIORITY_STATUSES, PriorityStatus),
        (SOLUTION_STATUSES, SolutionStatus),
        (METHODS, MethodTag),
    ],
)
def test_every_code_of_the_vocabulary_is_explained(titles: dict[str, tuple[str, str]], values: object) -> None:
    assert set(titles) == set(codes(values))
    assert all(title and meaning.endswith(".") for title, meaning in titles.values())
