"""What changed in one area: the answer, where it departs from England, harm and risks, the difference in people."""

from html import escape
from math import prod

import streamlit as st

from psc.clock import today
from psc.narrate.area import Measured, area_headline, being_done_words
from psc.narrate.chance import many_chance_sentence
from psc.narrate.comparison import ENGLAND, before_words
from psc.narrate.people import PEOPLE_NOTE
from psc.narrate.sections import section_of, short_name
from psc.narrate.verdicts import Verdict, change_words
from psc.narrate.words import capitalised, count_words, month_words, old_words
from psc.register.select import priorities_of
from psc.web import data
from psc.web.navigation import address
from psc.web.parts import html_table, sign
from psc.web.people import people_sentence

MOST_ROWS = 8
NOTHING = "No measure changed clearly more or less here than in England."
NO_RISKS = "No risk or wait rose or fell clearly here."
COLUMNS = ["Measure", "Change here", "Change in England", "Figures"]


def answer(area: str) -> str:
    """Return where the area departs from England, harm, risks, and what is being done now."""
    done = being_done_words(priorities_of(data.register(), area), today())
    measured = [one for one in measured_in(area) if data.gives_verdicts(one.definition.id)]
    return f"{area_headline(data.area_names()[area], measured, today())} {done}"


def measured_in(area: str) -> list[Measured]:
    """Return the measures with figures in an area, in the pages' order, with England's verdicts."""
    england = data.verdicts_in(ENGLAND)
    return [
        Measured(data.definition(metric), verdict, england.get(metric))
        for metric, verdict in data.verdicts_in(area).items()
    ]


def expected_by_chance(area: str) -> str:
    """Return how many of the verdicts in the area would look clear though nothing changed; nothing without any."""
    judged = [one.definition.id for one in measured_in(area) if one.verdict.is_judged]
    chances = [chance for metric, chance in data.chances().items() if metric in judged and chance.gives_verdict]
    none = prod(1 - 1 / chance.one_in for chance in chances)
    expected = sum(1 / chance.one_in for chance in chances)
    return many_chance_sentence(expected, none, len(chances)) if chances else ""


def departures(area: str) -> list[Measured]:
    """Return the measures on which the area changes clearly otherwise than England: harm first, then by size."""
    apart = [one for one in measured_in(area) if one.departs]
    return sorted(apart, key=lambda one: (section_of(one.definition) != "harm", -abs(one.verdict.against_change or 0)))


def show_departures(area: str) -> None:
    """Show up to eight measures on which the area changes otherwise than England, a row each."""
    found = departures(area)
    if not found:
        st.html(f'<p class="psc-read">{NOTHING}</p>')
        return
    body = [_row(one, area) for one in found[:MOST_ROWS]]
    more = len(found) - MOST_ROWS
    rest = f'<p class="psc-note">{capitalised(count_words(more, "more is", "more are"))} below.</p>' if more > 0 else ""
    st.html(html_table(COLUMNS, body, "Measures that changed clearly more or less here than in England") + rest)


def show_changes(area: str) -> None:
    """Show every judged measure of harm, then the risks and waits that clearly rose or fell, a row each."""
    measured = [one for one in measured_in(area) if one.verdict.is_judged]
    harm = [one for one in measured if section_of(one.definition) == "harm"]
    risks = [one for one in measured if section_of(one.definition) == "risk" and one.verdict.certain]
    for title, found in (("Harm", harm), ("Risks and waits that clearly rose or fell", risks)):
        if found:
            ordered = sorted(found, key=lambda one: not one.verdict.certain)
            st.html(html_table(COLUMNS, [_row(one, area) for one in ordered], title))
    if not risks:
        st.html(f'<p class="psc-read">{NO_RISKS}</p>')


def _row(one: Measured, area: str) -> list[str]:
    where = escape(address("chart", metric=one.definition.id, area=area))
    end = one.verdict.period_end
    return [
        f'<span class="psc-icon">{sign(one.verdict.state, one.verdict.direction, 24)}'
        f'<a href="{where}">{escape(short_name(one.definition))}</a></span>',
        _change(one.verdict),
        _change(one.england),
        escape(f"To {month_words(end)}, {old_words(end, today())}"),
    ]


def _change(verdict: Verdict | None) -> str:
    if verdict is not None and verdict.reason == "too_few_to_say":
        return "too few to say"
    if verdict is None or verdict.change is None:
        return "not judged"
    clear = "" if verdict.certain else " (not clear)"
    return escape(f"{_than(verdict.change)} {before_words(verdict)}{clear}{_on_year(verdict)}")


def _on_year(verdict: Verdict) -> str:
    """The change on the year before, of yearly figures: the latest year may have risen where the average did not."""
    return "" if verdict.change_on_year is None else f", {_than(verdict.change_on_year)} the year before"


def _than(change: float) -> str:
    words = change_words(change)
    return f"{words} {'as' if words == 'about the same' else 'than'}"


def people_list(area: str) -> str:
    """Return what the level of each measure means in people, beside England's rate (HTML); nothing where unclear."""
    said = [(one, sentence) for one in measured_in(area) if (sentence := people_sentence(one.definition.id, area))]
    if not said:
        return ""
    items = "".join(f"<li><b>{escape(short_name(one.definition))}.</b> {escape(words)}</li>" for one, words in said)
    return f'<ul class="psc-read">{items}</ul><p class="psc-note">{escape(PEOPLE_NOTE)}</p>'
