"""Filters with a count beside every choice, kept in the address."""

from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass

import streamlit as st

from psc.web.permalink import choose_many, search_words

Counts = Mapping[str, Mapping[Hashable, int]]


@dataclass(frozen=True, slots=True)
class Filter:
    """One filter: the field it chooses in, its label, its name in the address, and the titles of its values."""

    field: str
    label: str
    key: str
    titles: Mapping[str, str]
    newest_first: bool = False


Chosen = dict[str, tuple[str, ...]]


def pick(filters: list[Filter], placeholder: str, counts_of: Callable[[Chosen, str], Counts]) -> tuple[Chosen, str]:
    """Show a search box and the filters; return what was chosen in each field, and the search words.

    ``counts_of`` says how many records each value would leave, given what is chosen elsewhere.
    """
    text = search_words("Search", key="q", placeholder=placeholder)
    counts = counts_of({item.field: _asked(item.key) for item in filters}, text)
    chosen: Chosen = {}
    for item in filters:
        labels = {str(value): f"{item.titles.get(str(value), value)} ({n})" for value, n in counts[item.field].items()}
        ordered = sorted(labels.items(), key=lambda pair: pair[1], reverse=item.newest_first)
        chosen[item.field] = choose_many(item.label, dict(ordered), key=item.key, kind=item.label.lower())
    return chosen, text


def _asked(key: str) -> tuple[str, ...]:
    return tuple(part for part in st.query_params.get(key, "").split(",") if part)
