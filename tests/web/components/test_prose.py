"""A text on a card is cut between words, and a word without end is cut as well."""

from psc.web.components.prose import EXCERPT, excerpt, shortened


def test_a_text_is_cut_between_words():
    assert shortened("Falls on wards\nat night", 19) == "Falls on wards at …"
    assert shortened("Falls on wards", 19) == "Falls on wards"


def test_a_first_word_that_is_too_long_is_cut_and_not_left_out():
    assert shortened("a" * 500, 90) == "a" * 89 + "…"
    assert excerpt("b" * 500, own=True) == "b" * (EXCERPT - 1) + "…"
