"""Where a text answers a query, as HTML: what was found is marked, everything else is escaped."""

import re
import unicodedata
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Mapping
from html import escape
from operator import attrgetter
from typing import NamedTuple

from psc.register.search.query_words import WRITTEN, words

LENGTH = 240
_BEFORE = 80
_SENTENCE = re.compile(r"[.!?:;] ")


class FoundPhrase(NamedTuple):
    """Words that answer a query where they follow each other, each in any of some endings; the words they answer."""

    words: tuple[frozenset[str], ...]
    answers: frozenset[int]


class Found(NamedTuple):
    """What answers a query: single words of the records, and phrases; the query's words are meant by their places."""

    words: Mapping[str, frozenset[int]]
    phrases: tuple[FoundPhrase, ...] = ()


class _Mark(NamedTuple):
    start: int
    end: int
    answers: frozenset[int]


class _Window(NamedTuple):
    line: str
    marks: list[_Mark]
    start: int
    answered: int


def marked(text: str, found: Found) -> str:
    """The whole text as HTML."""
    text = unicodedata.normalize("NFC", text)
    return _html(text, 0, len(text), _marks(text, found))


def excerpt(texts: tuple[str, ...], found: Found) -> str:
    """The part of the texts that answers most words of the query, as HTML; their beginning where none does.

    Never more than about 240 characters, nor more than one line: a line of a text is a passage of its own.
    """
    lines = [unicodedata.normalize("NFC", line) for text in texts for line in text.splitlines() if line.strip()]
    if not lines:
        return ""
    best = max((_best_window(line, _marks(line, found)) for line in lines), key=lambda window: window.answered)
    start, end = _bounds(best)
    before, after = "… " if start else "", " …" if end < len(best.line) else ""
    return before + _html(best.line, start, end, best.marks) + after


def _marks(text: str, found: Found) -> list[_Mark]:
    spans = [(written.start(), written.end(), words(written.group())) for written in WRITTEN.finditer(text)]
    said = [(word, place) for place, (_, _, inside) in enumerate(spans) for word in inside]
    answers: dict[int, frozenset[int]] = defaultdict(frozenset)
    for at, (word, place) in enumerate(said):
        answers[place] |= found.words.get(word, frozenset())
        for phrase in found.phrases:
            here = said[at : at + len(phrase.words)]
            if len(here) == len(phrase.words) and all(
                word in endings for (word, _), endings in zip(here, phrase.words, strict=True)
            ):
                for _, covered in here:
                    answers[covered] |= phrase.answers
    return [_Mark(spans[place][0], spans[place][1], answers[place]) for place in sorted(answers) if answers[place]]


def _best_window(line: str, marks: list[_Mark]) -> _Window:
    best = _Window(line, marks, 0, 0)
    for number, first in enumerate(marks):
        until = bisect_right(marks, first.start + LENGTH - _BEFORE, key=attrgetter("end"))
        answered = len(first.answers.union(*(mark.answers for mark in marks[number:until])))
        if answered > best.answered:
            best = _Window(line, marks, first.start, answered)
    return best


def _bounds(window: _Window) -> tuple[int, int]:
    """Where the part to show begins and ends: at a sentence where one begins near by, else between words."""
    line = window.line
    if len(line) <= LENGTH:
        return 0, len(line)
    start = _start(line, min(window.start, len(line) - LENGTH + _BEFORE))
    end = start + LENGTH
    if end < len(line):
        space = line.rfind(" ", window.start + 1, end)
        end = space if space > 0 else end
    return start, min(end, len(line))


def _start(line: str, found: int) -> int:
    earliest = max(0, found - _BEFORE)
    if not earliest:
        return 0
    sentences = [match.end() for match in _SENTENCE.finditer(line, earliest, found + 1)]
    space = line.find(" ", earliest, found)
    return sentences[0] if sentences else space + 1 if space >= 0 else found


def _html(text: str, start: int, end: int, marks: list[_Mark]) -> str:
    parts, done = [], start
    for mark in marks:
        if start <= mark.start and mark.end <= end:
            parts += [escape(text[done : mark.start]), f"<mark>{escape(text[mark.start : mark.end])}</mark>"]
            done = mark.end
    return "".join([*parts, escape(text[done:end])])
