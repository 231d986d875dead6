"""Names for the same thing in a search: which words of a query are a name, and what else it is called."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from psc.register.search.query_words import MOST_LETTERS, SMALL_WORDS, Spellings, stems, words

Phrase = tuple[str, ...]


class Part(NamedTuple):
    """Words of a query that are looked for together: a name with all ``names`` for the same thing, or one word alone.

    ``edits``: how many slips in the spelling were forgiven to read a name there.
    """

    words: Phrase
    names: tuple[Phrase, ...] = ()
    edits: int = 0


class Synonyms:
    """Groups of names for the same thing. A name is known by its words in any ending."""

    def __init__(self, groups: Iterable[Sequence[str]] = ()) -> None:
        """Take the groups; a name in several of them counts in the first."""
        self._group_of: dict[Phrase, tuple[Phrase, ...]] = {}
        for group in groups:
            names = tuple(dict.fromkeys(found for name in group if (found := words(name))))
            for name in names:
                self._group_of.setdefault(stems(name), names)
        self._longest = max(map(len, self._group_of), default=0)
        self._single = Spellings(
            sorted({name[0] for names in self._group_of.values() for name in names if not name[1:]})
        )

    def parts(self, query: str) -> list[Part]:
        """The parts of a query, each once: names, the longest first, and the words between them but small ones.

        Small words count where there is nothing else. What comes after the first 120 characters is left out.
        """
        written = words(query[:MOST_LETTERS])
        parts: dict[Phrase, Part] = {}
        at = 0
        while at < len(written):
            part = self._name_at(written, at) or Part((written[at],))
            at += len(part.words)
            if part.names or part.words[0] not in SMALL_WORDS:
                parts.setdefault(part.names[0] if part.names else part.words, part)
        return list(parts.values()) or [Part((word,)) for word in dict.fromkeys(written)]

    def misspelt(self, word: str) -> Part | None:
        """The name of one word that a word may be a misspelling of; None where there is none, or more than one."""
        for edits, near in enumerate(self._single.near(word), 1):
            groups = {self._group_of[stems((name,))] for name in near}
            if groups:
                return Part((word,), groups.pop(), edits) if len(groups) == 1 else None
        return None

    def _name_at(self, written: Phrase, at: int) -> Part | None:
        for length in range(min(self._longest, len(written) - at), 0, -1):
            found = written[at : at + length]
            if names := self._group_of.get(stems(found)):
                return Part(found, names)
        return None
