"""What is your area working on? Where people who hold a role write, publish, review and answer."""

from html import escape
from typing import cast

import streamlit as st

from psc.clock import today
from psc.register.errors import Unavailable
from psc.register.service import Service
from psc.register.workflow.lifecycle import Kind
from psc.register.workflow.permissions import Actor
from psc.web.components.page_parts import alert, heading
from psc.web.session.identity import (
    identity,
    refusal,
    set_up_help,
    sign_in_button,
    sign_in_configured,
    sign_in_notice,
    sign_out_button,
)
from psc.web.session.register import access
from psc.web.workspace.change_log import show_audit
from psc.web.workspace.form.form_fields import FORMS
from psc.web.workspace.form.unsaved_words import show_all_left_words
from psc.web.workspace.home import show_home
from psc.web.workspace.new_record import show_new
from psc.web.workspace.record_page import show_record
from psc.web.workspace.record_steps import Asked, asked_step
from psc.web.workspace.role_holders import show_people
from psc.web.workspace.workspace_words import KINDS


def main() -> None:
    asked = asked_step()
    person = identity()
    if person is None:
        signed_out()
        return
    try:
        service = access().service()
        work(service, service.actor(person.email, person.name), asked)
    except Unavailable as unavailable:
        heading("The workspace cannot be opened at the moment.")
        alert("error", str(unavailable))
    signed_in_as(person.name, person.email)


def signed_in_as(name: str, email: str) -> None:
    st.html(f'<p class="psc-read">You are signed in as <b>{escape(name)}</b> ({escape(email)}).</p>')
    sign_out_button()


def signed_out() -> None:
    heading("What is your area working on?")
    sign_in_notice()
    if not sign_in_configured():
        set_up_help()
    elif reason := refusal():
        st.warning(reason)
        sign_out_button()
    else:
        st.html('<p class="psc-read">People of the 15 areas sign in here to write. Reading needs no account.</p>')
        sign_in_button()


def work(service: Service, actor: Actor, asked: Asked | None) -> None:
    if not actor.grants:
        without_role(service, actor)
        return
    kind, _, record_id = st.query_params.get("record", "").partition(":")
    new = st.query_params.get("new", "")
    if kind in KINDS and record_id:
        show_record(service, actor, cast(Kind, kind), record_id, asked)
    elif new in FORMS:
        show_new(service, actor, cast(Kind, new))
    elif "people" in st.query_params and actor.holds("administrator"):
        show_people(service, actor)
    elif "audit" in st.query_params and actor.holds("administrator"):
        show_audit(service, actor)
    else:
        show_home(service, actor, today())


def without_role(service: Service, actor: Actor) -> None:
    heading("You are signed in, but you hold no role here.", f"{actor.name} ({actor.email})")
    st.info("An administrator of this site can give you one. What is published can be read without a role.")
    show_all_left_words(service, actor)


main()
