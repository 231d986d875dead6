"""Targets and planned paths on a chart: what was aimed for, drawn apart from what was judged."""

from collections.abc import Sequence
from datetime import date

import pandas as pd
import plotly.graph_objects as go

from psc.catalogue.definition import Metric
from psc.charts.style.base import plain_dates, plain_numbers
from psc.charts.style.hover import wrapped
from psc.charts.style.palette import GREY, WHITE
from psc.charts.style.side_labels import EndLabel
from psc.narrate.words import PERIOD_MONTHS, describe_number, describe_period, describe_value

TARGET, PLANNED = "target", "trajectory"
TARGET_COLOUR = "#de1b1b"  # Making Data Count's


def with_plans(definition: Metric, series: pd.DataFrame) -> pd.DataFrame:
    """Add the target and the planned path that a person has written into the definition, period by period.

    A planned point and the start of a target belong to the period that holds their day; of overlapping periods, to the
    first that ends on it or later. Periods without figures are added in gaps and as far as the plan and the targets
    reach, so that each has its place.
    """
    if series.empty or not (definition.targets or definition.trajectory):
        return series
    planned = {_number(definition, series, point.date): point.value for point in definition.trajectory}
    starts = [_number(definition, series, item.start) for item in definition.targets]
    last = _number(definition, series, series["period_end"].iloc[-1].date())
    numbers = range(min([0, *planned]), max([last, *planned, *starts]) + 1)
    series = _periods(definition, series, numbers).merge(series, "left", ["period_start", "period_end"])
    if definition.targets:
        targets = [definition.target_on(day.date()) for day in series["period_end"]]
        series = series.assign(target=targets).astype({TARGET: float})
    if planned:
        series = series.assign(trajectory=[planned.get(number) for number in numbers]).astype({PLANNED: float})
    return series


def _number(definition: Metric, series: pd.DataFrame, day: date) -> int:
    """Which period holds a day, counted from the first of the series, 0; of overlapping ones the first to end on it."""
    end = series["period_end"].iloc[0]
    months = (day.year - end.year) * 12 + day.month - end.month
    return -(-months // PERIOD_MONTHS[definition.grain])


def _periods(definition: Metric, series: pd.DataFrame, numbers: Sequence[int]) -> pd.DataFrame:
    """The first and the last day of the periods of these `_number`s."""
    first, step = series.iloc[0], PERIOD_MONTHS[definition.grain]
    after = first["period_end"] + pd.Timedelta(days=1)
    return pd.DataFrame(
        {
            "period_start": [first["period_start"] + pd.DateOffset(months=step * number) for number in numbers],
            "period_end": [after + pd.DateOffset(months=step * number, days=-1) for number in numbers],
        }
    )


def add_target(figure: go.Figure, definition: Metric, series: pd.DataFrame) -> None:
    """Draw the target as steps and the planned path as open triangles, where ``series`` has them.

    ``series`` may lack the columns ``target`` and ``trajectory``; a missing figure is a gap.
    """
    if TARGET in series and series[TARGET].notna().any():
        _add_target(figure, series)
    if PLANNED in series and series[PLANNED].notna().any():
        _add_planned(figure, definition, series)


def target_labels(series: pd.DataFrame, decimals: int) -> list[EndLabel]:
    """Return labels for the right end of the lines that reach it, the target's with its figure."""
    last = series.reindex(columns=[TARGET, PLANNED]).iloc[-1:].astype(float)
    labels = [(value, f"target {describe_number(value, decimals)}") for value in last[TARGET].dropna()]
    return labels + [(value, "planned path") for value in last[PLANNED].dropna()]


def _add_target(figure: go.Figure, series: pd.DataFrame) -> None:
    target = series[TARGET]
    figure.add_scatter(
        x=plain_dates(series), y=plain_numbers(target), mode="lines", name="target", connectgaps=False,
        line={"color": TARGET_COLOUR, "width": 1.6, "dash": "dashdot", "shape": "hvh"}, hoverinfo="skip",
    )  # fmt: skip
    # A line needs two points: a target of one period alone is drawn as a stroke.
    alone = series[target.notna() & target.shift().isna() & target.shift(-1).isna()]
    if len(alone):
        figure.add_scatter(
            x=plain_dates(alone), y=plain_numbers(alone[TARGET]), mode="markers", name="target", hoverinfo="skip",
            marker={"symbol": "line-ew", "size": 12, "line": {"color": TARGET_COLOUR, "width": 2}},
        )  # fmt: skip


def _add_planned(figure: go.Figure, definition: Metric, series: pd.DataFrame) -> None:
    planned = series.dropna(subset=[PLANNED])
    periods = [
        describe_period(row.period_start, row.period_end, definition.grain) for row in planned.itertuples()
    ]  # fmt: skip
    values = [describe_value(definition, value) for value in planned[PLANNED]]
    figure.add_scatter(
        x=plain_dates(planned), y=plain_numbers(planned[PLANNED]), mode="lines", name="planned path",
        line={"color": GREY, "width": 1.2, "dash": "dot"}, hoverinfo="skip",
    )  # fmt: skip
    figure.add_scatter(
        x=plain_dates(planned), y=plain_numbers(planned[PLANNED]), mode="markers", name="planned path",
        cliponaxis=False,
        marker={"symbol": "triangle-up", "size": 7, "color": WHITE, "line": {"color": GREY, "width": 1.2}},
        text=[
            f"<b>{period}</b><br>{wrapped(f'Planned: {value}')}"
            for period, value in zip(periods, values, strict=True)
        ],
        hovertemplate="%{text}<extra></extra>",
    )  # fmt: skip
