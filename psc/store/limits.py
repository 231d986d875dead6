"""Which figures the limits of a series rest on: the choice "Limits" of a chart, and what people decided about it."""

from collections.abc import Mapping
from typing import Literal

import numpy as np
import numpy.typing as npt

from psc.catalogue.definition import Metric
from psc.stats.spc.baseline import Baseline, all_years, last_two_years
from psc.stats.spc.segments import Bools, Ints, rebase_starts
from psc.store.grid import Grid

Limits = Literal["last_two_years", "all_years", "ours"]
"""Limits from the last 24 months with figures, from every segment, or from every segment and those of local people."""


def offered_limits(definition: Metric) -> tuple[Limits, ...]:
    """Return which limits a measure's charts can be drawn with, without those that an area has decided on.

    Only monthly figures are enough for limits of two years.
    """
    if definition.chart == "xmr" and definition.grain == "month":
        return "last_two_years", "all_years"
    return ("all_years",)


def default_limits(definition: Metric) -> Limits:
    """Return the limits that charts are drawn with unless a reader chooses others.

    The last two years where there are enough figures, unless the definition fixes the baseline: then a person decided.
    """
    return offered_limits(definition)[0] if definition.baseline_points is None else "all_years"


def limits_drawn(definition: Metric, limits: Limits | None) -> Limits:
    """Return ``limits``, or the default where they are left out or a measure does not offer them."""
    if limits == "ours" or limits in offered_limits(definition):
        return limits
    return default_limits(definition)


def segment_starts(definition: Metric, grid: Grid) -> Bools:
    """Return where (S, N) new limits start: at a series break, or where a person decided so."""
    days = [np.array(list(definition.limits_start(area)), "datetime64[D]") for area in grid.areas]
    return np.array([rebase_starts(grid.start, breaks) for breaks in days], bool).reshape(grid.value.shape)


def baseline(grid: Grid, starts: Bools, limits: Limits, usable: npt.NDArray[np.bool_]) -> Baseline:
    """Return the segments and the judged places of each series; those (S,) not ``usable`` for limits stay uncut.

    A run chart's middle value is the steadier the more figures it rests on.
    """
    whole = all_years(grid.value, starts)
    if limits != "last_two_years":
        return whole
    cut = last_two_years(grid.value, starts)
    chosen = (np.where(usable[:, None], a, b) for a, b in ((cut.starts, whole.starts), (cut.judged, whole.judged)))
    return Baseline(*chosen)


def baseline_points(definition: Metric, grid: Grid, limits: Limits) -> Ints:
    """Return on how many first points (S, N) the limits of the segment at each place rest; 0 for all of them."""
    points = np.zeros(grid.value.shape, np.int64)
    if limits == "last_two_years":
        return points
    usual = definition.baseline_points or 0
    points[:] = usual
    for row, area in enumerate(grid.areas):
        own = _own_baselines(definition, area)
        for day in definition.limits_start(area) if own else ():
            points[row, grid.start >= np.datetime64(day)] = own.get(day, usual)
    return points


def _own_baselines(definition: Metric, area: str) -> Mapping[object, int]:
    decided = [item for item in definition.rebases if item.area in (None, area)]
    return {item.start: item.baseline_points for item in decided if item.baseline_points}
