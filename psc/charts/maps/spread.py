"""How far a solution has spread among the 15 areas, ready for a page: a funnel of stages and a map, both in words too.

Streamlit takes SVG elements out of a page's HTML, so both pictures travel as images with their words beside them.
"""

from base64 import b64encode
from collections.abc import Collection, Mapping
from html import escape
from typing import Any

from psc.charts.maps.adoption_stages import LOOKS, STEPS, describe_spread, steps_shown
from psc.charts.maps.adoption_stages import spread_counts as spread_counts
from psc.charts.maps.spread_map import spread_description
from psc.charts.maps.spread_map import spread_svg as spread_svg
from psc.charts.style.palette import GREY, TEXT, WHITE
from psc.register.records.priority import AREA_COUNT

CELL, ROW, CELLS_FROM, WIDTH = 15, 26, 142, 400


def spread_funnel(stages: Mapping[str, str]) -> str:
    """Return the funnel as HTML: a cell for each of the 15 areas in a row for each stage, and the same in words.

    ``stages`` maps the ids of areas to their stages. Each row counts the areas that came at least so far, or says
    that none is recorded; what stopped and what has no known stage stands beneath. Raises ValueError for an unknown
    stage.
    """
    words = f"<figcaption>{escape(describe_spread(stages))}</figcaption>"
    if not stages:
        return f'<figure class="psc-figure">{words}</figure>'
    counts = spread_counts(stages)
    rows = steps_shown(counts)
    beside = [stage for stage in ("stopped", "unknown") if counts[stage]]
    drawn = [_row(stage, counts[stage], number * ROW) for number, stage in enumerate(rows)]
    drawn += [_row(stage, counts[stage], number * ROW + 8) for number, stage in enumerate(beside, start=len(rows))]
    height = ROW * len(drawn) + (8 if beside else 0)
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" width="{WIDTH}" height="{height}" '
        f'font-family="Arial, sans-serif" font-size="13" fill="{TEXT}">{"".join(drawn)}</svg>'
    )
    return f'<figure class="psc-figure">{_image(svg, "")}{words}</figure>'


def spread_map(
    catchments: Mapping[str, Any], stages: Mapping[str, str], origins: Collection[str], names: Mapping[str, str]
) -> str:
    """Return the map of `spread_svg` as HTML, with the same facts as its text alternative."""
    svg = spread_svg(catchments, stages, origins, names)
    areas = [feature["properties"]["id"] for feature in catchments["features"]]
    words = spread_description(stages, origins, {area: names[area] for area in areas})
    return f'<figure class="psc-figure">{_image(svg, words)}</figure>'


def _image(svg: str, words: str) -> str:
    return f'<img src="data:image/svg+xml;base64,{b64encode(svg.encode()).decode()}" alt="{escape(words)}">'


def _row(stage: str, count: int, top: int) -> str:
    title, _, fill, _ = LOOKS[stage]
    further = " or further" if stage in STEPS[:-1] else ""
    name = f'<text x="0" y="{top + 18}">{title}{further}</text>'
    if not count:
        return f'{name}<text x="{CELLS_FROM}" y="{top + 18}">not recorded</text>'
    cells = []
    for number in range(AREA_COUNT if stage in STEPS else count):
        x, y = CELLS_FROM + number * CELL, top + 5
        shape = f'<rect x="{x}" y="{y}" width="{CELL - 3}" height="16" '
        cells.append(f'{shape}fill="{fill if number < count else WHITE}" stroke="{GREY}"/>')
        if stage == "stopped":
            cells.append(f'<path d="M{x} {y + 8}l8-8M{x} {y + 16}l12-12M{x + 6} {y + 16}l6-6" stroke="{TEXT}"/>')
    return (
        f"{name}{''.join(cells)}"
        f'<text x="{CELLS_FROM + AREA_COUNT * CELL + 6}" y="{top + 18}" font-weight="700">{count}</text>'
    )
