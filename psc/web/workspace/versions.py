"""Two versions of a record side by side: what someone else saved meanwhile, and what was about to be saved."""

from html import escape
from typing import Any

import streamlit as st

from psc.register.errors import StaleEdit
from psc.web.parts import html_table
from psc.web.workspace.fields import Field


def show_versions(fields: tuple[Field, ...], stale: StaleEdit) -> None:
    """Show every field in which the two differ."""
    st.error(str(stale))
    labels = {field.name: field.label for field in fields}
    names = [name for name in labels if stale.theirs.get(name) != stale.mine.get(name)]
    rows = [
        [escape(labels[name]), _words(stale.theirs.get(name)), _words(stale.mine.get(name))]
        for name in names
    ]  # fmt: skip
    if rows:
        st.html(html_table(["Field", f"Saved by {stale.who}", "Yours"], rows, "What differs"))
    else:
        st.info("The two say the same: saving yours changes nothing.")


def _words(value: Any) -> str:
    if value in (None, "", [], ()):
        return '<span class="psc-muted">empty</span>'
    if isinstance(value, list):
        return "<br>".join(_words(item) for item in value)
    if isinstance(value, dict):
        return "; ".join(f"{escape(str(name))}: {escape(str(inner))}" for name, inner in value.items())
    return escape(str(value))
