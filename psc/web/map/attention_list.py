"""What needs attention: harm first, with its size and its places; then risks and waits that differ from England."""

from collections.abc import Sequence
from datetime import date
from html import escape

import streamlit as st

from psc.clock import today
from psc.narrate.attention import (
    Departures,
    Everywhere,
    departures,
    describe_harm,
    describe_national,
    describe_no_clear,
    describe_on_year,
    describe_own_change,
    describe_unsure,
    harms,
    has_changed,
)
from psc.narrate.measure_sections import section_of, short_name
from psc.narrate.words import describe_list, describe_month, describe_old
from psc.web.components.page_parts import sign
from psc.web.map.attention_table import attention_table
from psc.web.session import store
from psc.web.session.cache import cached
from psc.web.session.navigation import address

SIDES = {"less": "Improving less than England", "more": "Improving more than England"}


def show_attention() -> None:
    """Show what needs attention in all measures and areas."""
    st.html(_attention(today().replace(day=1))[0])


def show_everything() -> None:
    """Show, on request, every clear change and difference from England as a table, which needs the page's width."""
    everything = st.expander("Every clear change and difference as a table", on_change="rerun")
    if everything.open:
        with everything:
            st.html(_attention(today().replace(day=1))[1])


@cached(entries=2)
def _attention(month: date) -> tuple[str, str]:
    everything = store.verdicts_everywhere()
    brief = f'<h2 class="psc-card-title">What needs attention</h2>{_harm(everything, month)}{_risk(everything, month)}'
    return brief, attention_table(everything)


def _harm(everything: Sequence[Everywhere], month: date) -> str:
    found = harms(everything)
    changed, others = [each for each in found if has_changed(each)], [each for each in found if not has_changed(each)]
    if not found:
        return '<h3 class="psc-attention">Harm</h3><p class="psc-note">No measure of harm can be judged yet.</p>'
    newest = max(_end(each) for each in found)
    items = "".join(_harm_item(each, newest, month) for each in changed)
    return (
        f'<h3 class="psc-attention">Harm</h3>{_age_note(newest, month)}<ul class="psc-signals">{items}</ul>'
        f"{_unchanged(others, newest, month)}{_unjudged(everything, month)}"
    )


def _harm_item(found: Everywhere, newest: date, month: date) -> str:
    shown = found.england or next(iter(found.areas.values()))
    words = escape(describe_harm(found, store.area_names()) + _other_age(_end(found), newest, month))
    return f"<li>{sign(shown.state, shown.direction, 24)}<span>{_compare_link(found)}. {words}</span></li>"


def _unchanged(others: Sequence[Everywhere], newest: date, month: date) -> str:
    if not others:
        return ""
    said = []
    for each in others:
        year = describe_on_year(each)
        bracket = f" ({escape(year)})" if year else ""
        said.append(f"{_compare_link(each)}{bracket}{escape(_other_age(_end(each), newest, month))}")
    return f'<p class="psc-folded">No clear change in England or any area: {"; ".join(said)}.</p>'


def _unjudged(everything: Sequence[Everywhere], month: date) -> str:
    """Measures of harm with figures that no verdict can be made of: silence about them would flatter."""
    said = [
        f"{_compare_link(each)} (last published to {describe_month(_end(each))}, {describe_old(_end(each), month)})"
        for each in everything
        if section_of(each.definition) == "harm" and not any(one.is_judged for one in each.verdicts.values())
    ]
    return f'<p class="psc-folded">Not judged: {"; ".join(said)}.</p>' if said else ""


def _risk(everything: Sequence[Everywhere], month: date) -> str:
    risks = [each for each in everything if section_of(each.definition) == "risk"]
    if not risks:
        return ""
    newest = max(_end(each) for each in risks)
    nation = describe_national(risks)
    signals = f'<a href="{escape(address("signals"))}">All measures in all areas</a>'
    folded = "".join(
        f'<p class="psc-folded">{words}</p>'
        for words in (f"{escape(nation)} {signals}.".strip(), escape(describe_unsure(risks)))
        if words
    )
    groups = "".join(_side(departures(risks, side), title, newest, month) for side, title in SIDES.items())
    return (
        f'<h3 class="psc-attention">Risks and waits</h3>{_age_note(newest, month)}{folded}'
        f"{_steady(risks, newest, month)}{groups}"
    )


def _steady(risks: Sequence[Everywhere], newest: date, month: date) -> str:
    said = [
        f"{_compare_link(each)}{escape(_other_age(_end(each), newest, month))}"
        for each in risks
        if each.england and each.england.state == "steady" and each.definition.direction != "neutral"
    ]
    return f'<p class="psc-folded">No clear change in England: {"; ".join(said)}.</p>' if said else ""


def _side(found: Sequence[Departures], title: str, newest: date, month: date) -> str:
    if not found:
        return ""
    items = "".join(f"<li>{_departures_item(one, newest, month)}</li>" for one in found)
    return f'<h4 class="psc-attention">{escape(title)}</h4><ul class="psc-differences">{items}</ul>'


def _departures_item(found: Departures, newest: date, month: date) -> str:
    each = found.everywhere
    said = [f"{_chart_link(each, area)} {describe_own_change(each.verdicts[area])}".strip() for area in found.clear]
    if found.others:
        said.append(f"{describe_no_clear(found)} {describe_list([_chart_link(each, area) for area in found.others])}")
    england = describe_own_change(each.england) if each.england else ""
    bracket = f" (England {england})" if england else ""
    return f"{_compare_link(each)}{bracket}{escape(_other_age(_end(each), newest, month))}: {'; '.join(said)}."


def _chart_link(found: Everywhere, area: str) -> str:
    where = escape(address("chart", metric=found.definition.id, area=area))
    return f'<a href="{where}">{escape(store.area_names()[area])}</a>'


def _compare_link(found: Everywhere) -> str:
    where = escape(address("compare", metric=found.definition.id))
    return f'<a href="{where}">{escape(short_name(found.definition))}</a>'


def _end(found: Everywhere) -> date:
    return max(verdict.period_end for verdict in found.verdicts.values())


def _age_note(end: date, month: date) -> str:
    return f'<p class="psc-note">Figures to {describe_month(end)}, {describe_old(end, month)}.</p>'


def _other_age(end: date, newest: date, month: date) -> str:
    """The age of figures that end earlier than those that the note above is about."""
    return "" if end == newest else f" (to {describe_month(end)}, {describe_old(end, month)})"
