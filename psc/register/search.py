"""A small text search: upper and lower case, accents, word endings and beginnings of words do not matter.

Every word of the query must be found. It is found in a word with the same stem, or one that begins with it. Words in
the title weigh most. The records number in the hundreds, so each is looked at in turn.
"""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import TypeVar

import snowballstemmer  # type: ignore[import-untyped]

from psc.register.models import Priority
from psc.register.solution import Solution

T = TypeVar("T", Priority, Solution)

_STEMMER = snowballstemmer.stemmer("english")
_STOP_WORDS = frozenset(
    {
        "a",
        "an",
        "and",
        "are",
        "as",
        "at",
        "by",
        "for",
        "from",
        "in",
        "is",
        "it",
        "of",
        "on",
        "or",
        "that",
        "the",
        "to",
        "was",
        "were",
        "with",
    }
)
_WHOLE, _BEGINNING = 1.0, 0.6


@lru_cache(maxsize=20_000)
def _stem(word: str) -> str:
    stem: str = _STEMMER.stemWord(word)
    return stem


@lru_cache(maxsize=4_000)
def words(text: str) -> tuple[str, ...]:
    """The words of a text in lower case without accents; an apostrophe does not divide a word."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    plain = "".join(letter for letter in plain if not unicodedata.combining(letter))
    return tuple(re.findall(r"[a-z0-9]+", re.sub(r"['’]", "", plain)))


@lru_cache(maxsize=4_000)
def _index(text: str) -> tuple[frozenset[str], frozenset[str]]:
    found = words(text)
    return frozenset(found), frozenset(_stem(word) for word in found)


def query_words(query: str) -> tuple[str, ...]:
    """The words that must be found: all but small ones such as "of", unless there are only small ones."""
    found = words(query)
    return tuple(word for word in found if word not in _STOP_WORDS) or found


def _match(word: str, text: str) -> float:
    whole, stems = _index(text)
    if word in whole or _stem(word) in stems:
        return _WHOLE
    return _BEGINNING if any(other.startswith(word) for other in whole) else 0.0


def score(query: tuple[str, ...], texts: Mapping[str, float]) -> float:
    """How well texts (each with its weight) answer the query's words; 0 where any word is not found."""
    total = 0.0
    for word in query:
        best = max((weight * _match(word, text) for text, weight in texts.items() if text), default=0.0)
        if not best:
            return 0.0
        total += best
    return total


def search(records: Iterable[T], query: str) -> list[T]:
    """The records that answer the query, best first; all of them, in their own order, for a query without words."""
    wanted = query_words(query)
    if not wanted:
        return list(records)
    scored = [(score(wanted, _texts(record)), record) for record in records]
    return [record for points, record in sorted(scored, key=lambda pair: -pair[0]) if points]


def _texts(record: Priority | Solution) -> dict[str, float]:
    codes = " ".join([*record.harm_areas, *record.care_settings]).replace("_", " ")
    if isinstance(record, Priority):
        areas = record.areas if record.scope != "national" else ("national", "england")
        rest = [record.how_set, record.patient_involvement, record.note, " ".join(areas)]
        return _weighted({4: [record.title], 2: [record.summary, codes], 1: rest})
    areas = (*record.areas_of_origin, *(["national", "england"] if record.national_origin else []))
    resources = " ".join(resource.title for resource in record.resources)
    measures = " ".join(result.measure for result in record.results)
    rest = [record.partners, record.method, record.spread, record.caveats, record.patient_involvement]
    rest += [record.withdrawn_reason, resources, measures, " ".join(record.active_ingredients), " ".join(areas)]
    return _weighted({4: [record.title], 2: [record.problem, record.what_was_done, codes], 1: rest})


def _weighted(texts: Mapping[int, Iterable[str | None]]) -> dict[str, float]:
    weighted: dict[str, float] = {}
    for weight, group in texts.items():
        for text in group:
            if text:
                weighted.setdefault(text, float(weight))
    return weighted
