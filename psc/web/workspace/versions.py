"""Two versions of a record side by side: what someone else saved meanwhile, and what was about to be saved."""

from collections.abc import Mapping
from html import escape
from typing import Any

import streamlit as st

from psc.register.errors import StaleEdit
from psc.web.parts import alert, html_table
from psc.web.workspace.fields import Field
from psc.web.workspace.reading import said

EMPTY = '<span class="psc-muted">empty</span>'


def show_versions(fields: tuple[Field, ...], stale: StaleEdit) -> None:
    """Show every field in which what someone else saved and what was about to be saved differ."""
    alert("error", str(stale))
    if not show_differences(fields, stale.theirs, stale.mine, (f"Saved by {stale.who}", "Yours")):
        st.info("The two say the same: saving yours changes nothing.")


def show_differences(
    fields: tuple[Field, ...], one: Mapping[str, Any], other: Mapping[str, Any], names: tuple[str, str]
) -> bool:
    """Show every field in which two versions differ; return whether any does."""
    rows = [
        [escape(field.label), *(said(field, words.get(field.name)) or EMPTY for words in (one, other))]
        for field in fields
        if one.get(field.name) != other.get(field.name)
    ]
    if rows:
        st.html(html_table(["Field", *names], rows, "What differs"))
    return bool(rows)
