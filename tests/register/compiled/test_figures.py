"""A compiled figure says in whom it was observed, and a grade rests on its article."""

import re
from pathlib import Path

import pytest

from tests.register.compiled.few_records import PINCER, PROGRAMMES, Edit, Refusal, assert_refused, faults

REFUSED_FIGURES: list[Refusal] = [
    (PINCER, "population: 343 practices", "population: pilot of 343 practices", "0.results.0.figure_kind", "pilot"),
    (
        PROGRAMMES,
        "text: 'Emergency laparotomy: deaths",
        "text: 'Pilot of emergency laparotomy: deaths",
        "0.published_results.0.figure_kind",
        "pilot, as the text says",
    ),
]


@pytest.mark.parametrize("refusal", REFUSED_FIGURES)
def test_figure_that_could_be_taken_for_more_is_refused(edit: Edit, tmp_path: Path, refusal: Refusal) -> None:
    assert_refused(edit, tmp_path, refusal)


@pytest.mark.parametrize(
    ("old", "new", "key", "expected"),
    [
        (
            "      population: 343 practices in the East Midlands\n",
            "",
            "0.results.0.population",
            "this adjusted figure",
        ),
        ("evidence_grade: A", "evidence_grade: C", "0.results.0.peer_reviewed", "not that of a peer-reviewed article"),
        ("      peer_reviewed: true\n", "", "0.evidence_grade", "a result marked peer_reviewed"),
    ],
)
def test_figure_without_its_people_or_its_article_is_refused(
    edit: Edit, tmp_path: Path, old: str, new: str, key: str, expected: str
) -> None:
    edit(PINCER, old, new)
    (fault,) = faults(tmp_path)
    assert fault.file == f"register/{PINCER}" and fault.column == key and expected in fault.expected


def test_headline_of_a_graded_solution_must_be_a_figure_of_its_article(edit: Edit, tmp_path: Path) -> None:
    edit(PINCER, "      headline: true\n", "")
    line = edit(
        PINCER, "- measure: Patients at risk of an error\n", "- headline: true\n      measure: Patients at risk\n"
    )
    (fault,) = faults(tmp_path)
    assert (fault.row, fault.column) == (line, "0.results.3.headline")
    assert "the article that the grade rests on" in fault.expected


def test_programme_with_figures_of_pilots_alone_is_refused(edit: Edit, tmp_path: Path) -> None:
    for _ in range(3):
        edit(PROGRAMMES, "figure_kind: observed\n", "figure_kind: pilot\n")
    (fault,) = faults(tmp_path)
    assert fault.column == "0.published_results" and "a pilot may not speak" in fault.expected


def test_grade_of_a_journal_without_its_article_is_refused(edit: Edit, tmp_path: Path) -> None:
    path = tmp_path / "register" / PINCER
    results, rest = path.read_text(encoding="utf-8").split("  spread:")
    named = re.sub(r"- https?://\S+", "- 'Avery and others, The Lancet, 2012'", results)
    path.write_text(f"{named}  spread:{rest}", encoding="utf-8")
    line = edit(PINCER, "evidence_grade: A", "evidence_grade: B")
    (fault,) = faults(tmp_path)
    assert (fault.row, fault.column) == (line, "0.evidence_grade") and "the journal's article" in fault.expected
