"""From 33,755 small areas to 15 light polygons that still fit each other edge to edge.

Polygons are in British National Grid metres (EPSG:27700) until the last step, so that tolerances and areas
mean something. Needs geopandas and shapely: only the build imports this module, never a page.
"""

from collections.abc import Mapping, Sequence
from pathlib import Path

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import pandas as pd
import shapely

Shapes = npt.NDArray[np.object_]

METRES = 27700
DEGREES = 4326
DECIMALS = 4
"""Decimals of a published coordinate: 0.0001° is about 11 m north to south and 7 m east to west."""

SMALLEST_ISLAND = 1e6
"""Square metres. Smaller islands are left off the drawn map; St Mary's and Tresco (Isles of Scilly) stay."""

SEA_MARGIN = 5_000

TOLERANCES: tuple[tuple[float, tuple[str, ...]], ...] = (
    (300, ("imperial", "south-london")),
    (450, ("uclpartners",)),
    (550, ("manchester", "north-west-coast")),
    (680, ("wessex", "south-west", "west-of-england")),
    (800, ()),
)
"""Metres, finest first, and the areas that are finished after each step. London is a fortieth of the size of
the South West and would lose its shape at the tolerance that suits the rest; jagged coasts come next."""


def dissolve(raw: Path) -> dict[str, shapely.Geometry]:
    """Area id → exact union of its LSOA 2021 polygons, in British National Grid metres, sorted by id.

    ``raw`` is the folder of raw files. This is the polygon for point-in-polygon questions.
    Raises ``ValueError`` if a small area of the lookup has no polygon.
    """
    lookup = pd.read_csv(raw / "boundaries" / "lookup_lsoa21_psc.csv", usecols=["lsoa21_code", "psc_id"])
    polygons = gpd.read_file(raw / "boundaries" / "lsoa21_bsc_v4.gpkg", columns=["lsoa21_code"])
    polygons = polygons.merge(lookup, on="lsoa21_code", how="inner")
    if len(polygons) != len(lookup):
        raise ValueError(f"{len(lookup) - len(polygons)} of {len(lookup)} small areas have no polygon")
    polygons = polygons.sort_values("lsoa21_code").to_crs(METRES)
    # 13 internal edges of the published polygons do not match to the millimetre (all inside one area). A plain
    # union closes them; what is left of them are slivers of about a square metre, filled here.
    return {
        area: _without_holes(shapely.union_all(group.geometry.to_numpy()))
        for area, group in polygons.groupby("psc_id", sort=True)
    }


def simplify(exact: Mapping[str, shapely.Geometry]) -> dict[str, shapely.Geometry]:
    """Light polygons for drawing, in longitude and latitude rounded to four decimals.

    The result is a coverage: valid polygons, no gap and no overlap between neighbours. Shared edges are
    simplified once (Visvalingam–Whyatt, as a coverage), finest areas first; then all edges are snapped to the
    rounding grid together, so that rounding cannot tear neighbours apart.
    """
    ids = list(exact)
    shapes = _tidy_islands(np.array(list(exact.values()), dtype=object))
    finished: set[str] = set()
    for tolerance, areas in TOLERANCES:
        todo = [i for i, area in enumerate(ids) if area not in finished]
        # With the sea as one more polygon the coast is an inner edge, and is simplified; the edges of finished
        # areas are outer edges, and are not touched.
        members = np.array([*shapes[todo], _sea(shapes)], dtype=object)
        shapes[todo] = shapely.coverage_simplify(members, tolerance, simplify_boundary=False)[:-1]
        finished.update(areas)
    return dict(zip(ids, _snap(to_degrees(shapes)), strict=True))


def to_degrees(shapes: Shapes) -> Shapes:
    """Geometries in British National Grid metres → longitude and latitude (WGS 84)."""
    return gpd.GeoSeries(list(shapes), crs=METRES).to_crs(DEGREES).to_numpy()


def to_metres(shapes: Shapes) -> Shapes:
    """Geometries in longitude and latitude (WGS 84) → British National Grid metres."""
    return gpd.GeoSeries(list(shapes), crs=DEGREES).to_crs(METRES).to_numpy()


def label_point(shape: shapely.Geometry) -> tuple[float, float]:
    """Longitude and latitude of the centre of the largest circle that fits in ``shape`` (in degrees).

    Found in metres, to within 100 m, in the largest part; always inside, unlike a centroid.
    """
    parts = shapely.get_parts(to_metres(np.array([shape], dtype=object)))
    largest = parts[np.argmax(shapely.area(parts))]
    radius = shapely.maximum_inscribed_circle(largest, tolerance=100)
    point = to_degrees(np.array([shapely.get_point(radius, 0)], dtype=object))[0]
    return round(point.x, DECIMALS), round(point.y, DECIMALS)


def _tidy_islands(shapes: Shapes) -> Shapes:
    """Drop islets; give crumbs that touch another area (across a river, mostly) to that neighbour."""
    parts: list[list[shapely.Geometry]] = [[] for _ in shapes]
    for owner, shape in enumerate(shapes):
        for part in shapely.get_parts(shape):
            if part.area >= SMALLEST_ISLAND:
                parts[owner].append(part)
                continue
            shared = shapely.length(shapely.intersection(shapely.boundary(part), shapely.boundary(shapes)))
            shared[owner] = 0
            if shared.max() > 0:
                parts[int(shared.argmax())].append(part)
    return np.array([_without_holes(shapely.union_all(some)) for some in parts], dtype=object)


def _sea(shapes: Shapes) -> shapely.Geometry:
    land = shapely.coverage_union_all(shapes)
    frame = shapely.buffer(shapely.envelope(land), SEA_MARGIN, join_style="mitre")
    return shapely.difference(frame, land)


def _snap(shapes: Shapes) -> Shapes:
    """Round coordinates as one drawing: node all edges on the grid, rebuild the faces, give each its owner."""
    edges = shapely.union_all(shapely.boundary(shapes), grid_size=10**-DECIMALS)
    faces = shapely.get_parts(shapely.polygonize(shapely.get_parts(edges)))
    face, owner = shapely.STRtree(shapes).query(shapely.point_on_surface(faces), predicate="within")
    return np.array([_finish(shapely.coverage_union_all(faces[face[owner == i]])) for i in range(len(shapes))])


def _finish(shape: shapely.Geometry) -> shapely.Geometry:
    # The same start and direction of every ring, whatever order the faces came in (GeoJSON: shells anticlockwise).
    rounded = shapely.transform(_without_holes(shape), lambda xy: np.round(xy, DECIMALS))
    return shapely.orient_polygons(shapely.normalize(rounded), exterior_cw=False)


def _without_holes(shape: shapely.Geometry) -> shapely.Geometry:
    """No area lies inside another, so a hole is a sliver between edges that do not quite match."""
    shells: Sequence[shapely.Polygon] = [shapely.Polygon(part.exterior) for part in shapely.get_parts(shape)]
    return shells[0] if len(shells) == 1 else shapely.MultiPolygon(shells)
