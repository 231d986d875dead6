"""Where a solution began and which areas took it up, as a static map that can be read without colour."""

import textwrap
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from html import escape
from typing import Any

from psc.charts.maps.adoption_stages import LOOKS, spread_counts
from psc.charts.maps.outline_paths import Outline, Point, Projection, hatch_data, path_data, projection_of, rings_of
from psc.charts.style.palette import GREY, SECONDARY_TEXT, TEXT, WHITE
from psc.narrate.words import describe_list

WIDTH, MARGIN = 400, 6
"""Width of the map in its own units, which a phone shows at four fifths, and what is left free around it."""
FINE = 0.7
"""Corners nearer than this to the one before are left out: the picture is small, and may come with every page."""
LONDON: tuple[Point, Point] = ((-0.55, 51.71), (0.36, 51.25))
"""North-western and south-eastern corner of what is shown enlarged."""
INSET_LABELS: dict[str, Point] = {
    "imperial": (-0.37, 51.545),
    "south-london": (-0.08, 51.41),
    "uclpartners": (0.04, 51.575),
}
"""Where the letters of the areas too small for one lie in the enlarged part."""
ONLY_IN_INSET = ("imperial", "south-london", "uclpartners")
NAME_SIZE, NAME_LINE = 9.5, 8
"""Type size of a name, and the characters after which it goes on in another line."""
SYMBOLS = 'font-weight="700" text-anchor="middle" paint-order="stroke"'
INSET_WIDTH, INSET_TITLE = 106, 15


@dataclass(frozen=True, slots=True)
class _Spread:
    stages: Mapping[str, str]
    origins: Collection[str]
    names: Mapping[str, str]
    short_names: Mapping[str, str]


def spread_svg(
    catchments: Mapping[str, Any], stages: Mapping[str, str], origins: Collection[str], names: Mapping[str, str]
) -> str:
    """Return the map: every area's outline filled by its stage, with a letter, and a star where the solution began.

    ``catchments`` is the GeoJSON feature collection of the areas, each with ``id``, ``short_name``, ``label_lon`` and
    ``label_lat``; ``stages`` maps ids to stages, ``origins`` are ids, ``names`` has the whole name for every id. London
    is shown enlarged too. Raises ValueError for an unknown stage and for an area that is not on the map.
    """
    areas = {feature["properties"]["id"]: feature["properties"] for feature in catchments["features"]}
    elsewhere = sorted(({*stages} | {*origins}) - {*areas})
    if elsewhere:
        raise ValueError(f"area: found {', '.join(elsewhere)}; expected one of {', '.join(areas)}")
    spread_counts(stages)
    names = {area: names[area] for area in areas}
    spread = _Spread(stages, origins, names, {area: about["short_name"] for area, about in areas.items()})
    outlines = [rings_of(feature["geometry"]) for feature in catchments["features"]]
    project, height = projection_of([corner for rings in outlines for ring in rings for corner in ring], WIDTH, MARGIN)
    rings = dict(zip(areas, outlines, strict=True))
    places = {
        area: (about["label_lon"], about["label_lat"]) for area, about in areas.items() if area not in ONLY_IN_INSET
    }
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" width="{WIDTH}" height="{height}" '
        f'role="img" font-family="Arial, sans-serif" fill="{TEXT}">'
        f"<title>Map of where it began and who took it up</title>"
        f"<desc>{escape(spread_description(stages, origins, names))}</desc>"
        f"{_areas(rings, project, spread)}{_labels(places, project, spread)}"
        f"{_inset(rings, project, spread)}{_key(spread)}</svg>"
    )


def spread_description(stages: Mapping[str, str], origins: Collection[str], names: Mapping[str, str]) -> str:
    """Return what the map shows in words, with the name of every area that ``names`` has."""
    parts = [("It began in", [names[area] for area in origins])]
    for stage, (title, *_) in LOOKS.items():
        parts.append((f"{title}:", [names[area] for area, other in stages.items() if other == stage]))
    parts.append(("None recorded:", [name for area, name in names.items() if area not in stages]))
    return " ".join(f"{words} {describe_list(sorted(found))}." for words, found in parts if found)


def _areas(rings: Mapping[str, Outline], project: Projection, spread: _Spread) -> str:
    drawn = []
    for area, outline in rings.items():
        stage = spread.stages.get(area)
        told = f"{spread.names[area]}: {LOOKS[stage][0] if stage else 'no adoption recorded'}"
        told += ". It began here." if area in spread.origins else ""
        hatch = f'<path d="{hatch_data(outline, project, 5)}" stroke="{TEXT}"/>' if stage == "stopped" else ""
        fill = f' fill="{LOOKS[stage][2]}"' if stage else ""
        drawn.append(
            f'<g><title>{escape(told)}</title><path d="{path_data(outline, project, FINE)}"{fill}/>{hatch}</g>'
        )
    return f'<g fill="{WHITE}" stroke="{GREY}" stroke-width="0.8" stroke-linejoin="round">{"".join(drawn)}</g>'


def _labels(places: Mapping[str, Point], project: Projection, spread: _Spread) -> str:
    """Return a star, a letter or both above each area's short name, where ``places`` (degrees) says."""
    drawn = []
    for area, place in places.items():
        x, y = project(*place)
        stage, began = spread.stages.get(area), area in spread.origins
        drawn.append(_name(spread.short_names[area], stage, x, y + 5 if stage or began else y - 5))
        aside = 8 if stage and began else 0
        drawn += [_star(x - aside, y - 9)] if began else []
        drawn += [_letter(stage, x + aside, y - 9)] if stage else []
    return f"<g {SYMBOLS}>{''.join(drawn)}</g>"


def _name(name: str, stage: str | None, x: float, y: float) -> str:
    ink, fill = (LOOKS[stage][3], LOOKS[stage][2]) if stage else (TEXT, WHITE)
    lines = "".join(
        f'<tspan x="{x:.1f}" y="{y + 3 + NAME_SIZE * number:.1f}">{escape(line)}</tspan>'
        for number, line in enumerate(textwrap.wrap(name, NAME_LINE, break_long_words=False))
    )
    return f'<text font-size="{NAME_SIZE}" fill="{ink}" stroke="{fill}" stroke-width="2.5">{lines}</text>'


def _letter(stage: str, x: float, y: float) -> str:
    _, letter, fill, ink = LOOKS[stage]
    return (
        f'<text x="{x:.1f}" y="{y + 5:.1f}" font-size="14" fill="{ink}" stroke="{fill}" '
        f'stroke-width="3">{letter}</text>'
    )


def _star(x: float, y: float) -> str:
    return (
        f'<path d="M{x:.1f} {y - 8:.1f}l2.4 5 5.4.6-4 3.7 1.1 5.4-4.9-2.7-4.9 2.7 1.1-5.4-4-3.7 5.4-.6z" '
        f'fill="{TEXT}" stroke="{WHITE}" stroke-width="2"/>'
    )


def _inset(rings: Mapping[str, Outline], country: Projection, spread: _Spread) -> str:
    """Return London enlarged in the North Sea, and its frame on the map of the country."""
    (west, north), (east, south) = (country(*corner) for corner in LONDON)
    project, height = projection_of(LONDON, INSET_WIDTH, 0)
    left, top = WIDTH - MARGIN - INSET_WIDTH, MARGIN + INSET_TITLE
    some = {area: rings[area] for area in INSET_LABELS}
    return (
        f'<rect x="{west:.1f}" y="{north:.1f}" width="{east - west:.1f}" height="{south - north:.1f}" fill="none" '
        f'stroke="{TEXT}"/><text x="{left}" y="{top - 4}" font-size="11" font-weight="700">London, enlarged</text>'
        f'<svg x="{left}" y="{top}" width="{INSET_WIDTH}" height="{height}">'
        f"{_areas(some, project, spread)}{_labels(INSET_LABELS, project, spread)}</svg>"
        f'<rect x="{left}" y="{top}" width="{INSET_WIDTH}" height="{height}" fill="none" stroke="{TEXT}"/>'
    )


def _key(spread: _Spread) -> str:
    """Return what the fills and symbols of this map mean, in the Irish Sea."""
    said = [stage for stage in LOOKS if stage in spread.stages.values()]
    rows = [(_swatch(stage), LOOKS[stage][0]) for stage in said] + [(_swatch(None), "None recorded")]
    rows += [(_star(9, 7.5), "It began here")] if spread.origins else []
    return "".join(
        f'<g transform="translate({MARGIN} {MARGIN + 18 * number})"><g {SYMBOLS}>{symbol}</g>'
        f'<text x="24" y="11.5" font-size="11">{words}</text></g>'
        for number, (symbol, words) in enumerate(rows)
    )


def _swatch(stage: str | None) -> str:
    fill = LOOKS[stage][2] if stage else WHITE
    box = f'<rect width="18" height="15" fill="{fill}" stroke="{SECONDARY_TEXT}"/>'
    hatch = f'<path d="M0 9l9-9M0 15l15-15M9 15l9-9" stroke="{TEXT}"/>' if stage == "stopped" else ""
    return box + hatch + (_letter(stage, 9, 7.5) if stage else "")
