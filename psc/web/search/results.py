"""The parts of the Search page: how much was found, and the list of it."""

from collections.abc import Mapping
from html import escape
from typing import NamedTuple

import streamlit as st

from psc.narrate.words import capitalised, describe_count, describe_list
from psc.register.search.entries import Entry, Kind, entries_of, measure_entries
from psc.register.search.query_words import query_words
from psc.register.search.text_search import Hit, Index
from psc.web.session import store
from psc.web.session.cache import cached
from psc.web.session.navigation import address, link

SHOWN = 50
SHOWN_OF_PARTIAL = 10
KINDS: Mapping[Kind, tuple[str, str]] = {
    "area": ("area", "areas"),
    "measure": ("measure", "measures"),
    "priority": ("priority", "priorities"),
    "solution": ("shared solution", "shared solutions"),
    "learning": ("piece of learning", "pieces of learning"),
}


class Findings(NamedTuple):
    """What a search found: the best hits, and how many of each kind have all the words.

    Without ``counts`` the hits have only some of the words.
    """

    hits: list[Hit]
    counts: Mapping[Kind, int]


def find(words: str) -> Findings | None:
    """Return what the words find; None where there are no words to search for."""
    if not query_words(words):
        return None
    index = _index()
    counts = {kind: count for kind in KINDS if (count := len(index.ids(words, kind)))}
    return Findings(
        index.search(words, limit=SHOWN) if counts else index.search_any(words, limit=SHOWN_OF_PARTIAL), counts
    )


@cached(entries=2, register=True)
def _index() -> Index:
    """The areas, the measures and all that is published, ready to be searched."""
    areas = [
        Entry("area", area.id, area.name_, area.places, f"{area.psc_name}\n{area.hin_name}")
        for area in store.areas().rename(columns={"name": "name_"}).itertuples()
    ]
    register = store.register()
    return Index([*areas, *measure_entries(store.catalogue()), *entries_of(register)], register.synonyms)


def page_summary(found: Findings | None) -> str:
    """Return how many of each kind were found; before there are words, what can be found."""
    if found is None:
        return (
            "Search the 15 areas, the measures, and what the areas have published: priorities, shared solutions and "
            "how they learn."
        )
    if not found.counts:
        return "Nothing here has all of these words in it." + (" These have some of them." if found.hits else "")
    return (
        "Found: " + describe_list([describe_count(count, *KINDS[kind]) for kind, count in found.counts.items()]) + "."
    )


def results(found: Findings | None) -> None:
    """Show what was found, best first."""
    if found is None:
        return
    if not found.hits:
        st.info("Search for fewer words, or for the beginning of a long one.")
        link("priorities", "All published priorities")
        link("solutions", "All shared solutions")
        return
    everything = sum(found.counts.values())
    listed = "".join(_item(hit) for hit in found.hits)
    more = f'<p class="psc-note">The best {SHOWN} of {everything:,}. With more words you find fewer.</p>'
    st.html(f'<ol class="psc-hits">{listed}</ol>{more if everything > len(found.hits) else ""}')


def place_of(hit: Hit) -> str:
    """Return the address at which what was found can be read."""
    if hit.kind == "solution":
        return address("solutions", id=hit.id)
    if hit.kind == "area":
        return address("area", area=hit.id)
    if hit.kind == "measure":
        return address("compare" if store.definition(hit.id).has_series else "methods", metric=hit.id)
    if hit.kind == "learning":
        return address("learning", item=hit.id)
    return address("priority", id=hit.id)


def _item(hit: Hit) -> str:
    kind = escape(capitalised(KINDS[hit.kind][0]))
    return (
        f'<li class="psc-hit"><span class="psc-tag">{kind}</span>'
        f'<h2><a href="{escape(place_of(hit))}">{hit.title_html}</a></h2><p>{hit.excerpt_html}</p></li>'
    )
