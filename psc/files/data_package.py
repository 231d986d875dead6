"""Is a folder what its ``datapackage.json`` says it is? All faults of all its files at once."""

import os
from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path

import pandas as pd

from psc.faults import Fault, InvalidData, alike
from psc.files.json_documents import read_json
from psc.files.leftovers import left_behind, why_strange
from psc.files.package_form import Package, Resource, package_of
from psc.files.tables import LINE, check_cells, names_of, read_table
from psc.files.unforeseen import faults_of
from psc.files.walk import regular_files, with_folders

FILE = "datapackage.json"
OTHERS = "among the other files"


def check_package(folder: Path, *, prefix: str) -> list[Fault]:
    """Check every file of a folder against its ``datapackage.json`` and return all faults.

    A CSV file is checked as a table, its foreign keys (within the package) too; other resources must exist. A file
    that the package does not describe is a fault, as is a link. ``prefix`` is the folder's name in faults.
    """
    try:
        package = read_package(folder, prefix=prefix)
    except InvalidData as invalid:
        return invalid.faults
    return check_files(folder, package, prefix=prefix)


def check_files(folder: Path, package: Package, *, prefix: str) -> list[Fault]:
    """As ``check_package``, for a package that is read."""
    faults = described(folder, package, prefix=prefix)
    unread = {fault.file for fault in faults}
    tables: dict[str, pd.DataFrame] = {}
    for resource in package.resources:
        file = f"{prefix}/{resource.path}"
        if resource.is_table and file not in unread:
            faults += faults_of(partial(_check_table, folder, resource, file, tables), file)
    return faults or _foreign_key_faults(package, tables, prefix)


def _check_table(folder: Path, resource: Resource, file: str, tables: dict[str, pd.DataFrame]) -> list[Fault]:
    """Faults of one table, which is kept in ``tables`` by its resource's name."""
    table, faults = read_table(folder / str(resource.path), file=file)
    if table is None or faults:
        return faults
    tables[resource.name] = table
    return check_cells(table, resource.schema_, file=file, rows=resource.stats.rows)


def check_described(folder: Path, *, prefix: str) -> list[Fault]:
    """Faults of a ``datapackage.json`` itself, and of what it describes and what is there; no table is read."""
    try:
        return described(folder, read_package(folder, prefix=prefix), prefix=prefix)
    except InvalidData as invalid:
        return invalid.faults


def read_package(folder: Path, *, prefix: str) -> Package:
    """Read a folder's ``datapackage.json``. Raises InvalidData with its faults."""
    file = f"{prefix}/{FILE}"
    return package_of(read_json(folder / FILE, file, expected="a Frictionless data package"), file)


def described(folder: Path, package: Package, *, prefix: str) -> list[Fault]:
    """Files that are described and not there, there and not described, or no regular files."""
    present, faults = regular_files(folder, prefix)
    known = {path for resource in package.resources for path in resource.paths}
    special = {fault.file for fault in faults}
    missing = [path for path in sorted(known - set(present)) if not special & set(with_folders(f"{prefix}/{path}"))]
    gone = (Fault(f"{prefix}/{path}", _instead(folder / path), f"the file that {FILE} describes") for path in missing)
    strangers = sorted(path for path in present if _is_stranger(path, known))
    named = (Fault(f"{prefix}/{path}", *why_strange(path)) for path in strangers)
    return faults + alike(gone, len(missing), where=OTHERS) + alike(named, len(strangers), where=OTHERS)


def _instead(path: Path) -> str:
    return "a folder" if os.path.isdir(path) else "no such file"  # noqa: PTH112  (a path's own method may raise)


def _is_stranger(path: str, known: set[str]) -> bool:
    """Whether a file is not described, or is none of data whatever describes it."""
    return path not in known | {FILE, "README.md"} or left_behind(path.rpartition("/")[2]) is not None


def _foreign_key_faults(package: Package, tables: Mapping[str, pd.DataFrame], prefix: str) -> list[Fault]:
    """Cells that point at a row another file does not have. Expects tables without other faults."""
    paths = {resource.name: str(resource.path) for resource in package.resources}
    faults: list[Fault] = []
    for resource in package.resources:
        for key in resource.schema_.get("foreignKeys", []) if resource.is_table else []:
            table, file = tables[resource.name], f"{prefix}/{resource.path}"
            target = key["reference"]["resource"] or resource.name
            fields, others = names_of(key["fields"]), names_of(key["reference"]["fields"])
            known = pd.MultiIndex.from_frame(tables[target][others])
            lost = ~pd.MultiIndex.from_frame(table[fields]).isin(known) & (table[fields] != "").all(axis=1)
            expected = f"{' + '.join(others)} of a row of {paths[target]}"
            faults += alike(_lost(table[lost], fields, file, expected), int(lost.sum()))
    return faults


def _lost(rows: pd.DataFrame, fields: Sequence[str], file: str, expected: str) -> Iterator[Fault]:
    for row in rows.to_dict("records"):
        found = ", ".join(row[name] for name in fields)
        yield Fault(file, repr(found), expected, int(row[LINE]), fields[0])
