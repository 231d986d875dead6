"""The one reader of CSV: bounded in size, columns and rows, each column once, every row as wide as the header."""

import csv
import io
from dataclasses import dataclass
from pathlib import Path

from psc.faults import MOST_ALIKE, Fault, InvalidData, alike
from psc.files.reading import LARGEST_TABLE, read_text

MOST_COLUMNS = 200
MOST_ROWS = 300_000
LONGEST_CELL = 20_000
EXPECTED = "a CSV file"
DELETE_COLUMNS = "delete those without, and with them the commas at the ends of all lines"
QUOTES = {
    "unexpected end of data": "a quotation mark that nothing closes",
    "',' expected after '\"'": "something between a closing quotation mark and the next comma",
}
"""What the reader of CSV complains of, in words."""


@dataclass(frozen=True, slots=True)
class Rows:
    """A table as text: the header, the cells of each row, and the line each row begins on (the header's is 1)."""

    header: list[str]
    cells: list[list[str]]
    lines: list[int]

    def as_dicts(self) -> list[dict[str, str]]:
        """Each row as column → cell."""
        return [dict(zip(self.header, row, strict=True)) for row in self.cells]


def read_rows(path: Path, file: str) -> tuple[Rows | None, list[Fault]]:
    """Read a CSV file, and the faults of its form. ``file`` is its name in faults.

    Returns no rows when nothing can be made of the file: unreadable, not UTF-8, empty, too large, a column twice.
    Rows of another width than the header are faults and left out.
    """
    try:
        text = read_text(path, file, most=LARGEST_TABLE, expected=EXPECTED)
    except InvalidData as invalid:
        return None, invalid.faults
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    rows = Rows([], [], [])
    ragged: list[Fault] = []
    total, start = 0, 1
    try:
        for row in reader:
            if fault := _beyond_limits(row, len(rows.cells) + total, file, start):
                return None, [*alike(ragged, total), fault]
            if start == 1:
                rows.header.extend(row)
            elif len(row) == len(rows.header):
                rows.cells.append(row)
                rows.lines.append(start)
            else:
                total += 1
                if total <= MOST_ALIKE:
                    ragged.append(_ragged(row, len(rows.header), file, start))
            start = reader.line_num + 1
    except csv.Error as error:
        found = QUOTES.get(str(error), str(error))
        return None, [*alike(ragged, total), Fault(file, found, "CSV with quotes that close", row=start)]
    faults = alike(ragged, total)
    if not rows.header:
        return None, [Fault(file, "no header", "column names in line 1", row=1)]
    unnamed = unnamed_columns(rows.header)
    if len(unnamed) > 1:
        found = f"columns {', '.join(map(str, unnamed))} without a name"
        return None, [*faults, Fault(file, found, f"a name for each column: {DELETE_COLUMNS}", row=1)]
    doubled = sorted({name for name in rows.header if rows.header.count(name) > 1})
    if doubled:
        return None, [*faults, Fault(file, f"column {', '.join(doubled)} twice", "each column once", row=1)]
    return rows, faults


def unnamed_columns(header: list[str]) -> list[int]:
    """The numbers of the columns whose name is blank, the first column being 1."""
    return [number for number, name in enumerate(header, start=1) if not name.strip()]


def rows_of(path: Path, file: str) -> list[dict[str, str]]:
    """The rows of a CSV file as column → cell. Raises InvalidData with the faults of its form."""
    rows, faults = read_rows(path, file)
    if rows is None or faults:
        raise InvalidData(faults)
    return rows.as_dicts()


def _beyond_limits(row: list[str], before: int, file: str, line: int) -> Fault | None:
    if len(row) > MOST_COLUMNS:
        return Fault(file, f"{len(row):,} columns", f"at most {MOST_COLUMNS}", row=line)
    if before >= MOST_ROWS:
        return Fault(file, f"more than {MOST_ROWS:,} rows", f"at most {MOST_ROWS:,}", row=line)
    longest = max(map(len, row), default=0)
    if longest > LONGEST_CELL:
        return Fault(file, f"a cell of {longest:,} characters", f"at most {LONGEST_CELL:,} in a cell", row=line)
    return None


def _ragged(row: list[str], width: int, file: str, line: int) -> Fault:
    found = f"{len(row)} cell{'' if len(row) == 1 else 's'}" if row else "an empty line"
    return Fault(file, found, f"{width} cells", row=line)
