"""The map of a spread tells each area its stage, without colour alone, in one light picture."""

import re
from xml.etree import ElementTree

from hypothesis import given, settings
from hypothesis import strategies as st

from psc.charts.maps.adoption_stages import LOOKS, STEPS
from psc.charts.maps.spread_map import spread_svg
from tests.charts.maps.made_up_spread import ANY, CATCHMENTS, NAMES, STAGES, SVG, areas, drawn


def letters(root):
    return [text for text in root.findall(f"{SVG}g/{SVG}text") if text.text and len(text.text) == 1]


def test_the_map_tells_each_area_its_stage_and_where_it_began():
    told = areas(drawn())
    assert len(told) == 15
    assert {"Wessex: Sustained", "South West: Stopped", "Greater Manchester: Stage not recorded"} <= set(told)
    assert "Kent Surrey Sussex: no adoption recorded. It began here." in told
    assert sum("no adoption recorded" in words for words in told) == 15 - len(STAGES)


def test_stages_are_told_apart_without_colour():
    """Each by its letter, what stopped by hatching too; an area without a record has neither fill nor letter."""
    assert len({letter for _, letter, _, _ in LOOKS.values()}) == len(LOOKS)
    told = areas(drawn())
    assert [len(paths) for words, paths in told.items() if "Stopped" in words] == [2]
    assert all(len(paths) == 1 for words, paths in told.items() if "Stopped" not in words)
    assert [paths[0].get("fill") for words, paths in told.items() if "no adoption" in words] == [None] * 8
    assert sorted(text.text for text in letters(drawn())) == ["?", "A", "E", "S", "X"]


def test_fills_are_the_sequential_blues_in_order_and_neither_red_nor_green():
    assert [LOOKS[step][2].upper() for step in STEPS[1:]] == ["#6BACE6", "#2073BC", "#12436D"]
    for colour in set(re.findall(r'(?:fill|stroke)="#(\w{6})"', spread_svg(CATCHMENTS, STAGES, ["kss"], NAMES))):
        red, green, blue = (int(colour[n : n + 2], 16) for n in (0, 2, 4))
        assert blue >= max(red, green), colour


def test_london_is_enlarged_with_its_own_letters():
    inset = drawn().find(f"{SVG}svg")
    assert set(areas(drawn(), inset=True)) == {
        "North West London: Adopted",
        "South London: Interested",
        "UCLPartners: no adoption recorded",
    }
    found = letters(inset)
    assert [text.text for text in found] == ["A", "I"]
    for text in found:
        assert 8 < float(text.get("x")) < float(inset.get("width")) - 8
        assert 14 < float(text.get("y")) < float(inset.get("height"))


def test_the_enlarged_part_and_the_key_hide_no_area():
    """Every corner of every outline lies outside the frame of the one and the rows of the other."""
    picture = drawn(dict.fromkeys(NAMES, "unknown"), list(NAMES))
    inset = picture.find(f"{SVG}svg")
    left, bottom = float(inset.get("x")), float(inset.get("y")) + float(inset.get("height"))
    rows = [group.get("transform") for group in picture.findall(f"{SVG}g") if group.get("transform")]
    key_bottom = 18 + max(float(re.findall(r"[\d.]+", row)[1]) for row in rows) + 4 * 18
    corners = [corner for paths in areas(picture).values() for corner in _corners(paths[0].get("d"))]
    assert len(corners) > 1000
    assert not [(x, y) for x, y in corners if x > left and y < bottom]
    assert not [(x, y) for x, y in corners if x < 130 and y < key_bottom]


def _corners(data):
    for ring in data.split("z")[:-1]:
        numbers = [float(number) for number in re.findall(r"-?[\d.]+", ring)]
        x = y = 0.0
        for dx, dy in zip(numbers[::2], numbers[1::2], strict=True):
            x, y = x + dx, y + dy
            yield x, y


def test_the_key_names_what_is_on_the_map_and_nothing_else():
    def key(picture):
        return [group.find(f"{SVG}text[last()]").text for group in picture.findall(f"{SVG}g") if group.get("transform")]

    assert key(drawn({"wessex": "adopted"}, ())) == ["Adopted", "None recorded"]
    everything = ["Sustained", "Adopted", "Engaged", "Interested", "Stopped", "Stage not recorded"]
    assert key(drawn()) == [*everything, "None recorded", "It began here"]


def test_the_map_is_described_in_the_same_words():
    picture = drawn()
    assert picture.get("role") == "img"
    assert picture.find(f"{SVG}title").text
    words = picture.find(f"{SVG}desc").text
    assert words.startswith(
        "It began in Kent Surrey Sussex. Sustained: Wessex. Adopted: North West London; and Oxford and Thames Valley."
    )
    for part in ("Stopped: South West.", "Stage not recorded: Greater Manchester.", "None recorded: East Midlands;"):
        assert part in words
    assert all(words.count(name) == (2 if area == "kss" else 1) for area, name in NAMES.items())


@settings(max_examples=10, deadline=None)
@given(ANY, st.sets(st.sampled_from(sorted(NAMES))))
def test_every_map_is_light_and_asks_nobody_for_anything(stages, origins):
    svg = spread_svg(CATCHMENTS, stages, origins, NAMES)
    assert len(svg.encode()) < 60_000
    assert svg.count("//") == 1  # the name of the SVG language, which nobody fetches
    for element in ElementTree.fromstring(svg).iter():
        for name, value in element.attrib.items():
            assert not name.startswith("on") and name != "id" and "href" not in name and "url(" not in value


def test_the_heaviest_map_is_light_too():
    """Hatching costs most: everyone stopped, everywhere."""
    everyone = dict.fromkeys(NAMES, "stopped")
    assert len(spread_svg(CATCHMENTS, everyone, list(NAMES), NAMES).encode()) < 60_000


def test_every_area_is_named_once_in_the_country_or_in_london():
    """The picture is an image, so nothing can be read by pointing at it."""
    found = ["".join(line.text for line in text) for text in drawn().iter(f"{SVG}text") if len(text)]
    short = ["".join(f["properties"]["short_name"].split(" ")) for f in CATCHMENTS["features"]]
    assert sorted(name.replace(" ", "") for name in found) == sorted(short)
