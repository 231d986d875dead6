"""The page of one record in the workspace: what it says, the form to change it, and the steps it can take."""

from collections.abc import Mapping, Sequence
from html import escape
from typing import Any

import streamlit as st

from psc.register.errors import Incomplete, NoSuchRecord
from psc.register.public.preview import preview
from psc.register.records.kinds import checked
from psc.register.service import Service
from psc.register.unsaved_forms import Form
from psc.register.workflow.lifecycle import PUBLIC_STATES, Kind
from psc.register.workflow.permissions import Actor, is_own, may
from psc.register.workflow.record import Record
from psc.register.workflow.redaction import REMOVED
from psc.web.components.page_parts import alert, heading, section, tags
from psc.web.session import store
from psc.web.session.navigation import address
from psc.web.session.register import access
from psc.web.workspace.change_log import show_history
from psc.web.workspace.form.form import begin_form, has_own_words, is_compared, show_form, show_kept, written
from psc.web.workspace.form.form_fields import ALSO_AREAS, FORMS, Field
from psc.web.workspace.form.form_names import record_form
from psc.web.workspace.form.latest_figure import with_latest_figure
from psc.web.workspace.form.problems import labelled
from psc.web.workspace.form.read_only_form import whole
from psc.web.workspace.form.unsaved_words import show_left_words, show_words_of_steps
from psc.web.workspace.form.versions import show_differences
from psc.web.workspace.next_steps import ways_on
from psc.web.workspace.notice import show_told, tell
from psc.web.workspace.previews import preview_html
from psc.web.workspace.record_steps import Asked, show_steps, take_step
from psc.web.workspace.workspace_words import KINDS, describe_state, title_of, withdrawn_solution

_TAKEN_BACK = "It does not wait for a reviewer any more. Propose it again when it is ready."


def show_record(service: Service, actor: Actor, kind: Kind, record_id: str, asked: Asked | None) -> None:
    """Take the step that was asked for, if one was, and show the record.

    What the person may not read is said not to be there.
    """
    try:
        record = service.read(actor, kind, record_id)
        if asked is not None and asked.record == record_form(kind, record_id):
            take_step(service, actor, record, asked)
            record = service.read(actor, kind, record_id)
    except NoSuchRecord as missing:
        heading("Nothing to show here.")
        back()
        show_told()
        alert("warning", str(missing))
        show_left_words(service, actor, record_form(kind, record_id))
        show_words_of_steps(record_form(kind, record_id))
        return
    heading("A suggestion from the public" if kind == "suggestion" else title_of(record), f"{describe_state(record)}.")
    back()
    names = store.area_names()
    st.html(tags([KINDS[kind][0], *(names.get(area, "All of England") for area in record.areas)]))
    show_told()
    if (reason := record.links.get("returned")) and record.state != "withdrawn":
        alert("warning", f"A reviewer sent it back: {reason}")
    if record.kind == "chart_decision" and (reason := record.content.get("reason")):
        alert("warning", f"{'Sent back' if record.state == 'draft' else 'Withdrawn'}: {reason}")
    if solution := withdrawn_solution(record):
        alert("warning", f"This solution has been withdrawn by those who shared it: {solution.withdrawn_reason}")
    ways_on(actor, record)
    if kind in FORMS and may(actor, "edit", record.standing):
        _change(service, actor, record)
    else:
        # Who decides reads it first.
        _read(record)
        show_steps(service, actor, record, record.version)
        show_left_words(service, actor, record_form(kind, record_id))
    if is_own(actor, record.standing) or actor.holds("administrator"):
        show_history(service, actor, record)


def _change(service: Service, actor: Actor, record: Record) -> None:
    """Show the steps and the form of a record."""
    content = record.links.get("revision") or record.content
    form = begin_form(service, actor, record_form(record.kind, record.id), version=record.version, content=content)
    behind = form.version != record.version and not is_compared(form, record.version)
    if has_own_words(form):
        alert("warning", "Something in the form below is not saved yet. A step goes by what is saved: save it first.")
    # Who has only the words of an older version before them has not seen those that a step would publish.
    show_steps(service, actor, record, (form.version or 0) if behind else record.version)
    section("Change it", note=_when_public(record))
    if record.links.get("proposed"):
        alert("info", "It waits for a reviewer. Saving a change here takes it back: propose it again afterwards.")
    if behind:
        who = "You have" if record.updated_by == actor.email else f"{record.updated_by} has"
        alert("info", f"{who} changed this since you began. Saving shows you both versions first.")
    _edit(service, actor, record, form)


def _when_public(record: Record) -> str:
    """Return when the public reads what is saved; nothing for what is not public."""
    if record.state not in PUBLIC_STATES[record.kind]:
        return ""
    if record.kind == "solution":
        return "What you save is not public until a reviewer from another area has agreed to it."
    if record.kind == "priority" and len(record.areas) > 1:
        return "What you save is not public until a lead of each of its areas has agreed to it."
    return "It is published: the public reads what you save at once."


def _read(record: Record) -> None:
    """Show what a record says to somebody who does not write it."""
    if record.kind == "suggestion":
        _suggestion(record)
    elif not record.compiled:
        content = record.links.get("revision") or record.content
        if record.state != "withdrawn":
            _preview(record.kind, content, record.areas, record.links, record.times)
        if record.links.get("revision"):
            section("What changed since it was shared")
            show_differences(FORMS[record.kind], record.content, content, ("As shared", "Now"))
        section("All that is written")
        st.html(whole(FORMS[record.kind], content))


def _suggestion(record: Record) -> None:
    section("What was said")
    st.html(f'<p class="psc-read">{escape(record.content["what"])}</p>')
    for name, label in (("reason", "Why it is not published"), ("answer", "The answer")):
        if said := record.content.get(name):
            st.html(f'<p class="psc-read"><b>{label}:</b> {escape(said)}</p>')
    for removal in record.content.get("removed", ()):
        st.html(f'<p class="psc-read"><b>Removed: {REMOVED[removal["was"]]}.</b> {escape(removal["reason"])}</p>')
    if priority := store.register().priorities_by_id.get(record.links.get("priority_id") or ""):
        where = escape(address("priority", id=priority.id))
        st.html(f'<p class="psc-read"><b>It led to the priority</b> <a href="{where}">{escape(priority.title)}</a></p>')


def _edit(service: Service, actor: Actor, record: Record, form: Form) -> None:
    kind = record.kind

    def save(content: Mapping[str, Any], form: Form) -> Record:
        return service.edit(actor, kind, record.id, content, version=form.version or 0)

    done = [_TAKEN_BACK] if record.links.get("proposed") else []
    form_and_preview(service, actor, kind, form, record.areas, record.links, save, FORMS[kind], record.times, done)


def form_and_preview(
    service: Service, actor: Actor, kind: Kind, form: Form, areas: tuple[str, ...], links: Mapping[str, Any], save: Any,
    fields: tuple[Field, ...], times: Mapping[str, str] | None = None, done: Sequence[str] = (),
) -> None:  # fmt: skip
    """Show a form and beside it what it makes; once it is saved, go to the record's page.

    ``times`` are those of the record's states; ``done`` says what else the saving did.
    """
    left, right = st.columns([1.5, 1], gap="large")
    with left, st.container(key="register-form"):
        saved = show_form(service, actor, form, with_latest_figure(fields, areas), save)
        show_kept(form)
    if saved is not None:
        tell("success", "Saved.", done)
        open_record(saved)
    with right, st.container(key="form-preview"):
        content = dict(written(form))
        also = content.pop(ALSO_AREAS, ())
        _preview(kind, content, (*areas, *also), links, times)


def _preview(
    kind: Kind, content: Mapping[str, Any], areas: tuple[str, ...], links: Mapping[str, Any],
    times: Mapping[str, str] | None,
) -> None:  # fmt: skip
    """Show the record as the public would see it; while it cannot be shown yet, say what is missing."""
    section("As the public will see it")
    if not content:
        st.info("Nothing written yet.")
        return
    service = access().service()
    try:
        words = checked(kind, content, service.known)
    except Incomplete as incomplete:
        alert("info", "It can be shown once these are mended.", labelled(FORMS[kind], content, incomplete.problems))
        return
    if kind == "solution" and not words.get("evidence_grade"):
        alert("info", "No grade of evidence is chosen yet: the lowest stands here until one is.")
    shown = preview(kind, words, areas, links, service.time(), times)
    if shown is None:
        st.info("Published as a line of a table on the Learning page.")
    else:
        st.html(f'<div class="psc-preview">{preview_html(shown)}</div>')


def open_record(record: Record) -> None:
    """Go to a record's page in the workspace."""
    st.query_params.clear()
    st.query_params["record"] = f"{record.kind}:{record.id}"
    st.rerun()


def back() -> None:
    """Show the way back to the workspace's first page."""
    st.html(f'<p class="psc-read"><a href="{address("workspace")}">Back to the workspace</a></p>')
