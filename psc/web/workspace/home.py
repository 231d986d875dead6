"""The workspace's first page: what waits for this person, and everything their area works on."""

from collections.abc import Mapping, Sequence
from datetime import date
from html import escape

import streamlit as st

from psc.clock import london_day
from psc.narrate.words import capitalised, describe_count, describe_date, describe_list
from psc.register.service import Service
from psc.register.unsaved_forms import Form, forms_of
from psc.register.workflow.lifecycle import PROPOSED, Kind
from psc.register.workflow.permissions import ROLES, WRITERS, Actor, decides_for_england, is_own, may
from psc.register.workflow.record import Record
from psc.web.components.page_parts import heading, html_table, section
from psc.web.session import store
from psc.web.session.navigation import address
from psc.web.workspace.form.form_names import form_address
from psc.web.workspace.notice import show_told
from psc.web.workspace.suggested_limits import show_suggested_limits
from psc.web.workspace.workspace_words import (
    KINDS,
    NEW,
    decision_title,
    describe_state,
    goes_on_though_withdrawn,
    title_of,
)

LISTED: tuple[Kind, ...] = ("priority", "test", "solution", "adoption", "event", "capability", "chart_decision")
COUNTED: tuple[Kind, ...] = ("priority", "test", "solution")
OVER = frozenset({"closed", "discarded", "withdrawn", "cancelled", "rejected"})


def show_home(service: Service, actor: Actor, today: date) -> None:
    """Show what waits for the person, then the area's records by kind."""
    records: dict[Kind, list[Record]] = {kind: service.records(actor, kind) for kind in (*LISTED, "suggestion")}
    waiting = _waiting(service, actor, records, today)
    heading("What is your area working on?", f"{_going_on(actor, records)}{_tally(waiting)} {_who(actor)}".strip())
    show_told()
    section("Waiting for you", note="" if waiting else "Nothing waits for you.")
    if waiting:
        st.html(f'<ul class="psc-read">{"".join(f"<li>{line}</li>" for line in waiting)}</ul>')
    show_suggested_limits(actor)
    for kind in LISTED if actor.areas() else ():
        _own(actor, kind, records[kind])
    _suggestions(actor, records["suggestion"])
    _others(actor, records["priority"])
    if actor.holds("administrator"):
        section("Roles and audit")
        people, audit = address("workspace", people="1"), address("workspace", audit="1")
        st.html(
            f'<p class="psc-read"><a href="{people}">Who holds which role</a> · '
            f'<a href="{audit}">Who changed what</a></p>'
        )


def _going_on(actor: Actor, records: Mapping[Kind, Sequence[Record]]) -> str:
    """Return how much the person's areas have under way, as a sentence; nothing for who belongs to none."""
    if not actor.areas():
        return ""
    names = store.area_names()
    places = describe_list(sorted(names[area] for area in actor.areas()))
    counts = [
        describe_count(len(_open_ones(actor, records[kind])), KINDS[kind][0].lower(), KINDS[kind][1].lower())
        for kind in COUNTED
    ]
    return f"{places}: {describe_list(counts)} on record here. "


def _tally(waiting: Sequence[str]) -> str:
    if not waiting:
        return "Nothing waits for you."
    return f"{capitalised(describe_count(len(waiting), 'thing waits', 'things wait'))} for you."


def _who(actor: Actor) -> str:
    names = store.area_names()
    held = [
        f"{ROLES[grant.role][0].lower()}{f' for {names.get(grant.area, grant.area)}' if grant.area else ''}"
        for grant in actor.grants
    ]
    return f"Your role: {describe_list(held)}."


def _waiting(service: Service, actor: Actor, records: Mapping[Kind, list[Record]], today: date) -> list[str]:
    """Return what waits for the person, a line each (HTML)."""
    found = [record for kind in records for record in records[kind]]
    lines = [f"{_link(record)} – {why}" for record in found if (why := _due(actor, record, today))]
    return lines + [_unfinished(form) for form in forms_of(service, actor)]


def _unfinished(form: Form) -> str:
    where, title = escape(form_address(form.name)), escape(_form_title(form.name, form.content))
    return f'<a href="{where}">Unfinished: {title}</a>, kept since {_describe_day(form.updated_at)}'


def _due(actor: Actor, record: Record, today: date) -> str:
    """Return why a record waits for this person, or nothing."""
    own, elsewhere = actor.areas("lead") & set(record.areas), actor.holds("reviewer")
    elsewhere = elsewhere and not actor.areas() & set(record.areas)
    content, day = record.content, today.isoformat()
    if record.kind == "suggestion":
        if record.state == "received" and elsewhere:
            return "a suggestion to look at"
        may_answer = own or (elsewhere and "england" in record.areas)
        return "a suggestion to answer" if record.state == "accepted" and may_answer else ""
    if record.state == PROPOSED and may(actor, "approve", record.standing):
        return "waits for a second person: please read it, then approve it or send it back"
    if record.kind == "solution" and record.state == "withdrawn":
        # What a reviewer was asked for or has sent back before is over with it.
        return ""
    if record.kind == "solution" and record.links.get("proposed") and elsewhere:
        return "proposed for sharing: please review it"
    if not own:
        return ""
    if record.kind == "chart_decision" and record.state == "draft" and content.get("reason"):
        return "sent back by a second person"
    if goes_on_though_withdrawn(record):
        return "withdrawn by those who shared it. Decide whether to stop."
    if record.kind == "solution" and record.state == "shared_nationally":
        if record.compiled and len(record.areas) == 1:
            return "compiled from public sources and never reviewed by your area: take it over"
        return "review due" if not record.compiled and content.get("next_review", "") <= day else ""
    if record.kind == "solution" and record.links.get("returned") and not record.links.get("proposed"):
        return "sent back by a reviewer"
    if record.kind == "priority" and record.state == "published" and "" < content.get("review_date", "") <= day:
        return "review due"
    agreed = set(record.links.get("agreed") or ())
    if record.kind == "priority" and record.state == "in_consultation" and agreed and own - agreed:
        return "another area has agreed to publish it; yours has not yet"
    if record.kind == "priority" and record.links.get("revision") and own - agreed:
        return "changed, and waits for your area to agree"
    return ""


def _own(actor: Actor, kind: Kind, found: Sequence[Record]) -> None:
    _, many, meaning = KINDS[kind]
    open_ones = _open_ones(actor, found)
    over = [record for record in _mine(actor, found) if record.state in OVER]
    section(many, note=meaning)
    writes = actor.areas(*WRITERS) or decides_for_england(actor, kind)
    if writes and kind not in ("test", "adoption"):
        st.html(f'<p class="psc-read"><a href="{address("workspace", new=kind)}">{NEW[kind]}</a></p>')
    if kind == "test":
        st.html(
            '<p class="psc-note">A test is begun from its priority: open the priority, then choose “Write a test of '
            "change”.</p>"
        )
    if kind == "adoption":
        gallery = f'<a href="{address("solutions")}">Shared learning</a>'
        st.html(
            f'<p class="psc-note">An adoption is begun from its solution: find it in {gallery}, then choose “record '
            "that your area takes it up”.</p>"
        )
    _tables(open_ones, over, many)


def _suggestions(actor: Actor, found: Sequence[Record]) -> None:
    """Show the area's suggestions to its writers, and to reviewers all that they may read."""
    if not (actor.holds("reviewer") or actor.areas(*WRITERS)):
        return
    _, many, meaning = KINDS["suggestion"]
    shown = found if actor.holds("reviewer") else _mine(actor, found)
    section(many, note=meaning)
    _tables(
        [record for record in shown if record.state not in OVER],
        [record for record in shown if record.state in OVER],
        many,
    )


def _tables(open_ones: Sequence[Record], over: Sequence[Record], many: str) -> None:
    if open_ones:
        st.html(_table(open_ones, many))
    else:
        st.html('<p class="psc-muted">None yet.</p>')
    if over:
        with st.expander(f"No longer open: {describe_count(len(over), 'entry', 'entries')}"):
            st.html(_table(over, f"{many}: no longer open"))


def _mine(actor: Actor, found: Sequence[Record]) -> list[Record]:
    return [record for record in found if is_own(actor, record.standing) and not _compiled_for_all(record)]


def _open_ones(actor: Actor, found: Sequence[Record]) -> list[Record]:
    return [record for record in _mine(actor, found) if record.state not in OVER]


def _compiled_for_all(record: Record) -> bool:
    return record.compiled and len(record.areas) > 1


def _others(actor: Actor, priorities: Sequence[Record]) -> None:
    theirs = [
        record for record in priorities if record.state == "in_consultation" and not actor.areas() & set(record.areas)
    ]
    if theirs:
        section(
            "In consultation elsewhere",
            note="Other areas ask what you think before they publish. Each page says whom to tell.",
        )
        st.html(_table(theirs, "In consultation elsewhere"))


def _table(records: Sequence[Record], caption: str) -> str:
    rows = [
        [_link(record), escape(_where(record)), escape(describe_state(record)), escape(_changed(record))]
        for record in records
    ]
    return html_table(["Title", "Area", "State", "Last changed"], rows, caption, cells_are_html=True)


def _changed(record: Record) -> str:
    return "not changed here" if record.compiled else _describe_day(record.updated_at)


def _where(record: Record) -> str:
    names = store.area_names()
    return describe_list([names.get(area, "England") for area in record.areas])


def _link(record: Record) -> str:
    where = address("workspace", record=f"{record.kind}:{record.id}")
    return f'<a href="{escape(where)}">{escape(title_of(record))}</a>'


def _form_title(name: str, content: dict[str, object]) -> str:
    kind = name.split(":")[0]
    if kind == "chart_decision":
        return decision_title(content)
    title = content.get("title") or content.get("skill") or KINDS[kind][0].lower()  # type: ignore[index]
    return str(title)


def _describe_day(moment: str) -> str:
    return describe_date(london_day(moment).isoformat())
