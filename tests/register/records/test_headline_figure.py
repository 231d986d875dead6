"""Which figure speaks for a solution, in the committed register."""

import re

import pytest

from psc.register.compiled.load import Register, load_register
from psc.register.records.headline_figure import headline, in_order, is_outside_article
from psc.settings import data_folder


@pytest.fixture(scope="module")
def register() -> Register:
    return load_register(data_folder() / "register")


def test_headline_is_never_a_pilot_or_a_model(register: Register) -> None:
    for solution in register.solutions:
        shown = headline(solution)
        assert shown.sentence
        if shown.result is not None:
            assert shown.kind in ("observed", "adjusted"), solution.id
            assert "pilot" not in f"{shown.result.measure} {shown.result.population}".lower(), solution.id


@pytest.mark.parametrize(
    ("solution", "shown", "never"),
    [
        ("elc", ["-11%"], ["42", "25", "18"]),
        ("pincer", ["343 practices in the East Midlands", "-15.3% after 12 months"], ["50%", "24", "-14%"]),
        ("hush", ["teamwork and safety climate", "26 of 27 questions"], ["30", "50", "60"]),
        ("periprem", ["from 3% (2019) to 29% (2021)", "+26 percentage points"], ["3,400"]),
        ("smash", ["-40.7% at 12 months", "43 practices in Salford"], ["sustained"]),
        ("precept", ["5.8 percentage points", "65.8%", "85.5%"], ["83.1", "60%", "22,000"]),
        ("safer-leave", ["4 of 6 wards"], ["87.1", "55.5"]),
        ("opioids", ["-5%"], ["596", "484"]),
        ("red-bag", ["two-thirds"], ["13.4"]),
    ],
)
def test_headline_of_many_figures_is_at_scale(
    register: Register, solution: str, shown: list[str], never: list[str]
) -> None:
    sentence = headline(register.solutions_by_id[solution]).sentence
    assert all(figure in sentence for figure in shown)
    assert not any(figure in sentence for figure in never)


def test_pilot_never_leads_a_list_of_figures(register: Register) -> None:
    lists = [in_order(solution.results) for solution in register.solutions]
    lists += [in_order(programme.published_results) for programme in register.programmes]
    for figures in filter(None, lists):
        kinds = [figure.figure_kind for figure in figures]
        assert kinds[0] != "pilot" or set(kinds) == {"pilot"}
        assert kinds.index("pilot") == len(kinds) - kinds.count("pilot") if "pilot" in kinds else True
    local = in_order(register.programmes_by_id["psc-local"].published_results)
    assert "-11%" in local[0].text
    assert [figure.figure_kind for figure in local if re.search("60%|42%", figure.text)] == ["pilot", "pilot"]


def test_figure_beside_a_grade_is_from_its_article_or_says_that_it_is_not(register: Register) -> None:
    graded = [solution for solution in register.solutions if solution.evidence_grade in ("A", "B")]
    assert len(graded) > 10
    outside = {solution.id for solution in graded if headline(solution).outside_article}
    assert outside == {"elc"}  # its article was read only in part
    for solution in graded:
        best = headline(solution).result
        assert best is None or best.peer_reviewed or solution.id in outside
    huddles = register.solutions_by_id["hush"]
    falls = [result for result in huddles.results if result.measure == "Falls"]
    assert len(falls) == 2 and all(is_outside_article(huddles, result) for result in falls)
    assert "no fall in harm" in (huddles.results_note or "")


@pytest.mark.parametrize(
    ("solution", "kinds"),
    [
        ("ed-checklist-we", "pilot"),
        ("prescribing-ichp", "pilot"),
        ("precission-caesarean", "modelled"),
        ("restore2", "modelled and reach"),
        ("niv-we", "modelled and target"),
        ("restrictive-practice", "reach and target"),
    ],
)
def test_headline_without_observed_figure_names_the_other_kinds(register: Register, solution: str, kinds: str) -> None:
    shown = headline(register.solutions_by_id[solution])
    assert shown.result is None
    assert shown.sentence == f"No observed result was found, only figures of another kind: {kinds}."
