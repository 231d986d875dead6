"""The outlines of the drawn map as shapes, and whether each is where, and as large as, the tables say.

Only for the checks: a page never imports this module, which needs shapely. Longitude and latitude in degrees; square
kilometres are those of a sphere with the area of the Earth, which is right to half a percent in England.
"""

import json
from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np
import pandas as pd
import shapely

from psc.faults import Fault, alike
from psc.files.tables import LINE
from psc.geography.areas import MAP

FILE = f"boundaries/{MAP}"
TRUSTS = "boundaries/organisations.csv"
EARTH_KM = 6371.007
"""Radius of the sphere that has as much surface as the Earth."""
MIDDLE_OF_ENGLAND = np.cos(np.radians(53.0))
"""How much shorter a degree of longitude is there than one of latitude."""
KM_IN_A_DEGREE = 111.2
LARGEST_DIFFERENCE = 0.1
"""By how much of itself a drawn area may differ from the measured one; those drawn differ by less than a hundredth."""
LARGEST_OVERLAP = 0.01
"""How much of the smaller of two areas may lie under the other, where lines were simplified apart."""
FARTHEST_KM: Mapping[str, float] = {"headquarters": 5, "NHS England list": 50}
"""How far outside its area a trust may stand, by what placed it there: drawn lines are simplified, and a list may give
a trust to the area next door."""
NEAR_KM = 5
"""The same for a place that was cut out or is disputed."""

Shapes = Mapping[str, shapely.Geometry]


def shapes_of(features: Mapping[str, Any]) -> dict[str, shapely.Geometry]:
    """Area id → shape, from area id → GeoJSON geometry without faults of form."""
    return {area: shapely.from_geojson(json.dumps(geometry)) for area, geometry in features.items()}


def check_outlines(shapes: Shapes, areas: pd.DataFrame) -> Iterator[Fault]:
    """Each outline is a proper one of the area's size around its label, and none lies under another."""
    sound: dict[str, shapely.Geometry] = {}
    for row in areas.to_dict("records"):
        area, shape = row["id"], shapes[row["id"]]
        faults = list(_alone(shape, row))
        yield from faults
        if not faults:
            sound[area] = shape
    if not shapely.coverage_is_valid(list(sound.values())):
        yield from _overlaps(sound)


def _alone(shape: shapely.Geometry, row: Mapping[Any, Any]) -> Iterator[Fault]:
    column = f"{row['id']}.geometry"
    if not shapely.is_valid(shape):
        _, _, place = shapely.is_valid_reason(shape).partition("[")
        at = f" near {place.rstrip(']').replace(' ', ', ')}" if place else ""
        found = f"an outline that crosses or repeats itself{at}"
        yield Fault(FILE, found, "rings that go round once, apart from each other", column=column)
        return
    drawn, measured = float(shapely.area(_square_kilometres(shape))), float(row["area_km2"])
    if abs(drawn - measured) > LARGEST_DIFFERENCE * measured:
        expected = (
            f"about {measured:,.0f} km², the area_km2 in areas.csv: the outline is another's, or that number wrong"
        )
        yield Fault(FILE, f"an outline of {drawn:,.4g} km²", expected, column=column)
        return
    lon, lat = float(row["label_lon"]), float(row["label_lat"])
    if not shapely.contains_xy(shape, lon, lat):
        expected = "label_lon and label_lat of a point inside the area's outline in catchments.geojson"
        yield Fault("boundaries/areas.csv", f"{lon}, {lat}", expected, int(row[LINE]), "label_lon")


def _overlaps(shapes: Shapes) -> Iterator[Fault]:
    names = list(shapes)
    surfaces = [_square_kilometres(shape) for shape in shapes.values()]
    pairs = shapely.STRtree(surfaces).query(surfaces, predicate="intersects").T
    for one, other in pairs[pairs[:, 0] < pairs[:, 1]]:
        shared = float(shapely.area(shapely.intersection(surfaces[one], surfaces[other])))
        if shared > LARGEST_OVERLAP * min(shapely.area(surfaces[one]), shapely.area(surfaces[other])):
            found = f"an outline with {shared:,.4g} km² of {names[other]} in it"
            yield Fault(FILE, found, "areas beside each other", column=f"{names[one]}.geometry")


def check_places(shapes: Shapes, table: pd.DataFrame, file: str, column: str) -> Iterator[Fault]:
    """Each place of a table lies in the area that the table gives in ``column``, or near it."""
    for row in table.to_dict("records"):
        far = _kilometres_outside(shapes[row[column]], float(row["lon"]), float(row["lat"]))
        if far > NEAR_KM:
            found = f"{row['lon']}, {row['lat']}, {far:,.0f} km outside {row[column]}"
            yield Fault(file, found, f"the place of {row['place']}, in the area that draws it", int(row[LINE]), "lon")


def check_trusts(shapes: Shapes, trusts: pd.DataFrame) -> Iterator[Fault]:
    """A trust stands in its area, or near enough; one without an area stands in none, as those of Wales do."""
    outside = trusts[(trusts["area"] == "") & (trusts["basis"] == "headquarters")].astype({"lon": float, "lat": float})
    named = []
    for row in outside.to_dict("records"):
        here = [area for area, shape in shapes.items() if shapely.contains_xy(shape, row["lon"], row["lat"])]
        if here:
            expected = f"{here[0]}, where its head office stands (only trusts in Wales have no area)"
            named.append(Fault(TRUSTS, f"no area for {row['ods_code']}", expected, int(row[LINE]), "area"))
    yield from alike(named, len(named))
    placed = trusts[trusts["area"] != ""].astype({"lon": float, "lat": float})
    shapely.prepare(list(shapes.values()))
    inside = shapely.contains_xy([shapes[area] for area in placed["area"]], placed["lon"], placed["lat"])
    for row in placed[~inside].to_dict("records"):
        far = _kilometres_outside(shapes[row["area"]], row["lon"], row["lat"])
        if far > FARTHEST_KM[row["basis"]]:
            found = f"{row['area']} for {row['ods_code']}, whose head office stands {far:,.0f} km outside it"
            yield Fault(TRUSTS, found, "the area it stands in, or its right place", int(row[LINE]), "area")


def _kilometres_outside(shape: shapely.Geometry, lon: float, lat: float) -> float:
    narrowed = shapely.transform(shape, lambda points: points * [MIDDLE_OF_ENGLAND, 1.0])
    return float(shapely.distance(narrowed, shapely.Point(lon * MIDDLE_OF_ENGLAND, lat))) * KM_IN_A_DEGREE


def _square_kilometres(shape: shapely.Geometry) -> shapely.Geometry:
    """The shape in a projection (Lambert's cylindrical) in which surfaces are those on the sphere, in km."""
    return shapely.transform(
        shape, lambda points: EARTH_KM * np.column_stack([np.radians(points[:, 0]), np.sin(np.radians(points[:, 1]))])
    )
