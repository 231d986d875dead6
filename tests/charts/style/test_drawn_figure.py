"""A figure that was drawn is handed out as the same dictionary each time, equal to plotly's own."""

import plotly.graph_objects as go

from psc.charts.style.drawn_figure import NO_TEMPLATE, DrawnFigure


def test_dictionary_is_made_once_and_is_that_of_plotly():
    parts = {"data": [go.Scatter(x=[1, 2], y=[3, None])], "layout": {"template": NO_TEMPLATE, "height": 200}}
    figure = DrawnFigure(**parts)
    assert figure.to_dict() is figure.to_dict()
    assert figure.to_dict() == go.Figure(**parts).to_dict()
