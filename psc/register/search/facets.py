"""Choosing from records by several facets at once, with the count beside every choice."""

from collections import Counter
from collections.abc import Callable, Collection, Hashable, Iterable, Mapping, Sequence
from typing import TypeVar

T = TypeVar("T")
Facets = Mapping[str, Callable[[T], Iterable[Hashable]]]
Chosen = Mapping[str, Collection[Hashable]]
Counts = dict[str, dict[Hashable, int]]


def matching(records: Iterable[T], facets: Facets[T], chosen: Chosen) -> list[T]:
    """The records that have, for every facet with something chosen, at least one of the chosen values.

    AND across facets, OR within one; a facet with nothing chosen lets every record through. The order is kept.
    """
    active = [(facets[name], frozenset(values)) for name, values in chosen.items() if values]
    return [record for record in records if all(not values.isdisjoint(of(record)) for of, values in active)]


def count_choices(found: Sequence[T], everything: Iterable[T], facets: Facets[T], chosen: Chosen) -> Counts:
    """For every facet, how many of the records ``found`` would be left by each value, given the *other* facets.

    Values are all those that occur in ``everything``, so that a choice that now leads nowhere is shown with 0.
    """
    everything = list(everything)
    counts: Counts = {}
    for name, values_of in facets.items():
        others = {other: values for other, values in chosen.items() if other != name}
        left = Counter(value for record in matching(found, facets, others) for value in set(values_of(record)))
        values = {value for record in everything for value in values_of(record)}
        counts[name] = {value: left[value] for value in sorted(values, key=lambda value: (str(type(value)), value))}
    return counts
