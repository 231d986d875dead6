"""A form: its fields, kept as a draft while it is written, checked, previewed and saved."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from html import escape
from typing import Any

import streamlit as st

from psc.register.content import LONG
from psc.register.errors import Incomplete, PersonalDataFound, RegisterError, StaleEdit, Unavailable
from psc.register.forms import Form, drop_form, keep_form, open_form
from psc.register.personal_data import Finding
from psc.register.readability import readability_words
from psc.register.roles import Actor
from psc.register.service import Service
from psc.register.stored import Stored
from psc.web.register_access import access
from psc.web.workspace.fields import Field
from psc.web.workspace.versions import show_versions

EARLIEST, LATEST = date(1990, 1, 1), date(2100, 12, 31)
Save = Callable[[Mapping[str, Any], Form], Stored]


def begin_form(service: Service, actor: Actor, name: str, *, version: int | None, content: Mapping[str, Any]) -> Form:
    """Return the form as the person left it, in this session or an earlier one, or a new one with the record's words.

    One in which nothing was changed follows the record; one that was changed stays on the version it was begun from.
    """
    form: Form | None = st.session_state.get(f"{name}|form")
    if form is not None and (form.version == version or written(form) != form.content):
        return form
    _forget(name)
    form = open_form(service, actor, name, version=version, content=content)
    st.session_state[f"{name}|form"] = form
    return form


def follow(name: str, version: int) -> None:
    """Let a form go on from a version the person has just made by another step: no one else's words are in it."""
    if form := st.session_state.get(f"{name}|form"):
        st.session_state[f"{name}|form"] = replace(form, version=version)


def show_form(service: Service, actor: Actor, form: Form, fields: tuple[Field, ...], save: Save) -> Stored | None:
    """Show the form; return the record once it is saved. What is typed is kept on the way."""
    _begin(form, fields)
    problems: dict[str, str] = st.session_state.get(_key(form, "problems"), {})
    findings: dict[str, list[Finding]] = st.session_state.get(_key(form, "findings"), {})
    content: dict[str, Any] = {}
    group = ""
    for field in fields:
        if field.group != group and field.group:
            st.html(f'<h3 class="psc-form-group">{escape(field.group)}</h3>')
        group = field.group
        value = _ask(form, field)
        if value not in (None, "", [], ()):
            content[field.name] = value
        _say(form, field, value, problems, findings)
    if contacts := st.session_state.get(_key(form, "public_contacts")):
        content["public_contacts"] = list(contacts)
    _keep(service, actor, form, content)
    st.session_state[_key(form, "content")] = content
    stale: StaleEdit | None = st.session_state.get(_key(form, "stale"))
    if stale is not None:
        show_versions(fields, stale)
    if problems or findings:
        st.error("Not saved yet: mend what is marked above, then save again. Nothing you wrote is lost.")
    label = "Save mine in place of theirs" if stale is not None else "Save"
    if st.button(label, type="primary", key=_key(form, "save")):
        return _save(service, actor, form, content, save, stale)
    if stale is not None and st.button("Keep theirs and drop mine", key=_key(form, "drop")):
        drop_form(service, actor, form.name)
        _forget(form.name)
        st.rerun()
    return None


def written(form: Form) -> dict[str, Any]:
    """Return what the form holds at this moment, as it was last shown."""
    found: dict[str, Any] = st.session_state.get(_key(form, "content"), form.content)
    return found


def _forget(name: str) -> None:
    """Forget what the session knows of a form, so that it is shown anew from the record."""
    for key in [key for key in st.session_state if str(key).startswith(f"{name}|")]:
        del st.session_state[key]


def _key(form: Form, name: str) -> str:
    return f"{form.name}|{name}"


def _begin(form: Form, fields: tuple[Field, ...]) -> None:
    """Fill the session with what the form holds: once, and again when it was forgotten while another page was open."""
    st.session_state.setdefault(_key(form, "public_contacts"), list(form.content.get("public_contacts", ())))
    st.session_state.setdefault(_key(form, "kept"), dict(form.content))
    source = st.session_state.get(_key(form, "content"), form.content)
    for field in fields:
        _fill(_key(form, field.name), field, source.get(field.name))


def _fill(key: str, field: Field, value: Any) -> None:
    if field.answer == "records":
        count = st.session_state.setdefault(f"{key}|count", len(value or ()))
        for place in range(count):
            record = value[place] if value and place < len(value) else {}
            for part in field.parts:
                _fill(f"{key}|{place}|{part.name}", part, record.get(part.name))
        return
    if key in st.session_state:
        return
    if field.answer == "date":
        st.session_state[key] = date.fromisoformat(value) if value else None
    elif field.answer == "choices":
        st.session_state[key] = list(value or ())
    elif field.answer == "lines":
        st.session_state[key] = "\n".join(value or ())
    elif field.answer in ("choice", "number"):
        st.session_state[key] = value
    else:
        st.session_state[key] = value or ""


def _ask(form: Form, field: Field) -> Any:
    if field.answer != "records":
        return _widget(_key(form, field.name), field)
    key = _key(form, field.name)
    st.html(f'<h4 class="psc-form-part">{escape(field.label)}</h4>')
    records = []
    for place in range(st.session_state[f"{key}|count"]):
        with st.container(border=True):
            found = {part.name: _widget(f"{key}|{place}|{part.name}", part) for part in field.parts}
            records.append({name: value for name, value in found.items() if value not in (None, "")})
            st.button("Take this one away", key=f"{key}|{place}|away", on_click=_take_away, args=(key, field, place))
    st.button(f"Add one: {field.label.lower()}", key=f"{key}|more", on_click=_add, args=(key,))
    return [record for record in records if record]


def _add(key: str) -> None:
    st.session_state[f"{key}|count"] += 1


def _take_away(key: str, field: Field, place: int) -> None:
    count = st.session_state[f"{key}|count"]
    for later in range(place, count - 1):
        for part in field.parts:
            st.session_state[f"{key}|{later}|{part.name}"] = st.session_state[f"{key}|{later + 1}|{part.name}"]
    for part in field.parts:
        del st.session_state[f"{key}|{count - 1}|{part.name}"]
    st.session_state[f"{key}|count"] = count - 1


def _widget(key: str, field: Field) -> Any:
    hint = field.hint or None
    if field.answer == "prose":
        return st.text_area(field.label, key=key, placeholder=hint, height=120, max_chars=LONG).strip()
    if field.answer == "lines":
        lines = st.text_area(field.label, key=key, placeholder=hint, height=100).splitlines()
        return [line.strip() for line in lines if line.strip()]
    if field.answer == "date":
        day = st.date_input(
            field.label, key=key, format="DD/MM/YYYY", min_value=EARLIEST, max_value=LATEST, help=hint, value=None
        )
        return day.isoformat() if isinstance(day, date) else None
    if field.answer == "number":
        return st.number_input(field.label, key=key, min_value=0, step=1, value=None, help=hint)
    if field.answer in ("choice", "choices"):
        options = dict(field.options()) if field.options else {}
        if field.answer == "choices":
            chosen = st.multiselect(
                field.label, list(options), key=key, format_func=lambda code: options.get(code, code), help=hint
            )
            return list(chosen)
        return st.selectbox(
            field.label, list(options), key=key, index=None, format_func=lambda code: options.get(code, code),
            placeholder="Not chosen yet", help=hint,
        )  # fmt: skip
    return st.text_input(field.label, key=key, placeholder=hint, max_chars=field.most).strip()


def _say(
    form: Form, field: Field, value: Any, problems: Mapping[str, str], findings: Mapping[str, list[Finding]]
) -> None:
    """Say beneath a field how easily it reads, what must be mended, and what in it looks like personal data."""
    if field.public and isinstance(value, str) and value and (words := readability_words(value)):
        st.html(f'<p class="psc-form-note" role="status">{escape(words)}</p>')
    if field.name in problems:
        st.html(f'<p class="psc-form-problem" role="alert">{escape(problems[field.name])}</p>')
    for number, finding in enumerate(findings.get(field.name, ())):
        st.html(
            f'<p class="psc-form-problem" role="alert">{escape(finding.words)} Found: '
            f"<mark>{escape(finding.text)}</mark></p>"
        )
        if finding.can_be_public_contact:
            st.button(
                f"“{finding.text}” is a public contact", key=_key(form, f"{field.name}|{number}|contact"),
                on_click=_declare, args=(form, finding.text),
            )  # fmt: skip


def _declare(form: Form, text: str) -> None:
    contacts = st.session_state[_key(form, "public_contacts")]
    st.session_state[_key(form, "public_contacts")] = [*contacts, text]
    found: dict[str, list[Finding]] = st.session_state.get(_key(form, "findings"), {})
    left = {field: [item for item in items if item.text != text] for field, items in found.items()}
    st.session_state[_key(form, "findings")] = {field: items for field, items in left.items() if items}


def _keep(service: Service, actor: Actor, form: Form, content: dict[str, Any]) -> None:
    if content == st.session_state[_key(form, "kept")]:
        return
    try:
        refused = keep_form(service, actor, form, content)
    except Unavailable as unavailable:
        st.warning(str(unavailable))
        return
    st.session_state[_key(form, "kept")] = dict(content)
    if refused:
        st.session_state[_key(form, "kept note")] = (
            "Kept as your draft, but for what looks like personal data: that is not stored anywhere."
        )
    else:
        st.session_state[_key(form, "kept note")] = "Kept as your draft. Only you see it until you save."


def show_kept(form: Form) -> None:
    """Show that what was typed is safe."""
    if note := st.session_state.get(_key(form, "kept note")):
        st.html(f'<p class="psc-form-note" role="status">{escape(note)}</p>')


def _save(
    service: Service, actor: Actor, form: Form, content: dict[str, Any], save: Save, stale: StaleEdit | None
) -> Stored | None:
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
    except RegisterError as error:
        st.error(str(error))
        return None
    else:
        drop_form(service, actor, form.name)
        _forget(form.name)
        access().look_again()
        return record
    st.rerun()
