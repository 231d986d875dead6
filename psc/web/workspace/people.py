"""Who holds which role: for administrators, who give and take them."""

from html import escape

import streamlit as st

from psc.register.errors import RegisterError
from psc.register.members import grant, grants, revoke
from psc.register.roles import ROLES, Actor
from psc.register.service import Service
from psc.register.stored import Stored
from psc.web import data
from psc.web.navigation import address
from psc.web.parts import alert, heading, plain_label, section
from psc.web.workspace.notice import show_told, tell


def show_people(service: Service, actor: Actor) -> None:
    """Show every role that is held, a form to give one, and what was taken."""
    heading("Who holds which role?", "A role counts from the moment it is given, and ends at the moment it is taken.")
    st.html(f'<p class="psc-read"><a href="{address("workspace")}">Back to the workspace</a></p>')
    show_told()
    held = grants(service, actor)
    section("Roles held now")
    for record in sorted((found for found in held if found.state == "active"), key=_order):
        _held(service, actor, record)
    _give(service, actor)
    gone = [found for found in held if found.state != "active"]
    if gone:
        with st.expander("Roles that were taken"):
            st.html("<ul>" + "".join(f"<li>{_words(record)}</li>" for record in sorted(gone, key=_order)) + "</ul>")


def _order(record: Stored) -> tuple[str, str, str]:
    return record.links["area"], record.links["role"], record.links["email"]


def _words(record: Stored) -> str:
    area = data.area_names().get(record.links["area"], "")
    role = ROLES[record.links["role"]][0]
    return f"<b>{escape(record.links['email'])}</b>: {escape(role.lower())}{f' for {escape(area)}' if area else ''}"


def _held(service: Service, actor: Actor, record: Stored) -> None:
    with st.container(horizontal=True, vertical_alignment="center"):
        st.html(f"<p>{_words(record)}</p>")
        if st.button(f"Take away from {plain_label(record.links['email'])}", key=f"revoke {record.id}"):
            try:
                revoke(service, actor, record.id, record.version)
            except RegisterError as error:
                alert("error", str(error))
            else:
                tell("success", f"{record.links['email']} no longer holds that role.")
                st.rerun()


def _give(service: Service, actor: Actor) -> None:
    section("Give a role")
    names = data.area_names()
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
