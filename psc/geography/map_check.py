"""Does the map draw the areas of ``areas.csv``, each with closed outlines in England and the same facts?"""

from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import suppress
from typing import Annotated, Any, Literal

import numpy as np
import pandas as pd
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from psc.faults import Fault, alike
from psc.files.plain_words import in_words
from psc.geography.areas import MAP, load_catchments
from psc.geography.sound_tables import Tables

SAME_IN_TABLE = ("name", "short_name", "hin_name", "label_lon", "label_lat", "area_km2", "population")
WEST, SOUTH, EAST, NORTH = -7.0, 49.5, 2.0, 56.0
"""A box round England, in degrees."""
FILE = f"boundaries/{MAP}"
MOST_POINTS = 20_000
"""Of all outlines together; those drawn have 5,000. The map travels to every reader."""


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


def check_map(tables: Tables) -> Iterator[Fault]:
    """Compare ``catchments.geojson`` with the tables; yield every fault.

    Its form (keys, types) first; if that is sound, areas, properties and rings; and if those are, what the outlines
    enclose: an area of the right size, its label, its trusts and places.
    """
    areas = tables["areas.csv"]
    content = load_catchments(tables.folder)
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
    former = _last_of_kind(tables["area_names.csv"], "AHSN")
    faults: list[Fault] = []
    for feature in collection.features:
        area = feature.properties.id
        if feature.id != area:
            yield Fault(FILE, feature.id, f"{area}, as in its properties", column=f"{area}.id")
        yield from _properties(feature.properties, rows[area])
        if (name := feature.properties.ahsn_name) != former.get(area):
            expected = f"{former.get(area)}, the last name of kind AHSN in area_names.csv"
            yield Fault(FILE, name, expected, column=f"{area}.ahsn_name")
        faults += _outline(feature.geometry, area)
    yield from faults or _enclosed(collection, tables)


def _last_of_kind(names: pd.DataFrame, kind: str) -> dict[str, str]:
    """The name of that kind which each area has last in the table, where the oldest stands first."""
    some = names[names["kind"] == kind]
    return dict(zip(some["area"], some["name"], strict=True))


def _enclosed(collection: _Collection, tables: Tables) -> Iterator[Fault]:
    from psc.geography import outlines  # only for a map whose form is sound

    points = sum(_points(feature.geometry.coordinates) for feature in collection.features)
    if points > MOST_POINTS:
        yield Fault(FILE, f"{points:,} points in its outlines", f"at most {MOST_POINTS:,}: simplify the lines")
        return
    shapes = outlines.shapes_of({each.properties.id: each.geometry.model_dump() for each in collection.features})
    if faults := list(outlines.check_outlines(shapes, tables["areas.csv"])):
        yield from faults
        return
    yield from outlines.check_trusts(shapes, tables["organisations.csv"])
    for file, column in (("splits.csv", "area"), ("disputed_places.csv", "drawn_in")):
        yield from outlines.check_places(shapes, tables[file], f"boundaries/{file}", column)


def _points(coordinates: Any) -> int:
    """How many pairs of numbers there are in nested lists."""
    return 1 if isinstance(coordinates[0], int | float) else sum(map(_points, coordinates))


def _form_faults(error: ValidationError, content: Any) -> list[Fault]:
    details = error.errors(include_url=False)
    return alike(
        (
            Fault(
                FILE,
                "no such property" if detail["type"] == "missing" else in_words(detail)[0],
                f"a GeoJSON feature collection of areas: {in_words(detail)[1]}",
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
