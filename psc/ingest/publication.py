"""Reads a publisher's CSV strictly: every cell that is not what the format promises is reported, all at once."""

import csv
import datetime as dt
import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd

from psc.faults import Fault, InvalidData

LINE = "line"
"""Column that readers keep beside the data: the line a person sees in an editor (the header is line 1)."""


def label(path: Path) -> str:
    """Name a publisher's file in a fault: its folder and its name, the same on every machine."""
    return f"{path.parent.name}/{path.name}"


@dataclass(frozen=True, slots=True)
class Kind:
    """What a cell may hold: how to read it, and how to say so to the person who has to mend it."""

    expected: str
    parse: Callable[[str], object]


def _not_negative(text: str) -> float:
    number = float(text)
    if not math.isfinite(number) or number < 0:
        raise ValueError(text)
    return number


def _whole(text: str) -> float:
    number = _not_negative(text)
    if number != int(number):
        raise ValueError(text)
    return number


def _filled(text: str) -> str:
    if not text:
        raise ValueError(text)
    return text


def _first_of_month(text: str) -> dt.date:
    date = dt.date.fromisoformat(text)
    if date.day != 1:
        raise ValueError(text)
    return date


def _describe_month_in(text: str) -> dt.date:
    return dt.datetime.strptime(text, "%B %Y").date()


def _financial_year(text: str) -> int:
    first, second = text.split("/")
    if len(first) != 4 or len(second) != 2 or (int(first) + 1) % 100 != int(second):
        raise ValueError(text)
    return int(first)


TEXT = Kind("text", _filled)
COUNT = Kind("a whole number, 0 or more", _whole)
AMOUNT = Kind("a number, 0 or more", _not_negative)
MONTH = Kind("the first day of a month as YYYY-MM-DD", _first_of_month)
MONTH_IN_WORDS = Kind("a month in words such as April 2021", _describe_month_in)
FINANCIAL_YEAR = Kind("a financial year such as 2010/11", _financial_year)


def named_twice(file: str, names: Sequence[str], line: int) -> list[Fault]:
    """A fault for each column name that a header has more than once: its figures would be counted twice, or lost."""
    twice = sorted({name for name in names if name and names.count(name) > 1})
    return [Fault(file, f"the column {name} {names.count(name)} times", "each column once", line) for name in twice]


def read_publication(
    path: Path,
    columns: Mapping[str, Kind],
    *,
    key: Sequence[str],
    missing: Sequence[str] = (),
    may_be_missing: Sequence[str] = (),
) -> pd.DataFrame:
    """Read the named ``columns`` of a CSV file, typed, with a ``line`` column; other columns are ignored.

    Cells equal to one of ``missing`` (for example ``NA``) are read as None in the columns ``may_be_missing``.
    Raises InvalidData listing every fault in the file: not UTF-8, a column that is not there or there twice, a ragged
    line, a cell of the wrong kind, two lines with the same ``key``.
    """
    file = label(path)
    header, rows = _rows(path, file)
    if twice := named_twice(file, header, 1):
        raise InvalidData(twice)
    absent = [name for name in columns if name not in header]
    if absent:
        expected = "the columns " + ", ".join(columns)
        raise InvalidData([Fault(file, f"no column {name}", expected, 1, name) for name in absent])
    faults: list[Fault] = []
    lines = []
    for number, row in rows:
        if len(row) == len(header):
            lines.append(number)
        else:
            faults.append(Fault(file, f"{len(row)} cells", f"{len(header)}, as in the header", number))
    whole = [row for _, row in rows if len(row) == len(header)]
    data: dict[str, list[object]] = {LINE: list(lines)}
    for name, kind in columns.items():
        place = header.index(name)
        none = set(missing) if name in may_be_missing else set()
        parsed: dict[str, object] = {}
        cells: list[object] = []
        for number, row in zip(lines, whole, strict=True):
            text = row[place].strip()
            if text not in parsed:
                parsed[text] = None if text in none else _parse(text, kind)
            if isinstance(parsed[text], _Wrong):
                faults.append(Fault(file, repr(text) if text else "nothing", kind.expected, number, name))
            cells.append(parsed[text])
        data[name] = cells
    faults += _repeated(file, data, key)
    if faults:
        raise InvalidData(sorted(faults, key=lambda fault: (fault.row or 0, fault.column or "")))
    if not lines:
        raise InvalidData([Fault(file, "a header and nothing else", "at least one line of data")])
    return pd.DataFrame(data)


def records(frame: pd.DataFrame) -> Iterator[Any]:
    """Iterate over rows as named tuples. What a column holds is the reader's promise, unknown to a type checker."""
    yield from frame.itertuples(index=False)


class _Wrong:
    """Stands for a cell that could not be read, until all faults are reported."""


def _parse(text: str, kind: Kind) -> object:
    try:
        return kind.parse(text)
    except ValueError:
        return _Wrong()


def _rows(path: Path, file: str) -> tuple[list[str], list[tuple[int, list[str]]]]:
    try:
        with path.open(encoding="utf-8-sig", newline="") as stream:
            reader = csv.reader(stream)
            header = next(reader, [])
            return [name.strip() for name in header], [(reader.line_num, row) for row in reader if row]
    except FileNotFoundError:
        raise InvalidData([Fault(file, "no such file", "the publisher's file")]) from None
    except (UnicodeDecodeError, csv.Error) as error:
        raise InvalidData([Fault(file, f"a file that cannot be read ({error})", "CSV text in UTF-8")]) from None


def _repeated(file: str, data: dict[str, list[object]], key: Sequence[str]) -> list[Fault]:
    seen: dict[tuple[object, ...], object] = {}
    faults = []
    for number, *values in zip(data[LINE], *(data[name] for name in key), strict=True):
        if any(isinstance(value, _Wrong) for value in values):
            continue
        first = seen.setdefault(tuple(values), number)
        if first is not number:
            found = ", ".join(str(value) for value in values)
            faults.append(
                Fault(file, f"{found} again", f"once (it stands on line {first})", int(str(number)), "+".join(key))
            )
    return faults
