"""Words for hover boxes: what a figure was made from, in lines short enough for a phone."""

import textwrap
from html import escape

import pandas as pd

from psc.catalogue.definition import Definition
from psc.narrate.words import number_words

LINE_LENGTH = 44
"""Characters on a line: a hover box neither wraps nor scrolls, and what hangs over the edge of a phone is lost."""


def wrapped(text: str) -> str:
    """Return plain text in short lines, with what plotly would take for markup made harmless."""
    lines = textwrap.wrap(escape(text, quote=False), LINE_LENGTH, break_long_words=False, break_on_hyphens=False)
    return "<br>".join(lines)


def counts_words(definition: Definition, numerator: float, denominator: float) -> str:
    """Return what the figure was divided from: "5,575 of 153,737"; nothing for a plain count or where neither is known.

    Only a share is "so many of so many": a rate's numerator is not part of its denominator.
    """
    if definition.denominator is None:
        return ""
    if definition.is_share and not pd.isna(numerator) and not pd.isna(denominator):
        return f"{_count_words(numerator)} of {_count_words(denominator)}"
    parts = [("numerator", numerator), ("denominator", denominator)]
    return ", ".join(f"{name} {_count_words(count)}" for name, count in parts if not pd.isna(count))


def _count_words(count: float) -> str:
    # Areas that share a board have fractions of a case; they matter only where there are few.
    return number_words(count, 0 if count >= 100 or count == round(count) else 1)
