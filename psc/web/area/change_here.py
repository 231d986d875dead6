"""What changed in one area: the answer, where it departs from England, harm and risks."""

from collections.abc import Sequence
from math import prod

import streamlit as st

from psc.clock import today
from psc.geography.areas import ENGLAND
from psc.narrate.area import Measured, area_headline, counted_in
from psc.narrate.chance import many_chance_sentence
from psc.narrate.measure_sections import section_of
from psc.narrate.words import capitalised, describe_count
from psc.web.area.area_cells import change_cell, england_cell, figure_cell, measure_cell, period_cell
from psc.web.components.page_parts import html_table
from psc.web.session import store

MOST_ROWS = 8
NOTHING = "No measure changed clearly more or less here than in England."
NO_RISKS = "No risk or wait rose or fell clearly here."
NEUTRAL_DEPARTURES = "The same, where neither way is better"
NEUTRAL_CHANGES = "Rose or fell clearly, where neither way is better"
INTERVALS = "A change that is clear has its 99% interval in brackets."
COLUMNS = ["Measure", "Here", "In England", "Change here", "Change in England", "Figures"]


def page_summary(area: str) -> str:
    """Return how changes in the area differ from England's, and how many harms, risks and waits changed."""
    return area_headline(steady_in(area), today())


def steady_in(area: str) -> list[Measured]:
    """Return the measures that are counted: without those too unsteady for verdicts to be more than chance."""
    return [one for one in measured_in(area) if store.gives_verdicts(one.definition.id)]


def measured_in(area: str) -> list[Measured]:
    """Return the measures with figures in an area, in the pages' order, with England's verdicts."""
    england = store.verdicts_in(ENGLAND)
    return [
        Measured(store.definition(metric), verdict, england.get(metric))
        for metric, verdict in store.verdicts_in(area).items()
    ]


def expected_by_chance(area: str) -> str:
    """Return how many of the verdicts that are counted would look clear though nothing changed; nothing without any."""
    steady = steady_in(area)
    judged = {one.definition.id for section in ("harm", "risk") for one in counted_in(steady, section)}
    chances = [chance for metric, chance in store.chances().items() if metric in judged]
    none = prod(1 - 1 / chance.one_in for chance in chances)
    expected = sum(1 / chance.one_in for chance in chances)
    return many_chance_sentence(expected, none, len(chances)) if chances else ""


def departures(area: str) -> list[Measured]:
    """Return the measures on which the area changes clearly otherwise than England: harm first, then by size."""
    apart = [one for one in steady_in(area) if one.departs]
    return sorted(apart, key=lambda one: (section_of(one.definition) != "harm", -abs(one.verdict.against_change or 0)))


def show_departures(area: str) -> None:
    """Show up to eight measures on which the area changes otherwise than England, a row each; neutral ones apart."""
    found = [one for one in departures(area) if not one.is_neutral]
    neutral = [one for one in departures(area) if one.is_neutral]
    if found:
        more = len(found) - MOST_ROWS
        rest = f'<p class="psc-note">{capitalised(describe_count(more, "more is", "more are"))} below.</p>'
        title = "Measures that changed clearly more or less here than in England"
        st.html(_table(found[:MOST_ROWS], area, title) + (rest if more > 0 else ""))
    else:
        st.html(f'<p class="psc-read">{NOTHING}</p>')
    if neutral:
        st.html(_table(neutral, area, NEUTRAL_DEPARTURES))


def show_changes(area: str) -> None:
    """Show the measures that the answer counts: every harm, the risks and waits that clearly changed; neutral apart."""
    measured = steady_in(area)
    harm = sorted(counted_in(measured, "harm"), key=lambda one: not one.verdict.certain)
    risks = [one for one in counted_in(measured, "risk") if one.verdict.certain]
    neutral = [one for one in measured if one.is_neutral and one.verdict.certain]
    for title, found in (
        ("Harm", harm),
        ("Risks and waits that clearly rose or fell", risks),
        (NEUTRAL_CHANGES, neutral),
    ):
        if found:
            st.html(_table(found, area, title))
    if not risks:
        st.html(f'<p class="psc-read">{NO_RISKS}</p>')
    st.html(f'<p class="psc-note">{INTERVALS}</p>')


def _table(found: Sequence[Measured], area: str, title: str) -> str:
    return html_table(COLUMNS, [_row(one, area) for one in found], title, cells_are_html=True)


def _row(one: Measured, area: str) -> list[str]:
    return [
        measure_cell(one.definition, one.verdict, area),
        figure_cell(one.definition, one.verdict, area),
        england_cell(one.definition, one.verdict),
        change_cell(one.verdict),
        change_cell(one.england),
        period_cell(one.verdict),
    ]
