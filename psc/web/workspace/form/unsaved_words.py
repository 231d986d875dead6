"""What a person wrote into a form that they cannot save any more, to be copied or dropped."""

from html import escape
from typing import Any

import streamlit as st

from psc.register.service import Service
from psc.register.unsaved_forms import forms_of
from psc.register.workflow.permissions import Actor
from psc.web.components.page_parts import facts, section
from psc.web.workspace.form.form import discard, unsaved
from psc.web.workspace.form.form_fields import FORMS, Field
from psc.web.workspace.form.form_names import kind_of
from psc.web.workspace.form.read_only_form import said


def show_left_words(service: Service, actor: Actor, name: str) -> None:
    """Show what was written into a form and not saved; nothing where that is nothing."""
    form = unsaved(service, actor, name) if kind_of(name) in FORMS else None
    if form is None:
        return
    section("What you had written and not saved", note="It cannot be saved here any more. Copy what you need.")
    fields = FORMS[kind_of(name)]  # type: ignore[index]
    words = {field.label: _as_typed(field, form.content.get(field.name)) for field in fields}
    st.html(facts({label: shown for label, shown in words.items() if shown}, values_are_html=True))
    if st.button("Drop what I had written", key=f"{name}|drop left"):
        discard(service, actor, form)
        st.rerun()


def show_all_left_words(service: Service, actor: Actor) -> None:
    """Show what was written into every form, kept earlier or just typed, and with steps that were not taken."""
    open_ones = [key.removesuffix("|form") for key in map(str, st.session_state) if key.endswith("|form")]
    for name in dict.fromkeys([*open_ones, *(form.name for form in forms_of(service, actor))]):
        show_left_words(service, actor, name)
    show_words_of_steps()


def show_words_of_steps(record: str = "") -> None:
    """Show what was written with steps that were not taken, of all records or of one."""
    for key, words in st.session_state.items():
        if str(key).startswith(record) and str(key).endswith("|words") and words:
            st.html(f'<p>You had also written:</p><div class="psc-said">{escape(words)}</div>')


def _as_typed(field: Field, value: Any) -> str:
    """Return what a field says (HTML), its Markdown as it was typed."""
    return f'<div class="psc-said">{escape(value)}</div>' if value and field.answer == "prose" else said(field, value)
