"""Text search over priorities, solutions and learning, in memory.

Every word of the query must be found: as it is or with another ending, as the beginning of a word, or with a slip in
its spelling (see :mod:`psc.register.search_words`). Words in the title weigh most. A record in which every word was
found without a slip stands above all records in which one was only found with a slip.
"""

from collections import Counter, OrderedDict, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from threading import Lock
from typing import Literal

import tantivy
from tantivy import Occur, Query

from psc.register.highlight import Found, excerpt, marked
from psc.register.load import Register
from psc.register.markup import plain_blocks
from psc.register.models import Priority
from psc.register.published import Capability, LearningEvent, Published
from psc.register.search_words import Reading, Vocabulary, analyzer, plain, query_words
from psc.register.solution import Solution

Kind = Literal["priority", "solution", "learning"]

_WEIGHTS = {"title": 4.0, "main": 2.0, "rest": 1.0}
# For each way a word is found (the fields of Reading): what it is worth, and the share of the field's weight added.
# What weights add never makes up for a slip: that holds for 60 words, and 120 characters have no more.
_WAYS = {"whole": (256.0, 1.0), "beginning": (256.0, 0.6), "one_edit": (16.0, 0.3), "two_edits": (0.0, 0.3)}
# Of records equal in all this, the one that says more about the words comes first; too little to change anything else.
_FREQUENCY = 0.001
_REGISTERS_KEPT = 2


@dataclass(frozen=True, slots=True)
class Entry:
    """What is searched. ``main`` weighs more than ``rest``; each line of either is a passage of its own."""

    kind: Kind
    id: str
    title: str
    main: str
    rest: str


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

    def __init__(self, entries: Iterable[Entry]) -> None:
        """Index the entries, 10,000 in about half a second."""
        self._entries = tuple(entries)
        schema = tantivy.SchemaBuilder().add_text_field("kind", tokenizer_name="raw", index_option="basic")
        for field in _WEIGHTS:
            schema.add_text_field(field, tokenizer_name="words", index_option="freq")
        self._schema = schema.add_integer_field("position", fast=True).build()
        self._searcher = self._filled()
        counts: Counter[str] = Counter()
        for field in _WEIGHTS:
            counts |= Counter(dict(self._searcher.terms_with_prefix(field, "")))
        self._vocabulary = Vocabulary(counts)

    def search(self, words: str, *, kind: Kind | None = None, limit: int | None = None) -> list[Hit]:
        """The entries that answer the query, best first, with what was found marked; none for one without words."""
        readings = self._readings(words)
        found = _found(readings)
        hits = []
        for score, position in self._ranked(readings, kind, limit):
            entry = self._entries[position]
            shown = excerpt((entry.main, entry.rest), found)
            hits.append(Hit(entry.kind, entry.id, score, marked(entry.title, found), shown))
        return hits

    def ids(self, words: str, kind: Kind) -> list[str]:
        """The ids of the entries of a kind that answer the query, best first; none for one without words."""
        return [self._entries[position].id for _, position in self._ranked(self._readings(words), kind, None)]

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

    def _readings(self, words: str) -> list[Reading]:
        return [self._vocabulary.read(word) for word in query_words(words)]

    def _ranked(self, readings: list[Reading], kind: Kind | None, limit: int | None) -> list[tuple[float, int]]:
        """The scores and places of the entries that answer; of equals, the one that came first."""
        if not readings or not self._entries or limit == 0:
            return []
        query = self._query(readings, kind)
        found = self._searcher.search(query, limit=limit or len(self._entries), count=False).hits
        positions = self._searcher.fast_field_values("position", [place for _, place in found])
        ranked = [(score, int(position or 0)) for (score, _), position in zip(found, positions, strict=True)]
        return sorted(ranked, key=lambda pair: (-pair[0], pair[1]))

    def _query(self, readings: list[Reading], kind: Kind | None) -> Query:
        parts = [(Occur.Must, self._word(reading)) for reading in readings]
        parts += [(Occur.Should, said) for reading in readings for said in self._frequency(reading)]
        if kind:
            of_kind = Query.term_query(self._schema, "kind", kind, index_option="basic")
            parts.append((Occur.Must, Query.const_score_query(of_kind, 0.0)))
        return Query.boolean_query(parts)

    def _word(self, reading: Reading) -> Query:
        """Scores an entry by the best way in which a word was found in it."""
        ways = []
        for way, (worth, share) in _WAYS.items():
            if words := sorted(getattr(reading, way)):
                for field, weight in _WEIGHTS.items():
                    any_of = Query.term_set_query(self._schema, field, words)
                    ways.append(Query.const_score_query(any_of, worth + share * weight))
        return Query.disjunction_max_query(ways) if ways else Query.empty_query()

    def _frequency(self, reading: Reading) -> Iterator[Query]:
        for word in sorted(reading.whole or reading.one_edit):
            for field, weight in _WEIGHTS.items():
                term = Query.term_query(self._schema, field, word, index_option="freq")
                yield Query.boost_query(term, _FREQUENCY * weight)


def _found(readings: list[Reading]) -> Found:
    found: dict[str, frozenset[int]] = defaultdict(frozenset)
    for number, reading in enumerate(readings):
        for word in frozenset().union(*reading):
            found[word] |= {number}
    return found


def entries_of(register: Register) -> Iterator[Entry]:
    """The priorities, the solutions and then the learning of a register, as they are searched."""
    for priority in register.priorities:
        yield _priority(priority)
    for solution in register.solutions:
        yield _solution(solution)
    if isinstance(register, Published):
        for event in register.events:
            yield _event(event)
        for capability in register.capabilities:
            yield _capability(capability)


_kept: OrderedDict[int, tuple[Register, Index]] = OrderedDict()
_keeping = Lock()


def index_of(register: Register) -> Index:
    """The index of a register, made once for each of the last few registers asked about."""
    # By identity: a register is never changed, only replaced, and to compare two would be to read them whole.
    with _keeping:
        if id(register) not in _kept:
            _kept[id(register)] = (register, Index(entries_of(register)))
        _kept.move_to_end(id(register))
        while len(_kept) > _REGISTERS_KEPT:
            _kept.popitem(last=False)
        return _kept[id(register)][1]


def _priority(priority: Priority) -> Entry:
    areas = priority.areas if priority.scope != "national" else ("national", "england")
    rest = [priority.how_set, priority.patient_involvement, priority.note, _codes(areas)]
    return Entry("priority", priority.id, priority.title, _lines([priority.summary, _subjects(priority)]), _lines(rest))


def _solution(solution: Solution) -> Entry:
    areas = (*solution.areas_of_origin, *(["national", "england"] if solution.national_origin else []))
    main = [solution.problem, solution.what_was_done, _subjects(solution)]
    rest = [solution.partners, solution.method, solution.spread, solution.caveats, solution.patient_involvement]
    rest += [solution.withdrawn_reason, *(resource.title for resource in solution.resources)]
    rest += [*(result.measure for result in solution.results), *solution.active_ingredients, _codes(areas)]
    return Entry("solution", solution.id, solution.title, _lines(main), _lines(rest))


def _event(event: LearningEvent) -> Entry:
    rest = [event.audience, event.place, event.cancelled, _codes(event.areas)]
    about = _lines(plain_blocks(event.about or ""))
    return Entry("learning", event.id, event.title, about, _lines(rest))


def _capability(capability: Capability) -> Entry:
    rest = [capability.how_counted, _codes([capability.area])]
    return Entry("learning", capability.id, capability.skill, _codes([capability.what]).capitalize(), _lines(rest))


def _subjects(record: Priority | Solution) -> str:
    return _codes((*record.harm_areas, *record.care_settings)).capitalize()


def _codes(codes: Iterable[str]) -> str:
    return ", ".join(codes).replace("_", " ").replace("-", " ")


def _lines(texts: Iterable[str | None]) -> str:
    return "\n".join(text for text in texts if text)
