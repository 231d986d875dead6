"""What in a text looks like personal data, said beneath its box, and how its writer declares what is public."""

from html import escape

import streamlit as st

from psc.register.privacy.personal_data import Finding
from psc.web.components.page_parts import plain_label


def show_findings(name: str, field: str) -> None:
    """Say what was found in a field of the form or step called ``name`` in the session."""
    for number, finding in enumerate(found_in(name).get(field, ())):
        st.html(
            f'<p class="psc-form-problem" role="alert">{escape(finding.words)} Found: '
            f"<mark>{escape(finding.text)}</mark></p>"
        )
        if finding.declarable:
            what = "is a public contact" if finding.can_be_public_contact else "is the address of a page"
            st.button(
                f"“{plain_label(finding.declarable)}” {what}", key=f"{name}|{field}|{number}|contact",
                on_click=_declare, args=(name, finding.declarable),
            )  # fmt: skip


def found_in(name: str) -> dict[str, list[Finding]]:
    """Return what was found, by field."""
    found: dict[str, list[Finding]] = st.session_state.get(f"{name}|findings", {})
    return found


def declared_in(name: str) -> list[str]:
    """Return what the writer has declared to be public."""
    declared: list[str] = st.session_state.get(f"{name}|public_contacts", [])
    return declared


def _declare(name: str, text: str) -> None:
    st.session_state[f"{name}|public_contacts"] = [*declared_in(name), text]
    left = {field: [item for item in items if item.declarable != text] for field, items in found_in(name).items()}
    st.session_state[f"{name}|findings"] = {field: items for field, items in left.items() if items}
