"""Funnel plots: each area's figure by its size, with the limits that chance alone sets. No verdict of good or bad."""

import math
import textwrap
from html import escape

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from psc.catalogue.definition import Metric
from psc.charts.funnel.point_labels import PLOT_WIDTHS, name_spots
from psc.charts.style.base import base_axes, base_layout, plain_numbers, require_columns
from psc.charts.style.drawn_figure import DrawnFigure
from psc.charts.style.hover import describe_counts, wrapped
from psc.charts.style.palette import BLUE, DARK_BLUE, GREY, NEUTRAL, SECONDARY_TEXT, TEXT, WHITE
from psc.charts.style.side_labels import LINE_HEIGHT, SIZE, end_labels, end_margin, spaced_ticks
from psc.narrate.funnel_sentences import describe_level
from psc.narrate.words import capitalised, describe_value

MARKS = {
    ("high", "higher"): ("triangle-up", NEUTRAL, 13),
    ("low", "lower"): ("triangle-down", NEUTRAL, 13),
    ("", "higher"): ("circle", BLUE, 10),
    ("", "lower"): ("circle", BLUE, 10),
    ("", ""): ("circle", WHITE, 10),
}
LIMITS = {
    "upper998": ("99.8% limit", "solid"),
    "upper95": ("95% limit", "dash"),
    "lower95": ("95% limit", "dash"),
    "lower998": ("99.8% limit", "solid"),
}
AREA_COLUMNS = ("name", "short_name", "numerator", "denominator", "value", "side", "level", "compared")
CURVE_COLUMNS = ("denominator", *LIMITS)
WIDEST = 2.0
"""Limits at the smallest area may stretch the scale to so many times what areas and limits of middling size need."""
TITLE_LENGTH = 44

Range = tuple[float, float]


def funnel_figure(
    definition: Metric, areas: pd.DataFrame, curve: pd.DataFrame, centre: float, *, height: int = 460
) -> go.Figure:
    """Return the funnel plot of one measure's latest figures, ``height`` pixels high.

    ``areas`` has one row per area with ``name``, ``short_name``, ``numerator`` (may be missing), ``denominator``,
    ``value``, ``side``: "high" or "low" beyond the 99.8% limits, else "", ``level``: "higher" or "lower" than England
    by more than chance, else "", and ``compared``: whether that can be said. Areas without a value or denominator are
    left out. ``curve`` has the limits by size, smallest first: ``denominator``, ``lower95``, ``upper95``, ``lower998``
    and ``upper998``; a missing limit is a gap. Values, limits and ``centre``, England's figure, are in the measure's
    unit. Areas beyond either pair of limits are named, and those with the least and the most; others where there is
    room.

    Raises ValueError for a measure without a denominator, missing columns, no area with a figure, a denominator that
    is not above zero, infinite figures, an unknown side or level, a missing centre, or a curve that is empty or out of
    order.
    """
    _check(definition, areas, curve, centre)
    shown = areas.dropna(subset=["value", "denominator"]).sort_values("denominator", kind="stable")
    across = _x_range(shown["denominator"])
    up = _y_range(shown, curve, centre, across)
    ends = [(centre, "England")]
    last = min(across[1], float(curve["denominator"].iloc[-1]))
    ends += [(y, words) for column, (words, _) in LIMITS.items() if not math.isnan(y := _limit(curve, column, last))]
    title = _size_title(definition)
    margin = {"l": 46, "r": end_margin(ends), "t": 12, "b": 40 + LINE_HEIGHT * (title.count("<br>") + 1)}
    plot_height = height - margin["t"] - margin["b"]

    x_axis, y_axis = base_axes(13, 5)
    titled = {"size": SIZE, "color": SECONDARY_TEXT}
    figure = DrawnFigure(
        layout={
            **base_layout(height, margin),
            "xaxis": {
                **x_axis, "range": across, "tickformat": ",~f", "tickangle": 0,
                "tickvals": spaced_ticks(across, min(PLOT_WIDTHS)), "title": {"text": title, "font": titled},
            },
            "yaxis": {
                **y_axis, "range": up, "automargin": True, "title": {"text": definition.unit, "font": titled},
            },
        }
    )  # fmt: skip
    _add_limits(figure, curve, centre, across)
    _add_areas(figure, definition, shown)
    _add_names(figure, shown, _must_be_named(shown, curve), across, up, plot_height)
    for label in end_labels(ends, up, plot_height):
        figure.add_annotation(label)
    return figure


def _check(definition: Metric, areas: pd.DataFrame, curve: pd.DataFrame, centre: float) -> None:
    if definition.denominator is None:
        raise ValueError(f"{definition.id}: found a plain count; expected a measure with a denominator for a funnel")
    require_columns(areas, AREA_COLUMNS, "areas")
    require_columns(curve, CURVE_COLUMNS, "curve")
    shown = areas.dropna(subset=["value", "denominator"])
    if shown.empty:
        raise ValueError("areas: found no area with both a value and a denominator; expected at least one")
    if not (shown["denominator"] > 0).all():
        raise ValueError(f"areas: found a denominator of {shown['denominator'].min():g}; expected more than zero")
    if np.isinf(shown[["value", "denominator"]].to_numpy(float)).any():
        raise ValueError("areas: found an infinite value or denominator; expected numbers, or NaN where missing")
    unknown = sorted(set(zip(shown["side"], shown["level"], strict=True)) - set(MARKS))
    if unknown:
        raise ValueError(f"side and level: found {unknown}; expected each to be one of {list(MARKS)}")
    if not math.isfinite(centre):
        raise ValueError(f"centre: found {centre}; expected England's figure in {definition.unit}")
    sizes = curve["denominator"]
    if curve.empty or sizes.isna().any() or not sizes.is_monotonic_increasing:
        raise ValueError("curve: found no rows, or sizes missing or out of order; expected the smallest size first")
    if np.isinf(curve[list(CURVE_COLUMNS)].to_numpy(float)).any():
        raise ValueError("curve: found an infinite size or limit; expected numbers, or NaN where there is no limit")


def _x_range(sizes: pd.Series) -> Range:
    """From a little below the smallest area to a little above the largest; from zero if that is nearly there."""
    smallest, largest = float(sizes.min()), float(sizes.max())
    room = 0.06 * (largest - smallest) or 0.1 * largest
    start = smallest - room
    return (0.0 if start < 0.15 * largest else start), largest + room


def _limit(curve: pd.DataFrame, column: str, size: float) -> float:
    """Return a limit at one size, NaN beyond the curve's ends."""
    return float(np.interp(size, curve["denominator"], curve[column], left=math.nan, right=math.nan))


def _y_range(shown: pd.DataFrame, curve: pd.DataFrame, centre: float, across: Range) -> Range:
    """Return a range that holds all areas, the limits at a middling size, and the limits near the smallest area.

    Only as far as that does not squeeze everything else: a funnel is widest where there is next to nothing to see.
    """

    def spread(size: float) -> float:
        found = [abs(_limit(curve, column, size) - centre) for column in LIMITS]
        return max((distance for distance in found if not math.isnan(distance)), default=0.0)

    sizes, values = shown["denominator"], shown["value"]
    most = WIDEST * max(float((values - centre).abs().max()), spread(float(sizes.median())))
    inside = curve["denominator"].between(sizes.min(), across[1])
    limits = [*curve.loc[inside, list(LIMITS)].to_numpy(float).ravel()]
    limits += [_limit(curve, column, float(sizes.min())) for column in LIMITS]
    kept = [min(max(limit, centre - most), centre + most) for limit in limits if not math.isnan(limit)]
    held = [centre, *values, *kept]
    low, high = min(held), max(held)
    room = (high - low) * 0.08 or abs(high) * 0.1 or 1.0
    return (max(0.0, low - room) if min(values.min(), centre) >= 0 else low - room), high + room


def _add_limits(figure: go.Figure, curve: pd.DataFrame, centre: float, across: Range) -> None:
    for column, (words, dash) in LIMITS.items():
        figure.add_scatter(
            x=plain_numbers(curve["denominator"]), y=plain_numbers(curve[column]), mode="lines", name=words,
            line={"color": GREY, "width": 1.2, "dash": dash}, connectgaps=False, hoverinfo="skip",
        )  # fmt: skip
    figure.add_scatter(
        x=list(across), y=[centre, centre], mode="lines", name="England", hoverinfo="skip",
        line={"color": TEXT, "width": 1.4},
    )  # fmt: skip


def _add_areas(figure: go.Figure, definition: Metric, shown: pd.DataFrame) -> None:
    for (side, level), (symbol, colour, size) in MARKS.items():
        part = shown[(shown["side"] == side) & (shown["level"] == level)]
        if part.empty:
            continue
        figure.add_scatter(
            x=plain_numbers(part["denominator"]), y=plain_numbers(part["value"]), mode="markers",
            name=capitalised(describe_level(level, side)), cliponaxis=False,
            marker={"symbol": symbol, "size": size, "color": colour, "line": {"color": DARK_BLUE, "width": 1.5}},
            text=[
                "<br>".join([
                    f"<b>{wrapped(row.name_)}</b>", wrapped(describe_value(definition, row.value)),
                    describe_counts(definition, row.numerator, row.denominator),
                    capitalised(describe_level(row.level, row.side, compared=row.compared)),
                ])
                for row in part.rename(columns={"name": "name_"}).itertuples()
            ],
            hovertemplate="%{text}<extra></extra>",
        )  # fmt: skip


def _must_be_named(shown: pd.DataFrame, curve: pd.DataFrame) -> list[bool]:
    """Which areas a reader looks for: beyond the dashed or the solid curves, and those with the least and the most."""
    ends = {shown["value"].idxmin(), shown["value"].idxmax()}
    return [
        row.side != ""
        or row.Index in ends
        or row.value > _limit(curve, "upper95", row.denominator)
        or row.value < _limit(curve, "lower95", row.denominator)
        for row in shown.itertuples()
    ]


def _add_names(
    figure: go.Figure, shown: pd.DataFrame, must: list[bool], across: Range, up: Range, plot_height: float
) -> None:
    rows = list(shown[["denominator", "value", "short_name", "side"]].itertuples(index=False, name=None))
    points = [((x - across[0]) / (across[1] - across[0]), (y - up[0]) / (up[1] - up[0])) for x, y, _, _ in rows]
    spots = name_spots(points, [name for _, _, name, _ in rows], must, plot_height)
    for (x, y, name, side), spot in zip(rows, spots, strict=True):
        if spot is None:
            continue
        figure.add_annotation(
            x=float(f"{x:.6g}"), y=float(f"{y:.6g}"), text=escape(name, quote=False),
            font={"size": SIZE, "color": TEXT if side else SECONDARY_TEXT}, arrowcolor=GREY, arrowwidth=1,
            bgcolor="rgba(255,255,255,0.75)", borderpad=0,
            **spot.annotation(),
        )  # fmt: skip


def _size_title(definition: Metric) -> str:
    words = str(definition.denominator)
    words = words[:1].lower() + words[1:] if words[1:2].islower() else words
    lines = textwrap.wrap(f"Size: {words}", TITLE_LENGTH, max_lines=2, placeholder="…")
    return "<br>".join(escape(line, quote=False) for line in lines)
