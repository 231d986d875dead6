"""New limits that are suggested to an area's lead, each with its evidence and the way to the form that sets them."""

from functools import lru_cache
from html import escape

import streamlit as st

from psc.narrate.new_limits import describe_new_limits
from psc.narrate.words import capitalised, describe_count
from psc.register.records.chart_decision import applied
from psc.register.workflow.permissions import Actor
from psc.store.one_series import judge_series
from psc.store.one_side import latest_run
from psc.web.components.page_parts import section
from psc.web.session import store
from psc.web.session.navigation import address


def show_suggested_limits(actor: Actor) -> None:
    """Show what is suggested to a lead for their areas; nothing where nothing is."""
    names = store.area_names()
    found = [
        (area, metric, words)
        for area in sorted(actor.areas("lead"), key=names.__getitem__)
        for metric, words in suggested_limits(store.register_version(), area)
    ]
    if not found:
        return
    section(
        "New limits to think about",
        note="This site only suggests them. You decide, and write down the reason; a chart’s verdict stays as it is.",
    )
    many = capitalised(describe_count(len(found), "chart"))
    with st.expander(f"{many} whose figures have moved and stayed there"):
        st.html(f'<ul class="psc-read psc-list">{"".join(_item(*one) for one in found)}</ul>')


@lru_cache(maxsize=64)
def suggested_limits(version: str, area: str) -> tuple[tuple[str, str], ...]:
    """Return metric id and words of every suggestion for an area. ``version`` is that of store and register."""
    every = store.verdicts_in(area)
    return tuple((metric, words) for metric in every if (words := _describe_suggestion(metric, area)))


def _describe_suggestion(metric: str, area: str) -> str:
    definition, verdict = store.definition(metric), store.verdicts_in(area)[metric]
    # Judging a series takes longer than all the rest: most are ruled out by their verdict.
    if definition.chart != "xmr" or not verdict.certain:
        return ""
    series = store.rows("series", metric=metric)
    own = series[series["area_id"] == area]
    decisions = applied(store.register().decisions_about(metric, area))
    judged = judge_series(definition, own, decisions, "ours")
    return describe_new_limits(definition, verdict, latest_run(judged, own))


def _item(area: str, metric: str, words: str) -> str:
    moved = any(item.moves_limits for item in store.register().decisions_about(metric, area))
    # The limits that the words are about, so that they can be checked by eye.
    chart = escape(address("chart", metric=metric, area=area, limits="ours" if moved else "all_years"))
    form = escape(address("workspace", new="chart_decision", metric=metric, area=area))
    title = f"{store.definition(metric).title}, {store.area_names()[area]}"
    return (
        f'<li><a href="{chart}">{escape(title)}</a>. {escape(words)} '
        f'<a href="{form}">Set new limits, with the reason</a></li>'
    )
