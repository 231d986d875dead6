"""What a chart shows at this moment, as far as a decision about it is checked against that."""

import datetime
from collections.abc import Callable
from dataclasses import dataclass

from psc.catalogue.definition import Chart, Grain


@dataclass(frozen=True, slots=True)
class ChartFacts:
    """What a decision about a chart is checked against.

    ``periods`` are the first days of the periods with figures, oldest first. ``lowest`` and ``highest`` are the
    smallest and the largest figure, ``possible`` what there can be at all, in the measure's unit. ``is_concern`` says
    that the chart, or the verdict on its figures, shows a concern now.
    """

    grain: Grain
    chart: Chart
    unit: str
    periods: tuple[datetime.date, ...]
    lowest: float
    highest: float
    possible: tuple[float, float]
    is_concern: bool


Charts = Callable[[str, str], ChartFacts | None]
"""Metric id and area id, or ``england`` for the charts of all areas, to what they show; None without figures."""
