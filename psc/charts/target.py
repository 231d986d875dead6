"""Targets and planned paths on a chart: what was aimed for, drawn apart from what was judged."""

import pandas as pd
import plotly.graph_objects as go

from psc.catalogue.definition import Definition
from psc.charts.base import plain_dates, plain_numbers
from psc.charts.hover import wrapped
from psc.charts.labels import EndLabel
from psc.charts.palette import GREY, WHITE
from psc.narrate.words import PERIOD_MONTHS, number_words, period_words, value_words

TARGET, PLANNED = "target", "trajectory"
TARGET_COLOUR = "#de1b1b"  # Making Data Count's


def with_plans(definition: Definition, series: pd.DataFrame) -> pd.DataFrame:
    """Add the target and the planned path that a person has written into the definition, period by period.

    A planned point belongs to the period that holds its day, or to the first one that ends later. Where the plan, or
    the first day of a target, lies beyond the figures, periods without figures are added that reach it.
    """
    days = [pd.Timestamp(point.date) for point in definition.trajectory]
    if definition.targets or days:
        series = _reaching(definition, series, [*days, *(pd.Timestamp(item.start) for item in definition.targets)])
    if definition.targets:
        series = series.assign(target=[definition.target_on(day.date()) for day in series["period_start"]])
        series = series.astype({"target": float})
    if days:
        places = series["period_end"].searchsorted(pd.DatetimeIndex(days))
        planned = pd.Series(float("nan"), index=range(len(series)))
        planned.iloc[places] = [point.value for point in definition.trajectory]
        series = series.assign(trajectory=planned.to_numpy())
    return series


def _reaching(definition: Definition, series: pd.DataFrame, days: list[pd.Timestamp]) -> pd.DataFrame:
    """The series with empty periods after its last one, as far as the latest of the days."""
    if series.empty:
        return series
    step = pd.DateOffset(months=PERIOD_MONTHS[definition.grain])
    last = series.iloc[-1]
    length = pd.DateOffset(months=12) if definition.grain == "overlapping_year" else step
    start, end, more = last["period_start"], last["period_end"], []
    while end < max(days):
        start += step
        end = start + length - pd.Timedelta(days=1)
        more.append({"period_start": start, "period_end": end})
    return pd.concat([series, pd.DataFrame(more)], ignore_index=True) if more else series.reset_index(drop=True)


def add_target(figure: go.Figure, definition: Definition, series: pd.DataFrame) -> None:
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
    labels = [(value, f"target {number_words(value, decimals)}") for value in last[TARGET].dropna()]
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


def _add_planned(figure: go.Figure, definition: Definition, series: pd.DataFrame) -> None:
    planned = series.dropna(subset=[PLANNED])
    periods = [
        period_words(row.period_start, row.period_end, definition.grain) for row in planned.itertuples()
    ]  # fmt: skip
    values = [value_words(definition, value) for value in planned[PLANNED]]
    figure.add_scatter(
        x=plain_dates(series), y=plain_numbers(series[PLANNED]), mode="lines", name="planned path",
        connectgaps=False, line={"color": GREY, "width": 1.2, "dash": "dot"}, hoverinfo="skip",
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
