"""The pages, their addresses, and links between them."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlencode

import streamlit as st
from streamlit.navigation.page import StreamlitPage

from psc.settings import ROOT

FOLDER = ROOT / "pages"


@dataclass(frozen=True)
class PageEntry:
    """One page: its script, its name in the navigation and its address. A hidden page is reached by links only."""

    script: str
    title: str
    path: str
    hidden: bool = False


ENTRIES: Mapping[str, PageEntry] = {
    "map": PageEntry("map.py", "Map", "map"),
    "area": PageEntry("area.py", "Area", "area"),
    "signals": PageEntry("signals.py", "Signals", "signals"),
    "compare": PageEntry("compare.py", "Compare", "compare"),
    "priorities": PageEntry("priorities.py", "Priorities", "priorities"),
    "solutions": PageEntry("solutions.py", "Shared learning", "solutions"),
    "learning": PageEntry("learning.py", "Learning", "learning"),
    "methods": PageEntry("methods.py", "Data and methods", "methods"),
    "search": PageEntry("search.py", "Search", "search"),
    "workspace": PageEntry("workspace.py", "Workspace", "workspace"),
    "chart": PageEntry("chart.py", "Chart", "chart", hidden=True),
    "priority": PageEntry("priority.py", "Priority", "priority", hidden=True),
    "suggest": PageEntry("suggest.py", "Suggest", "suggest", hidden=True),
}

FORMER_ADDRESSES: Mapping[str, tuple[str, Mapping[str, str]]] = {
    "shared-learning": ("solutions", {"case": "id"}),
    "data-and-methods": ("methods", {}),
}
"""Addresses that pages had before: where they are now, and what has another name in their query. Links keep working."""


def site_pages() -> list[StreamlitPage]:
    """Return the pages in the order of the navigation; the first is the home page."""
    return [
        st.Page(
            FOLDER / entry.script,
            title=entry.title,
            url_path=entry.path,
            default=name == "map",
            visibility="hidden" if entry.hidden else "visible",
        )
        for name, entry in ENTRIES.items()
    ]


def script_of(page: str) -> Path:
    """Return the script of a page, for links within the session."""
    return FOLDER / ENTRIES[page].script


def link(page: str, label: str, **query: str) -> None:
    """Show a link to a page that keeps the session, so that it opens at once."""
    st.page_link(script_of(page), label=label, query_params=query, width="stretch")


def address(page: str, **query: str) -> str:
    """Return a page's address, for links inside a table or a text."""
    path = "/" if page == "map" else f"/{ENTRIES[page].path}"
    return f"{path}?{urlencode(query)}" if query else path
