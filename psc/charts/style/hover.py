"""Words for hover boxes: what a figure was made from, in lines short enough for a phone."""

import textwrap
from html import escape

import pandas as pd

from psc.catalogue.definition import Metric
from psc.narrate.words import describe_number

LINE_LENGTH = 44
"""Characters on a line: a hover box neither wraps nor scrolls, and what hangs over the edge of a phone is lost."""


def wrapped(text: str) -> str:
    """Return plain text in short lines, with what plotly would take for markup made harmless."""
    lines = textwrap.wrap(escape(text, quote=False), LINE_LENGTH, break_long_words=False, break_on_hyphens=False)
    return "<br>".join(lines)


def describe_counts(definition: Metric, numerator: float, denominator: float) -> str:
    """Return what the figure was divided from: "5,575 of 153,737"; nothing for a plain count or where neither is known.

    Only a share is "so many of so many": a rate's numerator is not part of its denominator.
    """
    if definition.denominator is None:
        return ""
    if definition.is_share and not pd.isna(numerator) and not pd.isna(denominator):
        return f"{_describe_count(numerator)} of {_describe_count(denominator)}"
    parts = [("numerator", numerator), ("denominator", denominator)]
    return ", ".join(f"{name} {_describe_count(count)}" for name, count in parts if not pd.isna(count))


def _describe_count(count: float) -> str:
    # Areas that share a board have fractions of a case; they matter only where there are few.
    return describe_number(count, 0 if count >= 100 or count == round(count) else 1)
