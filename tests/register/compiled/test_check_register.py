"""A malformed register file is named with line, key, what was found and what was expected; all at once."""

import shutil
from pathlib import Path

import pytest

from psc.register.compiled.check_register import check_register
from tests.register.compiled.few_records import KSS, NATIONAL, Edit


@pytest.mark.parametrize(
    ("file", "old", "new", "key", "found", "expected"),
    [
        (KSS, "areas: [kss]", "areas: [kent]", ".0.areas.0", "'kent'", "one of the 15 areas"),
        (KSS, "harm_areas: [niv]", "harm_areas: [nivv]", ".4.harm_areas.0", "'nivv'", "did you mean niv?"),
        (KSS, "care_settings: [acute]", "care_settings: [ward]", ".care_settings.0", "'ward'", "care_settings.yaml"),
        (KSS, "[maternity-indicators]", "[births]", ".metrics.0", "'births'", "the id of a metric"),
        (NATIONAL, "programme: medsip", "programme: medsafe", ".programme", "'medsafe'", "programmes.yaml"),
        (KSS, "year_to: 2020", "year_to: 2018", ".year_to", "2018", "not before year_from (2019)"),
        (KSS, "year_to: 2020", "year_to: soon", ".year_to", "'soon'", "a whole number"),
        (KSS, "origin: mixed", "origin: regional", ".origin", "'regional'", "'local', 'multi_area', 'mixed'"),
        (KSS, "status: closed", "statuss: closed", ".statuss", "'closed'", "no such key"),
        (KSS, "verified: true", "verified: probably", ".verified", "'probably'", "true or false"),
        (KSS, "id: kss-copd-and-laparotomy", "id: kss-deteriorating-patient", ".3.id", "again", "line 1"),
        ("solutions/elc.yaml", "id: elc", "id: laparotomy", "id", "'laparotomy'", "elc, the name of the file"),
        ("solutions/elc.yaml", "figure_kind: pilot", "figure_kind: best", ".figure_kind", "'best'", "'adjusted'"),
        ("solutions/elc.yaml", "figure_kind: pilot", "headline: false", ".figure_kind", "nothing", "required"),
        ("solutions/elc.yaml", "headline: true", "headline: false", "results", "", "exactly one observed or adjusted"),
        (
            "solutions/elc.yaml",
            "figure_kind: pilot",
            "figure_kind: pilot\n      headline: true",
            ".headline",
            "true",
            "never a",
        ),
        ("solutions/elc.yaml", "end: '2017'", "end: 2014-12", "end", "'2014-12'", "not before start (2015-10)"),
        ("solutions/elc.yaml", "end: '2017'", "end: 2017-13", "end", "'2017-13'", "2014, 2014-10 or 2014-10-14"),
        ("solutions/elc.yaml", "area: eastern", "area: east", ".area", "'east'", "or england"),
        ("solutions/elc.yaml", "evidence_grade: B", "evidence_grade: W", "evidence_grade", "'W'", "withdrawn"),
        (
            "solutions/elc.yaml",
            "unverified_fields: [end]",
            "unverified_fields: [ending]",
            ".",
            "'ending'",
            "own fields",
        ),
        (
            "solutions/restore2.yaml",
            "solution: restore2-we",
            "solution: none-such",
            ".solution",
            "'none-such'",
            "a solution",
        ),
        ("solutions/sim-withdrawn.yaml", "withdrawn_reason:", "caveats:", "withdrawn_reason", "nothing", "the reason"),
        ("programmes.yaml", "figure_kind: reach", "figure_kind: spread", ".figure_kind", "'spread'", "'reach'"),
        ("timeline.yaml", "date: '2013-08-06'", "date: 6 August 2013", ".date", "'6 August 2013'", "a date as 2014"),
        ("timeline.yaml", "verified: false", "verified: true", ".sources", "[]", "at least one source"),
    ],
)
def test_each_fault_is_named(
    folder: Path,
    edit_all: Edit,
    file: str,
    old: str,
    new: str,
    key: str,
    found: str,
    expected: str,
) -> None:
    edit_all(file, old, new)
    faults = [fault for fault in check_register(folder) if "the key a second time" not in fault.found]
    named = [
        fault
        for fault in faults
        if fault.file == f"register/{file}" and key in f".{fault.column}" and found in fault.found
    ]
    assert named and expected in named[0].expected, "\n".join(map(str, faults))
    assert all(fault.file == f"register/{file}" for fault in faults)


def test_the_line_is_the_one_an_editor_shows(folder: Path, edit_all: Edit) -> None:
    line = edit_all("solutions/elc.yaml", "area: eastern", "area: east")
    (fault,) = check_register(folder)
    assert (fault.row, fault.column) == (line, "0.adopted_by.1.area")
    assert str(fault).startswith(
        f"register/solutions/elc.yaml, line {line}, 0.adopted_by.1.area: found 'east'; expected"
    )


def test_a_key_given_twice(folder: Path, edit_all: Edit) -> None:
    line = edit_all("solutions/elc.yaml", "status: completed", "status: completed\n  status: unknown")
    (fault,) = check_register(folder)
    assert (fault.found, fault.column, fault.row) == ("the key a second time", "0.status", line + 1)


@pytest.mark.parametrize(
    ("content", "found"),
    [
        (b"", "an empty file"),
        (b"title: caf\xe9\n", "byte 0xe9"),
        (b"id: one\ntitle: record\n", "no list"),
        (b"[]\n", "an empty list"),
        (b"- just text\n", "'just text'"),
        (b"a: b: c\n", "mapping values are not allowed"),
    ],
)
def test_files_that_are_not_what_they_should_be(folder: Path, content: bytes, found: str) -> None:
    (folder / "programmes.yaml").write_bytes(content)
    faults = [fault for fault in check_register(folder) if fault.file == "register/programmes.yaml"]
    assert any(found in fault.found for fault in faults), [str(fault) for fault in faults]


def test_missing_files_are_named(folder: Path) -> None:
    (folder / "timeline.yaml").unlink()
    shutil.rmtree(folder / "solutions")
    shutil.rmtree(folder / "priorities")
    (folder.parent / "boundaries" / "areas.csv").unlink()
    missing = {fault.file for fault in check_register(folder)}
    assert missing == {"register/timeline.yaml", "register/solutions", "register/priorities", "boundaries/areas.csv"}


def test_a_file_holds_one_solution_the_one_it_is_named_after(folder: Path) -> None:
    path = folder / "solutions" / "elc.yaml"
    other = (folder / "solutions" / "hush.yaml").read_text(encoding="utf-8")
    other = other.replace("id: hush", "id: another").replace("huddle up", "huddle again")
    path.write_text(path.read_text(encoding="utf-8") + other, encoding="utf-8")
    (fault,) = check_register(folder)
    assert (fault.column, fault.found, fault.expected) == ("1.id", "'another'", "elc, the name of the file")
