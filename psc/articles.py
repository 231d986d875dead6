"""The indefinite article before words that are only known when a sentence is made: "an administrator", "a lead"."""

import re

# Words that begin with another sound than their first letter says, by their beginnings.
_AS_A_CONSONANT = ("eu", "ewe", "one", "once", "ouija", "ubiq", "uni", "uran", "uri", "use", "usual", "utens", "util")
_AS_A_VOWEL = ("heir", "honest", "honour", "hour")
_UN_IS_A_SYLLABLE = ("unid", "unim", "unin")
# Abbreviations are read by their letters, and these letters' names begin with a vowel.
_QUOTES = "“‘\"'"
_LETTERS = "AEFHILMNORSX"
_NUMBERS = re.compile(r"8|1[18](?:\d{3})*(?!\d)")


def with_article(words: str) -> str:
    """Return the words with "a" or "an" before them, as they are said; nothing stays nothing."""
    if not words:
        return ""
    return f"{'an' if _begins_with_a_vowel(words.lstrip(_QUOTES)) else 'a'} {words}"


def _begins_with_a_vowel(words: str) -> bool:
    if words[:1].isdigit():
        return bool(_NUMBERS.match(words.replace(",", "")))
    first = re.match(r"\w*", words)
    word = first.group() if first else ""
    if word.startswith("SQL"):
        return False
    if len(word) == 1 or sum(map(str.isupper, word)) > 1:
        return word[0].upper() in _LETTERS
    low = word.lower()
    if low.startswith(_AS_A_VOWEL) or low.startswith(_UN_IS_A_SYLLABLE):
        return True
    return low[:1] in tuple("aeiou") and not low.startswith(_AS_A_CONSONANT)
