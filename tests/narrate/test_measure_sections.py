"""Harm, risks and what is recorded are kept apart, and measures have short names that read in a sentence."""

from typing import get_args

import pytest

from psc.catalogue.definition import Kind
from psc.narrate.measure_sections import (
    SECTION_OF_KIND,
    SECTION_TITLES,
    inside,
    names_words,
    section_of,
    short_name,
    two_lists,
)


def test_every_kind_of_measure_has_its_section():
    assert set(SECTION_OF_KIND) == set(get_args(Kind))
    assert set(SECTION_OF_KIND.values()) == set(SECTION_TITLES)


@pytest.mark.parametrize(("kind", "section"), [("harm", "harm"), ("outcome", "harm"), ("hazard", "risk")])
def test_a_risk_of_harm_is_not_harm(definition, kind, section):
    assert section_of(definition(kind=kind)) == section


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("Blood infections with MRSA, a germ that resists common antibiotics", "Blood infections with MRSA"),
        ("Gabapentin and pregabalin, used for nerve pain and epilepsy", "Gabapentin and pregabalin"),
        ("Falls, cuts and bruises", "Falls, cuts and bruises"),
        ("Deaths, compared with what was expected", "Deaths, compared with what was expected"),
    ],
)
def test_a_short_name_leaves_out_an_explanation_and_no_part_of_the_name(definition, title, name):
    assert short_name(definition(plain_title=title)) == name


@pytest.mark.parametrize(
    ("names", "words"),
    [
        ([], ""),
        (["Falls"], "Falls"),
        (["Blood infections with MRSA", "Blood infections with E. coli"], "Blood infections with MRSA and E. coli"),
        (
            ["Blood infections with MRSA", "Gut infections with Q"],
            "Blood infections with MRSA and gut infections with Q",
        ),
        (["Falls", "Falls on wards"], "Falls and falls on wards"),
        (["Old falls", "Old burns"], "Old falls and old burns"),
        (["A b c", "A b d", "A b e"], "A b c, d and e"),
    ],
)
def test_names_that_begin_alike_say_the_beginning_once(names, words):
    assert names_words(names) == words


@pytest.mark.parametrize(
    ("first", "then", "lists"),
    [
        (["A b c", "A b d"], ["A b e"], ("A b c and d", "e")),
        (["A b c"], ["A b d", "A b e"], ("A b c", "d and e")),
        (["Falls", "Burns"], ["Old cuts"], ("Falls and burns", "old cuts")),
        (["A b c", "A b d"], ["Falls"], ("A b c and A b d", "falls")),
    ],
)
def test_two_lists_of_names_say_a_beginning_common_to_both_once(first, then, lists):
    assert two_lists(first, then) == lists


@pytest.mark.parametrize(("name", "said"), [("Blood", "blood"), ("MRSA", "MRSA"), ("E. coli", "E. coli"), ("", "")])
def test_a_name_inside_a_sentence_keeps_its_capitals_where_they_are_its_own(name, said):
    assert inside(name) == said
