"""Is a CSV file what its schema says it is? All faults at once, each with file, line and column.

The schema is a Frictionless Table Schema (https://specs.frictionlessdata.io/table-schema/), as kept in the
``datapackage.json`` beside the files, so a table is described in one place. Supported: types string, integer,
number and date; constraints required, unique, enum, minimum, maximum and pattern; primaryKey; foreign keys within
the package. An empty cell is a missing value.
"""

import csv
import io
import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from psc.faults import Fault

Schema = Mapping[str, Any]

LINE = "\0line"
"""Column that holds the line number of each row; no header can have this name."""

SHAPES = {
    "integer": (r"[+-]?\d+", "a whole number"),
    "number": (r"[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?", "a number"),
    "date": (r"\d{4}-\d{2}-\d{2}", "a date such as 2024-03-31"),
}


def check_table(path: Path, schema: Schema, *, file: str) -> list[Fault]:
    """Compare a CSV file with a table schema and return every fault, in the order of the file's lines.

    ``file`` is the name faults carry (relative to the data folder). A file that cannot be read, or whose header
    is wrong, gives the faults of that alone: cells under a wrong header would all be wrong too.
    """
    table, faults = read_table(path, file=file)
    if table is None:
        return faults
    faults += _header_faults([name for name in table.columns if name != LINE], schema, file)
    if faults:
        return sorted(faults, key=_place)
    for field in schema["fields"]:
        faults += _field_faults(table, field, file)
    faults += _key_faults(table, _names(schema.get("primaryKey", [])), file)
    return sorted(faults, key=_place)


def check_package(folder: Path, *, prefix: str) -> list[Fault]:
    """Check every file of a folder against its ``datapackage.json`` and return all faults.

    A resource with a schema is checked as a table, its foreign keys (within the package) too; other resources
    must exist. A file that the package does not describe is a fault. ``prefix`` is the folder's name in faults.
    """
    package_file = f"{prefix}/datapackage.json"
    try:
        package = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
        resources = {resource["name"]: resource for resource in package["resources"]}
        described = {resource["path"] for resource in resources.values()}
    except (OSError, UnicodeDecodeError, json.JSONDecodeError, KeyError, TypeError) as error:
        return [Fault(package_file, f"{type(error).__name__}: {error}", "a Frictionless data package")]

    faults: list[Fault] = []
    for resource in resources.values():
        path, file = folder / resource["path"], f"{prefix}/{resource['path']}"
        if "schema" in resource:
            faults += check_table(path, resource["schema"], file=file)
        elif not path.is_file():
            faults.append(Fault(file, "no such file", "the file that datapackage.json describes"))
    present = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
    for path in sorted(present - described - {"datapackage.json"}):
        faults.append(Fault(f"{prefix}/{path}", "a file that datapackage.json does not describe", "a resource for it"))
    return faults or _foreign_key_faults(folder, resources, prefix)


def read_table(path: Path, *, file: str) -> tuple[pd.DataFrame | None, list[Fault]]:
    """Read a CSV file as text with the line number of each row (column ``LINE``), and the faults of its form.

    Returns no table when nothing can be made of the file: unreadable, not UTF-8, empty, or a doubled header.
    """
    try:
        raw = path.read_bytes()
        text = raw.decode("utf-8-sig")
    except OSError as error:
        return None, [Fault(file, error.strerror or "an unreadable file", "a CSV file")]
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        return None, [Fault(file, f"byte 0x{raw[error.start]:02x}", "text in UTF-8", row=line)]

    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    rows: list[list[str]] = []
    lines: list[int] = []
    faults: list[Fault] = []
    header: list[str] | None = None
    start = 1
    try:
        for row in reader:
            if header is None:
                header = row
            elif len(row) == len(header):
                rows.append(row)
                lines.append(start)
            else:
                found = f"{len(row)} cell{'' if len(row) == 1 else 's'}" if row else "an empty line"
                faults.append(Fault(file, found, f"{len(header)} cells", row=start))
            start = reader.line_num + 1
    except csv.Error as error:
        return None, [*faults, Fault(file, str(error), "CSV with quotes that close", row=start)]
    if not header:
        return None, [Fault(file, "no header", "column names in line 1", row=1)]
    doubled = sorted({name for name in header if header.count(name) > 1})
    if doubled:
        return None, [*faults, Fault(file, f"column {', '.join(doubled)} twice", "each column once", row=1)]
    return pd.DataFrame(rows, columns=header, dtype=object).assign(**{LINE: np.array(lines, dtype=int)}), faults


def _header_faults(header: Sequence[str], schema: Schema, file: str) -> list[Fault]:
    expected = [field["name"] for field in schema["fields"]]
    faults = [Fault(file, "no such column", f"a column {name}", 1, name) for name in expected if name not in header]
    unknown = [name for name in header if name not in expected]
    faults += [Fault(file, "an unknown column", f"only {', '.join(expected)}", 1, name) for name in unknown]
    return faults


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
        faults.extend(Fault(file, repr(cell) if cell else "nothing", expected, int(line), name) for cell, line in rows)

    if rules.get("required"):
        note(empty, "a value")
    valid = ~empty
    values: pd.Series = column
    if kind != "string":
        shape, expected = SHAPES[kind]
        valid &= column.str.fullmatch(shape)
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
        note(valid & ~column.str.fullmatch(rules["pattern"]), f"text like {rules['pattern']}")
    if rules.get("unique"):
        note(~empty & column.duplicated(), "a value that occurs once")
    return faults


def _parsed(column: pd.Series, kind: str) -> pd.Series:
    if kind == "date":
        return pd.to_datetime(column, format="%Y-%m-%d", errors="coerce")
    numbers = pd.to_numeric(column, errors="coerce").astype(float)
    return numbers.where(np.isfinite(numbers))


def _key_faults(table: pd.DataFrame, key: Sequence[str], file: str) -> list[Fault]:
    if not key:
        return []
    first = table.groupby(list(key), sort=False)[LINE].transform("first")
    faults = []
    for position in np.flatnonzero(first != table[LINE]):
        row = table.iloc[position]
        found = f"{', '.join(row[name] for name in key)} again (first in line {first.iloc[position]})"
        faults.append(Fault(file, found, f"each {' + '.join(key)} once", int(row[LINE]), key[0]))
    return faults


def _foreign_key_faults(folder: Path, resources: Mapping[str, Mapping[str, Any]], prefix: str) -> list[Fault]:
    """Cells that point at a row another file does not have. Expects tables without other faults."""
    faults: list[Fault] = []
    for resource in resources.values():
        for key in resource.get("schema", {}).get("foreignKeys", []):
            file, target = f"{prefix}/{resource['path']}", resources[key["reference"]["resource"] or resource["name"]]
            table, _ = read_table(folder / resource["path"], file=file)
            other, _ = read_table(folder / target["path"], file=file)
            assert table is not None and other is not None, "the tables were read before"
            fields, others = _names(key["fields"]), _names(key["reference"]["fields"])
            known = pd.MultiIndex.from_frame(other[others])
            lost = ~pd.MultiIndex.from_frame(table[fields]).isin(known) & (table[fields] != "").all(axis=1)
            expected = f"{' + '.join(others)} of a row of {target['path']}"
            for row in table[lost].to_dict("records"):
                found = ", ".join(row[name] for name in fields)
                faults.append(Fault(file, repr(found), expected, int(row[LINE]), fields[0]))
    return faults


def _names(value: str | Sequence[str]) -> list[str]:
    return [value] if isinstance(value, str) else list(value)


def _place(fault: Fault) -> tuple[int, str]:
    return fault.row or 0, fault.column or ""
