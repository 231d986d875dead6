"""Texts beside lines that keep out of each other's way."""

import math
from collections.abc import Sequence
from typing import Any

from psc.charts.style.palette import SECONDARY_TEXT

SIZE = 12
"""Type size of labels, in pixels."""
LINE_HEIGHT = 15
"""Least distance between the middles of two labels, in pixels."""
CHARACTER = 6.3
"""Width of a character of Arial at that size, in pixels, on the generous side."""

TICK_GAP = 8
"""Free pixels between the numbers of a scale."""

EndLabel = tuple[float, str]
"""Where a line ends, in the unit of the y axis, and what to write there."""


def text_width(text: str) -> float:
    """Return about how wide a label is, in pixels."""
    return len(text) * CHARACTER


def spaced_ticks(across: tuple[float, float], plot_width: float, suffix: str = "") -> list[float]:
    """Return round numbers of a scale, as many as are written apart on a plot of so many pixels.

    ``across`` is where the scale begins and ends; ``suffix`` follows each number.
    """
    span = across[1] - across[0]
    power = math.floor(math.log10(span)) - 1
    ticks: list[float] = []
    for factor in (1, 2, 5, 10, 20, 50, 100):
        step = factor * 10.0**power
        first, last = math.ceil(across[0] / step), math.floor(across[1] / step)
        ticks = [round(step * n, max(-power, 0)) for n in range(first, last + 1)]
        widest = max((text_width(tick_text(tick, suffix)) for tick in ticks), default=0.0)
        if step / span * plot_width >= widest + TICK_GAP:
            break
    return ticks


def tick_text(tick: float, suffix: str = "") -> str:
    """Return a number of a scale as it is written: "−1,500%", "0.25"."""
    return f"{tick:,.10g}{suffix}".replace("-", "−")


def parted(wanted: Sequence[float], *, gap: float, low: float, high: float) -> list[float]:
    """Return positions at least ``gap`` apart and between ``low`` and ``high``, as near the wanted ones as can be.

    Least squares under the condition that order is kept: pool adjacent violators (Ayer and others, 1955) on the
    positions less the gaps before them. Where there is no room for all gaps, they shrink alike.
    """
    if not wanted:
        return []
    order = sorted(range(len(wanted)), key=wanted.__getitem__)
    last = len(order) - 1
    gap = min(gap, (high - low) / last) if last else gap
    groups: list[tuple[float, int]] = []
    for place, index in enumerate(order):
        total, count = wanted[index] - place * gap, 1
        while groups and groups[-1][0] / groups[-1][1] > total / count:
            total, count = total + groups[-1][0], count + groups[-1][1]
            groups.pop()
        groups.append((total, count))
    starts = [total / count for total, count in groups for _ in range(count)]
    placed = [0.0] * len(order)
    for place, index in enumerate(order):
        placed[index] = min(max(starts[place], low), high - last * gap) + place * gap
    return placed


def end_margin(labels: Sequence[EndLabel]) -> int:
    """Return the right margin that holds the labels, in pixels."""
    return round(max((text_width(text) for _, text in labels), default=0)) + 12


def end_labels(labels: Sequence[EndLabel], y_range: tuple[float, float], plot_height: float) -> list[dict[str, Any]]:
    """Return annotations in the right margin, each at the height of its line or as near it as the others allow.

    ``plot_height`` is in pixels. A line outside ``y_range`` is not drawn and gets no label.
    """
    low, high = y_range
    seen = [(y, text) for y, text in labels if low <= y <= high]
    wanted = [(y - low) / (high - low) * plot_height for y, _ in seen]
    placed = parted(wanted, gap=LINE_HEIGHT, low=0, high=plot_height)
    return [
        {
            "x": 1, "xref": "paper", "xanchor": "left", "xshift": 4, "y": y, "yanchor": "middle",
            "yshift": round(there - here, 1), "text": text, "showarrow": False, "align": "left",
            "font": {"size": SIZE, "color": SECONDARY_TEXT},
        }
        for (y, text), here, there in zip(seen, wanted, placed, strict=True)
    ]  # fmt: skip
