"""Does the map draw the areas of ``areas.csv``, each with closed outlines in England and the same facts?"""

from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Annotated, Any, Literal

import numpy as np
import pandas as pd
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from psc.faults import Fault, alike
from psc.geography.areas import MAP, load_catchments

SAME_IN_TABLE = ("name", "short_name", "hin_name", "label_lon", "label_lat", "area_km2", "population")
WEST, SOUTH, EAST, NORTH = -7.0, 49.5, 2.0, 56.0
"""A box round England, in degrees."""
FILE = f"boundaries/{MAP}"


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)


class _Properties(_Part):
    id: str
    name: str
    short_name: str
    ahsn_name: Annotated[str, Field(min_length=1)]
    hin_name: str
    label_lon: float
    label_lat: float
    area_km2: int
    population: int


class _Geometry(_Part):
    type: Literal["Polygon", "MultiPolygon"]
    coordinates: list[Any]


class _Feature(_Part):
    type: Literal["Feature"]
    id: str
    properties: _Properties
    geometry: _Geometry


class _Collection(_Part):
    type: Literal["FeatureCollection"]
    attribution: Annotated[str, Field(min_length=1)]
    features: list[_Feature]


def check_map(areas: pd.DataFrame, folder: Path) -> Iterator[Fault]:
    """Compare ``catchments.geojson`` with the table of areas (cells as text); yield every fault.

    Its form (keys, types) first; if that is sound, areas, properties and outlines.
    """
    content = load_catchments(folder)
    try:
        collection = _Collection.model_validate(content)
    except ValidationError as error:
        yield from _form_faults(error, content)
        return
    rows = dict(zip(areas["id"], areas.astype("str").to_dict("records"), strict=True))
    drawn = Counter(feature.properties.id for feature in collection.features)
    if drawn != Counter(rows.keys()):
        found = f"{drawn.total()} features: {', '.join(sorted(drawn))}"
        yield Fault(FILE, found, "one for each area of areas.csv")
        return
    for feature in collection.features:
        area = feature.properties.id
        if feature.id != area:
            yield Fault(FILE, feature.id, f"{area}, as in its properties", column=f"{area}.id")
        yield from _properties(feature.properties, rows[area])
        yield from _outline(feature.geometry, area)


def _form_faults(error: ValidationError, content: Any) -> list[Fault]:
    details = error.errors(include_url=False)
    return alike(
        (
            Fault(
                FILE,
                "no such property" if detail["type"] == "missing" else repr(detail["input"]),
                f"a GeoJSON feature collection of areas: {detail['msg']}",
                column=_where(detail["loc"], content),
            )
            for detail in details
        ),
        len(details),
    )


def _where(key: tuple[str | int, ...], content: Any) -> str | None:
    """A key as a person finds it: by the area's id rather than the number of its feature, where it has one."""
    with suppress(KeyError, IndexError, TypeError):
        key = (content["features"][key[1]]["properties"]["id"], *key[2:])
    return ".".join(str(part) for part in key if part != "properties") or None


def _properties(properties: _Properties, row: Mapping[Any, Any]) -> Iterator[Fault]:
    for name in SAME_IN_TABLE:
        value = getattr(properties, name)
        if str(value) != row[name]:
            yield Fault(FILE, str(value), f"{row[name]}, as in areas.csv", column=f"{row['id']}.{name}")


def _outline(geometry: _Geometry, area: str) -> Iterator[Fault]:
    expected = "polygons of longitude and latitude in England, each ring closed"
    polygons = [geometry.coordinates] if geometry.type == "Polygon" else geometry.coordinates
    try:
        rings = [_ring(ring) for polygon in polygons for ring in polygon]
    except (TypeError, ValueError, OverflowError):
        yield Fault(FILE, "no polygons", expected, column=f"{area}.geometry")
        return
    faults: Counter[str] = Counter()
    for ring in rings:
        lon, lat = ring.T
        faults["open or tiny rings"] += len(ring) < 4 or bool((ring[0] != ring[-1]).any())
        inside = (lon >= WEST) & (lon <= EAST) & (lat >= SOUTH) & (lat <= NORTH)
        faults["points outside England"] += int((~inside).sum())
    faults["empty outlines"] += not rings or not all(polygons)
    for what, number in faults.items():
        if number:
            yield Fault(FILE, f"{number} {what}", expected, column=f"{area}.geometry")


def _ring(points: Any) -> np.ndarray:
    # By exact type: true and false would pass for 1 and 0.
    if not {type(number) for point in points for number in point} <= {int, float}:
        raise TypeError("a point holds something else than numbers")
    ring = np.asarray(points, dtype=float)
    if ring.ndim != 2 or ring.shape[1] != 2:
        raise ValueError("a point is not a pair of numbers")
    return ring
