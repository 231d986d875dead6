"""Harm, risks and waits, and what is recorded: kept apart on every page and in every count."""

import re
from collections.abc import Mapping, Sequence

from psc.catalogue.definition import Metric
from psc.narrate.words import describe_list

SECTION_OF_KIND: Mapping[str, str] = {
    "harm": "harm",
    "outcome": "harm",
    "hazard": "risk",
    "process": "risk",
    "recording": "recording",
}
SECTION_TITLES: Mapping[str, str] = {
    "harm": "Harm",
    "risk": "Risks and waits",
    "recording": "What staff report",
}
"""The sections in the order pages show them, with their titles."""
_EXPLANATION = re.compile(r", (?:an?|such as|used|often) .*")


def section_of(definition: Metric) -> str:
    """Return whether a measure is of "harm", of "risk" (risks and waits), or of "recording"."""
    return SECTION_OF_KIND[definition.kind]


def short_name(definition: Metric) -> str:
    """Return the plain title without the explanation after its comma: "Blood infections with Klebsiella"."""
    return _EXPLANATION.sub("", definition.plain_title)


def inside(name: str) -> str:
    """Return a name as it reads inside a sentence: "blood infections", but "MRSA"."""
    return name[:1].lower() + name[1:] if name[1:2].islower() else name


def names_words(names: Sequence[str]) -> str:
    """Return names as a list that says a common beginning once: "Blood infections with Klebsiella, MRSA and MSSA"."""
    return two_lists(names, [])[0]


def two_lists(first: Sequence[str], then: Sequence[str]) -> tuple[str, str]:
    """Return two lists of names, for one sentence: a beginning common to all is said in the first list only."""
    split = [name.split() for name in (*first, *then)]
    shared = 0
    while len(split) > 1 and all(len(words) > shared + 1 and words[shared] == split[0][shared] for words in split):
        shared += 1
    if shared < 2:
        return describe_list([*first[:1], *map(inside, first[1:])]), describe_list([inside(name) for name in then])
    rest = [" ".join(words[shared:]) for words in split]
    return f"{' '.join(split[0][:shared])} {describe_list(rest[: len(first)])}", describe_list(rest[len(first) :])
