"""Is a CSV file what its schema says it is? All faults at once, each with file, line and column.

The schema is a Frictionless Table Schema (https://specs.frictionlessdata.io/table-schema/), as kept in the
``datapackage.json`` beside the files, so a table is described in one place. Supported: types string, integer,
number and date; constraints required, unique, enum, minimum, maximum and pattern; primaryKey. Foreign keys are
checked with the package (``psc.files.data_package``). An empty cell is a missing value.
"""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from psc.faults import Fault, InvalidData, alike
from psc.files.csv_rows import DELETE_COLUMNS, read_rows, unnamed_columns

Schema = Mapping[str, Any]

LINE = "\0line"
"""Column that holds the line number of each row; no header can have this name."""

SHAPES = {
    "integer": (r"[+-]?[0-9]+", "a whole number"),
    "number": (r"[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?", "a number"),
    "date": (r"[0-9]{4}-[0-9]{2}-[0-9]{2}", "a date such as 2024-03-31"),
}


def check_table(path: Path, schema: Schema, *, file: str, rows: int | None = None) -> list[Fault]:
    """Compare a CSV file with a table schema and return every fault, in the order of the file's lines.

    ``file`` is the name faults carry (relative to the data folder); ``rows`` how many rows a complete file has, where
    that is known. A file that cannot be read, or whose header
    or whose rows are wrong, gives the faults of that alone: cells under a wrong header would all be wrong too.
    """
    table, faults = read_table(path, file=file)
    if table is None or faults:
        return faults
    return check_cells(table, schema, file=file, rows=rows)


def check_cells(table: pd.DataFrame, schema: Schema, *, file: str, rows: int | None = None) -> list[Fault]:
    """As ``check_table``, for a table that ``read_table`` has read without faults."""
    if faults := _header_faults([name for name in table.columns if name != LINE], schema, file):
        return sorted(faults, key=_place)
    if table.empty:
        return [Fault(file, "a header and no rows", "at least one row", row=1)]
    if rows is not None and len(table) != rows:
        faults.append(Fault(file, f"{len(table):,} rows", f"{rows:,}, as datapackage.json says"))
    for field in schema["fields"]:
        faults += _field_faults(table, field, file)
    faults += _key_faults(table, names_of(schema.get("primaryKey", [])), file)
    return sorted(faults, key=_place)


def read_table(path: Path, *, file: str) -> tuple[pd.DataFrame | None, list[Fault]]:
    """Read a CSV file as text with the line number of each row (column ``LINE``), and the faults of its form.

    Returns no table when nothing can be made of the file: see :func:`psc.files.csv_rows.read_rows`.
    """
    rows, faults = read_rows(path, file)
    if rows is None:
        return None, faults
    table = pd.DataFrame(rows.cells, columns=rows.header, dtype=object)
    return table.assign(**{LINE: np.array(rows.lines, dtype=int)}), faults


def text_table(path: Path, *, file: str) -> pd.DataFrame:
    """Read a CSV file as text. Raises InvalidData with every fault of its form."""
    rows, faults = read_rows(path, file)
    if rows is None or faults:
        raise InvalidData(faults)
    return pd.DataFrame(rows.cells, columns=rows.header, dtype="str")


def unusable_pattern(pattern: str) -> str | None:
    """Why a pattern cannot be used, or None. Patterns are RE2's, whose time grows only with the length of the text."""
    try:
        _matches(pd.Series([""], dtype="str"), pattern)
    except pa.ArrowInvalid as error:
        return str(error)
    return None


def _matches(column: pd.Series, pattern: str) -> pd.Series:
    found = pc.match_substring_regex(pa.array(column, type=pa.large_string()), rf"\A(?:{pattern})\z")
    return pd.Series(found.to_numpy(zero_copy_only=False), index=column.index, dtype=bool)


def _header_faults(header: list[str], schema: Schema, file: str) -> list[Fault]:
    expected = [field["name"] for field in schema["fields"]]
    faults = [Fault(file, "no such column", f"a column {name}", 1, name) for name in expected if name not in header]
    unknown = [name for name in header if name not in expected and name.strip()]
    faults += [Fault(file, "an unknown column", f"only {', '.join(expected)}", 1, name) for name in unknown]
    columns = f"{len(expected)} columns with names ({', '.join(expected)}): {DELETE_COLUMNS}"
    return faults + [Fault(file, f"column {place} without a name", columns, 1) for place in unnamed_columns(header)]


def _field_faults(table: pd.DataFrame, field: Mapping[str, Any], file: str) -> list[Fault]:
    name, kind = field["name"], field.get("type", "string")
    rules = field.get("constraints", {})
    column = table[name].astype("str")
    empty = column == ""
    faults: list[Fault] = []

    def note(bad: pd.Series, expected: str) -> None:
        if not bad.any():
            return
        rows = zip(column[bad], table.loc[bad, LINE], strict=True)
        named = (Fault(file, repr(cell) if cell else "nothing", expected, int(line), name) for cell, line in rows)
        faults.extend(alike(named, int(bad.sum())))

    if rules.get("required"):
        note(empty, "a value")
    valid = ~empty
    values: pd.Series = column
    if kind != "string":
        shape, expected = SHAPES[kind]
        valid &= _matches(column, shape)
        values = _parsed(column.where(valid), kind)
        valid &= values.notna()
        note(~valid & ~empty, expected)
    for rule, outside in (("minimum", values.lt), ("maximum", values.gt)):
        if rule in rules:
            limit = pd.Timestamp(rules[rule]) if kind == "date" else rules[rule]
            note(valid & outside(limit), f"{'at least' if rule == 'minimum' else 'at most'} {rules[rule]}")
    if "enum" in rules:
        allowed = [str(item) for item in rules["enum"]]
        note(valid & ~column.isin(allowed), f"one of {', '.join(allowed)}")
    if "pattern" in rules:
        note(valid & ~_matches(column, rules["pattern"]), _text_like(field))
    if rules.get("unique"):
        note(~empty & column.duplicated(), "a value that occurs once")
    return faults


def _text_like(field: Mapping[str, Any]) -> str:
    """What a pattern asks for, in words: the example of the column, where the schema gives one."""
    if not field.get("example"):
        return f"text like {field['constraints']['pattern']}"
    described = f" ({field['description']})" if field.get("description") else ""
    return f"text such as {field['example']}{described}"


def _parsed(column: pd.Series, kind: str) -> pd.Series:
    if kind == "date":
        return pd.to_datetime(column, format="%Y-%m-%d", errors="coerce")
    numbers = pd.to_numeric(column, errors="coerce").astype(float)
    return numbers.where(np.isfinite(numbers))


def _key_faults(table: pd.DataFrame, key: Sequence[str], file: str) -> list[Fault]:
    if not key:
        return []
    first = table.groupby(list(key), sort=False)[LINE].transform("first")
    again = first != table[LINE]

    def named() -> Iterator[Fault]:
        for position in np.flatnonzero(again):
            row = table.iloc[position]
            found = f"{', '.join(row[name] for name in key)} again (first in line {first.iloc[position]})"
            yield Fault(file, found, f"each {' + '.join(key)} once", int(row[LINE]), key[0])

    return alike(named(), int(again.sum()))


def names_of(value: str | Sequence[str]) -> list[str]:
    """The columns of a key, which may be written as one name."""
    return [value] if isinstance(value, str) else list(value)


def _place(fault: Fault) -> tuple[int, str]:
    return fault.row or 0, fault.column or ""
