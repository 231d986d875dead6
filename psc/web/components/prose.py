"""People's words on a page: an area's own may hold Markdown, what was compiled from public sources is plain."""

import textwrap

from markupsafe import Markup

from psc.register.text.markup import plain_blocks, to_html
from psc.web.components.render import escaped, render_macro

WORDS = "macros/words.html"
NOT_RECORDED = render_macro(WORDS, "not_recorded")
EXCERPT = 400
"""Most characters of an area's own text on a card; the page of the record has all of it."""


def or_not_recorded(words: str | None) -> Markup:
    """Return plain words, escaped, or that they are not recorded."""
    return escaped(words) if words else NOT_RECORDED


def prose(text: str | None, *, own: bool) -> Markup:
    """Return a text whole, as HTML; ``own``: an area wrote it, so that it may hold Markdown."""
    return render_macro(WORDS, "prose", Markup(to_html(text))) if own and text else or_not_recorded(text)


def excerpt(text: str | None, *, own: bool) -> Markup:
    """Return a text as a card shows it, as HTML: an area's own without its Markdown, and cut where it is long."""
    return or_not_recorded(shortened(_in_a_row(text), EXCERPT) if own and text else text)


def shortened(text: str, length: int) -> str:
    """Return a text in one line of at most ``length`` characters: cut between words, or within a first long word."""
    found = textwrap.shorten(text, length, placeholder=" …")
    return found if found != "…" else f"{text.strip()[: length - 1]}…"


def _in_a_row(text: str) -> str:
    """The paragraphs and the items of lists, one after the other; what ends without a stop is parted by a semicolon."""
    blocks = plain_blocks(text)
    return " ".join([*(block if block[-1] in ".:;!?" else f"{block};" for block in blocks[:-1]), *blocks[-1:]])
