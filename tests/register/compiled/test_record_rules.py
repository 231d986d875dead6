"""A compiled record is held to what a lead's own record is held to, and a fault names file, line and key."""

from pathlib import Path

import pytest

from psc.register.records.register_vocabulary import PriorityStatus, SolutionStatus, codes
from psc.register.workflow.lifecycle import PUBLIC_STATES, states
from tests.register.compiled.few_records import IMPERIAL, PINCER, SOUTH, Edit, Refusal, assert_refused, faults

HIDDEN = [
    (file, status)
    for file, kind, statuses in ((IMPERIAL, "priority", PriorityStatus), (PINCER, "solution", SolutionStatus))
    for status in codes(statuses)
    if status in set(states(kind)) - PUBLIC_STATES[kind]
]


@pytest.mark.parametrize(("file", "status"), HIDDEN)
def test_a_state_that_the_public_may_not_see_is_refused(edit: Edit, tmp_path: Path, file: str, status: str) -> None:
    was = "closed" if file == IMPERIAL else "completed"
    line = edit(file, f"status: {was}", f"status: {status}")
    (fault,) = faults(tmp_path)
    assert (fault.file, fault.row, fault.column) == (f"register/{file}", line, "0.status")
    assert status in fault.found and "everyone can read" in fault.expected
    assert "one of active" in fault.expected or "one of shared_nationally" in fault.expected


def test_each_state_that_is_not_public_is_tried() -> None:
    assert {status for _, status in HIDDEN} == {"draft", "in_consultation", "developing", "tested_locally"}


STOPPED = "      stage: stopped\n      sources: [https://example.org]\n"

REFUSED_RULES: list[Refusal] = [
    (IMPERIAL, "areas: [imperial]", "areas: [imperial, wessex]", "0.areas", "imperial alone"),
    (IMPERIAL, "areas: [imperial]", "areas: [wessex]", "0.areas", "imperial alone"),
    (SOUTH, "areas: [kss, oxford, wessex, south-west, west-of-england]", "areas: [kss]", "0.areas", "several areas"),
    (PINCER, "- area: england", "- area: east-midlands", "0.adopted_by.0.area", "another area than those where"),
    (PINCER, "stage: adopted", "stage: adopted\n      solution: pincer", "0.adopted_by.0.solution", "another solution"),
    (
        PINCER,
        "    - area: england\n",
        f"    - area: england\n{STOPPED}    - area: england\n",
        "0.adopted_by.1.area",
        "each area once",
    ),
    (PINCER, "spread_reach: national", "spread_reach: withdrawn", "0.spread_reach", "for no other"),
    (PINCER, "result: 2.97 million; 22,105", "result:", "0.results.2.result", "a figure"),
    (IMPERIAL, "care_settings: [all]", "care_settings: [all, acute]", "0.care_settings", "all alone"),
]


@pytest.mark.parametrize("refusal", REFUSED_RULES)
def test_record_of_wrong_areas_or_adoptions_is_refused(edit: Edit, tmp_path: Path, refusal: Refusal) -> None:
    assert_refused(edit, tmp_path, refusal)


ALLOWED_RULES = [
    (PINCER, "    - area: england\n", f"    - area: wessex\n{STOPPED}    - area: england\n"),
]


@pytest.mark.parametrize(("file", "old", "new"), ALLOWED_RULES)
def test_adoption_stopped_in_one_area_is_let_through(edit: Edit, tmp_path: Path, file: str, old: str, new: str) -> None:
    edit(file, old, new)
    assert [str(fault) for fault in faults(tmp_path)] == []


def test_a_file_in_a_folder_where_nothing_reads_it_is_named(edit: Edit, tmp_path: Path) -> None:
    inner = tmp_path / "register" / "solutions" / "more"
    inner.mkdir()
    (tmp_path / "register" / PINCER).rename(inner / "pincer.yaml")
    (fault,) = faults(tmp_path)
    assert fault.file == "register/solutions/more" and "only those are read" in fault.expected


def test_the_national_file_needs_all_the_areas(edit: Edit, tmp_path: Path) -> None:
    edit(SOUTH, "south-mental-health", "national-mental-health")
    (tmp_path / "register" / SOUTH).rename(tmp_path / "register" / "priorities" / "national.yaml")
    (fault,) = faults(tmp_path)
    assert fault.file == "register/priorities/national.yaml" and fault.column == "0.areas"
    assert "without" in fault.found and "imperial" in fault.found and "wessex" not in fault.found
