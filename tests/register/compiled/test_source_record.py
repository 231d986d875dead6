"""A draft of a compiled record says where in its file something is wrong."""

from psc.register.compiled.source_record import Draft

LINES = {(1,): 9, (1, "results"): 12, (1, "results", 0): 13}
DRAFT = Draft("register/solutions/a.yaml", {"id": "a", "results": [{}]}, LINES, base=(1,))


def test_misfit_is_a_fault_at_the_line_and_the_whole_key_of_the_file() -> None:
    fault = DRAFT.fault((("results", 0), "nothing", "a figure"))
    assert (fault.file, fault.row, fault.column) == ("register/solutions/a.yaml", 13, "1.results.0")


def test_missing_key_is_at_the_line_of_what_is_around_it() -> None:
    assert DRAFT.line(("results", 0, "population")) == 13
    assert DRAFT.line(("title",)) == 9


def test_id_that_is_no_text_or_not_there_is_none() -> None:
    assert DRAFT.id == "a"
    assert Draft("a.yaml", {"id": 5}, {}).id is None
    assert Draft("a.yaml", ["id"], {}).id is None
