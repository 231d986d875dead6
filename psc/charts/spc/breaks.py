"""Series breaks on a chart: where new limits start, why, and which segments are shaded."""

import textwrap
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

import pandas as pd
import plotly.graph_objects as go

from psc.catalogue.definition import Metric
from psc.charts.style.hover import wrapped
from psc.charts.style.palette import BACKGROUND, SECONDARY_TEXT, TEXT, WHITE
from psc.charts.style.side_labels import text_width

LABEL_LENGTH = 27
"""Characters on a line of a large chart's label, of which there are up to two: half a phone's width."""
LEVEL_HEIGHT = {True: 30, False: 13}
"""Pixels that a row of labels takes above the plot of a large and of a small chart."""
NARROW = 210
"""Width of a plot on a phone, in pixels."""

Days = tuple[pd.Timestamp, pd.Timestamp]


@dataclass(frozen=True, slots=True)
class Break:
    """A segment after the first: its first and last day on the chart, what starts there, why, and its shading."""

    start: pd.Timestamp
    end: pd.Timestamp
    mark: str
    reason: str
    shaded: bool


def breaks_of(definition: Metric, drawn: pd.DataFrame, last_day: pd.Timestamp) -> list[Break]:
    """Return the breaks of one series, oldest first.

    ``drawn`` has the recorded points, oldest first, with ``period_start``, ``segment`` and ``upper_limit``; the last
    segment ends on ``last_day``. Breaks between which nothing was recorded start one segment and give all its reasons.
    """
    parts = [part for _, part in drawn.groupby("segment")]
    starts = [part["period_start"].iloc[0] for part in parts]
    ends = [*starts[1:], last_day]
    found = []
    for number, part in enumerate(parts):
        if not number:
            continue
        before = parts[number - 1]["period_start"].iloc[-1]
        reasons = [
            item.reason
            for item in definition.series_breaks
            if before < pd.Timestamp(item.date) <= starts[number]
        ]  # fmt: skip
        mark = "new series" if part["upper_limit"].isna().all() else "new limits"
        found.append(Break(starts[number], ends[number], mark, " ".join(reasons), shaded=number % 2 == 1))
    return found


def levels_of(breaks: Sequence[Break], days: Days, *, roomy: bool) -> list[int]:
    """Return the row of each break's label above the plot, 0 the lowest: labels in a row do not touch on a phone."""
    levels: list[int] = []
    rows: list[list[tuple[float, float]]] = []
    for item in breaks:
        at, width = _share(item, days), text_width(max(_lines(item, roomy), key=len)) / NARROW
        place = (at, at + width) if _is_left(item, days) else (at - width, at)
        free = (n for n, row in enumerate(rows) if all(place[0] >= end or place[1] <= start for start, end in row))
        level = next(free, len(rows))
        if level == len(rows):
            rows.append([])
        rows[level].append(place)
        levels.append(level)
    return levels


def levels_height(levels: Sequence[int], *, roomy: bool) -> int:
    """Return the room that the rows of labels need above the plot, in pixels."""
    return LEVEL_HEIGHT[roomy] * (max(levels, default=-1) + 1)


def add_breaks(
    figure: go.Figure,
    breaks: Sequence[Break],
    levels: Sequence[int],
    *,
    days: Days,
    top: float,
    plot_height: float,
    roomy: bool,
) -> None:
    """Draw the breaks: every other segment shaded, a line up to its label, and the whole reason on hovering.

    ``levels`` are the rows of the labels, ``days`` is the range of the x axis, ``top`` the upper end of the y axis,
    ``plot_height`` in pixels.
    """
    for item, level in zip(breaks, levels, strict=True):
        x, left, row = item.start.isoformat(), _is_left(item, days), LEVEL_HEIGHT[roomy]
        if item.shaded:
            figure.add_shape(
                type="rect", x0=x, x1=item.end.isoformat(), y0=0, y1=1, yref="paper", layer="below",
                fillcolor=BACKGROUND, line={"width": 0},
            )  # fmt: skip
        figure.add_shape(
            type="line", x0=x, x1=x, y0=0, y1=1 + row * (level + 0.8) / plot_height, yref="paper",
            line={"color": TEXT, "width": 1, "dash": "dot"},
        )  # fmt: skip
        figure.add_annotation(
            x=x, xanchor="left" if left else "right", xshift=3 if left else -3, y=1, yref="paper", yanchor="bottom",
            yshift=row * level, borderpad=0, text="<br>".join(_lines(item, roomy)), hovertext=_whole(item),
            showarrow=False, align="left" if left else "right", font={"size": 12 if roomy else 11,
            "color": SECONDARY_TEXT}, bgcolor=WHITE,
        )  # fmt: skip
    if breaks:
        figure.add_scatter(
            x=[item.start.strftime("%Y-%m-%d") for item in breaks], y=[top] * len(breaks), mode="markers",
            name="breaks", marker={"size": 16, "opacity": 0}, cliponaxis=False,
            text=[_whole(item) for item in breaks], hovertemplate="%{text}<extra></extra>",
        )  # fmt: skip


def _share(item: Break, days: Days) -> float:
    return float((item.start - days[0]) / (days[1] - days[0]))


def _is_left(item: Break, days: Days) -> bool:
    """Whether the label stands to the right of its line, because the line is in the left half."""
    return _share(item, days) < 0.5


def _lines(item: Break, roomy: bool) -> list[str]:
    if not roomy or not item.reason:
        return [item.mark]
    lines = textwrap.wrap(f"{item.mark}: {item.reason.rstrip('.')}", LABEL_LENGTH, max_lines=2, placeholder="…")
    return [escape(line, quote=False) for line in lines]


def _whole(item: Break) -> str:
    start = f"<b>{item.mark.capitalize()} from {item.start:%B %Y}</b>"
    return f"{start}<br>{wrapped(item.reason)}" if item.reason else start
