"""Two versions of a record side by side: what someone else saved meanwhile, and what was about to be saved."""

from collections.abc import Mapping
from dataclasses import dataclass
from html import escape
from typing import Any

import streamlit as st

from psc.register.errors import StaleEdit
from psc.web.components.page_parts import alert, html_table
from psc.web.workspace.form.form_fields import Field
from psc.web.workspace.form.read_only_form import said

EMPTY = '<span class="psc-muted">empty</span>'


@dataclass(frozen=True, slots=True)
class Choice:
    """The words of a choice between two versions: what happened, how each is called, and what the buttons say."""

    happened: str
    theirs: str
    mine: str
    save: str
    keep: str


def _choice_between(stale: StaleEdit, reader: str) -> Choice:
    if stale.who == reader:
        return Choice(
            "You changed this in another window while you were writing here. Nothing is lost: compare the two versions "
            "below, then choose.",
            "Saved in the other window", "Written here", "Save what is written here", "Keep what is saved",
        )  # fmt: skip
    return Choice(
        str(stale), f"Saved by {stale.who}", "Yours", "Save mine in place of theirs", "Keep theirs and drop mine"
    )


def show_versions(fields: tuple[Field, ...], stale: StaleEdit, reader: str) -> Choice:
    """Show every field in which what was saved meanwhile and what was about to be saved differ; return the choice.

    ``reader`` is who looks at it (an email address), who may have saved the other version in a second window.
    """
    words = _choice_between(stale, reader)
    alert("error", words.happened)
    if not show_differences(fields, stale.theirs, stale.mine, (words.theirs, words.mine)):
        st.info("The two say the same: saving this changes nothing.")
    return words


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
        st.html(html_table(["Field", *names], rows, "What differs", cells_are_html=True))
    return bool(rows)
