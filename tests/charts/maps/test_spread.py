"""How far a solution has spread: nobody counted twice, nothing told by colour alone, the same facts in words."""

import re
from base64 import b64decode
from itertools import pairwise
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from psc.charts.maps.adoption_stages import LOOKS, STEPS, describe_spread, spread_counts
from psc.charts.maps.outline_paths import hatch_data, projection_of
from psc.charts.maps.spread import spread_funnel, spread_map
from psc.charts.maps.spread_map import spread_svg
from psc.geography.areas import load_catchments
from psc.register.records.register_vocabulary import ADOPTION_STAGES
from psc.settings import data_folder

SVG = "{http://www.w3.org/2000/svg}"
CATCHMENTS = load_catchments(data_folder() / "boundaries")
NAMES = {feature["properties"]["id"]: feature["properties"]["name"] for feature in CATCHMENTS["features"]}
STAGES = {
    "wessex": "sustained",
    "oxford": "adopted",
    "imperial": "adopted",
    "south-west": "stopped",
    "nenc": "engaged",
    "south-london": "interested",
    "manchester": "unknown",
}
ANY = st.dictionaries(st.sampled_from(sorted(NAMES)), st.sampled_from(sorted(LOOKS)))


def drawn(stages=STAGES, origins=("kss",), names=NAMES):
    return ElementTree.fromstring(spread_svg(CATCHMENTS, stages, origins, names))


def image(html):
    """The SVG that a figure carries, the words in its place, and the caption."""
    # In HTML an image has no end.
    figure = ElementTree.fromstring(re.sub(r"(<img [^>]*)>", r"\1/>", html))
    held = figure.find("img")
    kind, data = held.get("src").split(",")
    assert kind == "data:image/svg+xml;base64"
    return ElementTree.fromstring(b64decode(data)), held.get("alt"), figure.findtext("figcaption")


def areas(picture, inset=False):
    """Tooltip → paths of every area of the country, or of London enlarged."""
    root = picture.find(f"{SVG}svg") if inset else picture
    groups = root.findall(f"{SVG}g/{SVG}g")
    return {
        group.find(f"{SVG}title").text: group.findall(f"{SVG}path")
        for group in groups
        if group.find(f"{SVG}title") is not None
    }


def letters(root):
    return [text for text in root.findall(f"{SVG}g/{SVG}text") if text.text and len(text.text) == 1]


def test_every_stage_of_the_register_can_be_shown():
    assert set(LOOKS) == set(ADOPTION_STAGES)


def test_an_area_counts_for_every_stage_it_has_passed():
    counts = spread_counts(STAGES)
    assert counts == {"interested": 6, "engaged": 5, "adopted": 4, "sustained": 1, "stopped": 1, "unknown": 1}


@given(ANY)
def test_a_funnel_never_widens_and_nobody_is_lost(stages):
    counts = spread_counts(stages)
    assert all(counts[wide] >= counts[narrow] for wide, narrow in pairwise(STEPS))
    assert counts["interested"] + counts["unknown"] == len(stages)
    assert counts["stopped"] <= counts["adopted"] - counts["sustained"]


def test_the_funnel_has_a_cell_for_each_area_and_the_same_in_words():
    svg, alt, caption = image(spread_funnel(STAGES))
    texts = [text.text for text in svg.iter(f"{SVG}text")]
    assert list(zip(texts[::2], texts[1::2], strict=True)) == [
        ("Interested or further", "6"),
        ("Engaged or further", "5"),
        ("Adopted or further", "4"),
        ("Sustained", "1"),
        ("Stopped", "1"),
        ("Stage not recorded", "1"),
    ]
    filled = [cell.get("fill") for cell in svg.iter(f"{SVG}rect")]
    assert len(filled) == 4 * 15 + 2
    assert [filled.count(LOOKS[step][2]) for step in STEPS] == [6, 5, 4, 1]
    assert caption == describe_spread(STAGES)
    assert alt == ""  # the caption says it all, and once is enough


def test_the_words_give_counts_and_no_share_of_success():
    assert describe_spread(STAGES) == (
        "On record, of 15 areas: 6 showed interest, 5 took part, 4 took it into use and 1 still used it a year or more "
        "later. Of those that took it into use, 1 stopped. How far it went is not recorded for 1 more."
    )
    assert "%" not in "".join(image(spread_funnel(STAGES))[0].itertext())


@pytest.mark.parametrize(
    ("stages", "words"),
    [
        (
            {"wessex": "engaged"},
            "On record, of 15 areas: 1 took part. Whether any took it into use or still used it a year or more later "
            "is not recorded.",
        ),
        (
            {"wessex": "interested"},
            "On record, of 15 areas: 1 showed interest. Whether any took part, took it into use or still used it a "
            "year or more later is not recorded.",
        ),
        (
            {"wessex": "adopted", "oxford": "unknown"},
            "On record, of 15 areas: 1 took part and 1 took it into use. Whether any still used it a year or more "
            "later is not recorded. How far it went is not recorded for 1 more.",
        ),
        ({"wessex": "unknown"}, "How far it went is not recorded for 1 of the 15 areas."),
    ],
)
def test_a_stage_that_no_area_is_on_record_for_is_not_recorded_rather_than_none(stages, words):
    assert describe_spread(stages) == words


@given(ANY.filter(bool))
@settings(max_examples=30)
def test_silence_of_the_sources_is_never_said_or_drawn_as_a_count_of_nobody(stages):
    assert not re.search(r"\b(none|nobody|no area|0)\b", describe_spread(stages))
    texts = [text.text for text in image(spread_funnel(stages))[0].iter(f"{SVG}text")]
    assert "0" not in texts
    assert texts.count("not recorded") == [spread_counts(stages)[step] for step in STEPS[1:]].count(0)


def test_interest_alone_is_not_shown_where_there_was_none():
    without, with_it = (image(spread_funnel({"wessex": stage}))[0] for stage in ("adopted", "interested"))
    assert "Interested or further" not in "".join(without.itertext())
    assert "Interested or further" in "".join(with_it.itertext())


def test_nothing_on_record_is_said_not_drawn():
    html = spread_funnel({})
    assert "<img" not in html
    assert "No adoption by any of the 15 areas is recorded. That is not to say there was none." in html


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


def test_a_letter_stands_out_from_its_fill():
    def light(colour):
        parts = [int(colour[n : n + 2], 16) / 255 for n in (1, 3, 5)]
        linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    for _, letter, fill, ink in LOOKS.values():
        dark, bright = sorted([light(fill), light(ink)])
        assert (bright + 0.05) / (dark + 0.05) >= 4.5, letter


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


def test_the_map_travels_as_an_image_with_its_words():
    svg, alt, _ = image(spread_map(CATCHMENTS, STAGES, ["kss"], {**NAMES, "england": "England"}))
    assert svg.findtext(f"{SVG}desc") == alt
    assert len(areas(svg)) == 15
    assert ", England" not in alt and "England." not in alt.replace("West of England.", "")


def test_every_area_is_named_once_in_the_country_or_in_london():
    """The picture is an image, so nothing can be read by pointing at it."""
    found = ["".join(line.text for line in text) for text in drawn().iter(f"{SVG}text") if len(text)]
    short = ["".join(f["properties"]["short_name"].split(" ")) for f in CATCHMENTS["features"]]
    assert sorted(name.replace(" ", "") for name in found) == sorted(short)


def test_a_name_cannot_break_the_map():
    nasty = {**NAMES, "wessex": "<script>alert('&')</script>"}
    picture = drawn(names=nasty)
    assert "<script>alert('&')</script>: Sustained" in areas(picture)
    assert not list(picture.iter(f"{SVG}script"))
    _, alt, _ = image(spread_map(CATCHMENTS, STAGES, [], nasty))
    assert nasty["wessex"] in alt


@pytest.mark.parametrize(
    ("stages", "origins", "words"),
    [
        ({"england": "adopted"}, [], "area: found england; expected one of"),
        ({}, ["atlantis"], "area: found atlantis"),
        ({"wessex": "loved"}, [], "stage: found loved; expected one of"),
    ],
)
def test_what_cannot_be_shown_is_refused_in_words(stages, origins, words):
    with pytest.raises(ValueError, match=words):
        spread_svg(CATCHMENTS, stages, origins, NAMES)
    if not origins and "england" not in stages:
        with pytest.raises(ValueError, match=words):
            spread_funnel(stages)


def test_hatching_fills_an_outline_and_leaves_its_hole_free():
    """A square of ten by ten degrees at the equator, with a hole of four by four, has 84 of 100 parts."""
    square = [(0.0, 5.0), (10.0, 5.0), (10.0, -5.0), (0.0, -5.0), (0.0, 5.0)]
    hole = [(3.0, 2.0), (7.0, 2.0), (7.0, -2.0), (3.0, -2.0), (3.0, 2.0)]
    project, _ = projection_of(square, 500, 0)
    lines = re.findall(r"M(\S+) (\S+)l(\S+) (\S+?)(?=M|$)", hatch_data([square, hole], project, 2))
    length = sum(float(step) * 2**0.5 for _, _, step, _ in lines)
    assert length * 2 / 500**2 == pytest.approx(0.84, abs=0.01)
    for x, y, step, down in lines:
        assert step == down
        for share in (0.01, 0.5, 0.99):
            across, along = float(x) + share * float(step), float(y) + share * float(step)
            assert not (152 < across < 348 and 152 < along < 348)
