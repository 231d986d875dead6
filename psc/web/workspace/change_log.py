"""What happened to records, newest first: the whole audit for administrators, a record's own for those who read it."""

from datetime import datetime
from html import escape

import streamlit as st

from psc.clock import LONDON
from psc.register.service import MOST_CHANGES, Service
from psc.register.workflow.change_lines import Change
from psc.register.workflow.lifecycle import CREATE
from psc.register.workflow.permissions import Actor
from psc.register.workflow.record import Record
from psc.web.components.page_parts import heading, html_table
from psc.web.session.navigation import address
from psc.web.workspace.form.form_fields import FORMS
from psc.web.workspace.workspace_words import KINDS, describe_action


def show_audit(service: Service, actor: Actor) -> None:
    """Show the newest changes of the whole register."""
    heading(
        "Who changed what?",
        f"The {MOST_CHANGES} newest changes. Whoever runs this site lists all of them with “psc audit show”, and "
        "checks that none was tampered with by “psc audit verify”.",
    )
    st.html(f'<p class="psc-read"><a href="{address("workspace")}">Back to the workspace</a></p>')
    rows = [[*_cells(change), _record(change)] for change in service.audit_entries(actor)]
    st.html(
        html_table(
            ["When", "Who", "What", "What it touched", "Where"],
            rows,
            "Changes of the register, newest first",
            cells_are_html=True,
        )
    )


def show_history(service: Service, actor: Actor, record: Record) -> None:
    """Show what happened to one record."""
    rows = [_cells(change) for change in service.history(actor, record.kind, record.id)]
    with st.expander("What happened to it"):
        st.html(
            html_table(["When", "Who", "What", "What it touched"], rows, "Changes, newest first", cells_are_html=True)
        )


def _cells(change: Change) -> list[str]:
    at = datetime.fromisoformat(change.at).astimezone(LONDON)
    moment = f"{at.day} {at:%B %Y}, {at:%H:%M}"
    labels = {field.name: field.label for field in FORMS.get(change.kind, ())}  # type: ignore[call-overload]
    # What a new record is given besides its words, its id and the like, tells nobody anything.
    told = [name for name in change.fields if name in labels or change.action != CREATE]
    fields = "; ".join(labels.get(name, name.replace("_", " ")) for name in told)
    return [escape(moment), escape(change.who), escape(describe_action(change.action)), escape(fields) or "nothing"]


def _record(change: Change) -> str:
    if change.kind not in KINDS:
        return f"{escape(change.kind)} {escape(change.record_id)}"
    where = address("workspace", record=f"{change.kind}:{change.record_id}")
    kind = KINDS[change.kind][0]  # type: ignore[index]
    return f'{escape(kind)}: <a href="{escape(where)}">{escape(change.record_id)}</a>'
