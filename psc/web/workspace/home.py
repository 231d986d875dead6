"""The workspace's first page: what waits for this person, and everything their area works on."""

from collections.abc import Sequence
from datetime import date
from html import escape

import streamlit as st

from psc.narrate.words import capitalised, count_words, date_words, list_words
from psc.register.forms import Form, forms_of
from psc.register.lifecycle import Kind
from psc.register.roles import ROLES, WRITERS, Actor
from psc.register.service import Service
from psc.register.stored import Stored
from psc.web import data
from psc.web.navigation import address
from psc.web.parts import heading, html_table, section
from psc.web.workspace.words import KINDS, state_words, title_of

LISTED: tuple[Kind, ...] = ("priority", "test", "solution", "adoption", "event", "capability")
OVER = frozenset({"closed", "discarded", "withdrawn", "cancelled", "rejected"})


def show_home(service: Service, actor: Actor, today: date) -> None:
    """Show what waits for the person, then the area's records by kind."""
    heading("What is your area working on?", _who(actor))
    if done := st.session_state.pop("done", None):
        st.success(done)
    records: dict[Kind, list[Stored]] = {kind: service.records(actor, kind) for kind in (*LISTED, "suggestion")}
    _waiting(service, actor, records, today)
    for kind in LISTED:
        _own(actor, kind, records[kind])
    _others(actor, records["priority"])
    if actor.holds("administrator"):
        section("Roles and audit")
        people, audit = address("workspace", people="1"), address("workspace", audit="1")
        st.html(
            f'<p class="psc-read"><a href="{people}">Who holds which role</a> · '
            f'<a href="{audit}">Who changed what</a></p>'
        )


def _who(actor: Actor) -> str:
    names = data.area_names()
    held = [
        f"{ROLES[grant.role][0].lower()}{f' for {names.get(grant.area, grant.area)}' if grant.area else ''}"
        for grant in actor.grants
    ]
    return f"{capitalised(list_words(held))}."


def _waiting(service: Service, actor: Actor, records: dict[Kind, list[Stored]], today: date) -> None:
    found = [record for kind in records for record in records[kind]]
    lines = [f"{_link(record)}: {why}" for record in found if (why := _due(actor, record, today))]
    lines += [_unfinished(form) for form in forms_of(service, actor)]
    section("Waiting for you", note="" if lines else "Nothing waits for you.")
    if lines:
        st.html(f'<ul class="psc-read">{"".join(f"<li>{line}</li>" for line in lines)}</ul>')


def _unfinished(form: Form) -> str:
    where, title = escape(_form_address(form.name)), escape(_form_title(form.name, form.content))
    return f'<a href="{where}">Unfinished: {title}</a>, kept since {escape(date_words(form.updated_at[:10]))}'


def _due(actor: Actor, record: Stored, today: date) -> str:
    """Return why a record waits for this person, or nothing."""
    own, elsewhere = actor.areas("lead") & set(record.areas), actor.holds("reviewer")
    elsewhere = elsewhere and not actor.areas() & set(record.areas)
    content, day = record.content, today.isoformat()
    if record.kind == "suggestion":
        if record.state == "received" and elsewhere:
            return "a suggestion to look at"
        may_answer = own or (elsewhere and "england" in record.areas)
        return "a suggestion to answer" if record.state == "accepted" and may_answer else ""
    if record.kind == "solution" and record.links.get("proposed") and elsewhere:
        return "proposed for sharing: please review it"
    if not own:
        return ""
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
    return ""


def _own(actor: Actor, kind: Kind, found: Sequence[Stored]) -> None:
    one, many, meaning = KINDS[kind]
    mine = [record for record in found if actor.areas() & set(record.areas) and not _compiled_for_all(record)]
    open_ones = [record for record in mine if record.state not in OVER]
    over = [record for record in mine if record.state in OVER]
    section(many, note=meaning)
    if actor.areas(*WRITERS) and kind not in ("test", "adoption"):
        st.html(f'<p class="psc-read"><a href="{address("workspace", new=kind)}">New: {one.lower()}</a></p>')
    if kind == "test":
        st.html('<p class="psc-note">A test is begun from its priority.</p>')
    if kind == "adoption":
        st.html(f'<p class="psc-note">An adoption is begun from <a href="{address("shared")}">the solution</a>.</p>')
    if open_ones:
        st.html(_table(open_ones, many))
    else:
        st.html('<p class="psc-muted">None yet.</p>')
    if over:
        with st.expander(f"Over: {count_words(len(over), 'record')}"):
            st.html(_table(over, f"{many} that are over"))


def _compiled_for_all(record: Stored) -> bool:
    return record.compiled and len(record.areas) > 1


def _others(actor: Actor, priorities: Sequence[Stored]) -> None:
    theirs = [
        record for record in priorities if record.state == "in_consultation" and not actor.areas() & set(record.areas)
    ]
    if theirs:
        section("In consultation elsewhere", note="Other areas ask what you think, before they publish.")
        st.html(_table(theirs, "In consultation elsewhere"))


def _table(records: Sequence[Stored], caption: str) -> str:
    rows = [
        [_link(record), escape(_where(record)), escape(state_words(record)), escape(_changed(record))]
        for record in records
    ]
    return html_table(["Title", "Area", "State", "Last changed"], rows, caption)


def _changed(record: Stored) -> str:
    return "not changed here" if record.compiled else date_words(record.updated_at[:10])


def _where(record: Stored) -> str:
    names = data.area_names()
    return list_words([names.get(area, "England") for area in record.areas])


def _link(record: Stored) -> str:
    where = address("workspace", record=f"{record.kind}:{record.id}")
    return f'<a href="{escape(where)}">{escape(title_of(record))}</a>'


def _form_title(name: str, content: dict[str, object]) -> str:
    kind = name.split(":")[0]
    title = content.get("title") or content.get("skill") or KINDS[kind][0].lower()  # type: ignore[index]
    return str(title)


def _form_address(name: str) -> str:
    kind, record_id, *rest = name.split(":")
    if record_id != "new":
        return address("workspace", record=f"{kind}:{record_id}")
    query = {"new": kind}
    if rest and rest[0]:
        query["priority_id" if kind == "test" else "solution_id"] = rest[0]
    return address("workspace", **query)
