"""The parts of the Shared learning page: the gallery with its filters."""

import streamlit as st

from psc.narrate.words import describe_tally
from psc.register.records.headline_figure import headline
from psc.register.records.register_vocabulary import EVIDENCE_GRADES, METHODS, SOLUTION_STATUSES
from psc.register.records.solution import Solution
from psc.register.search.selection import SolutionChoice, count_solutions, filter_solutions
from psc.web.components.filters import Chosen, Counts, Filter, pick
from psc.web.components.record_status import today
from psc.web.components.register_cards import group_titles, setting_titles, solution_card, titles_of
from psc.web.session import store
from psc.web.session.cache import cached


def choices() -> SolutionChoice:
    """Show the search box and the filters; return what was chosen."""
    grades = {code: f"{code}: {title}" for code, title in titles_of(EVIDENCE_GRADES).items()}
    chosen, text = pick(
        [
            Filter("harm_groups", "Kind of harm", "harm", group_titles()),
            Filter("care_settings", "Care setting", "setting", setting_titles()),
            Filter("methods", "How it was done", "method", titles_of(METHODS)),
            Filter("origins", "Where it began", "origin", {**store.area_names(), "england": "All 15 areas together"}),
            Filter("evidence_grades", "Evidence", "evidence", grades),
            Filter("statuses", "Status", "status", titles_of(SOLUTION_STATUSES)),
        ],
        "For example: falls in care homes",
        lambda asked, words: _counts(_choice(asked, words)),
    )
    return _choice(chosen, text)


@cached(entries=300, register=True)
def _counts(choice: SolutionChoice) -> Counts:
    return count_solutions(store.register(), choice)


def _choice(chosen: Chosen, text: str) -> SolutionChoice:
    return SolutionChoice(**chosen, text=text)


def page_summary(found: list[Solution]) -> str:
    """Return how many cases match, and how many of them have a measured result."""
    everything = len(store.register().solutions)
    shown = f"{len(found)} of {everything}" if len(found) < everything else f"{everything}"
    measured = sum(headline(solution).result is not None for solution in found)
    return (
        f"{shown} shared solutions; {describe_tally(measured)} {'gives' if measured == 1 else 'give'} an observed or "
        "adjusted result. The card shows the one that best speaks for use at scale, never a pilot or a modelled figure."
    )


def gallery(choice: SolutionChoice) -> None:
    """Show the matching cases as cards."""
    if cards := _cards(choice, today()):
        st.html(f'<div class="psc-cards">{cards}</div>')
    else:
        st.info("No shared solution matches all of these filters. Take one away, or search for fewer words.")


@cached(entries=300, register=True)
def _cards(choice: SolutionChoice, day: str) -> str:
    return "".join(solution_card(solution, day) for solution in filter_solutions(store.register(), choice))
