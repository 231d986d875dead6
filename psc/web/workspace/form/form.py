"""A form: its fields, kept as a draft while it is written, checked and saved."""

from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import replace
from html import escape
from typing import Any

import streamlit as st

from psc.register.errors import Incomplete, PersonalDataFound, RegisterError, StaleEdit, Unavailable
from psc.register.service import Service
from psc.register.text.readability import describe_readability
from psc.register.unsaved_forms import Form, drop_form, follow_form, keep_form, open_form
from psc.register.workflow.permissions import Actor
from psc.register.workflow.record import Record
from psc.web.components.page_parts import alert
from psc.web.session.register import access
from psc.web.workspace.form.answers import EMPTY, ask, fill, propose, serial, typed
from psc.web.workspace.form.findings import declared_in, found_in, show_findings
from psc.web.workspace.form.form_fields import FORMS, Field, Proposal
from psc.web.workspace.form.form_names import kind_of
from psc.web.workspace.form.problems import problems_of
from psc.web.workspace.form.versions import show_versions

Save = Callable[[Mapping[str, Any], Form], Record]


def begin_form(service: Service, actor: Actor, name: str, *, version: int | None, content: Mapping[str, Any]) -> Form:
    """Return the form as the person left it, in this session or an earlier one, or a new one with the record's words.

    One that holds words of the person's own stays on the version it was begun from; any other follows the record.
    """
    content = _of_form(name, content)
    form = _in_session(name) or open_form(service, actor, name, version=version, content=content)
    if form.version != version and not (has_own_words(form) and _typed(form) != content):
        discard(service, actor, form)
        form = open_form(service, actor, name, version=version, content=content)
    st.session_state[f"{name}|form"], st.session_state[f"{name}|record says"] = form, content
    return form


def has_own_words(form: Form) -> bool:
    """Whether the form holds something that the record did not say when the form was begun."""
    return form.begun or _typed(form) != form.content


def is_compared(form: Form, version: int) -> bool:
    """Whether the person has a version of the record before them beside what they wrote."""
    stale: StaleEdit | None = st.session_state.get(_key(form, "stale"))
    return stale is not None and stale.version == version


def compare(name: str, stale: StaleEdit) -> None:
    """Have a form's words shown beside those that someone saved meanwhile, if it holds words of the person's own."""
    form = _in_session(name)
    if form is not None and has_own_words(form):
        st.session_state[_key(form, "stale")] = StaleEdit(stale.theirs, _typed(form), stale.version, stale.who)


def follow(service: Service, actor: Actor, name: str, before: int, after: int) -> None:
    """Let a form go on from a version the person has just made by a step: no one else's words are in it."""
    form = _in_session(name)
    if form is not None and form.version == before:
        st.session_state[f"{name}|form"] = replace(form, version=after)
    elif form is not None and is_compared(form, before):
        stale: StaleEdit = st.session_state[_key(form, "stale")]
        st.session_state[_key(form, "stale")] = StaleEdit(stale.theirs, stale.mine, after, stale.who)
    try:
        follow_form(service, actor, name, before, after)
    except Unavailable as unavailable:
        alert("warning", str(unavailable))


def unsaved(service: Service, actor: Actor, name: str) -> Form | None:
    """Return what the person wrote into a form that is not on show, kept as it was typed; None where that is nothing.

    What was typed in the very moment in which the form could no longer be shown is in it.
    """
    form = _in_session(name) or open_form(service, actor, name, version=None, content={})
    if not has_own_words(form):
        return None
    content = _typed(form)
    _keep(service, actor, form, content)
    st.session_state[f"{name}|form"], st.session_state[_key(form, "content")] = form, content
    return replace(form, content=content)


def discard(service: Service, actor: Actor, form: Form) -> None:
    """Forget a form, so that it is shown anew from the record."""
    if form.begun or _key(form, "kept") in st.session_state:
        drop_form(service, actor, form.name)
    _forget(form.name)


def show_form(service: Service, actor: Actor, form: Form, fields: tuple[Field, ...], save: Save) -> Record | None:
    """Show the form; return the record once it is saved. What is typed is kept on the way."""
    _begin(form, fields)
    _say_not_kept(form, fields)
    content = _show_fields(form, fields)
    _keep(service, actor, form, content)
    st.session_state[_key(form, "content")] = content
    stale: StaleEdit | None = st.session_state.get(_key(form, "stale"))
    choice = show_versions(fields, stale, actor.email) if stale is not None else None
    if marked := dict.fromkeys(name.partition(".")[0] for name in (*_problems(form), *found_in(form.name))):
        labels = {field.name: field.label for field in fields}
        alert(
            "error", "Not saved yet: mend what is marked above, then save again. Nothing you wrote is lost.",
            [labels.get(name, name) for name in marked],
        )  # fmt: skip
    if st.button(choice.save if choice is not None else "Save", type="primary", key=_key(form, "save")):
        return _save(service, actor, form, content, save, stale)
    if choice is not None and st.button(choice.keep, key=_key(form, "drop")):
        drop_form(service, actor, form.name)
        _forget(form.name)
        st.rerun()
    if choice is None:
        _offer_to_drop(service, actor, form)
    return None


def _offer_to_drop(service: Service, actor: Actor, form: Form) -> None:
    """Let the person throw away what they wrote and did not save, after a second look."""
    asked = _key(form, "drop asked")
    latest = _in_session(form.name) or form
    if not (latest.begun or st.session_state.get(_key(form, "kept"))):
        st.session_state.pop(asked, None)
    elif asked not in st.session_state:
        st.button(
            "Drop what I have written", type="tertiary", key=f"{asked} first", on_click=_ask_to_drop, args=(asked,)
        )
    else:
        alert("warning", "Drop what you have written here and not saved? It cannot be brought back.")
        with st.container(horizontal=True):
            dropped = st.button("Yes, drop it", key=f"{asked} yes")
            st.button("No, keep it", key=f"{asked} no", on_click=st.session_state.pop, args=(asked, None))
        if dropped:
            discard(service, actor, form)
            st.rerun()


def _ask_to_drop(asked: str) -> None:
    st.session_state[asked] = True


def written(form: Form) -> dict[str, Any]:
    """Return what the form holds at this moment, as it was last shown."""
    found: dict[str, Any] = st.session_state.get(_key(form, "content"), form.content)
    return found


def show_kept(form: Form) -> None:
    """Show that what was typed is safe."""
    if note := st.session_state.get(_key(form, "kept note")):
        st.html(f'<p class="psc-form-note" role="status">{escape(note)}</p>')


def _in_session(name: str) -> Form | None:
    form: Form | None = st.session_state.get(f"{name}|form")
    return form


def _key(form: Form, name: str) -> str:
    return f"{form.name}|{name}"


def _box(form: Form, field: Field) -> str:
    """Return the key of a field's box: another one each time the form is begun, for then it holds other words."""
    return f"{form.name}|{st.session_state.get(_key(form, 'number'), 0)}|{field.name}"


def _problems(form: Form) -> dict[str, str]:
    found: dict[str, str] = st.session_state.get(_key(form, "problems"), {})
    return found


def _of_form(name: str, content: Mapping[str, Any]) -> dict[str, Any]:
    """Return the part of a record's words that its form asks for."""
    asked = {field.name for field in FORMS[kind_of(name)]} | {"public_contacts"}  # type: ignore[index]
    return {field: value for field, value in content.items() if field in asked}


def _typed(form: Form) -> dict[str, Any]:
    """Return what the form holds at this moment, whether or not it has been shown since it was typed."""
    source = written(form)
    fields = FORMS[kind_of(form.name)]  # type: ignore[index]
    found = {field.name: typed(_box(form, field), field, source.get(field.name)) for field in fields}
    contacts = st.session_state.get(_key(form, "public_contacts"), source.get("public_contacts"))
    found["public_contacts"] = contacts
    return {name: value for name, value in found.items() if value not in EMPTY}


def _forget(name: str) -> None:
    """Forget what the session knows of a form."""
    for key in [key for key in st.session_state if str(key).startswith(f"{name}|")]:
        del st.session_state[key]


def _begin(form: Form, fields: tuple[Field, ...]) -> None:
    """Fill the session with what the form holds: once, and again when it was forgotten while another page was open."""
    st.session_state.setdefault(_key(form, "public_contacts"), list(form.content.get("public_contacts", ())))
    if _key(form, "number") not in st.session_state:
        st.session_state[_key(form, "number")] = serial()
    source = written(form)
    for field in fields:
        fill(_box(form, field), field, source.get(field.name))


def _show_fields(form: Form, fields: tuple[Field, ...]) -> dict[str, Any]:
    content: dict[str, Any] = {}
    group = ""
    for field in fields:
        if field.group != group and field.group:
            st.html(f'<h3 class="psc-form-group">{escape(field.group)}</h3>')
        group = field.group
        note = _propose(form, field, content)
        value = ask(_box(form, field), field)
        if note:
            st.html(f'<p class="psc-form-note" role="status">{escape(note)}</p>')
        if value not in EMPTY:
            content[field.name] = value
        _say(form, field, value)
    if contacts := declared_in(form.name):
        content["public_contacts"] = list(contacts)
    return content


def _propose(form: Form, field: Field, content: Mapping[str, Any]) -> str:
    """Put what a field may begin with into its box, when what that follows from is chosen anew; return the note.

    Only into a box that is empty or holds what was proposed before: what somebody typed or saved stays.
    """
    if field.propose is None:
        return ""
    box = _box(form, field)
    proposal = field.propose(content)
    before: Proposal | None = st.session_state.get(f"{box}|proposed")
    if before is not None and before.cause != proposal.cause:
        now = typed(box, field, None)
        if now in EMPTY or now == before.value:
            propose(box, proposal.value)
    if before is None:
        # What the record said when its form was opened was not proposed, whatever it is.
        st.session_state[f"{box}|proposed"] = Proposal(proposal.cause, None)
    elif before.cause != proposal.cause:
        st.session_state[f"{box}|proposed"] = proposal
    return proposal.note


def _say_not_kept(form: Form, fields: tuple[Field, ...]) -> None:
    if form.not_kept:
        alert(
            "info", "Something that looked like personal data was not kept when you left this form. Please look at:",
            [field.label for field in fields if field.name in form.not_kept],
        )  # fmt: skip


def _say(form: Form, field: Field, value: Any) -> None:
    """Say beneath a field how easily it reads, what must be mended, and what in it looks like personal data."""
    if field.public and isinstance(value, str) and value and (words := describe_readability(value)):
        st.html(f'<p class="psc-form-note" role="status">{escape(words)}</p>')
    for problem in problems_of(field, value, _problems(form)):
        st.html(f'<p class="psc-form-problem" role="alert">{escape(problem)}</p>')
    show_findings(form.name, field.name)


def _keep(service: Service, actor: Actor, form: Form, content: dict[str, Any]) -> None:
    if content == st.session_state.get(_key(form, "kept"), form.content):
        return
    if content == st.session_state.get(_key(form, "record says")):
        _keep_nothing(service, actor, form, content)
        return
    try:
        refused = keep_form(service, actor, form, content)
    except Unavailable as unavailable:
        alert("warning", str(unavailable))
        return
    st.session_state[_key(form, "kept")] = dict(content)
    if refused:
        st.session_state[_key(form, "kept note")] = (
            "Kept as your draft, but for what looks like personal data: that is not stored anywhere."
        )
    else:
        st.session_state[_key(form, "kept note")] = "Kept as your draft. Only you see it until you save."


def _keep_nothing(service: Service, actor: Actor, form: Form, content: dict[str, Any]) -> None:
    """Forget what was kept of a form that says again what the record says: nothing in it is left to be saved."""
    try:
        drop_form(service, actor, form.name)
    except Unavailable as unavailable:
        alert("warning", str(unavailable))
        return
    st.session_state[f"{form.name}|form"] = replace(form, content=content, begun=False, not_kept=())
    for name in ("kept", "kept note"):
        st.session_state.pop(_key(form, name), None)


def _save(
    service: Service, actor: Actor, form: Form, content: dict[str, Any], save: Save, stale: StaleEdit | None
) -> Record | None:
    for name in ("problems", "findings", "stale"):
        st.session_state.pop(_key(form, name), None)
    if stale is not None:
        form = replace(form, version=stale.version)
    try:
        record = save(content, form)
    except Incomplete as incomplete:
        st.session_state[_key(form, "problems")] = incomplete.problems
    except PersonalDataFound as found:
        st.session_state[_key(form, "findings")] = found.findings
    except StaleEdit as changed:
        st.session_state[_key(form, "stale")] = changed
        # It was the same person's second window, perhaps, whose saving dropped what was kept: it is kept again.
        st.session_state[_key(form, "kept")] = None
    except RegisterError as error:
        alert("error", str(error))
        return None
    else:
        _saved(service, actor, form)
        return record
    st.rerun()


def _saved(service: Service, actor: Actor, form: Form) -> None:
    # The record is stored: a draft that stays behind does no harm, for it says the same.
    with suppress(Unavailable):
        drop_form(service, actor, form.name)
    _forget(form.name)
    access().look_again()
