"""The parts of the Priorities page: filters with counts, and the noticeboard of cards."""

from html import escape
from itertools import groupby

import streamlit as st

from psc.narrate.words import count_words
from psc.register.models import Priority, Programme
from psc.register.select import PriorityChoice, count_priorities, filter_priorities
from psc.register.vocabulary import FIGURE_KINDS, ORIGINS, PRIORITY_STATUSES
from psc.web import data
from psc.web.filters import Chosen, Filter, pick
from psc.web.parts import facts, source_links
from psc.web.register_cards import (
    area_words,
    group_titles,
    metric_signals_of,
    priority_card,
    setting_titles,
    titles_of,
)


def choices() -> PriorityChoice:
    """Show the filters, each option with how many priorities it would leave; return what was chosen."""
    chosen, text = pick(
        [
            Filter("areas", "Area", "area", dict(data.areas()["name"])),
            Filter("harm_groups", "Kind of harm", "harm", group_titles()),
            Filter("care_settings", "Care setting", "setting", setting_titles()),
            Filter("origins", "Who set it", "origin", titles_of(ORIGINS)),
            Filter("statuses", "Status", "status", titles_of(PRIORITY_STATUSES)),
            Filter("years", "Year", "year", {}, newest_first=True),
        ],
        "For example: care homes",
        lambda asked, words: count_priorities(data.register(), _choice(asked, words)),
    )
    return _choice(chosen, text)


def _choice(chosen: Chosen, text: str) -> PriorityChoice:
    years = tuple(int(year) for year in chosen["years"] if year.isdigit())
    return PriorityChoice(**{**chosen, "years": years}, text=text)  # type: ignore[arg-type]


def answer(found: list[Priority]) -> str:
    """Return how many priorities match, and that they come from public sources."""
    everything = len(data.register().priorities)
    shown = "All" if len(found) == everything else f"{len(found)} of"
    return f"{shown} {everything} published priorities. They were compiled from public sources, which each card names."


def noticeboard(choice: PriorityChoice) -> None:
    """Show the matching priorities as cards, grouped by who shares them."""
    found = filter_priorities(data.register(), choice)
    if not found:
        st.info("No published priority matches all of these filters. Take one away, or search for fewer words.")
        return
    signals = metric_signals_of(choice.areas[0] if len(choice.areas) == 1 else None)
    for place, group in groupby(sorted(found, key=_place), key=_place):
        cards = list(group)
        st.html(
            f'<h2 class="psc-section">{escape(place)} <span class="psc-muted">'
            f"{count_words(len(cards), 'priority', 'priorities')}</span></h2>"
            f'<div class="psc-cards">{"".join(priority_card(priority, signals) for priority in cards)}</div>'
        )


def _place(priority: Priority) -> str:
    return area_words(priority.areas)


def programmes() -> None:
    """Show the national programmes the collaboratives have delivered."""
    for programme in data.register().programmes:
        with st.expander(f"{programme.title} ({programme.start} to {programme.end or 'not recorded'})"):
            st.html(_programme(programme))


def _programme(programme: Programme) -> str:
    results = "".join(
        f'<li>{escape(figure.text)} <span class="psc-kind">{escape(FIGURE_KINDS[figure.figure_kind][0])}</span></li>'
        for figure in programme.published_results
    )
    pairs = {"Aim": escape(programme.aim), "Measured by": escape(programme.measures)}
    if results:
        pairs["Published results"] = f'<ul class="psc-linked">{results}</ul>'
    if programme.results_note:
        pairs["About the results"] = escape(programme.results_note)
    if programme.unverified_fields:
        pairs["Not verified"] = escape(", ".join(programme.unverified_fields).replace("_", " "))
    pairs["Source"] = source_links(programme.sources)
    return facts(pairs)
