"""An icon is told from another by its shape, and says what it means to those who do not see it."""

import re
from xml.etree import ElementTree

import pytest

from psc.charts.style.making_data_count import (
    ASSURANCE_WORDS,
    STATE_WORDS,
    assurance_svg,
    describe_assurance,
    describe_icon,
    icon_name,
    icon_names,
    icon_svg,
)
from psc.charts.style.palette import STATE_COLOUR, STATE_FILL
from psc.store.judge import STATE
from tests.charts.style.icon_pairs import PAIRS

SVG = "{http://www.w3.org/2000/svg}"


def outline(svg: str) -> str:
    """The drawing without colours and words: what is left on a black and white print."""
    without = re.sub(r"#[0-9a-fA-F]{3,6}", "", svg)
    return re.sub(r'aria-label="[^"]*"|<title>.*?</title>', "", without)


def test_every_state_and_side_in_the_store_has_an_icon(store):
    pairs = store.cursor().execute("SELECT DISTINCT state, side FROM signal").fetchall()
    assert {icon_name(*pair) for pair in pairs} <= set(icon_names())
    for pair in pairs:
        assert icon_svg(*pair) == icon_svg(*icon_names()[icon_name(*pair)])
    assert {state for state, _ in PAIRS} == {*STATE.values(), "unjudged"} == set(STATE_WORDS)


def test_no_two_icons_look_alike_in_black_and_white():
    assert len({outline(icon_svg(*pair)) for pair in PAIRS}) == len(PAIRS) == 8


def test_no_two_states_share_a_shape_even_without_their_letters():
    def shape(state, side):
        drawing = [node for node in ElementTree.fromstring(icon_svg(state, side)) if node.tag != f"{SVG}title"]
        dashes = drawing[0].get("stroke-dasharray", "")
        inner = drawing[1].get("d") if state in ("steady", "unjudged") else ""
        return drawing[0].tag, drawing[0].get("d"), dashes, inner

    sided = [pair for pair in PAIRS if pair[1] != "low" or pair[0] == "lower"]
    assert len({shape(*pair) for pair in sided}) == 5  # higher and lower are both diamonds, told apart by H and L
    assert shape("higher", "high") == shape("lower", "low")
    assert shape("improving", "high") == shape("improving", "low")


@pytest.mark.parametrize("pair", PAIRS)
def test_an_icon_has_a_name_for_those_who_do_not_see_it(pair):
    root = ElementTree.fromstring(icon_svg(*pair))
    assert root.tag == f"{SVG}svg"
    assert root.get("role") == "img"
    assert root.get("aria-label") == describe_icon(*pair)
    assert root.findtext(f"{SVG}title") == describe_icon(*pair)


@pytest.mark.parametrize("pair", [pair for pair in PAIRS if pair[1]])
def test_a_sided_icon_carries_the_letter_of_its_side(pair):
    letters = [node.text for node in ElementTree.fromstring(icon_svg(*pair)).iter(f"{SVG}text")]
    assert letters == [{"high": "H", "low": "L"}[pair[1]]]


def test_the_words_of_an_icon_say_which_side_and_never_call_a_neutral_one_good_or_bad():
    assert describe_icon("improving", "low") == "Improving: lower than usual"
    assert describe_icon("concern", "high") == "A concern: higher than usual"
    assert describe_icon("higher", "high") == "Higher than usual"
    assert describe_icon("steady", "") == "No significant change"
    assert describe_icon("unjudged", "") == "Not judged"


def test_the_size_asked_for_is_the_size_drawn():
    root = ElementTree.fromstring(icon_svg("steady", "", 64))
    assert (root.get("width"), root.get("height")) == ("64", "64")


def contrast(one: str, other: str) -> float:
    """Contrast ratio of two colours, as WCAG 2 defines it."""

    def luminance(colour: str) -> float:
        parts = [int(colour[n : n + 2], 16) / 255 for n in (1, 3, 5)]
        r, g, b = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
        return 0.2126 * r + 0.7152 * g + 0.0722 * b

    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("pair", PAIRS)
def test_an_icon_stands_out_from_white_paper_and_from_its_area_on_the_map(pair):
    """The hues of Making Data Count are pale on white, so every icon has an outline, which must reach 3 to 1."""
    outline_colour = re.findall(r'stroke="(#[0-9a-f]{6})"', icon_svg(*pair))[0]
    assert contrast(outline_colour, "#ffffff") >= 3
    assert contrast(outline_colour, STATE_FILL[pair[0]]) >= 3


@pytest.mark.parametrize("pair", [pair for pair in PAIRS if pair[1]])
def test_the_letter_of_an_icon_can_be_read_on_its_ground(pair):
    svg = icon_svg(*pair)
    ink = re.findall(r'<text[^>]*fill="(#[0-9a-f]{6})"', svg)[0]
    assert contrast(ink, STATE_COLOUR[pair[0]]) >= 3


def path_of(svg: str) -> str:
    """The outline of an icon's ground: its first shape, whatever it is made of."""
    ground = next(node for node in ElementTree.fromstring(svg) if node.tag != f"{SVG}title")
    return ground.tag.removeprefix(SVG) + (ground.get("d") or "")


def test_assurance_icons_share_no_shape_with_each_other_or_with_variation_icons():
    assurance = {path_of(assurance_svg(verdict)) for verdict in ASSURANCE_WORDS}
    assert len(assurance) == 3
    assert not assurance & {path_of(icon_svg(*pair)) for pair in PAIRS}


@pytest.mark.parametrize(
    ("verdict", "letter", "words"),
    [
        ("pass", "P", "Expected to meet the target"),
        ("fail", "F", "Expected to miss the target"),
        ("inconsistent", "?", "May or may not meet the target"),
    ],
)
def test_an_assurance_icon_says_what_is_expected_of_the_target(verdict, letter, words):
    root = ElementTree.fromstring(assurance_svg(verdict, 40))
    assert describe_assurance(verdict) == words
    assert root.get("role") == "img"
    assert root.get("aria-label") == root.findtext(f"{SVG}title") == words
    assert [node.text for node in root.iter(f"{SVG}text")] == [letter]
    assert (root.get("width"), root.get("height")) == ("40", "40")


@pytest.mark.parametrize("verdict", ASSURANCE_WORDS)
def test_an_assurance_icon_can_be_read(verdict):
    svg = assurance_svg(verdict)
    fill, outline_colour = re.findall(r'<path d="[^"]*" fill="(#[0-9a-f]{6})" stroke="(#[0-9a-f]{6})"', svg)[0]
    ink = re.findall(r'<text[^>]*fill="(#[0-9a-f]{6})"', svg)[0]
    assert contrast(outline_colour, "#ffffff") >= 3
    assert contrast(ink, fill) >= 3


def test_an_unknown_assurance_is_refused_in_words():
    with pytest.raises(ValueError, match='found "maybe"; expected one of pass, fail, inconsistent'):
        assurance_svg("maybe")
