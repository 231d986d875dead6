"""SPC and run charts as plotly figures, after NHS "Making Data Count": colour, shape and outline for every verdict."""

from collections.abc import Sequence
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from psc.catalogue.definition import Definition
from psc.charts.drawn import NO_TEMPLATE, DrawnFigure
from psc.charts.palette import COMMON_CAUSE, CONCERN, GREY, IMPROVEMENT, NEUTRAL, PALE_GREY, SECONDARY_TEXT, TEXT
from psc.narrate.signals import RULE_WORDS
from psc.narrate.words import period_words, value_words

MARKERS: dict[str, tuple[str, str, str]] = {
    "common_cause": ("circle", COMMON_CAUSE, "No significant change"),
    "special_cause_improvement": ("circle", IMPROVEMENT, "Improving"),
    "special_cause_concern": ("square", CONCERN, "A concern"),
    "special_cause_neutral_high": ("diamond", NEUTRAL, "Higher than usual"),
    "special_cause_neutral_low": ("diamond", NEUTRAL, "Lower than usual"),
    "unjudged": ("circle", COMMON_CAUSE, "Not judged"),
}
FONT = "Arial, Helvetica, sans-serif"


def spc_figure(
    definition: Definition,
    series: pd.DataFrame,
    *,
    height: int = 190,
    y_range: tuple[float, float] | None = None,
    roomy: bool = False,
) -> go.Figure:
    """Return the chart of one series.

    ``series`` has one row per period, oldest first, with the columns of `queries/series.sql`; a missing value is a gap
    in the line. Centre and limits are drawn where the build has drawn them, segment by segment, so nothing joins
    across a series break. ``roomy`` adds labels to the lines and a larger axis font, for a chart on its own.
    """
    figure = DrawnFigure(layout=_layout(definition, height, y_range, roomy))
    drawn = series.dropna(subset=["value"])
    for number, (_, part) in enumerate(drawn.groupby("segment")):
        _add_lines(figure, part, roomy, last=number == drawn["segment"].nunique() - 1)
        if number:
            _add_break(figure, part["period_start"].iloc[0])
    for _, part in drawn.groupby("segment"):
        inside = series[series["period_start"].between(part["period_start"].iloc[0], part["period_start"].iloc[-1])]
        figure.add_scatter(
            x=_dates(inside), y=_plain(inside["value"]), mode="lines",
            line={"color": SECONDARY_TEXT, "width": 1.6}, connectgaps=False, hoverinfo="skip",
        )  # fmt: skip
    _add_points(figure, definition, drawn, roomy)
    return figure


def value_range(series: pd.DataFrame) -> tuple[float, float]:
    """Return one y range that holds every value and limit of several series, for panels on a common scale."""
    numbers = series[["value", "lower_limit", "upper_limit"]].stack().dropna()
    low, high = float(numbers.min()), float(numbers.max())
    room = (high - low) * 0.06 or abs(high) * 0.1 or 1.0
    return (max(0.0, low - room) if low >= 0 else low - room), high + room


def _add_lines(figure: go.Figure, part: pd.DataFrame, roomy: bool, last: bool) -> None:
    ends = part.iloc[[0, -1]]  # centre and limits are level within a segment, so two points draw them
    dates = _dates(ends)
    styles = [("centre", TEXT, "solid"), ("upper_limit", GREY, "dash"), ("lower_limit", GREY, "dash")]
    for column, colour, dash in styles:
        if part[column].isna().all():
            continue
        figure.add_scatter(
            x=dates, y=_plain(ends[column]), mode="lines", hoverinfo="skip",
            line={"color": colour, "width": 1.4 if column == "centre" else 1.2, "dash": dash},
        )  # fmt: skip
        if roomy and last:
            label = {"centre": "average", "upper_limit": "upper limit", "lower_limit": "lower limit"}[column]
            if column == "centre" and part["upper_limit"].isna().all():
                label = "middle value"
            figure.add_annotation(
                x=1, xref="paper", y=float(part[column].iloc[-1]), text=label, showarrow=False, xanchor="left",
                font={"size": 12, "color": SECONDARY_TEXT}, xshift=4,
            )  # fmt: skip


def _add_points(figure: go.Figure, definition: Definition, drawn: pd.DataFrame, roomy: bool) -> None:
    for kind, part in drawn.groupby("point_type"):
        symbol, colour, words = MARKERS[str(kind)]
        special = str(kind).startswith("special")
        figure.add_scatter(
            x=_dates(part), y=_plain(part["value"]), mode="markers", name=words,
            marker={
                "symbol": symbol, "color": colour, "size": (9 if roomy else 6.5) if special else (6 if roomy else 3.5),
                "line": {"color": TEXT, "width": 0.9 if special else 0.4},
            },
            text=_hover(definition, part, words), hovertemplate="%{text}<extra></extra>",
        )  # fmt: skip


def _hover(definition: Definition, part: pd.DataFrame, words: str) -> list[str]:
    lines = []
    for row in part.itertuples():
        period = period_words(row.period_start, row.period_end, definition.grain)
        fired = [RULE_WORDS[rule] for rule in str(row.rules).split("; ") if rule]
        reason = f"<br>{words}: {'; '.join(fired)}" if fired else ""
        note = f"<br>{row.note}" if isinstance(row.note, str) and row.note else ""
        lines.append(f"<b>{period}</b><br>{value_words(definition, row.value)}{reason}{note}")
    return lines


def _add_break(figure: go.Figure, start: pd.Timestamp) -> None:
    figure.add_vline(x=start.isoformat(), line={"color": TEXT, "width": 1, "dash": "dot"})
    figure.add_annotation(
        x=start.isoformat(), y=1, yref="paper", text="new definition", showarrow=False, xanchor="left", xshift=3,
        font={"size": 11, "color": SECONDARY_TEXT},
    )  # fmt: skip


def _layout(definition: Definition, height: int, y_range: tuple[float, float] | None, roomy: bool) -> dict[str, Any]:
    size = 13 if roomy else 11
    axis = {"tickfont": {"size": size, "color": SECONDARY_TEXT}, "fixedrange": True, "zeroline": False}
    return {
        "template": NO_TEMPLATE,
        "height": height,
        "margin": {"l": 46, "r": 78 if roomy else 8, "t": 10, "b": 24, "pad": 2},
        "font": {"family": FONT, "color": TEXT},
        "paper_bgcolor": "#ffffff",
        "plot_bgcolor": "#ffffff",
        "showlegend": False,
        "dragmode": False,
        "hoverlabel": {"bgcolor": "#ffffff", "bordercolor": TEXT, "font": {"family": FONT, "size": 13, "color": TEXT}},
        "xaxis": {**axis, "showgrid": False, "showline": True, "linecolor": GREY, "nticks": 6 if roomy else 4},
        "yaxis": {
            **axis, "gridcolor": PALE_GREY, "nticks": 6 if roomy else 4, "range": y_range, "tickformat": ",~f",
            "title": {"text": definition.unit, "font": {"size": 12, "color": SECONDARY_TEXT}} if roomy else None,
        },
    }  # fmt: skip


def _dates(rows: pd.DataFrame) -> list[str]:
    return list(rows["period_start"].dt.strftime("%Y-%m-%d"))


def _plain(values: pd.Series) -> Sequence[float | None]:
    """Six significant digits say all there is to see, and send half as much; a gap must be null, not NaN."""
    return [None if pd.isna(value) else float(f"{value:.6g}") for value in values]
