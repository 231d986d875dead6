"""How easily people's words can be read, and what would make them easier."""

import re

import textstat  # type: ignore[import-untyped]

from psc.register.text.markup import plain_blocks

SCHOOL_YEARS_BEFORE = 5
"""A child is about five when the first school year begins, so reading age = Flesch-Kincaid grade + 5."""
FEWEST_WORDS = 20
"""In fewer words than these, one long name decides the figure."""
AIM = (11, 14)
"""The reading age to aim for."""

_LONG_SENTENCE = 20
"""Words: a sentence of more is worth naming."""
_LONG_WORD = 4
"""Syllables: a word of as many is worth naming."""

_HIGHEST = 20
"""Above this age the formula still counts, but nobody's schooling does."""

_ADDRESS = re.compile(r"(?:https?://|\bwww\.)\S+", re.IGNORECASE)
_INNER_POINT = re.compile(r"(?<=\w)\.(?=\w)")
_ABBREVIATION = re.compile(r"\b(?:(eg|ie|etc|approx|vs|cf)\.(?=,| [a-z\d])|(Dr|Mr|Mrs|Ms|Prof|St)\.)")
_NO_END = re.compile(r"(?<![.!?])$")
_WORD = re.compile(r"(?<![\w'’-])[a-z][a-z'’-]+(?![\w@])")


def reading_age(text: str) -> int | None:
    """The age at which most people could read ``text``, in years: Flesch-Kincaid grade plus five, at least 5.

    None where there are fewer than 20 words, as it would mean nothing. ``text`` may be Markdown: what is shown is
    judged. An item of a list is read as a sentence, a written-out web address as one short word, and a point within a
    number or an abbreviation ends no sentence.
    """
    prose = " ".join(_sentences(text))
    if len(prose.split()) < FEWEST_WORDS:
        return None
    return max(SCHOOL_YEARS_BEFORE, round(textstat.flesch_kincaid_grade(prose) + SCHOOL_YEARS_BEFORE))


def describe_readability(text: str) -> str:
    """One or two sentences for the writer: the reading age and, where it is too high, what to do about it.

    They quote the text, so they must be escaped.
    """
    age = reading_age(text)
    if age is None:
        return f"Too short to judge how easy it is to read: that takes {FEWEST_WORDS} words."
    if age <= AIM[1]:
        return f"Reading age about {age}: fine for most adults."
    sentences = _sentences(text)
    words = _describe_long(sentences)
    longest = max(sentences, key=_length)
    advice = []
    if _length(longest) > _LONG_SENTENCE or not words:
        beginning = " ".join(longest.split()[:5]).rstrip(".,;:!?")
        advice.append(f"shorten the longest sentence, which begins “{beginning}” ({_length(longest)} words)")
    if words:
        advice.append(f"find shorter words for {_listed([f'“{word}”' for word in words])}")
    read = f"about {age}" if age <= _HIGHEST else f"over {_HIGHEST}"
    return f"Reading age {read}. Aim for {AIM[0]} to {AIM[1]}: {', and '.join(advice)}."


def _sentences(text: str) -> list[str]:
    found: list[str] = []
    for block in plain_blocks(text):
        block = _INNER_POINT.sub("", _ADDRESS.sub("page", block))
        block = _NO_END.sub(".", _ABBREVIATION.sub(r"\1\2", block))
        found += re.split(r"(?<=[.!?])\s+", block)
    return [sentence for sentence in found if re.search(r"\w", sentence)]


def _length(sentence: str) -> int:
    return len(sentence.split())


def _describe_long(sentences: list[str]) -> list[str]:
    """Up to three words, longest first. A name cannot be shortened, so words with a capital letter are left out."""
    words = dict.fromkeys(word for sentence in sentences for word in _WORD.findall(sentence))
    syllables = {word: textstat.syllable_count(word) for word in words}
    return sorted((word for word in words if syllables[word] >= _LONG_WORD), key=lambda word: -syllables[word])[:3]


def _listed(items: list[str]) -> str:
    return " and ".join(filter(None, [", ".join(items[:-1]), items[-1]]))
