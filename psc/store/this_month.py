"""Whether the latest month of each area is odd for its time of year, as the store holds it.

The method is that of `psc.stats.verdicts.season`.
"""

from dataclasses import replace

import numpy as np

from psc.catalogue.definition import Metric
from psc.stats.spc.segments import Bools
from psc.stats.verdicts.season import Season, latest_against_season
from psc.store.grid import Grid
from psc.store.possible import within_possible
from psc.store.verdicts.calendar import every_month


def this_month(definition: Metric, grid: Grid, starts: Bools, usable: Bools) -> Season:
    """Judge the latest month (S,) of the series that are ``usable`` (S,), by what came since the last of ``starts``.

    ``latest`` counts places on a calendar without gaps. The expected figure and its limits stay within what is
    possible. Nothing is judged of a measure that is not monthly, or has no XmR chart.
    """
    recorded = ~np.isnan(grid.value)
    number = starts.cumsum(axis=1)
    current = recorded & (number == np.where(recorded, number, -1).max(axis=1, keepdims=True, initial=-1))
    judged = current & usable[:, None] & (definition.grain == "month") & (definition.chart == "xmr")
    months = every_month(replace(grid, value=np.where(judged, grid.value, np.nan))) if grid.months.size else grid
    found = latest_against_season(months.value, months.months)
    expected, lower, upper = (within_possible(definition, side) for side in (found.expected, found.lower, found.upper))
    return Season(found.odd, expected, lower, upper, found.latest)
