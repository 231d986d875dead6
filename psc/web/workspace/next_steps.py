"""What comes next for a record, and the links to what hangs on it."""

from html import escape

import streamlit as st

from psc.geography.areas import ENGLAND
from psc.register.workflow.lifecycle import PUBLIC_STATES
from psc.register.workflow.permissions import WRITERS, Actor, is_own
from psc.register.workflow.record import Record
from psc.web.session.navigation import address
from psc.web.workspace.workspace_words import describe_next


def ways_on(actor: Actor, record: Record) -> None:
    """Show what comes next, the next link of the chain to write, and where the public reads the record."""
    ways = [*_to_write(actor, record), *_to_read(record)]
    if record.compiled:
        st.html(
            '<p class="psc-note">Compiled from public sources. Take it over to change it: your area then speaks '
            "for it, and what was compiled stays on record.</p>"
        )
    elif is_own(actor, record.standing) and (words := describe_next(record)):
        st.html(f'<p class="psc-read"><b>Next:</b> {escape(words)}</p>')
    if ways:
        listed = " · ".join(f'<a href="{escape(where)}">{escape(label)}</a>' for label, where in ways)
        st.html(f'<p class="psc-read">{listed}</p>')


def _to_write(actor: Actor, record: Record) -> list[tuple[str, str]]:
    if not actor.areas(*WRITERS) & set(record.areas):
        return []
    if record.kind == "priority" and record.state in ("published", "in_consultation", "draft"):
        return [("Write a test of change", address("workspace", new="test", priority_id=record.id))]
    if record.kind == "test":
        return [("Write a solution from this test", address("workspace", new="solution", test_id=record.id))]
    return []


def _to_read(record: Record) -> list[tuple[str, str]]:
    is_public = record.state in PUBLIC_STATES[record.kind]
    links = record.links
    if record.kind == "adoption":
        return [("The solution’s public page", address("solutions", id=links["solution_id"]))]
    if record.kind == "test":
        priority = ("The priority it belongs to", address("workspace", record=f"priority:{links['priority_id']}"))
        public = f"{address('priority', id=links['priority_id'])}#{record.id}"
        return [priority, ("This test as the public sees it", public)] if is_public else [priority]
    if record.kind == "chart_decision":
        return _to_charts(record)
    if not is_public:
        return []
    where = {
        "priority": address("priority", id=record.id),
        "solution": address("solutions", id=record.id),
        "suggestion": f"{address('suggest')}#{record.id}",
    }
    return [("See it as the public does", where.get(record.kind, address("learning")))]


def _to_charts(record: Record) -> list[tuple[str, str]]:
    metric, area = record.content.get("metric"), record.areas[0]
    if not metric:
        return []
    if area == ENGLAND:
        return [("The charts of this measure in all areas", address("compare", metric=metric))]
    return [("The chart", address("chart", metric=metric, area=area))]
