"""A query is read as words in lower case without accents, and each stands for words of the records."""

import pytest

from psc.register.search.query_words import Vocabulary, query_words, stems, words


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Patient's falls", ("patients", "falls")),
        ("O’Hara", ("ohara",)),
        ("Café—crème", ("cafe", "creme")),
        ("e\u0301tude", ("etude",)),
        ("C. difficile (2024)", ("c", "difficile", "2024")),
        ("", ()),
        ("\ud800", ()),
    ],
)
def test_words_are_in_lower_case_without_accents_and_apostrophes(text, expected):
    assert words(text) == expected


def test_query_leaves_out_small_words_and_repeated_ones():
    assert query_words("the falls of the falls") == ("falls",)


def test_query_of_small_words_alone_keeps_them():
    assert query_words("to be or not") == ("not",)
    assert query_words("to be") == ("to", "be")


def test_endings_are_taken_off():
    assert len(set(stems(("fall", "falls", "falling")))) == 1


VOCABULARY = Vocabulary({"falls": 9, "fallow": 3, "wessex": 9, "essex": 9, "catheter": 5, "cathetar": 1, "e54": 2})


def test_word_stands_for_its_other_endings_and_for_words_that_begin_with_it():
    reading = VOCABULARY.read("fall")
    assert reading.whole == {"falls"}
    assert reading.beginning == {"fallow"}


def test_known_word_is_taken_as_written_and_not_for_a_common_word_one_letter_away():
    assert not VOCABULARY.read("wessex").one_edit


def test_known_word_stands_for_a_rare_misspelling_of_it():
    assert VOCABULARY.read("catheter").one_edit == {"cathetar"}


def test_misspelt_word_stands_for_words_one_and_two_edits_away():
    assert "catheter" in VOCABULARY.read("cathetr").one_edit
    assert "catheter" in VOCABULARY.read("catheeterr").two_edits


def test_digits_must_be_right_and_short_words_too():
    assert not VOCABULARY.read("e55").one_edit
    assert not Vocabulary({"e540001": 5}).read("e540002").one_edit
