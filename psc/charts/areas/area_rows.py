"""A row for each area with its name on the left, on one scale, readable on a phone: shared by charts of the areas."""

import textwrap
from collections.abc import Sequence
from html import escape
from typing import Any

import plotly.graph_objects as go

from psc.charts.style.base import base_layout
from psc.charts.style.palette import PALE_GREY, SECONDARY_TEXT
from psc.charts.style.side_labels import LINE_HEIGHT, spaced_ticks, tick_text

ROW = 32
"""Height of a row, in pixels: a name may take two lines."""
LONGEST = 20
"""Characters of a name on one line: on a phone a longer one would take half the chart."""
TOP = 34
TITLE_LENGTH = 44
NARROWEST = 155
"""Width that the names leave for the plot on a phone, in pixels."""
ROOM = 0.06
"""Free scale on either side, as a share of the spread of what is drawn."""
SIDE = 0.25
"""Nearer to an edge than this share of the scale, a label above the plot reads away from that edge."""

Range = tuple[float, float]


def rows_layout(names: Sequence[str], across: Range, title: str, suffix: str = "") -> dict[str, Any]:
    """Return the layout of rows of areas, the first ``names`` lowest, at 0, 1, 2, ... of the y axis.

    ``across`` is the scale, ``title`` what is written below it at the right edge, so that a phone shows all of it,
    and ``suffix`` follows each number of the scale.
    """
    ticks = spaced_ticks(across, NARROWEST, suffix)
    below = textwrap.wrap(title, TITLE_LENGTH, break_on_hyphens=False)
    bottom = 30 + LINE_HEIGHT * len(below)
    return {
        **base_layout(ROW * len(names) + TOP + bottom, {"l": 4, "r": 18, "t": TOP, "b": bottom}),
        "xaxis": {
            "gridcolor": PALE_GREY, "zeroline": False, "fixedrange": True, "tickfont": {"color": SECONDARY_TEXT},
            "tickangle": 0, "range": list(across), "tickvals": ticks,
            "ticktext": [tick_text(tick, suffix) for tick in ticks],
        },
        "yaxis": {
            "fixedrange": True, "automargin": True, "tickfont": {"size": 13}, "ticksuffix": "  ",
            "tickvals": list(range(len(names))), "ticktext": [_in_lines(name) for name in names],
            "range": [-0.7, len(names) - 0.3], "showgrid": False, "zeroline": False,
        },
        "annotations": [
            {
                "x": 1, "xref": "paper", "xanchor": "right", "y": 0, "yref": "paper", "yanchor": "top", "yshift": -24,
                "text": "<br>".join(escape(line, quote=False) for line in below), "align": "right",
                "showarrow": False, "font": {"size": 13},
            }
        ],
    }  # fmt: skip


def scale(ends: Sequence[float]) -> Range:
    """Return a scale that holds all the ``ends``, with some room on either side; NaN is left out."""
    known = [end for end in ends if end == end]
    room = (max(known) - min(known)) * ROOM or 1.0
    return min(known) - room, max(known) + room


def add_label_above(figure: go.Figure, x: float, text: str, across: Range) -> None:
    """Write a label above the plot at ``x``, so that neither edge of the plot cuts it."""
    share = (x - across[0]) / (across[1] - across[0])
    anchor = "left" if share < SIDE else "right" if share > 1 - SIDE else "center"
    figure.add_annotation(
        x=x, y=1, yref="paper", xanchor=anchor, yanchor="bottom", text=text, showarrow=False, font={"size": 13}
    )


def _in_lines(name: str) -> str:
    """Return a long name in the two lines that are most alike in length."""
    words = name.split()
    if len(name) <= LONGEST or len(words) < 2:
        return name
    halves = [(" ".join(words[:at]), " ".join(words[at:])) for at in range(1, len(words))]
    return "<br>".join(min(halves, key=lambda pair: max(map(len, pair))))
