"""Is ``data/boundaries`` what it says it is? All faults at once."""

from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

from psc.faults import Fault, InvalidData
from psc.files.data_package import check_files, read_package
from psc.files.unforeseen import faults_of
from psc.geography.areas import MAP
from psc.geography.areas_check import check_areas, check_names
from psc.geography.coverage_check import check_lsoas, check_weights
from psc.geography.map_check import check_map
from psc.geography.references_check import check_disputed_places, check_former, check_splits
from psc.geography.sound_tables import Tables
from psc.geography.table_rules import check_rules
from psc.geography.trusts_check import check_organisations, check_successors

Check = Callable[[Tables], Iterator[Fault]]
PREFIX = "boundaries"
CHECKS: tuple[tuple[str, Check], ...] = (
    ("areas.csv", check_areas),
    ("area_names.csv", check_names),
    ("geography_weights.csv", check_weights),
    ("lsoa21_area.csv", check_lsoas),
    ("organisations.csv", check_organisations),
    ("organisation_successors.csv", check_successors),
    ("former_organisations.csv", check_former),
    ("splits.csv", check_splits),
    ("disputed_places.csv", check_disputed_places),
    (MAP, check_map),
)
"""What must agree once the form is sound, each with the file that a fault nobody foresaw is laid to."""


def check_boundaries(folder: Path) -> list[Fault]:
    """Compare every file of the boundaries folder with ``datapackage.json`` and with each other.

    Form first (files that are missing or not described, columns, types, keys, and that the package says what the
    programs rely on); if that is sound, what must agree. Returns every fault found; an empty list means sound.
    """
    try:
        package = read_package(folder, prefix=PREFIX)
    except InvalidData as invalid:
        return invalid.faults
    faults = check_files(folder, package, prefix=PREFIX) + list(check_rules(package))
    if faults:
        return faults
    tables = Tables(folder)
    for file, check in CHECKS:
        faults += faults_of(partial(_all, check, tables), f"{PREFIX}/{file}")
    return faults


def _all(check: Check, tables: Tables) -> list[Fault]:
    return list(check(tables))
