"""What every line chart and funnel has in common: type, ground, hover box, and figures as the browser gets them."""

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from psc.charts.style.drawn_figure import NO_TEMPLATE
from psc.charts.style.palette import GREY, PALE_GREY, SECONDARY_TEXT, TEXT, WHITE

FONT = "Arial, Helvetica, sans-serif"


def base_layout(height: int, margin: Mapping[str, float]) -> dict[str, Any]:
    """Return a layout of ``height`` pixels without axes; ``margin`` has l, r, t and b in pixels."""
    return {
        "template": NO_TEMPLATE,
        "height": height,
        "margin": {**margin, "pad": 2},
        "font": {"family": FONT, "color": TEXT},
        "paper_bgcolor": WHITE,
        "plot_bgcolor": WHITE,
        "showlegend": False,
        "dragmode": False,
        "hoverlabel": {
            "bgcolor": WHITE, "bordercolor": TEXT, "align": "left", "namelength": 0,
            "font": {"family": FONT, "size": 13, "color": TEXT},
        },
    }  # fmt: skip


def base_axes(tick_size: int, ticks: int) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return an x axis with a line and a y axis with a grid, of at most ``ticks`` ticks, their text in pixels."""
    axis = {
        "tickfont": {"size": tick_size, "color": SECONDARY_TEXT}, "fixedrange": True, "zeroline": False,
        "nticks": ticks,
    }  # fmt: skip
    return (
        {**axis, "showgrid": False, "showline": True, "linecolor": GREY},
        {**axis, "gridcolor": PALE_GREY, "tickformat": ",~f"},
    )


def middles(rows: pd.DataFrame) -> pd.Series:
    """Return the middle of each row's period, where its point stands: it speaks of all of ``period_start`` to
    ``period_end``, and a mark in its first half lies left of it. An event's period is its day.
    """
    after = rows["period_end"] + pd.Timedelta(days=1)
    return rows["period_start"] + (after - rows["period_start"]) / 2


def plain_dates(rows: pd.DataFrame) -> list[str]:
    """Return the day in the middle of each row's period as "2024-03-16"."""
    return list(middles(rows).dt.strftime("%Y-%m-%d"))


def plain_numbers(values: pd.Series) -> Sequence[float | None]:
    """Six significant digits say all there is to see, and send half as much; a gap must be null, not NaN."""
    return [None if pd.isna(value) else float(f"{value:.6g}") for value in values]


def require_columns(frame: pd.DataFrame, needed: Sequence[str], what: str) -> None:
    """Raise ValueError if ``frame``, called ``what``, lacks a column."""
    missing = [column for column in needed if column not in frame.columns]
    if missing:
        found = ", ".join(map(str, frame.columns)) or "none"
        raise ValueError(f"{what}: found columns {found}; expected {', '.join(missing)} as well")
