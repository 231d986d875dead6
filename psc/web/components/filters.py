"""Filters with a count beside every choice, kept in the address."""

from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass

import streamlit as st

from psc.web.components.permalink import choose_many, search_words
from psc.web.components.render import render_macro

FILTERS = "macros/filters.html"
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
    asked = {item.field: _asked(item.key) for item in filters}
    counts = counts_of(asked, text)
    in_use = [field for field, values in asked.items() if set(values) & {str(value) for value in counts[field]}]
    _fold(len(in_use), len(filters))
    chosen: Chosen = {}
    for item in filters:
        labels = {str(value): f"{item.titles.get(str(value), value)} ({n})" for value, n in counts[item.field].items()}
        ordered = sorted(labels.items(), key=lambda pair: pair[1], reverse=item.newest_first)
        chosen[item.field] = choose_many(item.label, dict(ordered), key=item.key, kind=item.label.lower())
    return chosen, text


def _fold(chosen: int, of: int) -> None:
    """Show what unfolds the filters on a phone, where they would stand between a reader and the first card.

    It says the same whatever is chosen: one that is drawn anew would fold up again under the reader's hand.
    """
    st.html(render_macro(FILTERS, "fold", of))
    if chosen:
        st.html(render_macro(FILTERS, "in_use", chosen, of))


def _asked(key: str) -> tuple[str, ...]:
    return tuple(part for part in st.query_params.get(key, "").split(",") if part)
