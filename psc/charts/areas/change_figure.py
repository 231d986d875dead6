"""The change in each area with its interval, beside England's: in the order of the map or the alphabet."""

import pandas as pd
import plotly.graph_objects as go

from psc.charts.areas.area_rows import Range, add_label_above, rows_layout, scale
from psc.charts.style.base import require_columns
from psc.charts.style.drawn_figure import DrawnFigure
from psc.charts.style.palette import BLUE, DARK_BLUE, GREY, PALE_GREY, SECONDARY_TEXT, TEXT, WHITE
from psc.narrate.verdicts import Verdict, describe_change, describe_interval


def change_figure(rows: pd.DataFrame, england: Verdict | None) -> go.Figure:
    """Return a dot and a 99% interval for the change in each area, a line at no change, and a band for England.

    ``rows`` has ``name``, ``change``, ``lower``, ``upper`` (shares of 1, NaN where unknown) and ``certain``, in the
    order to show them, top first. A dot is filled where the change is certain. Raises ValueError where a column is
    missing.
    """
    require_columns(rows, ("name", "change", "lower", "upper", "certain"), "changes")
    shown = rows.iloc[::-1].reset_index(drop=True)
    band = england if england is not None and england.change is not None else None
    across = _range(shown, band)
    figure = DrawnFigure(layout=rows_layout(list(shown["name"]), across, "lower ← change → higher", "%"))
    figure.add_vline(x=0, line={"color": GREY, "width": 1.5})
    if band is not None:
        _add_england(figure, band, across)
    _add_intervals(figure, shown)
    _add_dots(figure, shown)
    return figure


def _add_england(figure: go.Figure, england: Verdict, across: Range) -> None:
    assert england.change is not None, "a band is drawn where there is a change"
    middle = 100 * england.change
    if england.lower is not None and england.upper is not None:
        figure.add_shape(
            type="rect", x0=100 * england.lower, x1=100 * england.upper, y0=0, y1=1, yref="paper", layer="below",
            fillcolor=PALE_GREY, line={"width": 0},
        )  # fmt: skip
    figure.add_vline(x=middle, line={"color": TEXT, "width": 1.5, "dash": "dash"})
    add_label_above(figure, middle, f"England {describe_change(england.change)}", across)


def _add_intervals(figure: go.Figure, shown: pd.DataFrame) -> None:
    x: list[float | None] = []
    y: list[float | None] = []
    for place, row in enumerate(shown.itertuples()):
        if pd.notna(row.lower) and pd.notna(row.upper):
            x += [_percent(row.lower), _percent(row.upper), None]
            y += [place, place, None]
    figure.add_scatter(x=x, y=y, mode="lines", line={"color": SECONDARY_TEXT, "width": 2}, hoverinfo="skip")


def _add_dots(figure: go.Figure, shown: pd.DataFrame) -> None:
    known = shown[shown["change"].notna()].rename(columns={"name": "name_"})
    figure.add_scatter(
        x=[_percent(change) for change in known["change"]], y=list(known.index), mode="markers",
        marker={
            "size": 11, "color": [BLUE if certain else WHITE for certain in known["certain"]],
            "line": {"color": DARK_BLUE, "width": 2},
        },
        text=[_hover(row) for row in known.itertuples()],
        hovertemplate="%{text}<extra></extra>",
    )  # fmt: skip


def _hover(row) -> str:  # type: ignore[no-untyped-def]
    within = describe_interval(None if pd.isna(row.lower) else row.lower, None if pd.isna(row.upper) else row.upper)
    return f"<b>{row.name_}</b><br>{describe_change(row.change)}{f' ({within})' if within else ''}"


def _range(shown: pd.DataFrame, england: Verdict | None) -> Range:
    ends = [0.0, *shown[["change", "lower", "upper"]].to_numpy(float).ravel() * 100]
    if england is not None:
        ends += [100 * end for end in (england.change, england.lower, england.upper) if end is not None]
    return scale(ends)


def _percent(share: float) -> float:
    return float(f"{100 * share:.6g}")
