"""The parts of the Learning page about skills: people trained and coaches, and what the published history tells."""

from html import escape
from itertools import groupby

import streamlit as st

from psc.narrate.words import capitalised, describe_count, describe_date
from psc.register.public.public_register import Capability
from psc.register.records.register_vocabulary import FIGURE_KINDS, MethodTag
from psc.register.text.markup import to_html
from psc.web.components.page_parts import html_table, section, source_links
from psc.web.components.register_cards import describe_area
from psc.web.session import store
from psc.web.session.navigation import address

LEARNING_METHODS: tuple[MethodTag, ...] = ("training", "coaching", "network")
SKILLS = "capability"
"""The code of the priorities that are about skills."""
Q_INITIATIVE = "q-initiative"
"""The event of the timeline that is about skills."""


def is_readable() -> bool:
    """Whether what people have recorded could be read at all; without it there is only the compiled history."""
    return store.register().is_read


def nobody(area: str | None) -> str:
    """Return the beginning of a sentence about what has not been recorded, by an area or by any."""
    return f"{store.area_names()[area]} has not" if area else "No area has"


def capabilities_of(area: str | None) -> list[Capability]:
    """Return the counts of an area, or of all, of people trained and coaches: by area and skill, the newest first."""
    names = store.area_names()
    found = [item for item in store.register().capabilities if area in (None, item.area)]
    found.sort(key=lambda item: item.end, reverse=True)
    return sorted(found, key=lambda item: (names[item.area], item.skill.casefold(), item.what))


def capabilities(area: str | None) -> None:
    """Show how many people each area has trained, and its coaches: a sentence and a table for each area."""
    section("People trained, and coaches", "skills")
    recorded = capabilities_of(area)
    if not recorded:
        if is_readable():
            st.html(f'<p class="psc-read">{escape(nobody(area))} recorded people trained or coaches yet.</p>')
        return
    st.html(
        f"{reach_note()}"
        '<p class="psc-note">Areas count in different ways and over different periods, so the figures are not added '
        "up.</p>"
    )
    for owner, items in groupby(recorded, key=lambda item: item.area):
        counts = list(items)
        name = store.area_names()[owner]
        st.html(
            f'<h3 class="psc-group" id="skills-{escape(owner)}">{escape(name)}</h3>'
            f'<p class="psc-read">{escape(describe_newest(counts))}</p>'
            f"{_counts_table(counts, name)}"
        )


def _counts_table(counts: list[Capability], name: str) -> str:
    columns = ["Skill", "What was counted", "Period", "People", "How they were counted"]
    return html_table(
        columns, [_row(item) for item in counts], f"People trained and coaches in {name}", cells_are_html=True
    )


_REACH = f'<span class="psc-kind">{escape(FIGURE_KINDS["reach"][0])}</span>'


def reach_note() -> str:
    """Return what a figure of people trained does not show (HTML)."""
    return f'<p class="psc-note">{_REACH} {escape(FIGURE_KINDS["reach"][1])}</p>'


def count_card(item: Capability) -> str:
    """Return one count as a card."""
    how = f'<div class="psc-small">How they were counted: {to_html(item.how_counted)}</div>'
    return f'<article class="psc-card"><p>{escape(sentence(item))}</p>{how}{reach_note()}</article>'


def describe_newest(counts: list[Capability]) -> str:
    """Return the newest count of people trained and the newest of coaches, each as a sentence."""
    newest = {item.what: item for item in sorted(counts, key=lambda item: item.end)}
    return " ".join(sentence(newest[what]) for what in sorted(newest, reverse=True))


def sentence(item: Capability) -> str:
    """Return a count as a sentence with its skill and period; coaches are counted on the last day."""
    name, people = store.area_names()[item.area], f"{item.people:,}"
    if item.what == "coaches":
        coaches = "coach" if item.people == 1 else "coaches"
        return f"{name} recorded {people} {coaches} in “{item.skill}” on {describe_date(item.end)}."
    trained = "person" if item.people == 1 else "people"
    span = f"from {describe_date(item.start)} to {describe_date(item.end)}"
    return f"{name} recorded {people} {trained} trained in “{item.skill}” {span}."


def _row(item: Capability) -> list[str]:
    is_coaches = item.what == "coaches"
    period = describe_date(item.end) if is_coaches else f"{describe_date(item.start)} to {describe_date(item.end)}"
    return [
        escape(item.skill),
        "Coaches" if is_coaches else "People trained",
        period,
        f"{item.people:,} {_REACH}",
        to_html(item.how_counted),
    ]


def history() -> None:
    """Show what public sources tell of skills: priorities, solutions, the Q initiative."""
    register = store.register()
    section("In the published history", "history", "Compiled from public sources, by us.")
    about = [priority for priority in register.priorities if SKILLS in priority.harm_areas]
    taught = sum(bool(set(LEARNING_METHODS) & set(solution.method_tags)) for solution in register.solutions)
    found = address("solutions", method=",".join(LEARNING_METHODS))
    lines = [
        f'<a href="{escape(address("priority", id=priority.id))}">{escape(priority.title)}</a> '
        f"({escape(describe_area(priority.areas))}): {escape(priority.summary)}"
        for priority in about
    ]
    lines.append(
        f'<a href="{escape(found)}">{capitalised(describe_count(taught, "shared solution"))}</a> taught staff, coached '
        "them or brought them together in a network."
    )
    lines += [
        f"{escape(describe_date(event.date))}: {escape(event.event)} Source: {source_links(event.sources)}"
        for event in register.timeline
        if event.id == Q_INITIATIVE
    ]
    st.html(f'<ul class="psc-read">{"".join(f"<li>{line}</li>" for line in lines)}</ul>')
