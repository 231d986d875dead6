"""A record of a compiled file as it stands there: its content, and where to point when something in it is wrong."""

from dataclasses import dataclass
from typing import Any

from psc.faults import Fault
from psc.files.yaml_documents import Key, Lines, dotted, line_of

Misfit = tuple[Key, str, str]
"""What is wrong in a record: the key within it, what was found there, and what was expected."""


@dataclass(frozen=True, slots=True)
class Draft:
    """One record as read, before it is validated: where it stands and what it says."""

    file: str
    content: Any
    lines: Lines
    base: Key = ()

    @property
    def id(self) -> str | None:
        """The record's id, where it has one that is text."""
        found = self.content.get("id") if isinstance(self.content, dict) else None
        return found if isinstance(found, str) else None

    def line(self, key: Key) -> int | None:
        """The line of a key of the record, or of the nearest thing around it."""
        return line_of(self.lines, (*self.base, *key))

    def fault(self, misfit: Misfit) -> Fault:
        """The fault of the file that a misfit of the record is."""
        key, found, wanted = misfit
        return Fault(self.file, found, wanted, row=self.line(key), column=dotted((*self.base, *key)))
