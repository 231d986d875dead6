"""A writer is told how old a reader has to be, and which sentence and words to begin with."""

import subprocess
import sys

import pytest
import textstat
from hypothesis import given
from hypothesis import strategies as st

from psc.register.text.readability import describe_readability, reading_age
from tests.register.repeated_patterns import assert_read_in_linear_time

EASY = "We asked the staff what went wrong. They said the chart was hard to read at night. So we made the print bigger."
HARD = (
    "The multidisciplinary implementation team in Bristol established comprehensive organisational arrangements to "
    "facilitate dissemination of interventions across heterogeneous environments, despite considerable pressures. "
    "It worked well."
)


def test_the_age_is_that_of_the_formula() -> None:
    assert reading_age(HARD) == round(textstat.flesch_kincaid_grade(HARD) + 5)
    assert describe_readability(EASY) == f"Reading age about {reading_age(EASY)}: fine for most adults."
    assert reading_age(EASY) <= 8 < 20 < reading_age(HARD)


def test_advice_names_the_longest_sentence_and_three_long_words() -> None:
    words = describe_readability(HARD)
    assert words.startswith("Reading age over 20. Aim for 11 to 14: shorten the longest sentence, which begins ")
    assert "begins “The multidisciplinary implementation team in” (21 words), and find" in words
    assert words.endswith("find shorter words for “organisational”, “multidisciplinary” and “implementation”.")


def test_a_long_sentence_of_short_words_gets_advice_on_the_sentence_alone() -> None:
    words = describe_readability(
        "We went to the ward and then " + "we sat with the team and we had a talk " * 5 + "there."
    )
    assert words.endswith("shorten the longest sentence, which begins “We went to the ward” (58 words).")
    assert words.count("“") == 1


def test_short_sentences_of_long_words_get_advice_on_the_words_alone() -> None:
    words = describe_readability("Organisational implementation necessitates considerable deliberation. " * 5)
    assert "sentence" not in words
    assert words.count("“") == 3


@pytest.mark.parametrize("text", ["", "  \n", "Too short.", "word " * 19, "https://example.org/" + "long-" * 40])
def test_a_text_of_few_words_is_not_judged(text: str) -> None:
    assert reading_age(text) is None
    assert describe_readability(text).startswith("Too short to judge")


@pytest.mark.parametrize(
    "same",
    [
        EASY.replace("the staff", "**the** *staff*"),
        EASY.replace(". ", "\n\n"),
        "- " + EASY.replace(". ", "\n- "),
        EASY.replace("the chart", "[the chart](https://example.org/charts/observation/multidisciplinary)"),
    ],
)
def test_marks_lists_and_paragraphs_do_not_change_the_age(same: str) -> None:
    assert reading_age(same) == reading_age(EASY)


def test_a_point_in_a_number_or_an_abbreviation_ends_no_sentence() -> None:
    text = "On the ward we saw, e.g. at night, that 3.5 of the 10 staff on the rota {}had to leave the desk to look"
    assert reading_age(text.format("i.e. v2.1 ")) >= reading_age(text.format("and we "))
    assert "begins “On the ward we saw” (" in describe_readability(text.format("i.e. v2.1 ") + " for it" * 12)


PIECES = st.sampled_from(["a", "ward.", "Considerable!", "...", "e.g.", "3.5", "- ", "\n\n", "*x*"])


@given(st.text() | st.lists(PIECES).map(" ".join))
def test_any_text_gets_an_answer(text: str) -> None:
    age = reading_age(text)
    assert age is None or age >= 5
    assert describe_readability(text).endswith(".")


def test_it_needs_no_network() -> None:
    """The dictionary of syllables is read from the installed package, in a process that has never read it before."""
    program = (
        "import sys, socket\n"
        "def refuse(event, args):\n"
        "    assert not event.startswith('socket.'), event\n"
        "sys.addaudithook(refuse)\n"
        "from psc.register.text.readability import reading_age\n"
        f"print(reading_age({HARD!r}))"
    )
    answer = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert answer.stdout.strip() == str(reading_age(HARD))


def test_readability_takes_time_that_grows_with_the_text():
    assert_read_in_linear_time([f"describe_readability {pattern}" for pattern in ("http://", "a", "a-", "a. ", "😀")])
