"""SPC and run charts as plotly figures, after NHS "Making Data Count": colour, shape and outline for every verdict."""

from collections.abc import Sequence
from typing import Literal

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from psc.catalogue.definition import Metric
from psc.charts.spc.aim_lines import add_aims, aim_labels
from psc.charts.spc.annotation_strip import add_no_figures_yet, add_small_marks, add_strip, entries_of, strip_height
from psc.charts.spc.annotations import Annotation, annotations_within, days_of, days_with
from psc.charts.spc.breaks import add_breaks, breaks_of, levels_height, levels_of
from psc.charts.spc.points import MARKERS, add_points
from psc.charts.spc.targets import PLANNED, TARGET, add_target, target_labels
from psc.charts.style.base import FONT as FONT
from psc.charts.style.base import base_axes, base_layout, plain_dates, plain_numbers, require_columns
from psc.charts.style.drawn_figure import DrawnFigure
from psc.charts.style.palette import GREY, SECONDARY_TEXT, TEXT
from psc.charts.style.scale import value_range
from psc.charts.style.side_labels import EndLabel, end_labels, end_margin
from psc.narrate.aim_sentences import MeasuredAim
from psc.narrate.words import describe_number

Kind = Literal["period", "g"]
LINES = {
    "centre": ("average", TEXT, "solid"),
    "upper_limit": ("upper limit", GREY, "dash"),
    "lower_limit": ("lower limit", GREY, "dash"),
}
COLUMNS = ("period_start", "period_end", "value", "segment", *LINES, "point_type", "rules")


def spc_figure(
    definition: Metric,
    series: pd.DataFrame,
    *,
    height: int = 190,
    y_range: tuple[float, float] | None = None,
    roomy: bool = False,
    kind: Kind = "period",
    y_title: str | None = None,
    marks: Sequence[Annotation] = (),
    aims: Sequence[MeasuredAim] = (),
    from_zero: bool = False,
) -> go.Figure:
    """Return the chart of one series, ``height`` pixels high without the strip of its marks.

    ``series`` has one row per period, oldest first, with the columns of `queries/series.sql`; a missing value is a gap
    in the line. It may also have ``target`` and ``trajectory``, in the unit of ``value``. Centre and limits are drawn
    where the build has drawn them, segment by segment, so nothing joins across a series break. ``roomy`` adds labels
    with their figures to the lines, and a larger axis font, for a chart on its own.

    ``kind`` "g" is a chart of rare events: a row is an event, ``period_start`` its date, and ``value`` what passed
    since the event before, which ``y_title`` names.

    ``marks`` are tests of change and adoptions, shown at their dates: from the first day on, and up to 18 months past
    the last figure. A ``roomy`` chart has them in a strip beneath the plot and is as much higher; a small one has their
    symbols on the x axis. ``aims`` are lines to their targets; the x axis reaches as far as the last of them.

    Each point stands at the middle of its period. ``y_range`` is the y axis, if it is to be a common one; else the axis
    holds what is drawn, and ``from_zero`` has it start at 0 (`psc.charts.style.scale`).

    Raises ValueError for missing columns, rows out of order, infinite figures, a value that was not judged, an unknown
    verdict or kind, and a chart of rare events without ``y_title``.
    """
    _check(series, kind, y_title)
    drawn = series.dropna(subset=["value"])
    scale = y_range or value_range(series, aims, from_zero=from_zero)
    shown = annotations_within(marks, series)
    own_days, days = days_of(series), days_with(shown, series, until=[aim.by for aim in aims])
    breaks = breaks_of(definition, drawn, own_days[1]) if len(drawn) else []
    levels = levels_of(breaks, days, roomy=roomy)
    labels = [*_labels(definition, series, drawn, kind), *aim_labels(definition, aims)] if roomy else []
    margin = {
        "l": 46, "r": end_margin(labels) if roomy else 8, "t": 10 + levels_height(levels, roomy=roomy), "b": 24,
    }  # fmt: skip
    plot_height = height - margin["t"] - margin["b"]
    entries = entries_of(shown, days, margin["r"]) if roomy else []
    strip = strip_height(entries)
    strip_share = strip / (plot_height + strip)

    title = y_title or (definition.unit if roomy else None)
    figure = _frame(height + strip, margin, scale, days, title, kind=kind, roomy=roomy, longer=days != own_days)
    add_breaks(figure, breaks, levels, days=days, top=scale[1], plot_height=plot_height + strip, roomy=roomy)
    for _, part in drawn.groupby("segment"):
        _add_lines(figure, part)
    add_target(figure, definition, series)
    add_aims(figure, definition, aims)
    for _, part in drawn.groupby("segment"):
        _add_values(figure, series, part)
    add_points(figure, definition, drawn, roomy=roomy, event_title=y_title if kind == "g" else None)
    if roomy:
        add_strip(figure, entries, days=days, share=strip_share)
        if kind == "period" and not aims:
            # Of rare events, the time after the last one may well have figures: it is without an event. Where there is
            # an aim, its line is there.
            add_no_figures_yet(figure, own_days[1], days, share=strip_share)
    else:
        add_small_marks(figure, shown, days=days, bottom=scale[0])
    for label in end_labels(labels, scale, plot_height):
        figure.add_annotation(label)
    if drawn.empty:
        figure.add_annotation(x=0.5, y=0.5, xref="paper", yref="paper", text="No figures", showarrow=False)
    return figure


def _frame(
    height: int,
    margin: dict[str, int],
    scale: tuple[float, float],
    days: tuple[pd.Timestamp, pd.Timestamp],
    title: str | None,
    *,
    kind: Kind,
    roomy: bool,
    longer: bool,
) -> DrawnFigure:
    """The axes without anything on them. ``longer``: the time axis goes on past the figures, to a later mark."""
    x_axis, y_axis = base_axes(13 if roomy else 11, 6 if roomy else 4)
    if longer:
        # More years in the same width: as many ticks would stand aslant on a phone.
        x_axis["nticks"] = 4
    if kind == "g":
        x_axis |= {"nticks": 3, "tickangle": 0}
    named = roomy or kind == "g"
    words = {"text": title, "font": {"size": 12, "color": SECONDARY_TEXT}}
    return DrawnFigure(
        layout={
            **base_layout(height, margin),
            "xaxis": {**x_axis, "type": "date", "range": [f"{day:%Y-%m-%d}" for day in days]},
            "yaxis": {**y_axis, "range": scale, "title": words if named else None, "automargin": named},
        }
    )


def _check(series: pd.DataFrame, kind: str, y_title: str | None) -> None:
    if kind not in ("period", "g"):
        raise ValueError(f'kind: found "{kind}"; expected "period" or "g"')
    if kind == "g" and not y_title:
        raise ValueError("y_title: found none; expected what is counted between two events, as kind is g")
    require_columns(series, COLUMNS, "series")
    if not series["period_start"].is_monotonic_increasing:
        raise ValueError("series: found rows that go back in time; expected the oldest first")
    figures = series.reindex(columns=["value", *LINES, TARGET, PLANNED]).to_numpy(float)
    if np.isinf(figures).any():
        raise ValueError("series: found an infinite value, limit or target; expected numbers, or NaN where missing")
    drawn = series.dropna(subset=["value"])
    if drawn["segment"].isna().any():
        raise ValueError("series: found a value without a segment; expected one for every value, as the build gives it")
    unknown = sorted({str(kind) for kind in drawn["point_type"]} - set(MARKERS))
    if unknown:
        raise ValueError(f"point_type: found {', '.join(unknown)}; expected one of {', '.join(MARKERS)}")


def _labels(definition: Metric, series: pd.DataFrame, drawn: pd.DataFrame, kind: Kind) -> list[EndLabel]:
    decimals = 0 if kind == "g" else definition.decimals
    labels = []
    last = drawn.iloc[-1:]
    for column, (words, _, _) in LINES.items():
        for value in last[column].dropna():
            # A run chart's centre is its median, and so is a g chart's: what lies between rare events is skewed.
            middle = column == "centre" and (kind == "g" or last["upper_limit"].isna().all())
            # Adding zero turns the minus zero that rounding may leave into plain zero.
            figure = describe_number(round(float(value), decimals) + 0.0, decimals)
            labels.append((float(value), f"{'middle value' if middle else words} {figure}"))
    return labels + target_labels(series, decimals)


def _add_lines(figure: go.Figure, part: pd.DataFrame) -> None:
    for column, (_, colour, dash) in LINES.items():
        if part[column].isna().all():
            continue
        # Two points draw a level line; limits that follow the size of each period are steps around it.
        rows = part.iloc[[0, -1]] if part[column].nunique(dropna=False) == 1 else part
        figure.add_scatter(
            x=plain_dates(rows), y=plain_numbers(rows[column]), mode="lines", hoverinfo="skip",
            line={
                "color": colour, "width": 1.4 if column == "centre" else 1.2, "dash": dash,
                "shape": "linear" if len(rows) == 2 else "hvh",
            },
        )  # fmt: skip


def _add_values(figure: go.Figure, series: pd.DataFrame, part: pd.DataFrame) -> None:
    inside = series[series["period_start"].between(part["period_start"].iloc[0], part["period_start"].iloc[-1])]
    figure.add_scatter(
        x=plain_dates(inside), y=plain_numbers(inside["value"]), mode="lines",
        line={"color": SECONDARY_TEXT, "width": 1.6}, connectgaps=False, hoverinfo="skip",
    )  # fmt: skip
