"""Aims of priorities on a chart: from where the measure stood to where it is to go, drawn apart from what is judged."""

from collections.abc import Sequence

import plotly.graph_objects as go

from psc.catalogue.definition import Metric
from psc.charts.spc.targets import TARGET_COLOUR
from psc.charts.style.hover import wrapped
from psc.charts.style.palette import WHITE
from psc.charts.style.side_labels import EndLabel
from psc.narrate.aim_sentences import MeasuredAim, aim_number, describe_goal
from psc.narrate.words import capitalised

AIM = "aim"


def add_aims(figure: go.Figure, definition: Metric, aims: Sequence[MeasuredAim]) -> None:
    """Draw each aim as a straight line that ends in a circle at its target; hovering over the circle tells of it."""
    for aim in aims:
        told = [f"<b>Aim: {wrapped(aim.title)}</b>", wrapped(capitalised(describe_goal(definition, aim)))]
        figure.add_scatter(
            x=[f"{aim.since}", f"{aim.by}"], y=[aim.start, aim.target], mode="lines", name=AIM, hoverinfo="skip",
            line={"color": TARGET_COLOUR, "width": 1.6, "dash": "solid"},
        )  # fmt: skip
        figure.add_scatter(
            x=[f"{aim.by}"], y=[aim.target], mode="markers", name=AIM, cliponaxis=False,
            marker={"symbol": "circle", "size": 8, "color": WHITE, "line": {"color": TARGET_COLOUR, "width": 2}},
            text=["<br>".join(told)], hovertemplate="%{text}<extra></extra>",
        )  # fmt: skip


def aim_labels(definition: Metric, aims: Sequence[MeasuredAim]) -> list[EndLabel]:
    """Return labels for the ends of the lines, each with the figure of its target."""
    return [(aim.target, f"aim {aim_number(definition, aim.target)}") for aim in aims]
