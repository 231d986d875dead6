"""What happened to records, newest first: the whole audit for administrators, a record's own for those who read it."""

from html import escape

import streamlit as st

from psc.narrate.words import date_words
from psc.register.audit import changed_fields, entries
from psc.register.service import Service
from psc.register.stored import Stored
from psc.register.tables import AuditRow
from psc.web.navigation import address
from psc.web.parts import heading, html_table

SHOWN = 200


def show_audit(service: Service) -> None:
    """Show the newest changes of the whole register."""
    heading(
        "Who changed what?", f"The {SHOWN} newest changes; `psc audit show` lists all, `psc audit verify` checks them."
    )
    st.html(f'<p class="psc-read"><a href="{address("workspace")}">Back to the workspace</a></p>')
    with service.database.reading() as session:
        rows = [[*_cells(entry), _record(entry)] for entry in reversed(entries(session, last=SHOWN))]
    st.html(html_table(["When", "Who", "What", "Fields", "Record"], rows, "Changes of the register, newest first"))


def show_history(service: Service, record: Stored) -> None:
    """Show what happened to one record."""
    with service.database.reading() as session:
        found = entries(session, kind=record.kind, record_id=record.id, last=SHOWN)
        rows = [_cells(entry) for entry in reversed(found)]
    with st.expander("What happened to it"):
        st.html(html_table(["When", "Who", "What", "Fields"], rows, "Changes, newest first"))


def _cells(entry: AuditRow) -> list[str]:
    moment = f"{date_words(entry.at[:10])}, {entry.at[11:16]} UTC"
    fields = ", ".join(changed_fields(entry)).replace("_", " ")
    return [escape(moment), escape(entry.who), escape(entry.action.replace("_", " ")), escape(fields) or "none"]


def _record(entry: AuditRow) -> str:
    where = address("workspace", record=f"{entry.kind}:{entry.record_id}")
    return f'<a href="{escape(where)}">{escape(entry.kind)} {escape(entry.record_id)}</a>'
