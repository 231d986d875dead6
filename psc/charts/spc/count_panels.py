"""Small plain charts of counts, one above the other on one time axis, as an image with the same in words."""

from base64 import b64encode
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from html import escape

import numpy as np

from psc.charts.style.palette import BLUE, GREY, PALE_GREY, SECONDARY_TEXT, TEXT
from psc.narrate.words import describe_month, describe_number

WIDTH, PANEL, HEAD, FOOT, LEFT, RIGHT = 380, 84, 20, 22, 58, 10
NICE = (1, 2, 2.5, 5, 10)

Period = tuple[date, date]
"""First and last day."""


@dataclass(frozen=True, slots=True)
class Counts:
    """A named series of counts, one for each period, in order; None where there is none."""

    name: str
    values: Sequence[float | None]


def counts_figure(title: str, periods: Sequence[Period], panels: Sequence[Counts], marked: Sequence[date] = ()) -> str:
    """Return the charts as HTML: ``panels`` above each other from zero up, dashed lines at the ``marked`` days.

    Each count stands at the middle of its period. The image's text alternative has each series' first, last, lowest
    and highest figure. Raises ValueError where a series has another number of values than there are periods, or none.
    """
    for panel in panels:
        if len(panel.values) != len(periods) or all(value is None for value in panel.values):
            found = len(panel.values)
            raise ValueError(f"{panel.name}: found {found} values, expected one or more among {len(periods)}")
    svg = counts_svg(periods, panels, marked)
    words = escape(" ".join(_alt(panel, periods) for panel in panels))
    image = f'<img src="data:image/svg+xml;base64,{b64encode(svg.encode()).decode()}" alt="{words}">'
    return f'<figure class="psc-figure"><figcaption>{escape(title)}</figcaption>{image}</figure>'


def counts_svg(periods: Sequence[Period], panels: Sequence[Counts], marked: Sequence[date]) -> str:
    """Return the picture alone."""
    height = len(panels) * (HEAD + PANEL) + FOOT
    shown = periods[0][0], periods[-1][1] + timedelta(days=1)
    places = [(_x(start, shown) + _x(end + timedelta(days=1), shown)) / 2 for start, end in periods]
    parts = [_panel(panel, n * (HEAD + PANEL), places) for n, panel in enumerate(panels)]
    bottom = height - FOOT
    parts += [
        f'<path d="M{_x(day, shown):.1f} {HEAD}V{bottom}" stroke="{TEXT}" stroke-dasharray="4 3" fill="none"/>'
        for day in marked
    ]
    parts += [_year(day, shown, bottom) for day in _new_years(shown)]
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" width="{WIDTH}" height="{height}" '
        f'font-family="Arial, sans-serif" font-size="12" fill="{TEXT}">{"".join(parts)}</svg>'
    )


def _panel(panel: Counts, top: int, places: Sequence[float]) -> str:
    """One chart: its name, two lines with their figures, and the counts, which a missing one interrupts."""
    floor, ceiling = top + HEAD + PANEL - 6, _ceiling(max(value for value in panel.values if value is not None))
    scale = (PANEL - 14) / ceiling
    lines = []
    for figure in (0.0, ceiling / 2, ceiling):
        y = floor - figure * scale
        lines.append(f'<path d="M{LEFT} {y:.1f}H{WIDTH - RIGHT}" stroke="{PALE_GREY}"/>')
        label = describe_number(figure, 0 if figure % 1 == 0 else 1)
        lines.append(f'<text x="{LEFT - 6}" y="{y + 4:.1f}" text-anchor="end" fill="{SECONDARY_TEXT}">{label}</text>')
    strokes, pen = [], "M"
    for x, value in zip(places, panel.values, strict=True):
        if value is None:
            pen = "M"
            continue
        strokes.append(f"{pen}{x:.1f} {floor - value * scale:.1f}")
        pen = "L"
    drawn = f'<path d="{"".join(strokes)}" fill="none" stroke="{BLUE}" stroke-width="2" stroke-linecap="round"/>'
    return f'<text x="0" y="{top + 14}" font-weight="700">{escape(panel.name)}</text>{"".join(lines)}{drawn}'


def _x(day: date, shown: Period) -> float:
    return LEFT + (WIDTH - RIGHT - LEFT) * (day - shown[0]).days / (shown[1] - shown[0]).days


def _new_years(shown: Period) -> list[date]:
    years = [date(year, 1, 1) for year in range(shown[0].year, shown[1].year + 1)]
    return [day for day in years if shown[0] <= day < shown[1]]


def _year(day: date, shown: Period, bottom: int) -> str:
    x = _x(day, shown)
    anchor = "end" if x > WIDTH - RIGHT - 16 else "middle"
    return (
        f'<path d="M{x:.1f} {bottom - 6}v5" stroke="{GREY}"/>'
        f'<text x="{x:.1f}" y="{bottom + 14}" text-anchor="{anchor}" fill="{SECONDARY_TEXT}">{day.year}</text>'
    )


def _ceiling(largest: float) -> float:
    """The next round number at or above the largest count."""
    if largest <= 0:
        return 1.0
    unit = 10.0 ** np.floor(np.log10(largest))
    return float(next(step * unit for step in NICE if step * unit >= largest))


def _alt(panel: Counts, periods: Sequence[Period]) -> str:
    known = [(start, value) for (start, _), value in zip(periods, panel.values, strict=True) if value is not None]
    (first, first_value), (last, last_value) = known[0], known[-1]
    low, high = (pick(value for _, value in known) for pick in (min, max))
    return (
        f"{panel.name}: {describe_number(first_value, 0)} in {describe_month(first)}, "
        f"{describe_number(last_value, 0)} in "
        f"{describe_month(last)}; lowest {describe_number(low, 0)}, highest {describe_number(high, 0)}."
    )
