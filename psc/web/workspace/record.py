"""The page of one record in the workspace: what it says, the form to change it, and the steps it can take."""

from collections.abc import Mapping
from html import escape
from typing import Any

import streamlit as st

from psc.register.content import checked
from psc.register.errors import Incomplete, NoSuchRecord, RegisterError, StaleEdit
from psc.register.forms import Form
from psc.register.lifecycle import CREATE, LIFECYCLES, Kind
from psc.register.preview import preview
from psc.register.roles import WRITERS, Actor, may
from psc.register.service import Service
from psc.register.stored import Stored
from psc.web import data
from psc.web.navigation import address
from psc.web.parts import heading, section, tags
from psc.web.register_access import access
from psc.web.workspace.changes import show_history
from psc.web.workspace.fields import FORMS
from psc.web.workspace.form import begin_form, follow, show_form, show_kept, written
from psc.web.workspace.previews import preview_html
from psc.web.workspace.words import ACTIONS, KINDS, NEEDED_WORDS, state_words, title_of

HOME = "workspace"


def show_new(service: Service, actor: Actor, kind: Kind) -> None:
    """Show the form for a new record, tied to the priority, solution or test that the address names."""
    heading(f"New: {KINDS[kind][0].lower()}", KINDS[kind][2])
    _back()
    own = sorted(actor.areas(*WRITERS), key=data.area_names().__getitem__)
    if not own:
        st.info("Only a contributor or a lead of an area writes new records.")
        return
    links: dict[str, Any] = {
        name: st.query_params[name] for name in ("priority_id", "solution_id") if name in st.query_params
    }
    if "test_id" in st.query_params:
        links["test_ids"] = [st.query_params["test_id"]]
    areas = _pick_areas(kind, own, links)
    if not areas:
        return
    name = f"{kind}:new:{links.get('priority_id') or links.get('solution_id') or ''}"
    form = begin_form(service, actor, name, version=None, content={})

    def save(content: Mapping[str, Any], form: Form) -> Stored:
        return service.create(actor, kind, content, areas=areas, links=links, token=form.token)

    _form_and_preview(service, actor, kind, form, areas, links, save)


def _pick_areas(kind: Kind, own: list[str], links: Mapping[str, Any]) -> tuple[str, ...]:
    """Which area the record is for; several only for a priority, which may be owned by several."""
    names = data.area_names()
    if "priority_id" in links:
        priority = data.register().priorities_by_id.get(links["priority_id"])
        own = [area for area in own if priority is None or area in priority.areas]
        if not own:
            st.info("A test belongs to a priority of its own area. This one belongs to others.")
            return ()
    first = own[0]
    if len(own) > 1:
        first = st.selectbox("For which area", own, format_func=names.__getitem__, key=f"new {kind} area")
    else:
        st.html(f'<p class="psc-read">For {escape(names[first])}.</p>')
    if kind != "priority":
        return (first,)
    others = st.multiselect(
        "Other areas that own it too, if any: a lead of each must agree before it is published",
        [area for area in names if area != first], format_func=names.__getitem__, key=f"new {kind} others",
    )  # fmt: skip
    return (first, *others)


def show_record(service: Service, actor: Actor, kind: Kind, record_id: str) -> None:
    """Show one record. What the person may not read is said not to be there."""
    try:
        record = service.read(actor, kind, record_id)
    except NoSuchRecord as missing:
        heading("Nothing to show here.")
        _back()
        st.warning(str(missing))
        return
    heading("A suggestion from the public" if kind == "suggestion" else title_of(record), f"{state_words(record)}.")
    _back()
    names = data.area_names()
    st.html(tags([KINDS[kind][0], *(names.get(area, "All of England") for area in record.areas)]))
    if done := st.session_state.pop("done", None):
        st.success(done)
    if reason := record.links.get("returned"):
        st.warning(f"A reviewer sent it back: {reason}")
    _ways_on(record)
    _steps(service, actor, record)
    if kind in FORMS and may(actor, "edit", record.standing):
        section("Change it")
        _edit(service, actor, record)
    elif kind == "suggestion":
        _suggestion(record)
    elif not record.compiled:
        content = record.links.get("revision") or record.content
        _preview(kind, content, record.areas, record.links)
    if actor.areas() & set(record.areas) or actor.holds("administrator"):
        show_history(service, record)


def _suggestion(record: Stored) -> None:
    section("What was said")
    st.html(f'<p class="psc-read">{escape(record.content["what"])}</p>')
    for name, label in (("reason", "Why it is not published"), ("answer", "The answer")):
        if said := record.content.get(name):
            st.html(f'<p class="psc-read"><b>{label}:</b> {escape(said)}</p>')


def _edit(service: Service, actor: Actor, record: Stored) -> None:
    kind = record.kind
    content = record.links.get("revision") or record.content
    form = begin_form(service, actor, f"{kind}:{record.id}", version=record.version, content=content)

    def save(content: Mapping[str, Any], form: Form) -> Stored:
        return service.edit(actor, kind, record.id, content, version=form.version or 0)

    _form_and_preview(service, actor, kind, form, record.areas, record.links, save)


def _form_and_preview(
    service: Service, actor: Actor, kind: Kind, form: Form, areas: tuple[str, ...], links: Mapping[str, Any], save: Any
) -> None:
    left, right = st.columns([1.5, 1], gap="large")
    with left, st.container(key="register-form"):
        saved = show_form(service, actor, form, FORMS[kind], save)
        show_kept(form)
    if saved is not None:
        st.session_state["done"] = "Saved."
        open_record(saved)
    with right, st.container(key="form-preview"):
        _preview(kind, written(form), areas, links)


def _preview(kind: Kind, content: Mapping[str, Any], areas: tuple[str, ...], links: Mapping[str, Any]) -> None:
    """Show the record as the public would see it; while it cannot be shown yet, say what is missing."""
    section("As the public will see it")
    service = access().service()
    try:
        words = checked(kind, content, service.known)
    except Incomplete as incomplete:
        st.info("It can be shown once these are mended. " + str(incomplete) if content else "Nothing written yet.")
        return
    shown = preview(kind, words, areas, links, service.time())
    if shown is None:
        st.info("Published as a line of a table on the Learning page.")
    else:
        st.html(f'<div class="psc-preview">{preview_html(shown)}</div>')


def _steps(service: Service, actor: Actor, record: Stored) -> None:
    """Show a button for every step the person may take, with the words it needs."""
    steps = [
        action
        for action in LIFECYCLES[record.kind]
        if action not in (CREATE, "edit") and may(actor, action, record.standing) and _makes_sense(action, record)
    ]
    if steps:
        section("What you can do")
    for action in steps:
        _step(service, actor, record, action)


def _makes_sense(action: str, record: Stored) -> bool:
    proposed = record.links.get("proposed")
    if action in ("share", "return"):
        return bool(proposed)
    if action == "propose":
        changed = record.state == "tested_locally" or record.links.get("revision")
        return bool(changed and not proposed)
    return True


def _step(service: Service, actor: Actor, record: Stored, action: str) -> None:
    label, meaning = ACTIONS[action]
    needs = LIFECYCLES[record.kind][action].needs
    key = f"{record.kind}:{record.id}:{action}"
    words, links = "", {}
    if needs:
        with st.expander(label):
            words = st.text_area(NEEDED_WORDS[needs], key=f"{key}|words", max_chars=4000)
            if action == "answer":
                links = _answering_priority(record, key)
            pressed = st.button(label, key=key, help=meaning)
    else:
        with st.container(horizontal=True, vertical_alignment="center", gap="medium"):
            pressed = st.button(label, key=key)
            st.html(f'<p class="psc-form-note">{escape(meaning)}</p>')
    if pressed:
        _take(service, actor, record, action, words, links)


def _answering_priority(record: Stored, key: str) -> dict[str, Any]:
    mine = {
        priority.id: priority.title
        for priority in data.register().priorities
        if set(priority.areas) & set(record.areas) and priority.scope != "national"
    }
    chosen = st.selectbox(
        "The priority it led to, if it did", list(mine), format_func=mine.__getitem__, index=None, key=f"{key}|priority"
    )
    return {"priority_id": chosen} if chosen else {}


def _take(service: Service, actor: Actor, record: Stored, action: str, words: str, links: Mapping[str, Any]) -> None:
    try:
        after = service.act(
            actor, record.kind, record.id, action, version=record.version, words=words, links=links or None
        )
    except StaleEdit as stale:
        st.error(f"{stale.who} changed this while you were looking at it. Nothing was done: look at it again first.")
    except Incomplete as incomplete:
        listed = "\n".join(f"* {words}" for words in dict.fromkeys(incomplete.problems.values()))
        st.error(f"Not yet: something must be written first. Nothing was changed.\n\n{listed}")
    except RegisterError as error:
        st.error(str(error))
    else:
        access().look_again()
        follow(f"{record.kind}:{record.id}", after.version)
        st.session_state["done"] = f"Done: {ACTIONS[action][0].lower()}."
        if after.state == record.state == "in_consultation" and action == "publish":
            st.session_state["done"] = "You have agreed for your area. It is published when every area has."
        st.rerun()


def _ways_on(record: Stored) -> None:
    """Links to what hangs on the record: the next link of the chain to write, and where the public reads it."""
    ways: list[tuple[str, str]] = []
    if record.kind == "priority" and record.state in ("published", "in_consultation", "draft"):
        ways.append(("Write a test of change", address(HOME, new="test", priority_id=record.id)))
    if record.kind == "test":
        ways.append(("Write a solution from this test", address(HOME, new="solution", test_id=record.id)))
        ways.append(("Its priority", address(HOME, record=f"priority:{record.links['priority_id']}")))
    if record.kind == "priority" and record.state in ("published", "closed"):
        ways.append(("Its public page", address("priority", id=record.id)))
    if record.kind == "solution" and record.state in ("shared_nationally", "withdrawn"):
        ways.append(("Its public page", address("shared", case=record.id)))
    if record.compiled:
        st.html(
            '<p class="psc-note">Compiled from public sources. Take it over to change it: your area then speaks '
            "for it, and what was compiled stays on record.</p>"
        )
    if record.kind == "adoption":
        ways.append(("The solution", address("shared", case=record.links["solution_id"])))
    if ways:
        listed = " · ".join(f'<a href="{escape(where)}">{escape(label)}</a>' for label, where in ways)
        st.html(f'<p class="psc-read">{listed}</p>')


def open_record(record: Stored) -> None:
    """Go to a record's page in the workspace."""
    st.query_params.clear()
    st.query_params["record"] = f"{record.kind}:{record.id}"
    st.rerun()


def _back() -> None:
    st.html(f'<p class="psc-read"><a href="{address(HOME)}">Back to the workspace</a></p>')
