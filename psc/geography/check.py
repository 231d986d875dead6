"""Is ``data/boundaries`` what it says it is? All faults at once."""

from collections.abc import Callable, Iterator, Mapping
from functools import partial
from pathlib import Path

import pandas as pd

from psc.data_package import check_package, read_package
from psc.faults import Fault, InvalidData
from psc.files.unforeseen import faults_of
from psc.geography.areas import MAP
from psc.geography.coverage_check import check_lsoas, check_organisations, check_weights
from psc.geography.map_check import check_map
from psc.tables import LINE, read_table

Check = Callable[[pd.DataFrame, pd.DataFrame], Iterator[Fault]]
"""From the cells of a table, as text, and those of areas.csv to faults."""
PREFIX = "boundaries"
NEEDED: Mapping[str, str] = {
    "areas.csv": (
        "id name short_name psc_name hin_name website places population population_65_plus area_km2 label_lon "
        "label_lat tile_col tile_row north_to_south straddles unverified"
    ),
    "area_names.csv": "area name from to kind source verified",
    "geography_weights.csv": "geography code area weight weight_65_plus population population_65_plus",
    "population.csv": "area age_band people",
    "organisations.csv": "ods_code name area basis lon lat status",
    "organisation_successors.csv": "old_code new_code date",
    "former_organisations.csv": "ods_code name area",
    "lsoa21_area.csv": "first last area",
    "splits.csv": "place lon lat population rest_of_icb area how_cut evidence",
    "disputed_places.csv": "place lon lat drawn_in also_linked_to why",
    MAP: "",
    "how-the-lines-were-drawn.md": "",
}
"""What the programs read: the files, and the columns of the tables."""


def check_boundaries(folder: Path) -> list[Fault]:
    """Compare every file of the boundaries folder with ``datapackage.json`` and with each other.

    Form first (schema, keys, files that are missing or not described); if that is sound, what must agree: weights
    of a code sum to 1 and cover everybody, ages sum to the area's people, names do not end before they begin, small
    areas are all there and in one range each, and the map draws the areas of the table. Returns every fault found; an
    empty list means sound.
    """
    faults = check_package(folder, prefix=PREFIX) or _needed(folder)
    if faults:
        return faults
    areas = _table(folder, "areas.csv")
    checks: tuple[tuple[str, Check], ...] = (
        ("geography_weights.csv", check_weights),
        ("population.csv", _people),
        ("area_names.csv", _names),
        ("lsoa21_area.csv", check_lsoas),
        ("organisations.csv", check_organisations),
    )
    for file, check in checks:
        faults += faults_of(partial(_checked, check, folder, file, areas), f"{PREFIX}/{file}")
    return faults + faults_of(lambda: list(check_map(areas, folder)), f"{PREFIX}/{MAP}")


def _checked(check: Check, folder: Path, file: str, areas: pd.DataFrame) -> list[Fault]:
    return list(check(_table(folder, file), areas))


def _needed(folder: Path) -> list[Fault]:
    """Files and columns that the programs read and the package does not describe."""
    resources = {resource.path: resource for resource in read_package(folder, prefix=PREFIX).resources}
    faults = []
    for path, columns in NEEDED.items():
        resource = resources.get(path)
        if resource is None:
            faults.append(Fault(f"{PREFIX}/datapackage.json", f"no resource for {path}", "one for each file in use"))
        elif resource.is_table:
            described = {field["name"] for field in resource.schema_["fields"]}
            faults += [
                Fault(f"{PREFIX}/datapackage.json", f"no column {name} of {path}", "every column in use")
                for name in columns.split()
                if name not in described
            ]
    return faults


def _table(folder: Path, file: str) -> pd.DataFrame:
    table, faults = read_table(folder / file, file=f"{PREFIX}/{file}")
    if table is None:
        raise InvalidData(faults)
    return table


def _people(table: pd.DataFrame, areas: pd.DataFrame) -> Iterator[Fault]:
    table = table.assign(people=table["people"].astype(int))
    for column, bands in (("population", None), ("population_65_plus", ["65-84", "85+"])):
        counted = table if bands is None else table[table["age_band"].isin(bands)]
        people = counted.groupby("area")["people"].sum()
        for row in areas.to_dict("records"):
            expected = int(people.get(row["id"], 0))
            if int(row[column]) != expected:
                wanted = f"{expected}, the sum of its ages in population.csv"
                yield Fault(f"{PREFIX}/areas.csv", row[column], wanted, int(row[LINE]), column)


def _names(table: pd.DataFrame, _areas: pd.DataFrame) -> Iterator[Fault]:
    dated = table[(table["from"] != "") & (table["to"] != "")]
    for row in dated[dated["from"] > dated["to"]].to_dict("records"):
        yield Fault(f"{PREFIX}/area_names.csv", row["to"], f"a day after {row['from']}", int(row[LINE]), "to")
