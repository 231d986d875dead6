"""Pieces that several pages show: heading, footer, tables, cards, charts with their sentence."""

import re
from collections.abc import Iterable, Mapping, Sequence
from html import escape
from typing import Literal
from urllib.parse import urlsplit

import pandas as pd
import streamlit as st

from psc.catalogue.definition import Metric
from psc.charts.style.direction_signs import describe_sign, sign_name, sign_names
from psc.charts.style.making_data_count import describe_assurance, describe_icon, icon_name
from psc.narrate.words import describe_month, describe_number
from psc.register.text.web_address import is_web_address

MASTHEAD = (
    '<div class="psc-masthead"><span class="psc-brand">Patient Safety Collaboratives</span>'
    "<span>Harm trends, priorities and shared learning in England. Not an official NHS service.</span></div>"
)
ASSURANCE_PREFIX = "assurance-"
SIGN_PREFIX = "sign-"
AlertKind = Literal["error", "warning", "info", "success"]
PLOTLY_CONFIG = {"displayModeBar": False, "responsive": True, "scrollZoom": False}


def footer(release: pd.Series) -> None:
    """Show where the figures come from and which build of the data this is."""
    st.html(
        '<footer class="psc-footer"><p>Figures are judged against those of earlier years; areas are never ranked. '
        '<a href="/data-and-methods#signals">How the figures are made and judged</a>.</p>'
        '<p><a href="/suggest">Tell the collaboratives what matters to you</a>. Anyone may; no account is needed.</p>'
        "<p>Contains public sector information licensed under the Open Government Licence v3.0. Boundaries and "
        "population: Source: Office for National Statistics licensed under the Open Government Licence v.3.0. "
        "Contains OS data © Crown copyright and database right 2023. The grouping into areas is ours.</p>"
        f"<p>Newest figures: {describe_month(release['data_to'])}; each measure says its own. "
        f"Data version {escape(release['version'])}.</p></footer>"
    )


def this_site() -> str:
    """Return the address of this site, to be written down; nothing where it is not known."""
    parts = urlsplit(st.context.url or "")
    return f"{parts.scheme}://{parts.netloc}" if parts.netloc else ""


def heading(title: str, answer: str = "") -> None:
    """Show the product's name, a page's question and today's answer; the question also names the browser's tab."""
    name = title if title.endswith(("?", ".")) else f"{title} –"
    st.set_page_config(page_title=f"{name} Patient Safety Collaboratives")
    said = f'<p class="psc-answer">{escape(answer)}</p>' if answer else ""
    st.html(f'{MASTHEAD}<h1 class="psc-title">{escape(title)}</h1>{said}')


def alert(kind: AlertKind, words: str, items: Iterable[str] = ()) -> None:
    """Show a message, with a list of ``items`` beneath it, that quotes what a person wrote or an address says.

    It looks as Streamlit's own do, but reads no Markdown: what is quoted can neither load a picture nor be a link.
    """
    role = "alert" if kind in ("error", "warning") else "status"
    listed = "".join(f"<li>{escape(item)}</li>" for item in items)
    more = f"<ul>{listed}</ul>" if listed else ""
    st.html(f'<div class="psc-alert psc-alert-{kind}" role="{role}"><p>{escape(words)}</p>{more}</div>')


def plain_label(text: str) -> str:
    """Return a text for the label of a button, where Streamlit reads Markdown, so that it is shown as it is written."""
    return re.sub(r"([!-/:-@\[-`{-~])", r"\\\1", text)


def section(title: str, anchor: str = "", note: str = "") -> None:
    """Show a section's title, reachable by a jump link when it has an anchor."""
    mark = f' id="{escape(anchor)}"' if anchor else ""
    said = f'<p class="psc-note">{escape(note)}</p>' if note else ""
    st.html(f'<h2 class="psc-section"{mark}>{escape(title)}</h2>{said}')


def icon(state: str, side: str, size: int = 28, *, named: bool = True) -> str:
    """Return the variation icon as an image; ``named`` gives it a text alternative, needless where words stand by."""
    words = escape(describe_icon(state, side)) if named else ""
    return (
        f'<img class="psc-icon-image" src="/assets/icons/{icon_name(state, side)}.svg" width="{size}" height="{size}" '
        f'alt="{words}">'
    )


def assurance_icon(verdict: str, size: int = 28) -> str:
    """Return the assurance icon as an image; nothing where there is no target to be sure of."""
    if not verdict:
        return ""
    return (
        f'<img class="psc-icon-image" src="/assets/icons/{ASSURANCE_PREFIX}{verdict}.svg" width="{size}" '
        f'height="{size}" alt="{escape(describe_assurance(verdict))}">'
    )


def icon_with_words(state: str, side: str, size: int = 24) -> str:
    """Return the variation icon with its meaning beside it."""
    words = escape(describe_icon(state, side))
    return f'<span class="psc-icon">{icon(state, side, size, named=False)}<span>{words}</span></span>'


def sign(state: str, direction: str, size: int = 28, *, named: bool = True) -> str:
    """Return the sign of a verdict as an image; ``named`` gives it a text alternative."""
    words = escape(describe_sign(state, direction)) if named else ""
    return (
        f'<img class="psc-icon-image" src="/assets/icons/{SIGN_PREFIX}{sign_name(state, direction)}.svg" '
        f'width="{size}" height="{size}" alt="{words}">'
    )


def sign_with_words(state: str, direction: str, size: int = 24) -> str:
    """Return the sign of a verdict with its meaning beside it."""
    words = escape(describe_sign(state, direction))
    return f'<span class="psc-icon">{sign(state, direction, size, named=False)}<span>{words}</span></span>'


def html_table(
    columns: Sequence[str],
    body: Sequence[Sequence[str]],
    caption: str,
    *,
    wide: bool = False,
) -> str:
    """Return an accessible table: one header row, the first cell of each row its header. Cells are HTML already.

    On a phone each row becomes a small list; a ``wide`` table of many narrow columns scrolls sideways in its own box
    instead.
    """
    head = "".join(f'<th scope="col" role="columnheader">{escape(column)}</th>' for column in columns)
    lines = "".join(_table_row(columns, row) for row in body)
    look = f"psc-table-wrap{' psc-wide' if wide else ''}"
    box = f' tabindex="0" role="region" aria-label="{escape(caption)}"' if wide else ""
    return (
        f'<div class="{look}"{box}><table class="psc-table" role="table"><caption>{escape(caption)}</caption>'
        f'<thead role="rowgroup"><tr role="row">{head}</tr></thead><tbody role="rowgroup">{lines}</tbody></table></div>'
    )


def _table_row(columns: Sequence[str], row: Sequence[str]) -> str:
    cells = "".join(
        f'<td role="cell" data-label="{escape(column)}">{cell}</td>'
        for column, cell in zip(columns[1:], row[1:], strict=True)
    )
    return f'<tr role="row"><th scope="row" role="rowheader">{row[0]}</th>{cells}</tr>'


def folded_note(summary: str, words: str) -> str:
    """Return a paragraph that is read when its ``summary`` is opened, and always in print (HTML)."""
    return (
        f'<details class="psc-cautions" data-print="open"><summary>{escape(summary)}</summary>'
        f'<p class="psc-note">{escape(words)}</p></details>'
    )


def how_to_read() -> str:
    """Return the key to every small chart, for the pages that show many."""
    signs = "".join(f"<li>{sign_with_words(state, way, 22)}</li>" for state, way in sign_names().values())
    return (
        '<p class="psc-note">How to read: the sign and the words say how the figures stand to those of earlier years. '
        "In a chart, dashed lines are limits, from how much the figure moves from one period to the next; a coloured "
        f'point stands out against them.</p><ul class="psc-how">{signs}</ul>'
    )


def facts(pairs: Mapping[str, str]) -> str:
    """Return a list of facts, name and value; the values are HTML already."""
    return '<dl class="psc-facts">' + "".join(
        f"<div><dt>{escape(name)}</dt><dd>{value}</dd></div>" for name, value in pairs.items()
    ) + "</dl>"  # fmt: skip


def tags(words: Sequence[str]) -> str:
    """Return short labels in a row."""
    return (
        '<span class="psc-tags">'
        + "".join(f'<span class="psc-tag">{escape(word)}</span>' for word in words)
        + "</span>"
    )


def describe_counted(definition: Metric) -> str:
    """Return what a measure's numerator and denominator count (HTML)."""
    if definition.is_count:
        return escape(f"Counted: {definition.numerator}.")
    return escape(f"Numerator: {definition.numerator}. Denominator: {definition.denominator}.")


def count_or_none(count: float) -> str:
    """Return a numerator or denominator in words; of what is shared between areas there are fractions of a case."""
    return "not published" if pd.isna(count) else describe_number(count, 0 if count >= 100 or count % 1 == 0 else 1)


def source_line(definition: Metric) -> str:
    """Return where a measure's figures come from, with its licence."""
    approximate = definition.area_values is not None and definition.area_values.approximate
    return (
        f'<p class="psc-source">Source: {escape(definition.publisher)}, '
        f'<a href="{escape(definition.source_url)}">{escape(definition.source_title)}</a>. '
        f"{escape(definition.licence)}.{' Area figures are approximations.' if approximate else ''}"
        "</p>"
    )


def about_measure(definition: Metric) -> None:
    """Show where a measure's figures come from, and what to be careful about: it belongs beside every chart."""
    listed = "".join(f"<li>{escape(caveat)}</li>" for caveat in definition.caveats)
    about = escape(definition.area_values.how) if definition.area_values else ""
    st.html(
        f"{source_line(definition)}"
        '<details class="psc-cautions" data-print="open"><summary>What to be careful about with this measure</summary>'
        f'<ul class="psc-read">{listed}</ul>'
        f'<p class="psc-read"><b>How area figures were made.</b> {about}</p></details>'
    )


def source_links(sources: Sequence[str]) -> str:
    """Return sources as links where they are addresses, as text where they are not."""
    shown = [
        f'<a href="{escape(source)}" rel="noopener">{escape(_site(source))}</a>'
        if is_web_address(source)
        else escape(source)
        for source in sources
    ]
    return "; ".join(shown)


def _site(source: str) -> str:
    return source.split("/")[2].removeprefix("www.")
