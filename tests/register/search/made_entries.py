"""Entries made up for a search."""

import re
from html import unescape

from psc.register.search.entries import Entry, Kind


def entry(id: str, title: str = "A case", main: str = "", rest: str = "", kind: Kind = "solution") -> Entry:
    return Entry(kind, id, title, main, rest)


def shown(html: str) -> str:
    """What a reader sees of a highlighted text."""
    return unescape(re.sub("</?mark>", "", html))
