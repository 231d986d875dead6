"""What forms are called, in the session and where they are kept, and the address at which each is found again."""

import re
import secrets

import streamlit as st

from psc.register.workflow.lifecycle import Kind
from psc.web.session.navigation import address

TIES: dict[str, str] = {
    "test": "priority_id",
    "adoption": "solution_id",
    "solution": "test_id",
    "chart_decision": "metric",
}
"""What a new record of a kind hangs on or is about, as the address names it."""
LONGEST_TIE = 90
_TOKEN = re.compile(r"[0-9a-f]{8}")


def record_form(kind: Kind, record_id: str) -> str:
    """Return the name of the form that changes a record."""
    return f"{kind}:{record_id}"


def new_form(kind: Kind) -> str:
    """Return the name of the new form that the address asks for; it is given one of its own where it has none.

    So two windows in which new records are begun do not write into each other's.
    """
    if not _TOKEN.fullmatch(st.query_params.get("form", "")):
        st.query_params["form"] = secrets.token_hex(4)
    return f"{kind}:new:{tied_to(kind)}:{st.query_params['form']}"


def tied_to(kind: Kind) -> str:
    """Return the id of what a new record hangs on, as the address says; nothing where it hangs on nothing."""
    asked = st.query_params.get(TIES.get(kind, ""), "")
    return re.sub(r"[^\w.-]", "", asked)[:LONGEST_TIE]


def kind_of(name: str) -> str:
    """Return the kind of record a form is for."""
    return name.partition(":")[0]


def form_address(name: str) -> str:
    """Return where a form is found again."""
    kind, record_id, *rest = name.split(":")
    if record_id != "new":
        return address("workspace", record=f"{kind}:{record_id}")
    tie, token = rest
    return address("workspace", new=kind, **({TIES[kind]: tie} if tie else {}), form=token)
