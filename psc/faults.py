"""A fault in a data file, said so that a person can mend it."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import islice

MOST_ALIKE = 100
"""How many faults of one kind in one file are listed; the rest are counted."""
MOST_OF_A_FILE = 500
"""How many faults of one file are listed, of all kinds together; the rest are counted."""
MOST_FILES = 200
"""How many files of one part of the data are named; the rest are counted. The largest part shipped has 70."""
LONGEST_FOUND = 300
LONGEST_EXPECTED = 1_000


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing wrong in one place.

    ``file`` is relative to the data folder; ``row`` is the line number a person sees in an editor
    (the header is line 1), or None where the whole file or a key is meant; ``column`` is a column
    name or a dotted key. As text it is one line that a terminal can show, whatever the file held.
    """

    file: str
    found: str
    expected: str
    row: int | None = None
    column: str | None = None

    def __str__(self) -> str:
        where = printable(self.file, LONGEST_FOUND)
        if self.row is not None:
            where += f", line {self.row}"
        if self.column:
            where += f", {printable(self.column, LONGEST_FOUND)}"
        found, expected = printable(self.found, LONGEST_FOUND), printable(self.expected, LONGEST_EXPECTED)
        return f"{where}: found {found}; expected {expected}"


class InvalidData(Exception):
    """Everything that is wrong in the data, all at once."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        self.faults = list(faults)
        super().__init__("\n".join(str(fault) for fault in self.faults))


def printable(text: str, longest: int) -> str:
    """Text on one line of about ``longest`` characters at most, what a person cannot see written as escapes."""
    shown = text if len(text) <= longest else text[: longest - 3] + "..."
    return "".join(each if each.isprintable() else _escaped(each) for each in shown)


def _escaped(character: str) -> str:
    return character.encode("unicode_escape", "surrogatepass").decode()


def alike(faults: Iterable[Fault], total: int, *, where: str = "in later lines") -> list[Fault]:
    """The first ``MOST_ALIKE`` of ``total`` faults of one kind, and one more that counts the others."""
    listed = list(islice(faults, MOST_ALIKE))
    if listed and total > len(listed):
        listed.append(replace(listed[-1], found=f"{total - len(listed):,} more like this {where}"))
    return listed


def few_of_each_file(faults: Sequence[Fault]) -> list[Fault]:
    """The first ``MOST_OF_A_FILE`` faults of every file, each with one more that counts the others.

    Of one part of the data (the folder that a name begins with) the first ``MOST_FILES`` files are named.
    """
    listed: list[Fault] = []
    seen: Counter[str] = Counter()
    places: dict[str, dict[str, int]] = {}
    for fault in faults:
        files = places.setdefault(fault.file.partition("/")[0], {})
        place = files.setdefault(fault.file, len(files))
        seen[fault.file] += 1
        if place < MOST_FILES and seen[fault.file] <= MOST_OF_A_FILE:
            listed.append(fault)
    for part, files in places.items():
        more = ((file, seen[file] - MOST_OF_A_FILE) for file in islice(files, MOST_FILES))
        listed += [Fault(file, f"{number:,} more faults", "none") for file, number in more if number > 0]
        if (others := len(files) - MOST_FILES) > 0:
            listed.append(Fault(part, f"faults in {others:,} more files", "none"))
    return listed
