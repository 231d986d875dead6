"""The figures behind a verdict, drawn so that the eye can count them: like months side by side, or years in a row."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import plotly.graph_objects as go

from psc.catalogue.definition import Metric
from psc.charts.style.base import base_axes, base_layout
from psc.charts.style.drawn_figure import DrawnFigure
from psc.charts.style.palette import BLUE, DARK_BLUE, GREY, SECONDARY_TEXT, TEXT, WHITE
from psc.charts.style.scale import scale_of
from psc.narrate.words import describe_month, describe_number, describe_value

HEIGHT = 270
ROOM = 0.12  # of the spread of the figures, above and below them


@dataclass(frozen=True, slots=True)
class Pair:
    """A month of the last twelve and the same month a year before, in the measure's unit; None without a figure."""

    month: date
    then: float | None
    now: float | None

    @property
    def way(self) -> str:
        """How the month lies to that of the year before: lower, higher, the same, or "" without both figures."""
        if self.then is None or self.now is None:
            return ""
        return "lower" if self.now < self.then else "higher" if self.now > self.then else "the same"


@dataclass(frozen=True, slots=True)
class Year:
    """A yearly figure in the measure's unit."""

    start: date
    value: float

    @property
    def label(self) -> str:
        """The financial year, as "2023/24"."""
        return f"{self.start.year}/{(self.start.year + 1) % 100:02d}"


def pairs_figure(definition: Metric, pairs: Sequence[Pair], *, from_zero: bool = False) -> go.Figure:
    """Return the last twelve months as dots, each joined by a bar to an open dot: the same month a year before.

    A month without both figures keeps its place and has no bar. For ``from_zero`` see `psc.charts.style.scale`.
    """
    days = [f"{pair.month:%b}<br>{pair.month:%Y}" if _first_of_year(pairs, n) else f"{pair.month:%b}"
            for n, pair in enumerate(pairs)]  # fmt: skip
    known = [value for pair in pairs for value in (pair.then, pair.now) if value is not None]
    figure = _frame(definition, known, from_zero=from_zero)
    figure.update_xaxes(tickvals=list(range(len(pairs))), ticktext=days, range=[-0.5, len(pairs) - 0.5], tickangle=0)
    bars_x: list[float | None] = []
    bars_y: list[float | None] = []
    for place, pair in enumerate(pairs):
        if pair.way:
            bars_x += [place, place, None]
            bars_y += [pair.then, pair.now, None]
    figure.add_scatter(x=bars_x, y=bars_y, mode="lines", line={"color": GREY, "width": 2}, hoverinfo="skip")
    figure.add_scatter(
        x=list(range(len(pairs))), y=[pair.then for pair in pairs], mode="markers",
        marker={"size": 10, "color": WHITE, "line": {"color": SECONDARY_TEXT, "width": 2}},
        text=[_month_text(definition, pair.month.replace(year=pair.month.year - 1), pair.then) for pair in pairs],
        hovertemplate="%{text}<extra></extra>",
    )  # fmt: skip
    figure.add_scatter(
        x=list(range(len(pairs))), y=[pair.now for pair in pairs], mode="markers",
        marker={"size": 11, "color": BLUE, "line": {"color": DARK_BLUE, "width": 1}},
        text=[_month_text(definition, pair.month, pair.now) for pair in pairs],
        hovertemplate="%{text}<extra></extra>",
    )  # fmt: skip
    return figure


def years_figure(
    definition: Metric, years: Sequence[Year], level: float, before: int, *, from_zero: bool = False
) -> go.Figure:
    """Return yearly figures, the latest emphasised, with a dashed line at the pooled ``level`` of the years before.

    ``years`` are oldest first; the ``before`` many before the last have the line above them. For ``from_zero`` see
    `psc.charts.style.scale`.
    """
    figure = _frame(definition, [*(year.value for year in years), level], from_zero=from_zero)
    places = list(range(len(years)))
    last = places[-1]
    figure.update_xaxes(
        tickvals=places,
        ticktext=[year.label.replace("/", "<br>/") for year in years],
        range=[-0.5, last + 0.35],
        tickangle=0,
    )
    figure.update_layout(margin_r=84)
    figure.add_scatter(
        x=[last - before - 0.3, last + 0.3], y=[level, level], mode="lines",
        line={"color": GREY, "width": 2, "dash": "dash"}, hoverinfo="skip",
    )  # fmt: skip
    figure.add_scatter(
        x=places, y=[year.value for year in years], mode="lines+markers", line={"color": SECONDARY_TEXT, "width": 1.5},
        marker={
            "size": [10] * last + [13], "color": [WHITE] * last + [BLUE],
            "line": {"color": [SECONDARY_TEXT] * last + [DARK_BLUE], "width": 2},
        },
        text=[f"{year.label}<br>{describe_value(definition, year.value)}" for year in years],
        hovertemplate="%{text}<extra></extra>",
    )  # fmt: skip
    figure.add_annotation(
        x=last + 0.35, y=level, xanchor="left", yanchor="middle", showarrow=False, align="left",
        text=f"years before<br>{describe_number(level, definition.decimals)}", font={"size": 12, "color": TEXT},
    )  # fmt: skip
    return figure


def _frame(definition: Metric, values: Sequence[float], *, from_zero: bool) -> DrawnFigure:
    x_axis, y_axis = base_axes(12, 5)
    scale = scale_of(values, from_zero=from_zero, room=ROOM)
    title = {"text": definition.unit, "font": {"size": 12, "color": SECONDARY_TEXT}}
    return DrawnFigure(
        layout={
            **base_layout(HEIGHT, {"l": 46, "r": 8, "t": 12, "b": 40}),
            "xaxis": x_axis,
            "yaxis": {**y_axis, "range": list(scale), "title": title},
        }
    )


def _first_of_year(pairs: Sequence[Pair], place: int) -> bool:
    return place == 0 or pairs[place].month.year != pairs[place - 1].month.year


def _month_text(definition: Metric, month: date, value: float | None) -> str:
    return "" if value is None else f"{describe_month(month)}<br>{describe_value(definition, value)}"
