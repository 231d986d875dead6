"""The outlines of the areas as SVG paths, in a projection that is true to scale at the middle latitude of the map."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import ceil, cos, floor, hypot, radians, sqrt
from typing import Any

CLOSE = 0.4
"""Corners of an outline nearer than this to the one before are not worth their bytes."""

Point = tuple[float, float]
"""Longitude and latitude in degrees, or x and y in the units of a picture."""
Outline = list[list[Point]]
"""The rings of one area, in degrees; the last corner of each is its first."""


@dataclass(frozen=True, slots=True)
class Projection:
    """Equirectangular, from degrees to the units of a picture with x to the right and y down."""

    west: float
    north: float
    narrowing: float
    scale: float
    left: float
    top: float

    def __call__(self, lon: float, lat: float) -> Point:
        """Return x and y of a place given in degrees."""
        return self.left + (lon - self.west) * self.narrowing * self.scale, self.top + (self.north - lat) * self.scale


def projection_of(corners: Sequence[Point], width: float, margin: float) -> tuple[Projection, int]:
    """Return the projection that fills a picture of ``width`` with the ``corners`` (degrees), and its height.

    Both are in the units of the picture; ``margin`` is left free on every side.
    """
    lons, lats = zip(*corners, strict=True)
    west, north = min(lons), max(lats)
    narrowing = cos(radians((min(lats) + north) / 2))
    scale = (width - 2 * margin) / ((max(lons) - west) * narrowing)
    height = round((north - min(lats)) * scale) + round(2 * margin)
    return Projection(west, north, narrowing, scale, margin, margin), height


def rings_of(geometry: Mapping[str, Any]) -> Outline:
    """Return the rings of a GeoJSON polygon or multipolygon."""
    polygons = [geometry["coordinates"]] if geometry["type"] == "Polygon" else geometry["coordinates"]
    return [[(lon, lat) for lon, lat in ring] for polygon in polygons for ring in polygon]


def path_data(rings: Outline, project: Projection, close: float = CLOSE) -> str:
    """Return one area's outline as the data of a path, in relative steps of 0.1; rings too small to see are left out.

    Corners nearer than ``close`` to the one before are left out too.
    """
    drawn = []
    for ring in rings:
        corners = [project(lon, lat) for lon, lat in ring]
        kept = [corners[0]]
        for corner in corners[1:-1]:
            if hypot(corner[0] - kept[-1][0], corner[1] - kept[-1][1]) >= close:
                kept.append(corner)
        if len(kept) < 3:
            continue
        tenths = [(round(x * 10), round(y * 10)) for x, y in kept]
        steps = [(x - before[0], y - before[1]) for before, (x, y) in pairwise(tenths)]
        start = f"M{tenths[0][0] / 10:g} {tenths[0][1] / 10:g}l"
        drawn.append(start + " ".join(f"{dx / 10:g} {dy / 10:g}" for dx, dy in steps).replace(" -", "-") + "z")
    return "".join(drawn)


def hatch_data(rings: Outline, project: Projection, apart: float) -> str:
    """Return slanted lines that fill one area, as the data of a path; the lines are ``apart`` units from each other.

    Every line is cut by the outline an even number of times and drawn from each odd cut to the next. Lines of its own
    need no pattern to refer to, so the picture can stand in any page more than once.
    """
    turned = [[(x + y, y - x) for x, y in (project(lon, lat) for lon, lat in ring)] for ring in rings]
    edges = [edge for ring in turned for edge in pairwise(ring)]
    heights = [height for ring in turned for _, height in ring]
    gap = apart * sqrt(2)
    lines = []
    for number in range(ceil(min(heights) / gap), floor(max(heights) / gap) + 1):
        at = number * gap
        cuts = sorted(
            along + (at - height) / (next_height - height) * (next_along - along)
            for (along, height), (next_along, next_height) in edges
            if (height <= at) != (next_height <= at)
        )
        lines += [
            f"M{(start - at) / 2:.1f} {(start + at) / 2:.1f}l{(end - start) / 2:.1f} {(end - start) / 2:.1f}"
            for start, end in zip(cuts[::2], cuts[1::2], strict=True)
        ]
    return "".join(lines)
