"""The parts of the Priorities page: filters with counts, and the noticeboard of cards."""

from html import escape
from itertools import groupby

import streamlit as st

from psc.narrate.words import capitalised, describe_count, describe_some, describe_span, describe_tally
from psc.register.records.headline_figure import in_order
from psc.register.records.priority import Priority, Programme
from psc.register.records.register_vocabulary import FIGURE_KINDS, ORIGINS, PRIORITY_STATUSES
from psc.register.search.selection import PriorityChoice, count_priorities, filter_priorities
from psc.web.components.filters import Chosen, Counts, Filter, pick
from psc.web.components.page_parts import facts, source_links
from psc.web.components.record_status import standing_of
from psc.web.components.register_cards import (
    describe_area,
    group_titles,
    priority_card,
    setting_titles,
    titles_of,
)
from psc.web.session import store
from psc.web.session.cache import cached


def choices() -> PriorityChoice:
    """Show the filters, each option with how many priorities it would leave; return what was chosen."""
    chosen, text = pick(
        [
            Filter("areas", "Area", "area", store.area_names()),
            Filter("harm_groups", "Kind of harm", "harm", group_titles()),
            Filter("care_settings", "Care setting", "setting", setting_titles()),
            Filter("origins", "Who set it", "origin", titles_of(ORIGINS)),
            Filter("statuses", "Status", "status", titles_of(PRIORITY_STATUSES)),
            Filter("years", "Year", "year", {}, newest_first=True),
        ],
        "For example: care homes",
        lambda asked, words: _counts(_choice(asked, words)),
    )
    return _choice(chosen, text)


@cached(entries=300, register=True)
def _counts(choice: PriorityChoice) -> Counts:
    return count_priorities(store.register(), choice)


def _choice(chosen: Chosen, text: str) -> PriorityChoice:
    years = tuple(int(year) for year in chosen["years"] if year.isdigit())
    return PriorityChoice(**{**chosen, "years": years}, text=text)  # type: ignore[arg-type]


def page_summary(found: list[Priority]) -> str:
    """Return how many priorities match, how many are still worked on, and how patients took part."""
    everything = store.register().priorities
    shown = f"{len(found)} of {len(everything)}" if len(found) < len(everything) else f"{len(found)}"
    active = sum(priority.status == "active" for priority in found)
    involved = sum(priority.patient_involvement is not None for priority in found)
    own = sum(standing_of(priority).is_areas_own for priority in found)
    whose = (
        f"{capitalised(describe_some(own, 'is', 'are'))} the areas’ own word, the others compiled"
        if own
        else "Compiled"
    )
    return (
        f"{shown} published priorities, {describe_tally(active)} of them active when last seen. "
        "How patients took part is "
        f"recorded for {describe_tally(involved)}. {whose} from public sources, which each card names."
    )


def noticeboard(choice: PriorityChoice) -> None:
    """Show the matching priorities as cards, grouped by who shares them; folded up while nothing has been chosen."""
    if board := _board(choice):
        st.html(board)
    else:
        st.info("No published priority matches all of these filters. Take one away, or search for fewer words.")


@cached(entries=300, register=True)
def _board(choice: PriorityChoice) -> str:
    found = sorted(filter_priorities(store.register(), choice), key=_position)
    unfolded = "" if choice == PriorityChoice() else " open"
    parts = []
    for place, group in groupby(found, key=_place):
        cards = [priority_card(priority) for priority in group]
        parts.append(
            f'<details class="psc-place"{unfolded}><summary><h2>{escape(place)} <span class="psc-muted">'
            f"{describe_count(len(cards), 'priority', 'priorities')}</span></h2></summary>"
            f'<div class="psc-cards">{"".join(cards)}</div></details>'
        )
    return "".join(parts)


def _position(priority: Priority) -> tuple[int, str, bool]:
    """Each area's own first, in alphabetical order, then what several share, then what all share; active ones first."""
    scopes = ["one_area", "several_areas", "national"]
    return scopes.index(priority.scope), _place(priority), priority.status != "active"


def _place(priority: Priority) -> str:
    return describe_area(priority.areas)


def programmes() -> None:
    """Show the national programmes the collaboratives have delivered."""
    for programme in store.register().programmes:
        with st.expander(f"{programme.title} ({describe_span(programme.start, programme.end)})"):
            st.html(_programme(programme))


def _programme(programme: Programme) -> str:
    results = "".join(
        f'<li>{escape(figure.text)} <span class="psc-kind">{escape(FIGURE_KINDS[figure.figure_kind][0])}</span></li>'
        for figure in in_order(programme.published_results)
    )
    pairs = {"Aim": escape(programme.aim), "Measured by": escape(programme.measures)}
    if results:
        pairs["Published results"] = f'<ul class="psc-linked">{results}</ul>'
    if programme.results_note:
        pairs["About the results"] = escape(programme.results_note)
    if programme.unverified_fields:
        pairs["Not verified"] = escape(", ".join(programme.unverified_fields).replace("_", " "))
    if programme.unverified_note:
        pairs["About what is not verified"] = escape(programme.unverified_note)
    pairs["Source"] = source_links(programme.sources)
    return facts(pairs, values_are_html=True)
