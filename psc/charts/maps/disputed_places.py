"""The map of the places cut out and the places others draw differently: one static SVG, numbered as the tables."""

from collections.abc import Mapping, Sequence
from html import escape
from math import hypot
from typing import Any

from psc.charts.maps.outline_paths import Point, path_data, projection_of, rings_of
from psc.charts.style.palette import DARK_BLUE, GREY, PALE_GREY, TEXT, WHITE

WIDTH = 640
"""Width of the picture in its own units; the height follows from the shape of the country."""
MARGIN = 8
MARKER = 28
"""Side of a square and diameter of a circle: numbers stay readable when a phone shows the picture at half size."""
APART = MARKER + 5
"""Least distance between the middles of two markers, halo included."""
ROUNDS = 200
"""More than enough to part the few markers that crowd each other."""


def places_svg(
    catchments: Mapping[str, Any], splits: Sequence[Mapping[str, str]], disputed: Sequence[Mapping[str, str]]
) -> str:
    """Return the 15 outlines with a numbered marker for every place, as a self-contained SVG document.

    ``catchments`` is the GeoJSON feature collection of the areas; ``splits`` and ``disputed`` are rows with ``place``,
    ``lon`` and ``lat`` (degrees). Numbers run on from the first split, 1, to the last disputed place, in the order
    given. Splits are filled squares, disputed places open circles; markers that would overlap are moved apart.
    Equirectangular projection, true to scale at the middle latitude of the map.
    """
    outlines = [rings_of(feature["geometry"]) for feature in catchments["features"]]
    project, height = projection_of([corner for rings in outlines for ring in rings for corner in ring], WIDTH, MARGIN)
    paths = (f'<path d="{path_data(rings, project)}"/>' for rings in outlines)
    places = [*splits, *disputed]
    spots = [project(float(place["lon"]), float(place["lat"])) for place in places]
    middles = _part(spots)
    markers = [
        _marker(number, place["place"], middle, square=number <= len(splits))
        for number, (place, middle) in enumerate(zip(places, middles, strict=True), start=1)
    ]
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" role="img" '
        f'aria-labelledby="title desc" font-family="Arial, sans-serif">'
        f'<title id="title">Map of the places cut out and the places others draw differently</title>'
        f'<desc id="desc">{escape(_description(splits, disputed))}</desc>'
        f'<g fill="{PALE_GREY}" stroke="{GREY}" stroke-width="0.8" stroke-linejoin="round">{"".join(paths)}</g>'
        f"{''.join(markers)}</svg>"
    )


def _part(spots: Sequence[Point]) -> list[Point]:
    """Move points apart, each of a close pair by half of what is missing, until all are ``APART``."""
    points = list(spots)
    pairs = [(one, other) for one in range(len(points)) for other in range(one)]
    for _ in range(ROUNDS):
        crowded = False
        for one, other in pairs:
            dx, dy = points[one][0] - points[other][0], points[one][1] - points[other][1]
            distance = hypot(dx, dy)
            if distance >= APART:
                continue
            crowded = True
            # A little more than is missing, so that rounding cannot leave a pair just too close for ever.
            step = (APART - distance) / 2 + 0.01
            across, down = (dx / distance, dy / distance) if distance else (1.0, 0.0)
            points[one] = (points[one][0] + across * step, points[one][1] + down * step)
            points[other] = (points[other][0] - across * step, points[other][1] - down * step)
        if not crowded:
            break
    return points


def _marker(number: int, place: str, middle: Point, *, square: bool) -> str:
    x, y = middle
    half = MARKER / 2
    if square:
        side = f'x="{x - half:.1f}" y="{y - half:.1f}" width="{MARKER}" height="{MARKER}" rx="2"'
        shape = f'<rect {side} fill="{DARK_BLUE}" stroke="{WHITE}" stroke-width="4" paint-order="stroke"/>'
        ink = WHITE
    else:
        shape = (
            f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{half + 2:g}" fill="{WHITE}"/>'
            f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{half - 1:g}" fill="{WHITE}" stroke="{TEXT}" stroke-width="2"/>'
        )
        ink = TEXT
    return (
        f'<g><title>{number} {escape(place)}</title>{shape}<text x="{x:.1f}" y="{y + 6.3:.1f}" font-size="18" '
        f'font-weight="700" text-anchor="middle" fill="{ink}">{number}</text></g>'
    )


def _description(splits: Sequence[Mapping[str, str]], disputed: Sequence[Mapping[str, str]]) -> str:
    said = [f"{number} {place['place']}" for number, place in enumerate([*splits, *disputed], start=1)]
    return (
        f"Outlines of the 15 areas. Squares, cut out of their NHS board: {'; '.join(said[: len(splits)])}. "
        f"Circles, places that others draw differently: {'; '.join(said[len(splits) :])}."
    )
