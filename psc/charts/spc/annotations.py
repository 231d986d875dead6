"""Tests, adoptions and decisions to be shown on a chart: their numbers, their place in time, the list beside it.

What the figures did afterwards, never what caused it. `psc.charts.spc.annotation_strip` draws them.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from html import escape
from typing import Literal

import pandas as pd

from psc.charts.spc.breaks import Days
from psc.charts.style.base import middles
from psc.narrate.words import capitalised, describe_date, describe_month, describe_span

EDGE = 0.03
"""Share of the time between the first and the last point that is left free on either side of them."""
MONTHS_AFTER = 18
"""Months past the last figure that a chart may be drawn out to show a mark."""

MarkKind = Literal["test", "adoption", "decision"]
KINDS: dict[MarkKind, tuple[str, str, str]] = {
    "test": ("test of change", "triangle-up", "2px,4px"),
    "adoption": ("adoption", "diamond", "solid"),
    "decision": ("decision about this chart", "square", "1px,3px"),
}
"""What each kind is called, its symbol and the dash of its line."""
_CHARACTERS: dict[MarkKind, str] = {"test": "▲", "adoption": "◆", "decision": "■"}


@dataclass(frozen=True, slots=True)
class Annotation:
    """Something tried, taken up or decided: first and last day (None: goes on, or not recorded), a short name, more.

    ``label`` needs no number: marks are numbered by date. Both texts are plain, and escaped where they are shown.
    Raises ValueError for an end before the start and an unknown kind.
    """

    start: date
    end: date | None
    kind: MarkKind
    label: str
    detail: str

    def __post_init__(self) -> None:
        if self.end and self.end < self.start:
            raise ValueError(f"end: found {self.end}; expected a day not before the start ({self.start})")
        if self.kind not in KINDS:
            raise ValueError(f'kind: found "{self.kind}"; expected one of {", ".join(KINDS)}')

    @property
    def when(self) -> str:
        """Its dates in words; a test without an end goes on, anything else without one is a day."""
        if self.end:
            return describe_span(f"{self.start}", f"{self.end}")
        day = describe_date(f"{self.start}")
        return f"from {day}" if self.kind == "test" else day


Numbered = tuple[int, Annotation]


def numbered(marks: Sequence[Annotation]) -> list[Numbered]:
    """Return the marks with their numbers, 1 the earliest; of one day, tests before adoptions before decisions."""
    kinds = list(KINDS)
    return list(enumerate(sorted(marks, key=lambda mark: (mark.start, kinds.index(mark.kind), mark.label)), start=1))


def days_of(series: pd.DataFrame) -> Days:
    """Return the range of the x axis that holds every period of a series whole, and each point with room around it.

    ``series`` has ``period_start`` and ``period_end``, oldest first.
    """
    if series.empty:
        return pd.Timestamp(2000, 1, 1), pd.Timestamp(2001, 1, 1)
    first, last = series.iloc[0], series.iloc[-1]
    points = middles(series.iloc[[0, -1]])
    start, end = _with_room(points.iloc[0], points.iloc[-1])
    return min(start, first["period_start"]), max(end, last["period_end"])


def annotations_within(marks: Sequence[Annotation], series: pd.DataFrame) -> list[Numbered]:
    """Return the marks that a chart shows: from its first day to 18 months past the last figure.

    ``series`` has ``period_start``, ``period_end`` and ``value``; where it has no value, no mark is shown.
    """
    drawn = series.dropna(subset=["value"])
    if drawn.empty:
        return []
    first, last = days_of(series)[0], _end_of(drawn) + pd.DateOffset(months=MONTHS_AFTER)
    return [(number, mark) for number, mark in numbered(marks) if first <= pd.Timestamp(mark.start) <= last]


def days_with(marks: Sequence[Numbered], series: pd.DataFrame, until: Sequence[date] = ()) -> Days:
    """Return the range of the x axis that holds every row, every annotation within them and every day of ``until``."""
    days = days_of(series)
    latest = max((pd.Timestamp(day) for day in [*(mark.start for _, mark in marks), *until]), default=days[1])
    return days if latest <= days[1] else (days[0], _with_room(series["period_start"].iloc[0], latest)[1])


def annotations_legend(marks: Sequence[Annotation], series: pd.DataFrame | None = None) -> str:
    """Return the marks as an ordered list (HTML) with the numbers of the chart; nothing where there are none.

    ``series`` has the rows that the chart is drawn from; with it, the list also says which marks the chart does not
    show, and after which of them it has no figures.
    """
    if not marks:
        return ""
    items = "".join(f"<li>{_item(mark)}{_gap(mark, series)}</li>" for _, mark in numbered(marks))
    return (
        '<p class="psc-note">The marks show when something was tried, taken up or noted. They do not show whether it '
        f'changed the figures.</p><ol class="psc-marks">{items}</ol>'
    )


def _with_room(first: pd.Timestamp, last: pd.Timestamp) -> Days:
    room = max((last - first) * EDGE, pd.Timedelta(days=5))
    return first - room, last + room


def _end_of(drawn: pd.DataFrame) -> pd.Timestamp:
    return pd.Timestamp(drawn["period_end"].iloc[-1])


def _item(mark: Annotation) -> str:
    symbol = f'<span aria-hidden="true">{_CHARACTERS[mark.kind]}</span>'
    named = f"{symbol} <b>{escape(mark.label)}</b>, {KINDS[mark.kind][0]}, {mark.when}."
    return f"{named} {escape(capitalised(mark.detail.rstrip('.')))}." if mark.detail else named


def _gap(mark: Annotation, series: pd.DataFrame | None) -> str:
    drawn = pd.DataFrame() if series is None else series.dropna(subset=["value"])
    if series is None or drawn.empty:
        return ""
    shown = any(mark == other for _, other in annotations_within([mark], series))
    start, end = pd.Timestamp(mark.start), describe_month(_end_of(drawn))
    if start < drawn["period_start"].iloc[-1]:
        return "" if shown else " <i>Before the chart begins.</i>"
    place = "" if shown else " Too late to be on the chart."
    return f" <i>No figures yet for the time afterwards: the last go up to {end}.{place}</i>"
