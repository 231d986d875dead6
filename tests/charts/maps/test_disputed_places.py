"""The map of cut and disputed places: every place has its number, where it lies, in one safe and light picture."""

import csv
import re
from itertools import combinations
from math import hypot
from xml.etree import ElementTree

import pytest

from psc.charts.maps.disputed_places import MARKER, places_svg
from psc.geography.areas import load_catchments
from psc.settings import data_folder

SVG = "{http://www.w3.org/2000/svg}"
BOUNDARIES = data_folder() / "boundaries"


def rows(file):
    with (BOUNDARIES / file).open(encoding="utf-8", newline="") as handle:
        return list(csv.DictReader(handle))


@pytest.fixture(scope="module")
def splits():
    return rows("splits.csv")


@pytest.fixture(scope="module")
def disputed():
    return rows("disputed_places.csv")


@pytest.fixture(scope="module")
def svg(splits, disputed):
    return places_svg(load_catchments(BOUNDARIES), splits, disputed)


@pytest.fixture(scope="module")
def picture(svg):
    return ElementTree.fromstring(svg)


def markers(picture):
    """Number → (place, middle, tag of its shape)."""
    found = {}
    for group in picture.iter(f"{SVG}g"):
        text = group.find(f"{SVG}text")
        if text is None:
            continue
        number, place = group.find(f"{SVG}title").text.split(" ", 1)
        assert text.text == number
        shape = [child.tag for child in group if child.tag in (f"{SVG}rect", f"{SVG}circle")][-1]
        found[int(number)] = (place, (float(text.get("x")), float(text.get("y"))), shape.removeprefix(SVG))
    return found


def outline_box(picture):
    """West, north, east, south edge of what the outlines draw, in the picture's units."""
    xs, ys = [], []
    for path in picture.iter(f"{SVG}path"):
        for ring in path.get("d").split("z")[:-1]:
            numbers = [float(number) for number in re.findall(r"-?[\d.]+", ring)]
            x = y = 0.0
            for dx, dy in zip(numbers[::2], numbers[1::2], strict=True):
                x, y = x + dx, y + dy
                xs.append(x)
                ys.append(y)
    return min(xs), min(ys), max(xs), max(ys)


def test_every_place_has_its_number_and_its_shape(picture, splits, disputed):
    found = markers(picture)
    names = [row["place"] for row in [*splits, *disputed]]
    assert [found[number][0] for number in sorted(found)] == names
    assert sorted(found) == list(range(1, len(names) + 1))
    assert [found[number][2] for number in sorted(found)] == ["rect"] * len(splits) + ["circle"] * len(disputed)


def test_fifteen_outlines_fill_the_picture(picture):
    assert len(list(picture.iter(f"{SVG}path"))) == 15
    _, _, width, height = (float(part) for part in picture.get("viewBox").split())
    west, north, east, south = outline_box(picture)
    assert (west, north) == pytest.approx((8, 8), abs=1)
    assert (width - east, height - south) == pytest.approx((8, 8), abs=1)
    assert 1.1 < height / width < 1.3  # England is a little taller than wide; unprojected degrees would be wider


def test_numbers_lie_over_their_places(picture, splits, disputed):
    """By where they lie between the westernmost, easternmost, northernmost and southernmost points of the outlines."""
    areas = load_catchments(BOUNDARIES)["features"]
    pairs = [pair for area in areas for pair in _pairs(area["geometry"]["coordinates"])]
    lons, lats = zip(*pairs, strict=True)
    west, north, east, south = outline_box(picture)
    found = markers(picture)
    for number, row in enumerate([*splits, *disputed], start=1):
        x = west + (float(row["lon"]) - min(lons)) / (max(lons) - min(lons)) * (east - west)
        y = north + (max(lats) - float(row["lat"])) / (max(lats) - min(lats)) * (south - north)
        across, down = found[number][1]
        assert hypot(across - x, down - MARKER * 0.22 - y) < MARKER / 2, row["place"]


def _pairs(coordinates):
    if isinstance(coordinates[0], (int, float)):
        return [coordinates]
    return [pair for part in coordinates for pair in _pairs(part)]


def test_no_marker_hides_another(picture):
    middles = [middle for _, middle, _ in markers(picture).values()]
    for (x, y), (other_x, other_y) in combinations(middles, 2):
        assert hypot(x - other_x, y - other_y) >= MARKER + 2


def test_places_on_one_spot_are_drawn_side_by_side():
    place = {"place": "Here", "lon": "-1.5", "lat": "52.5"}
    found = markers(ElementTree.fromstring(places_svg(load_catchments(BOUNDARIES), [place], [place, place])))
    for (x, y), (other_x, other_y) in combinations([middle for _, middle, _ in found.values()], 2):
        assert hypot(x - other_x, y - other_y) >= MARKER + 2


def test_the_picture_is_described_in_words(picture, splits, disputed):
    assert picture.get("role") == "img"
    named = {picture.find(f"{SVG}{tag}").get("id") for tag in ("title", "desc")}
    assert set(picture.get("aria-labelledby").split()) == named
    words = picture.find(f"{SVG}desc").text
    for number, row in enumerate([*splits, *disputed], start=1):
        assert f"{number} {row['place']}" in words


def test_the_picture_asks_nobody_for_anything(svg, picture):
    allowed = {f"{SVG}{tag}" for tag in ("svg", "title", "desc", "g", "path", "rect", "circle", "text")}
    assert {element.tag for element in picture.iter()} <= allowed
    for element in picture.iter():
        for name, value in element.attrib.items():
            assert not name.startswith("on") and "href" not in name and "url(" not in value and "//" not in value
    assert svg.count("//") == 1  # the name of the SVG language, which nobody fetches


def test_the_picture_is_light(svg):
    assert len(svg.encode()) < 60_000


def test_a_name_cannot_break_the_picture():
    row = {"place": "<script>alert('&')</script>", "lon": "-1.5", "lat": "52.5"}
    found = markers(ElementTree.fromstring(places_svg(load_catchments(BOUNDARIES), [row], [])))
    assert found[1][0] == row["place"]
