"""How far a solution has spread: nobody counted twice, nothing told by colour alone, the same facts in words."""

import re
from base64 import b64decode
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings

from psc.charts.maps.adoption_stages import LOOKS, STEPS, describe_spread, spread_counts
from psc.charts.maps.spread import spread_funnel, spread_map
from psc.charts.maps.spread_map import spread_svg
from tests.charts.maps.made_up_spread import ANY, CATCHMENTS, NAMES, STAGES, SVG, areas, drawn


def image(html):
    """The SVG that a figure carries, the words in its place, and the caption."""
    # In HTML an image has no end.
    figure = ElementTree.fromstring(re.sub(r"(<img [^>]*)>", r"\1/>", html))
    held = figure.find("img")
    kind, data = held.get("src").split(",")
    assert kind == "data:image/svg+xml;base64"
    return ElementTree.fromstring(b64decode(data)), held.get("alt"), figure.findtext("figcaption")


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


def test_the_map_travels_as_an_image_with_its_words():
    svg, alt, _ = image(spread_map(CATCHMENTS, STAGES, ["kss"], {**NAMES, "england": "England"}))
    assert svg.findtext(f"{SVG}desc") == alt
    assert len(areas(svg)) == 15
    assert ", England" not in alt and "England." not in alt.replace("West of England.", "")


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
