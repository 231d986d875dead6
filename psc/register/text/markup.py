"""Turns the Markdown in people's words into HTML that is safe to show, or into plain text."""

import re
from collections.abc import Iterator

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock, list_block
from markdown_it.rules_core import StateCore
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token

from psc.register.text.web_address import is_web_address

_AFTER_AN_ADDRESS = ".,;:!?'’”*_)]"
# Each looks at a bounded part of the text, or at one that no other address can begin in: a text that repeats the
# beginning of an address is read in time that grows with its length, not with the square of it.
_SCHEME = re.compile(r"\bhttps?$", re.IGNORECASE)
_LONGEST_SCHEME = len("xhttps")
_HOST_WRITTEN_OUT = re.compile(
    r"https?://[^\s<>\"/?#\\:@!$&'’”*_()\[\],;+=%~`{|}^]{1,253}+(?::\d{1,5}+)?", re.IGNORECASE
)
_PATH_WRITTEN_OUT = re.compile(r"[/?#][^\s<>\"]*+")
_END_WRITTEN_OUT = re.compile(rf"[{re.escape(_AFTER_AN_ADDRESS)}]*+(?=[\s<>\"]|\Z)")
_DEEPEST_LIST = 8
"""In the parser's levels, two for each list."""


def to_html(text: str) -> str:
    """Safe HTML of Markdown ``text``: ``p br em strong ul ol li``, and ``a`` with ``href`` and ``rel``.

    A list that is numbered from another number than 1 has a ``start``; there are no other attributes. All else stays
    text, escaped: HTML, headings, images, code, tables, and links to anything but a web address. A line break is kept,
    and an address written out becomes a link.
    """
    return str(_MARKDOWN.render(text))


def plain(text: str) -> str:
    """Markdown ``text`` in one line without its marks, for an excerpt. It is not escaped."""
    return " ".join(plain_blocks(text))


def plain_blocks(text: str) -> list[str]:
    """Each paragraph and each item of a list as one line without marks, in order. They are not escaped."""
    blocks = (
        "".join(" " if part.type.endswith("break") else part.content for part in block.children or [])
        for block in _MARKDOWN.parse(text)
    )
    return [" ".join(block.split()) for block in blocks if block.strip()]


def _address_written_out(state: StateInline, silent: bool) -> bool:
    """Inline rule: a link from "https://..." in running text. The parser stops at the colon, after the scheme."""
    if state.linkLevel or not state.src.startswith("://", state.pos):
        return False
    scheme = _SCHEME.search(state.pending[-_LONGEST_SCHEME:])
    if scheme is None:
        return False
    address = _written_out(state, state.pos - len(scheme[0]))
    href = state.md.normalizeLink(address)
    if not is_web_address(href):
        return False
    if not silent:
        state.pending = state.pending[: -len(scheme[0])]
        state.push("link_open", "a", 1).attrs = {"href": href}
        state.push("text", "", 0).content = address
        state.push("link_close", "a", -1)
    state.pos += len(address) - len(scheme[0])
    return True


def _written_out(state: StateInline, start: int) -> str:
    """Return the address that begins at ``start``, without the punctuation after it; "" where there is none."""
    host = _HOST_WRITTEN_OUT.match(state.src, start, state.posMax)
    if host is None or not is_web_address(state.md.normalizeLink(host[0].rstrip(_AFTER_AN_ADDRESS))):
        return ""
    after = _PATH_WRITTEN_OUT.match(state.src, host.end(), state.posMax)
    after = after or _END_WRITTEN_OUT.match(state.src, host.end(), state.posMax)
    return f"{host[0]}{after[0]}".rstrip(_AFTER_AN_ADDRESS) if after else ""


def _list_not_too_deep(state: StateBlock, first_line: int, last_line: int, silent: bool) -> bool:
    """Block rule: lists in lists as far as anybody means them. The parser drops the words of what is nested deeply."""
    return state.level < _DEEPEST_LIST and list_block(state, first_line, last_line, silent)


def _only_web_links(state: StateCore) -> None:
    """Core rule: the one place that decides what a link carries, whichever rule has made it."""
    for block in state.tokens:
        if block.children:
            block.children = list(_with_web_links(block.children))


def _with_web_links(parts: list[Token]) -> Iterator[Token]:
    is_refused = False
    for part in parts:
        if part.type == "link_open":
            href = str(part.attrs.get("href", ""))
            is_refused = not is_web_address(href)
            part.attrs = {"href": href, "rel": "noopener nofollow"}
        if not (is_refused and part.type in ("link_open", "link_close")):
            yield part


def _parser() -> MarkdownIt:
    # "zero" has nothing but paragraphs, and no HTML: what a later version of the library adds stays off.
    parser = MarkdownIt("zero", {"breaks": True})
    parser.enable(["list", "newline", "escape", "emphasis", "link", "autolink"])
    parser.validateLink = is_web_address  # type: ignore[method-assign,assignment]
    parser.block.ruler.at("list", _list_not_too_deep, {"alt": ["paragraph"]})
    parser.inline.ruler.push("address_written_out", _address_written_out)
    parser.core.ruler.push("only_web_links", _only_web_links)
    return parser


_MARKDOWN = _parser()
