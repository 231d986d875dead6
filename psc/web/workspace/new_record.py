"""The page on which a new record is written, tied to the priority, solution or test it belongs to."""

from collections.abc import Mapping
from html import escape
from typing import Any

import streamlit as st

from psc.geography.areas import ENGLAND
from psc.register.errors import NoSuchRecord
from psc.register.service import Service
from psc.register.unsaved_forms import Form
from psc.register.workflow.lifecycle import Kind
from psc.register.workflow.permissions import WRITERS, Actor, decides_for_england
from psc.register.workflow.record import Record
from psc.web.components.page_parts import heading, section
from psc.web.session import store
from psc.web.workspace.form.form import begin_form
from psc.web.workspace.form.form_fields import ALSO_AREAS, FORMS, Field
from psc.web.workspace.form.form_names import TIES, new_form, tied_to
from psc.web.workspace.record_page import back, form_and_preview
from psc.web.workspace.workspace_words import KINDS, NEW, title_of


def show_new(service: Service, actor: Actor, kind: Kind) -> None:
    """Show the form for a new record, tied to the priority, solution or test that the address names."""
    heading(NEW[kind], KINDS[kind][2])
    back()
    own = sorted(actor.areas(*WRITERS), key=store.area_names().__getitem__)
    if decides_for_england(actor, kind):
        own.append(ENGLAND)
    if not own:
        st.info("Only a contributor or a lead of an area writes new records.")
        return
    links: dict[str, Any] = {}
    content: dict[str, Any] = {}
    if (tie := tied_to(kind)) and kind == "chart_decision":
        content = {"metric": tie} if tie in store.catalogue().by_id else {}
    elif tie:
        links = {"test_ids": [tie]} if kind == "solution" else {TIES[kind]: tie}
    _tied_to(service, actor, links)
    area = _pick_area(kind, own, links)
    if area is None:
        return
    section("Write it", note="A draft may be unfinished. You are told what is missing before it is published.")
    form = begin_form(service, actor, new_form(kind), version=None, content=content)

    def save(content: Mapping[str, Any], form: Form) -> Record:
        words = dict(content)
        also = words.pop(ALSO_AREAS, ())
        return service.create(actor, kind, words, areas=(area, *also), links=links, token=form.token)

    form_and_preview(service, actor, kind, form, (area,), links, save, _fields(kind, area))


def _fields(kind: Kind, area: str) -> tuple[Field, ...]:
    """The fields of a new record: those of its kind, and for a priority the other areas that own it."""
    if kind != "priority":
        return FORMS[kind]
    others = {other: name for other, name in store.area_names().items() if other != area}
    label = "Other areas that own it too, if any: a lead of each must agree before it is published"
    return (Field(ALSO_AREAS, label, "choices", options=lambda: others), *FORMS[kind])


def _tied_to(service: Service, actor: Actor, links: Mapping[str, Any]) -> None:
    """Say which priority, solution or test the record belongs to."""
    ties: tuple[tuple[Kind, Any, str], ...] = (
        ("priority", links.get("priority_id"), "For the priority"),
        ("solution", links.get("solution_id"), "Of the solution"),
        ("test", next(iter(links.get("test_ids", ())), None), "From the test"),
    )
    for kind, record_id, words in ties:
        if not record_id:
            continue
        try:
            title = title_of(service.read(actor, kind, record_id))
        except NoSuchRecord:
            continue
        st.html(f'<p class="psc-read">{words} <b>{escape(title)}</b>.</p>')


def _pick_area(kind: Kind, own: list[str], links: Mapping[str, Any]) -> str | None:
    """Which of the person's areas the record is for; None where it can be for none of them."""
    names = store.place_names()
    if "priority_id" in links:
        priority = store.register().priorities_by_id.get(links["priority_id"])
        own = [area for area in own if priority is None or area in priority.areas]
        if not own:
            st.info("A test belongs to a priority of its own area. This one belongs to others.")
            return None
    first = own[0]
    if len(own) > 1:
        asked = st.query_params.get("area")
        index = own.index(asked) if asked in own else 0
        first = st.selectbox("For which area", own, index, format_func=names.__getitem__, key=f"new {kind} area")
    else:
        st.html(f'<p class="psc-read">For {escape(names[first])}.</p>')
    return first
