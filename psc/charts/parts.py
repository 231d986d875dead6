"""Small plain charts of counts, one above the other on one time axis, as an image with the same in words."""

from base64 import b64encode
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from html import escape

import numpy as np

from psc.charts.palette import BLUE, GREY, PALE_GREY, SECONDARY_TEXT, TEXT
from psc.narrate.words import month_words, number_words

WIDTH, PANEL, HEAD, FOOT, LEFT, RIGHT = 380, 84, 20, 22, 58, 10
NICE = (1, 2, 2.5, 5, 10)


@dataclass(frozen=True, slots=True)
class Counts:
    """A named series of counts, one for each period, in order; None where there is none."""

    name: str
    values: Sequence[float | None]


def counts_figure(title: str, days: Sequence[date], panels: Sequence[Counts], marked: Sequence[date] = ()) -> str:
    """Return the charts as HTML: ``panels`` above each other from zero up, dashed lines at the ``marked`` days.

    ``days`` are the first days of the periods. The image's text alternative has each series' first, last, lowest and
    highest figure. Raises ValueError where a series has another number of values than there are days, or none at all.
    """
    for panel in panels:
        if len(panel.values) != len(days) or all(value is None for value in panel.values):
            raise ValueError(f"{panel.name}: found {len(panel.values)} values, expected one or more among {len(days)}")
    svg = counts_svg(days, panels, marked)
    words = escape(" ".join(_alt(panel, days) for panel in panels))
    image = f'<img src="data:image/svg+xml;base64,{b64encode(svg.encode()).decode()}" alt="{words}">'
    return f'<figure class="psc-figure"><figcaption>{escape(title)}</figcaption>{image}</figure>'


def counts_svg(days: Sequence[date], panels: Sequence[Counts], marked: Sequence[date]) -> str:
    """Return the picture alone."""
    height = len(panels) * (HEAD + PANEL) + FOOT
    places = [_x(day, days) for day in days]
    parts = [_panel(panel, n * (HEAD + PANEL), places) for n, panel in enumerate(panels)]
    bottom = height - FOOT
    parts += [
        f'<path d="M{_x(day, days):.1f} {HEAD}V{bottom}" stroke="{TEXT}" stroke-dasharray="4 3" fill="none"/>'
        for day in marked
    ]
    parts += [_year(day, days, bottom) for day in _new_years(days)]
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
        label = number_words(figure, 0 if figure % 1 == 0 else 1)
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


def _x(day: date, days: Sequence[date]) -> float:
    span = max((days[-1] - days[0]).days, 1)
    return LEFT + (WIDTH - RIGHT - LEFT) * (day - days[0]).days / span


def _new_years(days: Sequence[date]) -> list[date]:
    years = [date(year, 1, 1) for year in range(days[0].year, days[-1].year + 1)]
    return [day for day in years if days[0] <= day <= days[-1]]


def _year(day: date, days: Sequence[date], bottom: int) -> str:
    x = _x(day, days)
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


def _alt(panel: Counts, days: Sequence[date]) -> str:
    known = [(day, value) for day, value in zip(days, panel.values, strict=True) if value is not None]
    (first, first_value), (last, last_value) = known[0], known[-1]
    low, high = (pick(value for _, value in known) for pick in (min, max))
    return (
        f"{panel.name}: {number_words(first_value, 0)} in {month_words(first)}, {number_words(last_value, 0)} in "
        f"{month_words(last)}; lowest {number_words(low, 0)}, highest {number_words(high, 0)}."
    )
