"""The words of a search: what counts as a word, and which words of the records one in a query may stand for."""

import re
import unicodedata
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Mapping
from functools import lru_cache
from typing import NamedTuple

import tantivy

MOST_LETTERS = 120
SMALL_WORDS = frozenset(
    ("a", "about", "after", "am", "an", "and", "are", "as", "at", "be", "been", "before", "by", "can", "could", "did",
     "do", "does", "for", "from", "had", "has", "have", "he", "her", "his", "how", "i", "if", "in", "into", "is", "it",
     "me", "my", "of", "on", "or", "our", "she", "should", "so", "that", "the", "their", "then", "they", "this", "to",
     "was", "we", "were", "what", "when", "where", "which", "while", "who", "why", "will", "with", "would", "you",
     "your")
)  # fmt: skip
_APOSTROPHES = "'’‘ʼ"
_DROPPED = str.maketrans(dict.fromkeys([*_APOSTROPHES, *map(chr, range(0x0300, 0x0370))], ""))
_MISSPELT_IN_AT_MOST = 2
# Where a word stands in a text as it was written; the words in it are those of `words`.
WRITTEN = re.compile(rf"[^\W_]+(?:[{_APOSTROPHES}][^\W_]+)*")


def analyzer() -> tantivy.TextAnalyzer:
    """Divides a text that is :func:`plain` into words in lower case without accents."""
    letters = tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.simple())
    return letters.filter(tantivy.Filter.lowercase()).filter(tantivy.Filter.ascii_fold()).build()


_WORDS = analyzer()
_STEMS = tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.whitespace()).filter(tantivy.Filter.stemmer("english")).build()


def plain(text: str) -> str:
    """The text without what does not divide words: accents that stand alone, and apostrophes."""
    if text.isascii():
        return text.replace("'", "")
    return unicodedata.normalize("NFD", text).translate(_DROPPED).encode("utf-8", "ignore").decode()


@lru_cache(maxsize=50_000)
def words(text: str) -> tuple[str, ...]:
    """The words of a text in lower case without accents; an apostrophe does not divide a word."""
    return tuple(_WORDS.analyze(plain(text)))


def query_words(query: str) -> tuple[str, ...]:
    """The words that must be found: each once, without small ones such as "of", unless there are only small ones.

    What comes after the first 120 characters is left out.
    """
    found = tuple(dict.fromkeys(words(query[:MOST_LETTERS])))
    return tuple(word for word in found if word not in SMALL_WORDS) or found


@lru_cache(maxsize=10_000)
def stems(found: tuple[str, ...]) -> tuple[str, ...]:
    """The words without their endings."""
    return tuple(_STEMS.analyze(" ".join(found)))


class Reading(NamedTuple):
    """The words of the records that a word of the query may stand for, each in one of the sets.

    ``whole``: the word itself and those with its stem; ``beginning``: those that begin with it; ``one_edit`` and
    ``two_edits``: those it may be a misspelling of, or that may be a misspelling of it.
    """

    whole: frozenset[str]
    beginning: frozenset[str]
    one_edit: frozenset[str]
    two_edits: frozenset[str]


class Vocabulary:
    """All words of the records."""

    def __init__(self, counts: Mapping[str, int]) -> None:
        """Take the words, each with the number of records it stands in (in the field where it is in most)."""
        self._counts = counts
        self._sorted = sorted(counts)
        self._stem_of = dict(zip(self._sorted, _STEMS.analyze(" ".join(self._sorted)), strict=True))
        self._by_stem: dict[str, set[str]] = defaultdict(set)
        for word, stem in self._stem_of.items():
            self._by_stem[stem].add(word)
        self._spellings = Spellings(self._sorted)

    def whole(self, word: str) -> frozenset[str]:
        """The words of the records that are the word in any ending."""
        return frozenset(self._by_stem.get(_STEMS.analyze(word)[0], ()))

    def read(self, word: str) -> Reading:
        """What a word of a query may stand for.

        One edit is forgiven in words of four to seven letters, two in longer ones; digits must be right. A word that
        the records know is taken as written: only rare words with the same first letter then count as misspellings
        of it, so that who asks for Wessex is not shown Essex.
        """
        whole = self.whole(word)
        beginning = self._beginning_with(word) - whole
        written = whole | beginning
        near, far = ([other for other in spelt if _may_be_meant(other, word)] for spelt in self._spellings.near(word))
        one_edit = self._meant(near, word, known=bool(whole)) - written
        two_edits = self._meant(far, word, known=bool(whole)) - written - one_edit
        return Reading(whole, beginning, one_edit, two_edits)

    def _meant(self, spelt: list[str], word: str, *, known: bool) -> frozenset[str]:
        if known:
            rare = (other for other in spelt if self._counts[other] <= _MISSPELT_IN_AT_MOST)
            return frozenset(other for other in rare if other[0] == word[0])
        return frozenset(mate for other in spelt for mate in self._by_stem[self._stem_of[other]])

    def _beginning_with(self, word: str) -> frozenset[str]:
        first = bisect_left(self._sorted, word)
        after = bisect_left(self._sorted, word + "\U0010ffff")
        return frozenset(self._sorted[first:after])


class Spellings:
    """An index of single words, to find those that are spelt nearly alike."""

    def __init__(self, spelt: list[str]) -> None:
        schema = tantivy.SchemaBuilder().add_text_field("word", tokenizer_name="raw", index_option="basic")
        self._schema = schema.add_integer_field("position", fast=True).build()
        self._spelt = spelt
        index = tantivy.Index(self._schema)
        writer = index.writer(heap_size=15_000_000, num_threads=1)
        for position, word in enumerate(spelt):
            writer.add_document(tantivy.Document(word=word, position=position))
        writer.commit()
        writer.wait_merging_threads()
        index.reload()
        self._searcher = index.searcher()

    def near(self, word: str) -> tuple[list[str], list[str]]:
        """The words one edit away from a word of four letters or more, and two from one of eight or more."""
        one = self._within(1, word) if len(word) >= 4 else []
        return one, self._within(2, word) if len(word) >= 8 else []

    def _within(self, edits: int, word: str) -> list[str]:
        if not self._spelt:
            return []
        query = tantivy.Query.fuzzy_term_query(self._schema, "word", word, distance=edits)
        found = [place for _, place in self._searcher.search(query, limit=len(self._spelt), count=False).hits]
        positions = self._searcher.fast_field_values("position", found)
        return [self._spelt[int(position)] for position in positions if position is not None]


def _may_be_meant(near: str, word: str) -> bool:
    return near not in SMALL_WORDS and _digits(near) == _digits(word)


def _digits(word: str) -> str:
    return "".join(letter for letter in word if letter.isdigit())
