"""Text search over the records, the measures and the areas, in memory.

A name such as "bed sores" finds what any other name for the same thing finds (:mod:`psc.register.search.synonyms`).
Every other word of the query must be found: as it is or with another ending, as the beginning of a word, or with a slip
in its spelling (see :mod:`psc.register.search.query_words`). Words in the title weigh most. A record in which every
word was found without a slip stands above all records in which one was only found with a slip.
"""

from collections import Counter, OrderedDict, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, product
from threading import Lock
from typing import NamedTuple

import tantivy
from tantivy import Occur, Query

from psc.register.compiled.load import Register
from psc.register.search.entries import Entry, Kind, entries_of
from psc.register.search.highlight import Found, FoundPhrase, excerpt, marked
from psc.register.search.query_words import Reading, Vocabulary, analyzer, plain
from psc.register.search.synonyms import Part, Synonyms

_WEIGHTS = {"title": 4.0, "main": 2.0, "rest": 1.0}
# For each way a word is found (the fields of Reading): what it is worth, and the share of the field's weight added.
# What weights add never makes up for a slip: that holds for 60 words, and 120 characters have no more.
_WAYS = {"whole": (256.0, 1.0), "beginning": (256.0, 0.6), "one_edit": (16.0, 0.3), "two_edits": (0.0, 0.3)}
# A name found, by the slips that were forgiven in it: as is, it stands above its words found one by one.
_NAMED = (_WAYS["whole"][0] + max(_WEIGHTS.values()) + 0.1, *(_WAYS[way][0] for way in ("one_edit", "two_edits")))
# Of records equal in all this, the one that says more about the words comes first; too little to change anything else.
_FREQUENCY = 0.001
_REGISTERS_KEPT = 2


@dataclass(frozen=True, slots=True)
class Hit:
    """An entry that answers a query. ``score`` compares hits of one query only; the texts are HTML."""

    kind: Kind
    id: str
    score: float
    title_html: str
    excerpt_html: str


class Index:
    """Entries made ready to be searched. May be used by several threads at once."""

    def __init__(self, entries: Iterable[Entry], synonyms: Iterable[Sequence[str]] = ()) -> None:
        """Index the entries, 10,000 in about half a second; ``synonyms``: groups of names for the same thing."""
        self._entries = tuple(entries)
        schema = tantivy.SchemaBuilder().add_text_field("kind", tokenizer_name="raw", index_option="basic")
        for field in _WEIGHTS:
            schema.add_text_field(field, tokenizer_name="words", index_option="position")
        self._schema = schema.add_integer_field("position", fast=True).build()
        self._searcher = self._filled()
        counts: Counter[str] = Counter()
        for field in _WEIGHTS:
            counts |= Counter(dict(self._searcher.terms_with_prefix(field, "")))
        self._vocabulary = Vocabulary(counts)
        self._synonyms = Synonyms(synonyms)

    def search(self, words: str, *, kind: Kind | None = None, limit: int | None = None) -> list[Hit]:
        """The entries that answer the query, best first, with what was found marked; none for one without words."""
        asked = self._asked(words)
        return self._hits(asked, self._query(asked, kind), limit)

    def search_any(self, words: str, *, limit: int) -> list[Hit]:
        """The entries that answer any part of the query but single letters, those that answer most of it first."""
        asked = [self._read(part) for part in self._synonyms.parts(words) if part.names or len(part.words[0]) > 1]
        return self._hits(asked, self._query(asked, None, needed=Occur.Should), limit)

    def ids(self, words: str, kind: Kind) -> list[str]:
        """The ids of the entries of a kind that answer the query, best first; none for one without words."""
        asked = self._asked(words)
        return [self._entries[position].id for _, position in self._ranked(asked, self._query(asked, kind), None)]

    def _hits(self, asked: list["_Asked"], query: Query, limit: int | None) -> list[Hit]:
        found = _found(asked)
        hits = []
        for score, position in self._ranked(asked, query, limit):
            entry = self._entries[position]
            shown = excerpt((entry.main, entry.rest), found)
            hits.append(Hit(entry.kind, entry.id, score, marked(entry.title, found), shown))
        return hits

    def _filled(self) -> tantivy.Searcher:
        index = tantivy.Index(self._schema)
        index.register_tokenizer("words", analyzer())
        # One thread keeps the entries in one piece and in their order.
        writer = index.writer(heap_size=100_000_000, num_threads=1)
        for position, entry in enumerate(self._entries):
            texts = {field: plain(getattr(entry, field)) for field in _WEIGHTS}
            writer.add_document(tantivy.Document(kind=entry.kind, position=position, **texts))
        writer.commit()
        writer.wait_merging_threads()
        index.reload()
        return index.searcher()

    def _asked(self, words: str) -> list["_Asked"]:
        return [self._read(part) for part in self._synonyms.parts(words)]

    def _read(self, part: Part) -> "_Asked":
        readings = tuple(self._vocabulary.read(word) for word in part.words)
        if not part.names and not (readings[0].whole or readings[0].beginning):
            part = self._synonyms.misspelt(part.words[0]) or part
        names = (tuple(self._vocabulary.whole(word) for word in name) for name in part.names)
        return _Asked(readings, tuple(name for name in names if all(name)), part.edits)

    def _ranked(self, asked: list["_Asked"], query: Query, limit: int | None) -> list[tuple[float, int]]:
        """The scores and places of the entries that answer; of equals, the one that came first."""
        if not asked or not self._entries or limit == 0:
            return []
        found = self._searcher.search(query, limit=limit or len(self._entries), count=False).hits
        positions = self._searcher.fast_field_values("position", [place for _, place in found])
        ranked = [(score, int(position or 0)) for (score, _), position in zip(found, positions, strict=True)]
        return sorted(ranked, key=lambda pair: (-pair[0], pair[1]))

    def _query(self, asked: list["_Asked"], kind: Kind | None, *, needed: Occur = Occur.Must) -> Query:
        parts = [(needed, self._part(part)) for part in asked]
        parts += [(Occur.Should, said) for part in asked for said in self._frequency(part)]
        if kind:
            of_kind = Query.term_query(self._schema, "kind", kind, index_option="basic")
            parts.append((Occur.Must, Query.const_score_query(of_kind, 0.0)))
        return Query.boolean_query(parts)

    def _part(self, part: "_Asked") -> Query:
        """Scores an entry by the best name found in it, or else by what its words are worth on average."""
        share = 1 / len(part.readings)
        words = [(Occur.Must, Query.boost_query(self._word(reading), share)) for reading in part.readings]
        one_by_one = Query.boolean_query(words) if len(words) > 1 else self._word(part.readings[0])
        named = [self._named(name, field, part.edits) for name in part.names for field in _WEIGHTS]
        return Query.disjunction_max_query([one_by_one, *named]) if named else one_by_one

    def _named(self, name: tuple[frozenset[str], ...], field: str, edits: int) -> Query:
        """Scores an entry in which the words of a name, in any ending, follow each other in a field."""
        if len(name) == 1:
            any_of = Query.term_set_query(self._schema, field, sorted(name[0]))
        else:
            spelt = [list(words) for words in product(*map(sorted, name))]
            phrases = [(Occur.Should, Query.phrase_query(self._schema, field, list(words))) for words in spelt]
            any_of = Query.boolean_query(phrases)
        return Query.const_score_query(any_of, _NAMED[edits] + _WEIGHTS[field])

    def _word(self, reading: Reading) -> Query:
        """Scores an entry by the best way in which a word was found in it."""
        ways = []
        for way, (worth, share) in _WAYS.items():
            if words := sorted(getattr(reading, way)):
                for field, weight in _WEIGHTS.items():
                    any_of = Query.term_set_query(self._schema, field, words)
                    ways.append(Query.const_score_query(any_of, worth + share * weight))
        return Query.disjunction_max_query(ways) if ways else Query.empty_query()

    def _frequency(self, part: "_Asked") -> Iterator[Query]:
        for word in sorted(part.meant()):
            for field, weight in _WEIGHTS.items():
                term = Query.term_query(self._schema, field, word, index_option="freq")
                yield Query.boost_query(term, _FREQUENCY * weight)


class _Asked(NamedTuple):
    """A part of the query in the words of the records.

    ``readings``: of each of its words; ``names``: for the same thing, each word of them in all its endings.
    """

    readings: tuple[Reading, ...]
    names: tuple[tuple[frozenset[str], ...], ...]
    edits: int

    def meant(self) -> frozenset[str]:
        """The words an entry says more often when it says more about the part: the same for every name of a thing."""
        said = [*chain(*self.names)] if self.names else [one.whole or one.one_edit for one in self.readings]
        return frozenset().union(*said)


def _found(asked: list[_Asked]) -> Found:
    words: dict[str, frozenset[int]] = defaultdict(frozenset)
    phrases = []
    number = 0
    for part in asked:
        numbers = frozenset(range(number, number := number + len(part.readings)))
        for place, reading in zip(sorted(numbers), part.readings, strict=True):
            for word in frozenset().union(*reading):
                words[word] |= {place}
        phrases += [FoundPhrase(name, numbers) for name in part.names]
    return Found(words, tuple(phrases))


_kept: OrderedDict[int, tuple[Register, Index]] = OrderedDict()
_keeping = Lock()


def index_of(register: Register) -> Index:
    """The index of a register, made once for each of the last few registers asked about."""
    # By identity: a register is never changed, only replaced, and to compare two would be to read them whole.
    with _keeping:
        if id(register) not in _kept:
            _kept[id(register)] = (register, Index(entries_of(register), register.synonyms))
        _kept.move_to_end(id(register))
        while len(_kept) > _REGISTERS_KEPT:
            _kept.popitem(last=False)
        return _kept[id(register)][1]
