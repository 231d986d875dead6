"""Declared steps are held to the observations, the rule and the boundaries."""

from functools import partial

import pytest

from psc.catalogue.steps_check import check_steps
from psc.faults import InvalidData
from tests.catalogue.measures_with_steps import PARTS, STEPS, WAITS

COVENTRY = "west-midlands,RKB,University Hospitals Coventry And Warwickshire NHS Trust,2024-06-01,0.544,0.058"

MAY = "west-midlands,RKB,2024-05-01,"


def said(measures, data):
    return [str(fault) for fault in check_steps(measures.folder, data / "boundaries")]


def change(measures, name, edit):
    path = measures.folder / WAITS / name
    lines = path.read_text(encoding="utf-8").splitlines()
    path.write_text("\n".join(edit(lines)) + "\n", encoding="utf-8")


def replace(start, new, lines):
    """The line that begins so, changed: its cells by their place."""
    (place,) = [number for number, line in enumerate(lines) if line.startswith(start)]
    cells = lines[place].rsplit(",", len(lines[0].split(",")) - 1)
    for column, cell in new.items():
        cells[column] = cell
    return [*lines[:place], ",".join(cells), *lines[place + 1 :]]


def without(start, lines):
    return [line for line in lines if not line.startswith(start)]


def test_committed_steps_have_nothing_wrong(measures, data):
    assert said(measures, data) == []


CASES = {
    "unknown area": (STEPS, partial(replace, "west-mid", {0: "west"}), ["area", "'west'"]),
    "code of no trust": (STEPS, partial(replace, "west-mid", {1: "rkb"}), ["contributor", "'rkb'"]),
    "same step twice": (STEPS, lambda lines: [*lines, lines[-1]], ["again", "once"]),
    "same period twice": (PARTS, lambda lines: [*lines, lines[-1]], ["again", "once"]),
    "step that is not there": (
        STEPS,
        partial(replace, "west-mid", {3: "2023-06-01"}),
        ["first_period", "2023-06-01", "the beginning of a step that the figures in step_contributors.csv show"],
    ),
    "step left out": (
        STEPS,
        partial(replace, "west-mid", {3: "2023-06-01"}),
        ["no step of RKB in west-midlands from 2024-06-01"],
    ),
    "another ratio": (STEPS, partial(replace, "west-mid", {4: "0.6"}), ["ratio", "found 0.6", "0.54"]),
    "another share": (STEPS, partial(replace, "west-mid", {5: "0.09"}), ["share", "found 0.09", "0.058"]),
    "contributor without parts": (PARTS, partial(without, "west-mid"), ["RKB in west-midlands", PARTS]),
    "parts without a step": (STEPS, partial(without, "west-mid"), ["RKB in west-midlands", STEPS]),
    "period without a figure of the area": (
        PARTS,
        partial(replace, MAY, {2: "2025-02-01"}),
        ["period_start", "2025-02-01", "a period in which observations.csv"],
    ),
    "period outside the series": (PARTS, partial(replace, MAY, {2: "2031-02-01"}), ["period_start", "2031-02-01"]),
    "part larger than the area's": (
        PARTS,
        partial(replace, MAY, {4: "90000"}),
        ["denominator", "found 90000", "all of the area"],
    ),
    "numerator above the denominator": (
        PARTS,
        partial(replace, MAY, {3: "5900", 4: "5800"}),
        ["numerator", "5900", "at most the denominator"],
    ),
    "not a number": (PARTS, partial(replace, MAY, {4: "many"}), ["denominator", "'many'", "a number"]),
}


@pytest.mark.parametrize("case", CASES)
def test_spoilt_steps_are_named_by_file_and_column(case, measures, data):
    name, edit, words = CASES[case]
    change(measures, name, edit)
    faults = said_or_raised(measures, data)
    assert any(all(word in fault for word in [f"harms/{WAITS}/", *words]) for fault in faults), faults


def said_or_raised(measures, data):
    try:
        return said(measures, data)
    except InvalidData as invalid:
        return [str(fault) for fault in invalid.faults]


def test_parts_of_several_contributors_together_are_at_most_the_area(measures, data):
    change(measures, PARTS, partial(replace, "nenc,RR7,2024-05-01", {4: "35000"}))
    change(measures, PARTS, partial(replace, "nenc,RTF,2024-05-01", {4: "35000"}))
    (fault,) = said(measures, data)
    assert "found 70000 with the contributors above it" in fault


def test_trust_of_another_area_is_named(measures, data):
    for name in (STEPS, PARTS):
        change(measures, name, lambda lines: [line.replace(",RKB,", ",RHM,") for line in lines])
    assert any("found RHM; expected the ODS code of a trust that the boundaries place in west-mid" in fault
               for fault in said(measures, data))  # fmt: skip


def test_contributor_under_two_names_is_named(measures, data):
    change(measures, STEPS, lambda lines: [*lines, COVENTRY.replace("2024-06", "2024-05").replace("Coventry", "York")])
    assert any("contributor_name" in fault and "York" in fault for fault in said(measures, data))


def test_one_file_without_the_other_is_named(measures, data):
    (measures.folder / WAITS / PARTS).unlink()
    assert said(measures, data) == [
        f"harms/{WAITS}/{PARTS}: found no such file; expected one beside denominator_steps.csv, or neither"
    ]


def test_steps_of_a_measure_whose_definition_has_no_contributors_are_named(measures, data):
    measures.without(WAITS, "contributors")
    faults = said(measures, data)
    assert len(faults) == 2 and all("contributors in the definition" in fault for fault in faults)
