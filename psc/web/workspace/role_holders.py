"""Who holds which role: for administrators, who give and take them."""

from html import escape

import streamlit as st

from psc.register.errors import RegisterError
from psc.register.role_grants import grant, grants, revoke
from psc.register.service import Service
from psc.register.workflow.permissions import ROLES, Actor
from psc.register.workflow.record import Record
from psc.web.components.page_parts import alert, heading, plain_label, section
from psc.web.session import store
from psc.web.session.navigation import address
from psc.web.workspace.notice import show_told, tell

_ASKED = "role asked about"


def show_people(service: Service, actor: Actor) -> None:
    """Show every role that is held, a form to give one, and what was taken."""
    heading("Who holds which role?", "A role counts from the moment it is given, and ends at the moment it is taken.")
    st.html(f'<p class="psc-read"><a href="{address("workspace")}">Back to the workspace</a></p>')
    held = grants(service, actor)
    section("Roles held now")
    active = sorted((found for found in held if found.state == "active"), key=_order)
    asked = next((found.id for found in active if found.id == st.session_state.get(_ASKED)), None)
    for record in active:
        _held(record, asked)
        if record.id == asked:
            _ask(service, actor, record)
    # Beneath the list, so that no row moves under the pointer when the words go.
    show_told()
    _give(service, actor)
    gone = [found for found in held if found.state != "active"]
    if gone:
        with st.expander("Roles that were taken"):
            st.html(
                "<ul>" + "".join(f"<li>{_describe_grant(record)}</li>" for record in sorted(gone, key=_order)) + "</ul>"
            )


def _order(record: Record) -> tuple[str, str, str]:
    return record.links["area"], record.links["role"], record.links["email"]


def _describe_grant(record: Record) -> str:
    return f"<b>{escape(record.links['email'])}</b>: {escape(_role(record))}"


def _role(record: Record) -> str:
    area = store.area_names().get(record.links["area"], "")
    return f"{ROLES[record.links['role']][0].lower()}{f' for {area}' if area else ''}"


def _held(record: Record, asked: str | None) -> None:
    """Show a role and the button that asks whether to take it: dead while a question is open, and never away.

    So the second half of a double click meets the same button again, not that of somebody else.
    """
    with st.container(horizontal=True, vertical_alignment="center"):
        st.html(f"<p>{_describe_grant(record)}</p>")
        st.button(
            f"Take away from {plain_label(record.links['email'])}", key=f"revoke {record.id}",
            disabled=asked is not None, on_click=_ask_about, args=(record.id,),
        )  # fmt: skip


def _ask_about(grant_id: str | None) -> None:
    st.session_state[_ASKED] = grant_id


def _ask(service: Service, actor: Actor, record: Record) -> None:
    """Ask whether to take a role, beneath its row: what stands there and above it has not moved."""
    email = record.links["email"]
    alert("warning", f"Take the role of {_role(record)} away from {email}? Their unsaved words are not lost.")
    with st.container(horizontal=True):
        taken = st.button("Yes, take it away", key=f"take {record.id}", type="primary")
        st.button("Keep it", key=f"keep {record.id}", on_click=_ask_about, args=(None,))
    if taken:
        try:
            revoke(service, actor, record.id, record.version)
        except RegisterError as error:
            tell("error", str(error))
        else:
            tell("success", f"{email} no longer holds that role.")
        _ask_about(None)
        st.rerun()


def _give(service: Service, actor: Actor) -> None:
    section("Give a role")
    names = store.area_names()
    email = st.text_input("Email address the person signs in with", key="give email", max_chars=254)
    role = st.selectbox(
        "Role", list(ROLES), format_func=lambda code: f"{ROLES[code][0]}: {ROLES[code][1]}", key="give role"
    )
    area = ""
    if role != "administrator":
        area = st.selectbox("Area", list(names), format_func=names.__getitem__, index=None, key="give area") or ""
    if st.button("Give this role", type="primary", key="give"):
        try:
            grant(service, actor, email, role, area)
        except RegisterError as error:
            alert("error", str(error))
        else:
            tell("success", f"{email.strip().lower()} holds that role now.")
            st.rerun()
