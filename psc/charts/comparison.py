"""The latest figures side by side, with their intervals and England's figure: never ranked."""

import pandas as pd
import plotly.graph_objects as go

from psc.catalogue.definition import Definition
from psc.charts.drawn import NO_TEMPLATE, DrawnFigure
from psc.charts.palette import BLUE, GREY, PALE_GREY, SECONDARY_TEXT, TEXT
from psc.charts.spc import FONT
from psc.narrate.words import value_words


def comparison_figure(definition: Definition, latest: pd.DataFrame, england: float | None) -> go.Figure:
    """Return a dot for each area with its 95% interval, and a line at England's figure.

    ``latest`` has ``name``, ``value``, ``lower`` and ``upper`` in the order to show them, top first; the interval is
    missing for measures that count amounts rather than events.
    """
    rows = latest.iloc[::-1]
    figure = DrawnFigure(
        layout={
            "template": NO_TEMPLATE,
            "height": 90 + 30 * len(rows),
            "margin": {"l": 4, "r": 12, "t": 34, "b": 46},
            "font": {"family": FONT, "color": TEXT},
            "paper_bgcolor": "#ffffff",
            "plot_bgcolor": "#ffffff",
            "showlegend": False,
            "dragmode": False,
            "hoverlabel": {"bgcolor": "#ffffff", "bordercolor": TEXT, "font": {"family": FONT, "color": TEXT}},
            "xaxis": {
                "title": {"text": definition.unit, "font": {"size": 13}}, "gridcolor": PALE_GREY, "zeroline": False,
                "fixedrange": True, "tickfont": {"color": SECONDARY_TEXT}, "tickformat": ",~f",
            },
            "yaxis": {"fixedrange": True, "automargin": True, "tickfont": {"size": 13}, "ticksuffix": "  "},
        }
    )  # fmt: skip
    known = rows["lower"].notna()
    figure.add_scatter(
        x=[float(f"{value:.6g}") for value in rows["value"]], y=list(rows["name"]), mode="markers",
        marker={"size": 11, "color": BLUE, "line": {"color": TEXT, "width": 1}},
        error_x={
            "type": "data", "symmetric": False, "color": SECONDARY_TEXT, "thickness": 2, "width": 5,
            "array": list((rows["upper"] - rows["value"]).fillna(0)),
            "arrayminus": list((rows["value"] - rows["lower"]).fillna(0)),
        } if known.any() else None,
        text=[value_words(definition, value) for value in rows["value"]],
        hovertemplate="<b>%{y}</b><br>%{text}<extra></extra>",
    )  # fmt: skip
    if england is not None:
        figure.add_vline(x=england, line={"color": GREY, "width": 2, "dash": "dash"})
        figure.add_annotation(
            x=england, y=1, yref="paper", yanchor="bottom", text="England", showarrow=False, font={"size": 13}
        )
    return figure
