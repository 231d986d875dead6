"""A compiled result as the words of a form."""

from psc.register.records.solution_result import ResultContent

COMPILED = {"measure": "Falls", "result": "3 a month", "figure_kind": "observed", "headline": True}


def test_compiled_result_keeps_what_was_not_verified_beside_its_source():
    words = ResultContent.from_compiled({**COMPILED, "sources": ["A report", "A film"], "unverified": "the month"})
    assert words["source"] == "A report (not verified when it was compiled: the month)"
    assert "headline" not in words and "unverified" not in words
    assert ResultContent.model_validate(words).result == "3 a month"


def test_compiled_result_without_source_says_that_none_is_recorded():
    assert ResultContent.from_compiled(COMPILED)["source"] == "not recorded"
