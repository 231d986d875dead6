"""Where an axis of values begins and ends, by one rule for all charts over time."""

from collections.abc import Collection, Sequence

import numpy as np
import pandas as pd

from psc.charts.spc.targets import PLANNED, TARGET
from psc.narrate.aim_sentences import MeasuredAim

NEAR = 0.5
"""0 is near where the lowest figure is below this share of the highest: then the axis starts there."""
ROOM = 0.06  # of the spread, above and below


def starts_at_zero(series: pd.DataFrame) -> bool:
    """Return whether all charts over time of a measure start at 0: 0 is near in more than half of its areas.

    ``series`` has ``area_id`` and ``value`` of the whole measure. So charts of two areas can be set side by side.
    """
    areas = series.dropna(subset=["value"]).groupby("area_id")["value"]
    near = [is_near_zero(values) for _, values in areas]
    return 2 * sum(near) > len(near)


def is_near_zero(figures: Collection[float]) -> bool:
    """Return whether the lowest of some figures, none below 0, is less than half of the highest."""
    known = [figure for figure in figures if not np.isnan(figure)]
    return bool(known) and 0 <= min(known) < NEAR * max(known)


def scale_of(
    figures: Collection[float], others: Collection[float] = (), *, from_zero: bool = False, room: float = ROOM
) -> tuple[float, float]:
    """Return the ends of an axis that holds all ``figures`` and what else is drawn beside them, ``others``.

    It starts at 0 if that is near among the figures, or ``from_zero`` and nothing is below 0. ``room`` is a share of
    the spread. It is 0 to 1 where there is nothing to hold. NaN is a missing figure.
    """
    known = [number for number in (*figures, *others) if not np.isnan(number)]
    if not known:
        return 0.0, 1.0
    low, high = float(min(known)), float(max(known))
    if low >= 0 and (from_zero or is_near_zero(figures)):
        low = 0.0
    free = (high - low) * room or abs(high) * 0.1 or 1.0
    return (max(0.0, low - free) if low >= 0 else low - free), high + free


def value_range(
    series: pd.DataFrame, aims: Sequence[MeasuredAim] = (), *, from_zero: bool = False
) -> tuple[float, float]:
    """Return one y range that holds every value, limit and target of several series, for panels on a common scale.

    ``series`` has ``value``, ``lower_limit``, ``upper_limit`` and perhaps ``target`` and ``trajectory``; the range
    holds both ends of the ``aims`` as well. For ``from_zero`` see `scale_of`.
    """
    lines = series.reindex(columns=["lower_limit", "upper_limit", TARGET, PLANNED]).to_numpy(float).ravel()
    ends = [end for aim in aims for end in (aim.start, aim.target)]
    return scale_of(list(series["value"].to_numpy(float)), [*lines, *ends], from_zero=from_zero)
