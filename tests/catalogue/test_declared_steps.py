"""Steps of contributors' denominators: read with their types; held to observations, the rule and the boundaries."""

from functools import partial

import pandas as pd
import pytest

from psc.catalogue.declared_steps import read_steps
from psc.catalogue.steps_check import check_steps
from psc.faults import InvalidData
from psc.files.data_package import check_package
from tests.catalogue.real_measures import Measures

WAITS, SHMI = "emergency-admission-waits", "shmi"
STEPS, PARTS = "denominator_steps.csv", "step_contributors.csv"
COVENTRY = "west-midlands,RKB,University Hospitals Coventry And Warwickshire NHS Trust,2024-06-01,0.544,0.058"
MAY = "west-midlands,RKB,2024-05-01,"


@pytest.fixture
def measures(data, tmp_path):
    return Measures(data, tmp_path / "harms", WAITS, SHMI, "mrsa")


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


def test_steps_and_parts_are_read_with_their_types(measures):
    steps, parts = read_steps(measures.folder, WAITS)
    row = steps.set_index("contributor").loc["RKB"]
    assert (row["area"], row["first_period"], row["ratio"]) == ("west-midlands", pd.Timestamp("2024-06-01"), 0.544)
    june = parts[(parts["contributor"] == "RKB") & (parts["period_start"] == "2024-06-01")]
    assert june["denominator"].item() > june["numerator"].item() > 0


def test_measure_without_files_has_no_steps(measures):
    steps, parts = read_steps(measures.folder, "mrsa")
    assert steps.empty and parts.empty and list(parts)[:2] == ["area", "contributor"]


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


def test_contributors_of_a_plain_count_are_a_fault_of_the_definition(harms):
    harms.replace("germs/definition.yaml", "denominator: Admissions", "denominator: null")
    harms.replace(
        "germs/definition.yaml",
        "chart: xmr",
        "chart: xmr\ncontributors: {one: trust, numerator: falls, denominator: stays}",
    )
    assert any("contributors" in fault and "has no denominator" in fault for fault in harms.said())


def test_package_refuses_parts_whose_step_is_gone(data, tmp_path):
    from psc.catalogue.package import write_package
    from tests.small_data import copy_of

    folder = copy_of(data / "harms", tmp_path / "harms")
    path = folder / WAITS / STEPS
    path.write_text("".join(line for line in path.open(encoding="utf-8") if "RKB" not in line), encoding="utf-8")
    write_package(folder)
    faults = [str(fault) for fault in check_package(folder, prefix="harms")]
    assert faults and all("step_contributors.csv" in fault and "RKB" in fault for fault in faults if ".csv" in fault)
