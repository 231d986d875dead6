"""Pieces that several pages show: heading, footer, tables, cards, charts with their sentence."""

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Literal
from urllib.parse import urlsplit

import pandas as pd
import streamlit as st
from markupsafe import Markup

from psc.catalogue.definition import Metric
from psc.charts.style.direction_signs import describe_sign, sign_name, sign_names
from psc.charts.style.making_data_count import describe_assurance, describe_icon, icon_name
from psc.narrate.words import describe_month, describe_number
from psc.register.text.web_address import is_web_address
from psc.web.components.render import as_html, render_macro

PAGE, SIGNS, TABLES, SOURCES = (f"macros/{name}.html" for name in ("page", "signs", "tables", "sources"))
MASTHEAD = render_macro(PAGE, "masthead")
ASSURANCE_PREFIX = "assurance-"
SIGN_PREFIX = "sign-"
AlertKind = Literal["error", "warning", "info", "success"]
PLOTLY_CONFIG = {"displayModeBar": False, "responsive": True, "scrollZoom": False}


def footer(release: pd.Series) -> None:
    """Show where the figures come from and which build of the data this is."""
    st.html(render_macro(PAGE, "footer", describe_month(release["data_to"]), release["version"]))


def this_site() -> str:
    """Return the address of this site, to be written down; nothing where it is not known."""
    parts = urlsplit(st.context.url or "")
    return f"{parts.scheme}://{parts.netloc}" if parts.netloc else ""


def heading(title: str, answer: str = "") -> None:
    """Show the product's name, a page's question and today's answer; the question also names the browser's tab."""
    name = title if title.endswith(("?", ".")) else f"{title} –"
    st.set_page_config(page_title=f"{name} Patient Safety Collaboratives")
    st.html(render_macro(PAGE, "heading", title, answer))


def alert(kind: AlertKind, words: str, items: Iterable[str] = ()) -> None:
    """Show a message, with a list of ``items`` beneath it, that quotes what a person wrote or an address says.

    It looks as Streamlit's own do, but reads no Markdown: what is quoted can neither load a picture nor be a link.
    """
    role = "alert" if kind in ("error", "warning") else "status"
    st.html(render_macro(PAGE, "alert", kind, role, words, list(items)))


def plain_label(text: str) -> str:
    """Return a text for the label of a button, where Streamlit reads Markdown, so that it is shown as it is written."""
    return re.sub(r"([!-/:-@\[-`{-~])", r"\\\1", text)


def section(title: str, anchor: str = "", note: str = "") -> None:
    """Show a section's title, reachable by a jump link when it has an anchor."""
    st.html(render_macro(PAGE, "section", title, anchor, note))


@lru_cache(maxsize=500)
def icon(state: str, side: str, size: int = 28, *, named: bool = True) -> Markup:
    """Return the variation icon as an image; ``named`` gives it a text alternative, needless where words stand by."""
    return render_macro(SIGNS, "image", icon_name(state, side), size, describe_icon(state, side) if named else "")


@lru_cache(maxsize=500)
def assurance_icon(verdict: str, size: int = 28) -> Markup:
    """Return the assurance icon as an image; nothing where there is no target to be sure of."""
    if not verdict:
        return Markup()
    return render_macro(SIGNS, "image", f"{ASSURANCE_PREFIX}{verdict}", size, describe_assurance(verdict))


@lru_cache(maxsize=500)
def icon_with_words(state: str, side: str, size: int = 24) -> Markup:
    """Return the variation icon with its meaning beside it."""
    return render_macro(SIGNS, "with_words", icon_name(state, side), size, describe_icon(state, side))


@lru_cache(maxsize=500)
def sign(state: str, direction: str, size: int = 28, *, named: bool = True) -> Markup:
    """Return the sign of a verdict as an image; ``named`` gives it a text alternative."""
    words = describe_sign(state, direction) if named else ""
    return render_macro(SIGNS, "image", f"{SIGN_PREFIX}{sign_name(state, direction)}", size, words)


@lru_cache(maxsize=500)
def sign_with_words(state: str, direction: str, size: int = 24) -> Markup:
    """Return the sign of a verdict with its meaning beside it."""
    name = f"{SIGN_PREFIX}{sign_name(state, direction)}"
    return render_macro(SIGNS, "with_words", name, size, describe_sign(state, direction))


def html_table(
    columns: Sequence[str],
    body: Sequence[Sequence[str]],
    caption: str,
    *,
    wide: bool = False,
    cells_are_html: bool = False,
) -> Markup:
    """Return an accessible table: one header row, the first cell of each row its header.

    A cell is HTML if it is ``Markup``; any other is escaped. ``cells_are_html`` is for callers that still make HTML as
    plain ``str``. On a phone each row becomes a small list; a ``wide`` table of many narrow columns scrolls sideways in
    its own box instead. Raises ``ValueError`` where a row has not as many cells as there are ``columns``.
    """
    if any(len(row) != len(columns) for row in body):
        raise ValueError(f"Each row of {caption!r} needs {len(columns)} cells")
    rows = body if cells_are_html else [as_html(row) for row in body]
    return render_macro(TABLES, "html_table", columns, rows, caption, wide)


def folded_note(summary: str, words: str) -> Markup:
    """Return a paragraph that is read when its ``summary`` is opened, and always in print."""
    return render_macro(PAGE, "folded_note", summary, words)


def how_to_read() -> Markup:
    """Return the key to every small chart, for the pages that show many."""
    return render_macro(SIGNS, "how_to_read", [sign_with_words(state, way, 22) for state, way in sign_names().values()])


def facts(pairs: Mapping[str, str], *, values_are_html: bool = False) -> Markup:
    """Return a list of facts, name and value.

    A value is HTML if it is ``Markup``; any other is escaped. ``values_are_html`` is for callers that still make HTML
    as plain ``str``.
    """
    values = {name: Markup(value) for name, value in pairs.items()} if values_are_html else pairs
    return render_macro(TABLES, "facts", list(values.items()))


def tags(words: Sequence[str]) -> Markup:
    """Return short labels in a row."""
    return render_macro(TABLES, "tags", words)


def describe_counted(definition: Metric) -> str:
    """Return what a measure's numerator and denominator count."""
    if definition.is_count:
        return f"Counted: {definition.numerator}."
    return f"Numerator: {definition.numerator}. Denominator: {definition.denominator}."


def count_or_none(count: float) -> str:
    """Return a numerator or denominator in words; of what is shared between areas there are fractions of a case."""
    return "not published" if pd.isna(count) else describe_number(count, 0 if count >= 100 or count % 1 == 0 else 1)


def source_line(definition: Metric) -> Markup:
    """Return where a measure's figures come from, with its licence."""
    return render_macro(SOURCES, "source_line", definition, _is_approximate(definition))


def about_measure(definition: Metric) -> None:
    """Show where a measure's figures come from, and what to be careful about: it belongs beside every chart."""
    how = definition.area_values.how if definition.area_values else ""
    st.html(render_macro(SOURCES, "about_measure", definition, _is_approximate(definition), how))


def _is_approximate(definition: Metric) -> bool:
    return definition.area_values is not None and definition.area_values.approximate


def source_links(sources: Sequence[str]) -> Markup:
    """Return sources as links where they are addresses, as text where they are not."""
    named = [(source, _site(source) if is_web_address(source) else "") for source in sources]
    return render_macro(SOURCES, "source_links", named)


def _site(source: str) -> str:
    return source.split("/")[2].removeprefix("www.")
