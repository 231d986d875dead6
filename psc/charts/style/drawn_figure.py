"""A figure that is drawn once and shown many times."""

from typing import Any

import plotly.graph_objects as go

# Plotly's own template is nine tenths of a small figure's bytes, and everything it sets is set here anyway.
NO_TEMPLATE = go.layout.Template()


class DrawnFigure(go.Figure):
    """A plotly figure that hands out the same dictionary every time it is shown.

    `st.plotly_chart` asks a figure for its dictionary on every run of the page, and plotly answers with a deep copy,
    which for a page of twenty charts takes longer than everything else on it. These figures are never changed after
    they have been drawn, and Streamlit only reads what it gets.
    """

    def to_dict(self) -> dict[str, Any]:
        """Return the figure as a dictionary, made on the first call; do not change it."""
        if not hasattr(self, "_drawn"):
            self._drawn: dict[str, Any] = super().to_dict()
        return self._drawn
