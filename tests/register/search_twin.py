"""The search that came before, without tolerance of slips: each record looked at in turn."""

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

import snowballstemmer  # type: ignore[import-untyped]

from psc.register.search.entries import Entry

_STEMMER = snowballstemmer.stemmer("english")
_SMALL = frozenset(
    ("a", "about", "after", "am", "an", "and", "are", "as", "at", "be", "been", "before", "by", "can", "could", "did",
     "do", "does", "for", "from", "had", "has", "have", "he", "her", "his", "how", "i", "if", "in", "into", "is", "it",
     "me", "my", "of", "on", "or", "our", "she", "should", "so", "that", "the", "their", "then", "they", "this", "to",
     "was", "we", "were", "what", "when", "where", "which", "while", "who", "why", "will", "with", "would", "you",
     "your")
)  # fmt: skip


def slow_search(entries: Iterable[Entry], query: str) -> list[Entry]:
    """The entries in which every word is found whole, by its stem or as a beginning, best first."""
    found = _text_of(query)
    wanted = [word for word in found if word not in _SMALL] or found
    scored = [(_score(wanted, entry), entry) for entry in entries]
    return [entry for points, entry in sorted(scored, key=lambda pair: -pair[0]) if points]


def _score(wanted: list[str], entry: Entry) -> float:
    texts = [(4.0, _index(entry.title)), (2.0, _index(entry.main)), (1.0, _index(entry.rest))]
    points = [max(weight * _match(word, *text) for weight, text in texts) for word in wanted]
    return sum(points) if points and all(points) else 0.0


def _match(word: str, text: frozenset[str], stems: frozenset[str]) -> float:
    if word in text or _stem(word) in stems:
        return 1.0
    return 0.6 if any(other.startswith(word) for other in text) else 0.0


@lru_cache(maxsize=50_000)
def _index(text: str) -> tuple[frozenset[str], frozenset[str]]:
    words = _text_of(text)
    return frozenset(words), frozenset(_stem(word) for word in words)


def _text_of(text: str) -> list[str]:
    plain = unicodedata.normalize("NFKD", text.casefold())
    plain = "".join(letter for letter in plain if not unicodedata.combining(letter))
    return re.findall(r"[a-z0-9]+", re.sub(r"['’]", "", plain))


@lru_cache(maxsize=100_000)
def _stem(word: str) -> str:
    stem: str = _STEMMER.stemWord(word)
    return stem
