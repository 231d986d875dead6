"""What the models find wrong in a document is named by file, line and key, and a ruined one is not a flood."""

import pytest
from pydantic import BaseModel, ValidationError

from psc.faults import MOST_ALIKE, Fault
from psc.register.compiled.document_faults import validation_faults


class Counts(BaseModel):
    """A model with a list of whole numbers."""

    counts: list[int]


def faults_of(content: object, lines: dict[tuple[str | int, ...], int]) -> list[Fault]:
    with pytest.raises(ValidationError) as raised:
        Counts.model_validate(content)
    return validation_faults(raised.value, "register/a.yaml", lines, base=(0,))


def test_fault_stands_at_the_line_and_key_of_the_value() -> None:
    (fault,) = faults_of({"counts": [1, "many"]}, {(0, "counts", 1): 7})
    assert (fault.file, fault.row, fault.column) == ("register/a.yaml", 7, "0.counts.1")
    assert (fault.found, fault.expected) == ("'many'", "a whole number")


def test_missing_key_is_found_as_nothing_at_the_line_of_its_record() -> None:
    (fault,) = faults_of({}, {(0,): 3})
    assert (fault.found, fault.row, fault.column) == ("nothing", 3, "0.counts")


def test_very_many_faults_are_counted() -> None:
    found = faults_of({"counts": ["x"] * (MOST_ALIKE + 50)}, {})
    assert len(found) == MOST_ALIKE + 1
