"""How often a verdict is chance is said in numbers that a reader can weigh, and never as rarer than is known."""

import pytest
import textstat

from psc.narrate.chance import Chance, many_chance_sentence, measure_chance_sentence


def known(**changes):
    return Chance(
        **{
            "gives_verdict": True,
            "one_in": 70,
            "none_at_once": 0.9,
            "all_at_once": 0.0,
            "expected": 0.2,
            "finds_fall": 0.9,
            **changes,
        }
    )


@pytest.mark.parametrize(
    ("chance", "expected"),
    [
        (known(), "by chance in about one area in 70."),
        (known(one_in=400), "by chance in fewer than one area in 400."),
        (known(finds_fall=0.07), "would be seen in only one of ten areas, so “no clear change” says little here."),
        (known(finds_fall=0.01), "would hardly ever be seen, so “no clear change” says little here."),
        (known(gives_verdict=False), "So we show the size of the change, and give no verdict."),
    ],
)
def test_chance_of_one_measure_is_said_as_one_area_in_so_many(chance, expected):
    assert measure_chance_sentence(chance).endswith(expected)


def test_weak_power_is_not_said_beside_a_certain_verdict():
    assert "seen" not in measure_chance_sentence(known(finds_fall=0.1), certain=True)


@pytest.mark.parametrize(("expected", "words"), [(0.3, "fewer than one"), (2.6, "about three"), (14.2, "about 14")])
def test_chance_of_many_is_said_as_a_number_of_them(expected, words):
    assert f"{words} of these 255 would" in many_chance_sentence(expected, 0.5, 255)


@pytest.mark.parametrize(
    ("expected", "none", "words"),
    [
        (2.0, 0.8, "usually none, sometimes several together."),
        (2.0, 0.24, "at times none, at times several together."),
        (0.15, 0.86, "usually none, sometimes one."),
        (0.6, 0.45, "at times none, at times one."),
        (0.0, 1.0, "usually none, sometimes several together."),
    ],
)
def test_chance_of_many_is_usually_none_only_where_none_is_likelier_than_any(expected, none, words):
    assert many_chance_sentence(expected, none, 210).endswith(words)


def test_chance_can_be_read_at_fourteen():
    for sentence in (
        measure_chance_sentence(known()),
        measure_chance_sentence(known(gives_verdict=False)),
        measure_chance_sentence(known(finds_fall=0.2)),
        many_chance_sentence(2.0, 0.2, 240),
    ):
        assert textstat.flesch_kincaid_grade(sentence) + 5 <= 14, sentence
