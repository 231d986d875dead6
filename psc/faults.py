"""A fault in a data file, said so that a person can mend it."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing wrong in one place.

    ``file`` is relative to the data folder; ``row`` is the line number a person sees in an editor
    (the header is line 1), or None where the whole file or a key is meant; ``column`` is a column
    name or a dotted key.
    """

    file: str
    found: str
    expected: str
    row: int | None = None
    column: str | None = None

    def __str__(self) -> str:
        where = self.file
        if self.row is not None:
            where += f", line {self.row}"
        if self.column:
            where += f", {self.column}"
        return f"{where}: found {self.found}; expected {self.expected}"


class InvalidData(Exception):
    """Everything that is wrong in the data, all at once."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        self.faults = list(faults)
        super().__init__("\n".join(str(fault) for fault in self.faults))
