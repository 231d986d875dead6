"""Is ``data/boundaries`` what it says it is? All faults at once."""

import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from psc.faults import Fault
from psc.tables import LINE, check_package, read_table

PREFIX = "boundaries"
MAP = "catchments.geojson"
PROPERTIES = (
    "id",
    "name",
    "short_name",
    "ahsn_name",
    "hin_name",
    "label_lon",
    "label_lat",
    "area_km2",
    "population",
)
SAME_IN_TABLE = ("name", "short_name", "hin_name", "label_lon", "label_lat", "area_km2", "population")
WEST, SOUTH, EAST, NORTH = -7.0, 49.5, 2.0, 56.0
"""A box round England, in degrees."""


def check_boundaries(folder: Path) -> list[Fault]:
    """Compare every file of the boundaries folder with ``datapackage.json`` and with each other.

    Form first (schema, keys, files that are missing or not described); if that is sound, what must agree: weights
    of a code sum to 1, ages sum to the area's people, names do not end before they begin, LSOA ranges do not
    overlap, and the map draws the areas of the table. Returns every fault found; an empty list means sound.
    """
    faults = check_package(folder, prefix=PREFIX)
    if faults:
        return faults
    checks: Iterable[tuple[str, Callable[[pd.DataFrame, Path], Iterator[Fault]]]] = (
        ("geography_weights.csv", _weights),
        ("population.csv", _people),
        ("area_names.csv", _names),
        ("lsoa21_area.csv", _lsoas),
        ("areas.csv", _map),
    )
    return [fault for file, check in checks for fault in check(_table(folder, file), folder)]


def _table(folder: Path, file: str) -> pd.DataFrame:
    table, _ = read_table(folder / file, file=f"{PREFIX}/{file}")
    assert table is not None, "the file was read before"
    return table


def _weights(table: pd.DataFrame, _folder: Path) -> Iterator[Fault]:
    for column in ("weight", "weight_65_plus"):
        table[column] = table[column].astype(float)
        sums = table.groupby(["geography", "code"], sort=False, as_index=False).agg(
            total=(column, "sum"), line=(LINE, "first")
        )
        wrong = sums[(sums["total"] - 1).abs() > 1e-5]
        for code, total, line in zip(wrong["code"], wrong["total"], wrong["line"], strict=True):
            found = f"weights of {code} that sum to {total:.6g}"
            yield Fault(f"{PREFIX}/geography_weights.csv", found, "a sum of 1", int(line), column)


def _people(table: pd.DataFrame, folder: Path) -> Iterator[Fault]:
    table["people"] = table["people"].astype(int)
    areas = _table(folder, "areas.csv")
    for column, bands in (("population", None), ("population_65_plus", ["65-84", "85+"])):
        counted = table if bands is None else table[table["age_band"].isin(bands)]
        people = counted.groupby("area")["people"].sum()
        for row in areas.to_dict("records"):
            expected = int(people.get(row["id"], 0))
            if int(row[column]) != expected:
                wanted = f"{expected}, the sum of its ages in population.csv"
                yield Fault(f"{PREFIX}/areas.csv", row[column], wanted, int(row[LINE]), column)


def _names(table: pd.DataFrame, _folder: Path) -> Iterator[Fault]:
    dated = table[(table["from"] != "") & (table["to"] != "")]
    for row in dated[dated["from"] > dated["to"]].to_dict("records"):
        yield Fault(f"{PREFIX}/area_names.csv", row["to"], f"a day after {row['from']}", int(row[LINE]), "to")


def _lsoas(table: pd.DataFrame, _folder: Path) -> Iterator[Fault]:
    file = f"{PREFIX}/lsoa21_area.csv"
    end = ""
    for row in table.to_dict("records"):
        if row["first"] <= end:
            yield Fault(file, row["first"], f"a code after {end}", int(row[LINE]), "first")
        if row["last"] < row["first"]:
            yield Fault(file, row["last"], f"a code from {row['first']} on", int(row[LINE]), "last")
        end = max(end, row["last"])


def _map(areas: pd.DataFrame, folder: Path) -> Iterator[Fault]:
    file = f"{PREFIX}/{MAP}"
    try:
        features = json.loads((folder / MAP).read_text(encoding="utf-8"))["features"]
        drawn = {feature["properties"]["id"]: feature for feature in features}
    except (UnicodeDecodeError, json.JSONDecodeError, KeyError, TypeError) as error:
        yield Fault(file, f"{type(error).__name__}: {error}", "a GeoJSON feature collection with an id per feature")
        return
    rows = dict(zip(areas["id"], areas.astype("str").to_dict("records"), strict=True))
    if sorted(drawn) != sorted(rows) or len(features) != len(rows):
        found = f"{len(features)} features: {', '.join(sorted(map(str, drawn)))}"
        yield Fault(file, found, "one for each area of areas.csv")
        return
    for area, feature in drawn.items():
        yield from _properties(feature["properties"], rows[area], file)
        yield from _outline(feature.get("geometry"), area, file)


def _properties(properties: dict[str, Any], row: Mapping[Any, Any], file: str) -> Iterator[Fault]:
    for name in PROPERTIES:
        key = f"{row['id']}.{name}"
        if name not in properties:
            yield Fault(file, "no such property", f"a property {name}", column=key)
        elif name in SAME_IN_TABLE and str(properties[name]) != row[name]:
            yield Fault(file, str(properties[name]), f"{row[name]}, as in areas.csv", column=key)


def _outline(geometry: Any, area: str, file: str) -> Iterator[Fault]:
    expected = "polygons of longitude and latitude in England, each ring closed"
    try:
        polygons = {"Polygon": lambda c: [c], "MultiPolygon": list}[geometry["type"]](geometry["coordinates"])
        rings = [np.asarray(ring, dtype=float).reshape(-1, 2) for polygon in polygons for ring in polygon]
    except (KeyError, TypeError, ValueError):
        yield Fault(file, "no polygons", expected, column=f"{area}.geometry")
        return
    faults: dict[str, int] = defaultdict(int)
    for ring in rings:
        lon, lat = ring.T
        faults["open or tiny rings"] += len(ring) < 4 or bool((ring[0] != ring[-1]).any())
        faults["points outside England"] += int(((lon < WEST) | (lon > EAST) | (lat < SOUTH) | (lat > NORTH)).sum())
    faults["empty outlines"] += not rings
    for what, number in faults.items():
        if number:
            yield Fault(file, f"{number} {what}", expected, column=f"{area}.geometry")
