"""The points of an SPC chart: a mark for every verdict, told apart without colour, and the words on hovering."""

from math import nan
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from psc.catalogue.definition import Metric
from psc.charts.style.base import plain_dates, plain_numbers
from psc.charts.style.hover import describe_counts, wrapped
from psc.charts.style.palette import COMMON_CAUSE, CONCERN, IMPROVEMENT, NEUTRAL, TEXT, WHITE
from psc.narrate.signal_words import describe_rule
from psc.narrate.words import capitalised, describe_date, describe_number, describe_period, describe_value

MARKERS: dict[str, tuple[str, str, str]] = {
    "common_cause": ("circle", COMMON_CAUSE, "No significant change"),
    "special_cause_improvement": ("circle", IMPROVEMENT, "Improving"),
    "special_cause_concern": ("square", CONCERN, "A concern"),
    "special_cause_neutral_high": ("diamond", NEUTRAL, "Higher than usual"),
    "special_cause_neutral_low": ("diamond", NEUTRAL, "Lower than usual"),
    "unjudged": ("circle", WHITE, "Not judged"),
}
SIZES = {"special": (6.5, 9), "unjudged": (4.5, 7), "common": (3.5, 6)}
"""Pixels across a point of a small and of a large chart, by the first word of its kind."""


def add_points(
    figure: go.Figure, definition: Metric, drawn: pd.DataFrame, *, roomy: bool, event_title: str | None
) -> None:
    """Draw the recorded points, each kind of verdict with its mark, and what hovering says of them.

    ``drawn`` has the rows of a series that have a value. ``event_title`` names what the figures count, on a chart of
    rare events only.
    """
    for kind, part in drawn.groupby("point_type"):
        symbol, colour, words = MARKERS[str(kind)]
        small, large = SIZES[str(kind).split("_")[0]]
        figure.add_scatter(
            x=plain_dates(part), y=plain_numbers(part["value"]), mode="markers", name=words, cliponaxis=False,
            marker={
                "symbol": symbol, "color": colour, "size": large if roomy else small,
                "line": {"color": TEXT, "width": 0.4 if kind == "common_cause" else 0.9},
            },
            text=[_hover(definition, row, words, event_title) for row in part.itertuples()],
            hovertemplate="%{text}<extra></extra>",
        )  # fmt: skip


def _hover(definition: Metric, row: Any, verdict: str, event_title: str | None) -> str:
    """Return when, how much, from what, the verdict with every rule that fired, and what a reader must know of it."""
    if event_title:
        when = describe_date(f"{row.period_start:%Y-%m-%d}")
        figure = f"{capitalised(event_title)}: {describe_number(row.value, 0 if row.value % 1 == 0 else 1)}"
    else:
        when = describe_period(row.period_start, row.period_end, definition.grain)
        figure = describe_value(definition, row.value)
    counts = describe_counts(definition, getattr(row, "numerator", nan), getattr(row, "denominator", nan))
    meaning = describe_rule(definition.trend_points)
    fired = [meaning[rule] for rule in row.rules.split("; ") if rule] if isinstance(row.rules, str) else []
    judged = f"{verdict}: {'; '.join(fired)}" if fired else verdict
    note = getattr(row, "note", "")
    lines = [figure, counts, judged, note if isinstance(note, str) else ""]
    return "<br>".join([f"<b>{when}</b>", *(wrapped(line) for line in lines if line)])
