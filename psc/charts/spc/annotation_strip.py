"""Draws marks: in a strip beneath the plot of a large chart, with the same dates; on the time axis of a small one."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from html import escape
from itertools import pairwise

import pandas as pd
import plotly.graph_objects as go

from psc.charts.spc.annotations import KINDS, Numbered
from psc.charts.spc.breaks import Days
from psc.charts.style.hover import wrapped
from psc.charts.style.palette import DARK_BLUE, GREY, SECONDARY_TEXT, SEQUENTIAL, TEXT, WHITE
from psc.charts.style.side_labels import text_width

LANE = 17
"""Height of one lane of the strip, in pixels."""
LANES = 4
"""Most lanes that marks with their labels may take; where there are more, only numbers stand beside the symbols."""
LABEL_LENGTH = 22
PHONE, LEFT = 328, 60
"""Width of a chart on a phone and of what stands left of its plot, in pixels: what fits there fits anywhere."""
HALF = 8
"""Half the width of a symbol with the room around it, in pixels."""
NEAR = 0.04
"""Share of the time shown within which the marks of a crowded chart share a text."""
EMPTY = 0.22
"""Least share of a large chart without figures that has room to say so, on a phone."""


@dataclass(frozen=True, slots=True)
class Entry:
    """Marks of one kind in one lane (0 the highest) that share a text, which stands left of them or right."""

    marks: tuple[Numbered, ...]
    text: str
    left: bool
    lane: int


def entries_of(marks: Sequence[Numbered], days: Days, right: float) -> list[Entry]:
    """Return where the marks of a large chart stand: no symbol or text touches another, on a phone or a desk.

    ``days`` is the range of the x axis and ``right`` the margin right of the plot, in pixels. With their labels where
    four lanes hold them all; else with numbers, and those of close marks of a kind together: "3–5".
    """
    labelled = _placed([((pair,), _label(pair)) for pair in marks], days, right)
    if all(entry.lane < LANES for entry in labelled):
        return labelled
    groups = sorted(close_marks(marks, days), key=lambda group: group[0][0])
    return _placed([(group, _numbers(group)) for group in groups], days, right)


def close_marks(marks: Sequence[Numbered], days: Days) -> list[tuple[Numbered, ...]]:
    """Return the marks of each kind, together where they are close on the x axis, whose range is ``days``."""
    groups: list[tuple[Numbered, ...]] = []
    for kind in KINDS:
        group: tuple[Numbered, ...] = ()
        for pair in (pair for pair in marks if pair[1].kind == kind):
            if group and _share(pair[1].start, days) - _share(group[0][1].start, days) > NEAR:
                groups.append(group)
                group = ()
            group += (pair,)
        groups += [group] if group else []
    return groups


def strip_height(entries: Sequence[Entry]) -> int:
    """Return the height of the strip, in pixels: none where there are no marks."""
    return LANE * _lanes(entries) + 4 if entries else 0


def add_strip(figure: go.Figure, entries: Sequence[Entry], *, days: Days, share: float) -> None:
    """Draw the marks in the strip: the lowest ``share`` of the plot, with a y axis of its own. No entries, no strip."""
    if not entries:
        return
    lanes = _lanes(entries)
    figure.update_layout(
        xaxis_anchor="y2", yaxis_domain=[share, 1],
        yaxis2={"domain": [0, share], "range": [lanes, 0], "visible": False, "fixedrange": True},
    )  # fmt: skip
    figure.add_shape(
        type="line", x0=0, x1=1, xref="paper", y0=share, y1=share, yref="paper", line={"color": GREY, "width": 1},
    )  # fmt: skip
    for entry in entries:
        _add_lines(figure, entry, days=days, bottom=share * (1 - (entry.lane + 0.5) / lanes), share=share)
        _add_text(figure, entry)
    placed = [(pair, _hover(pair), entry.lane + 0.5) for entry in entries for pair in entry.marks]
    _add_symbols(figure, placed, size=11, axis="y2")


def add_small_marks(figure: go.Figure, marks: Sequence[Numbered], *, days: Days, bottom: float) -> None:
    """Draw the marks of a small chart on its x axis, at ``bottom``; hovering over one tells of those around it too."""
    placed = []
    for group in close_marks(marks, days):
        told = "<br>".join(_hover(pair) for pair in group)
        placed += [(pair, told, bottom) for pair in group]
    _add_symbols(figure, placed, size=9, axis="y")


def add_no_figures_yet(figure: go.Figure, since: pd.Timestamp, days: Days, *, share: float) -> None:
    """Say in the part of a large chart from ``since`` on that it has no figures yet, if even a phone has the room."""
    if 1 - _share(since.date(), days) >= EMPTY:
        figure.add_annotation(
            x=f"{since + (days[1] - since) / 2:%Y-%m-%d}", y=(1 + share) / 2, yref="paper", showarrow=False,
            text="no<br>figures<br>yet", font={"size": 12, "color": SECONDARY_TEXT},
        )  # fmt: skip


def _placed(texts: Sequence[tuple[tuple[Numbered, ...], str]], days: Days, right: float) -> list[Entry]:
    """Give each text the highest lane and the side where it fits on a phone, for wider charts only part them further.

    The side is the same on every screen: right of the symbols if the text ends on the chart, which most do.
    """
    plot = PHONE - LEFT - right
    taken: list[list[tuple[float, float]]] = []
    entries = []
    for marks, text in texts:
        first, last = (_share(mark.start, days) * plot for mark in (marks[0][1], marks[-1][1]))
        width = HALF + text_width(text)
        left = last + width > plot + right
        place = (first - width, last + HALF) if left else (first - HALF, last + width)
        fits = (n for n, row in enumerate(taken) if all(place[0] >= end or place[1] <= start for start, end in row))
        lane = next(fits, len(taken))
        if lane == len(taken):
            taken.append([])
        taken[lane].append(place)
        entries.append(Entry(marks, text, left, lane))
    return entries


def _add_lines(figure: go.Figure, entry: Entry, *, days: Days, bottom: float, share: float) -> None:
    for _, mark in entry.marks:
        if mark.end:
            end = min(pd.Timestamp(mark.end), days[1])
            figure.add_shape(
                type="rect", x0=f"{mark.start}", x1=f"{end:%Y-%m-%d}", y0=share, y1=1, yref="paper", layer="below",
                fillcolor=SEQUENTIAL[0], line={"width": 0},
            )  # fmt: skip
        figure.add_shape(
            type="line", x0=f"{mark.start}", x1=f"{mark.start}", y0=bottom, y1=1, yref="paper",
            layer="below", line={"color": DARK_BLUE, "width": 1.2, "dash": KINDS[mark.kind][2]},
        )  # fmt: skip


def _add_text(figure: go.Figure, entry: Entry) -> None:
    figure.add_annotation(
        x=f"{entry.marks[0 if entry.left else -1][1].start}", xanchor="right" if entry.left else "left",
        xshift=-HALF if entry.left else HALF, y=entry.lane + 0.5, yref="y2", yanchor="middle", borderpad=0,
        text=escape(entry.text, quote=False), hovertext="<br>".join(_hover(pair) for pair in entry.marks),
        showarrow=False, bgcolor=WHITE, font={"size": 12, "color": TEXT},
    )  # fmt: skip


def _add_symbols(figure: go.Figure, placed: Sequence[tuple[Numbered, str, float]], *, size: int, axis: str) -> None:
    for kind, (words, symbol, _) in KINDS.items():
        part = [(f"{pair[1].start}", text, y) for pair, text, y in placed if pair[1].kind == kind]
        if part:
            days, texts, heights = zip(*part, strict=True)
            figure.add_scatter(
                x=days, y=heights, yaxis=axis, mode="markers", name=words, cliponaxis=False, text=texts,
                hovertemplate="%{text}<extra></extra>",
                # A triangle of the size of a diamond looks smaller.
                marker={
                    "symbol": symbol, "size": size + 2 if kind == "test" else size, "color": DARK_BLUE,
                    "line": {"color": WHITE, "width": 1},
                },
            )  # fmt: skip


def _share(day: date, days: Days) -> float:
    return float((pd.Timestamp(day) - days[0]) / (days[1] - days[0]))


def _lanes(entries: Sequence[Entry]) -> int:
    return max(entry.lane for entry in entries) + 1


def _label(pair: Numbered) -> str:
    number, mark = pair
    fits = len(mark.label) <= LABEL_LENGTH
    return f"{number} {mark.label if fits else mark.label[: LABEL_LENGTH - 1].rstrip() + '…'}"


def _numbers(group: Sequence[Numbered]) -> str:
    """Return the numbers of the marks, runs of three and more as spans: "1, 2, 4–7"."""
    runs = [[group[0][0]]]
    for (before, _), (number, _) in pairwise(group):
        if number == before + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    spans = [[f"{run[0]}–{run[-1]}"] if len(run) > 2 else [str(number) for number in run] for run in runs]
    return ", ".join(text for span in spans for text in span)


def _hover(pair: Numbered) -> str:
    number, mark = pair
    lines = [f"{KINDS[mark.kind][0].capitalize()}, {mark.when}", mark.detail]
    return "<br>".join([f"<b>{number} {wrapped(mark.label)}</b>", *(wrapped(line) for line in lines if line)])
