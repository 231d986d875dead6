"""The latest figures side by side, with their intervals and England's figure: never ranked."""

from html import escape

import pandas as pd
import plotly.graph_objects as go

from psc.catalogue.definition import Metric
from psc.charts.areas.area_rows import add_label_above, rows_layout, scale
from psc.charts.style.drawn_figure import DrawnFigure
from psc.charts.style.palette import BLUE, GREY, SECONDARY_TEXT, TEXT
from psc.narrate.words import describe_value


def comparison_figure(definition: Metric, latest: pd.DataFrame, england: float | None) -> go.Figure:
    """Return a dot for each area with its 95% interval, and a line at England's figure.

    ``latest`` has ``name``, ``value``, ``lower`` and ``upper`` in the order to show them, top first; the interval is
    missing for measures that count amounts rather than events.
    """
    rows = latest.iloc[::-1]
    ends = rows[["value", "lower", "upper"]].to_numpy(float).ravel()
    across = scale(ends if england is None else [*ends, england])
    figure = DrawnFigure(layout=rows_layout(list(rows["name"]), across, definition.unit))
    known = rows["lower"].notna()
    figure.add_scatter(
        x=[float(f"{value:.6g}") for value in rows["value"]], y=list(range(len(rows))), mode="markers",
        marker={"size": 11, "color": BLUE, "line": {"color": TEXT, "width": 1}},
        error_x={
            "type": "data", "symmetric": False, "color": SECONDARY_TEXT, "thickness": 2, "width": 5,
            "array": list((rows["upper"] - rows["value"]).fillna(0)),
            "arrayminus": list((rows["value"] - rows["lower"]).fillna(0)),
        } if known.any() else None,
        text=[
            f"<b>{escape(name, quote=False)}</b><br>{describe_value(definition, value)}"
            for name, value in zip(rows["name"], rows["value"], strict=True)
        ],
        hovertemplate="%{text}<extra></extra>",
    )  # fmt: skip
    if england is not None:
        figure.add_vline(x=england, line={"color": GREY, "width": 2, "dash": "dash"})
        add_label_above(figure, england, "England", across)
    return figure
