"""Whether what people decided about a metric fits its figures: breaks, new limits, targets, plans and gaps."""

from collections.abc import Sequence
from typing import cast

import numpy as np
import pandas as pd

from psc.catalogue.definition import Metric
from psc.catalogue.parts import Gap
from psc.catalogue.reporting import FIRST_MONTHS, STEP, first_day
from psc.faults import Fault

ANOTHER_UNIT = 30
"""A target so many times beyond every figure is in another unit: a share for a percentage, a count for a rate."""


def misfits(table: pd.DataFrame, metric: Metric, file: str, areas: Sequence[str]) -> list[Fault]:
    """Everything that was decided and does not fit the figures; ``areas`` are the 15."""
    document = file.replace("observations.csv", "definition.yaml")
    return [
        *_wanted(table["value"], metric, document),
        *_limits(table, metric, document, areas),
        *_plan(metric, document, table["period_start"].min()),
        *_gaps(table, metric, document),
        *_checked(table, metric, document),
    ]


def _wanted(values: pd.Series, metric: Metric, document: str) -> list[Fault]:
    """Targets and planned figures in another unit than the figures."""
    low, high = values.min() / ANOTHER_UNIT, values.max() * ANOTHER_UNIT
    wanted = [("targets", item.value) for item in metric.targets]
    wanted += [("trajectory", item.value) for item in metric.trajectory]
    unit = f"a figure in the measure's own unit, {metric.unit}: figures lie from {values.min():g} to {values.max():g}"
    return [
        Fault(document, f"{value:g}", unit, column=name)
        for name, value in wanted
        if value != 0 and not low <= value <= high
    ]


def _limits(table: pd.DataFrame, metric: Metric, document: str, areas: Sequence[str]) -> list[Fault]:
    """Rebases of an area or on a date that there is none of, and new limits within a period."""
    faults = []
    first, last, end = table["period_start"].min(), table["period_start"].max(), table["period_end"].max()
    for item in metric.rebases:
        if item.area is not None and item.area not in areas:
            faults.append(Fault(document, item.area, "one of the 15 areas, or no area for all", column="rebases"))
        if not first < pd.Timestamp(item.start) <= last:
            expected = f"a day after {first:%Y-%m-%d} and no later than {last:%Y-%m-%d}"
            faults.append(Fault(document, str(item.start), expected, column="rebases"))
    starts = [("rebases", item.start) for item in metric.rebases]
    starts += [("series_breaks", item.date) for item in metric.series_breaks if first < pd.Timestamp(item.date) <= end]
    faults += [
        Fault(document, str(day), f"{first_day(metric.grain)}: a period has one set of limits", column=name)
        for name, day in starts
        if day.day != 1 or day.month not in FIRST_MONTHS.get(metric.grain, range(1, 13))
    ]
    return faults


def _gaps(table: pd.DataFrame, metric: Metric, document: str) -> list[Fault]:
    """Gaps outside the series, and gaps in which there are figures."""
    faults = []
    first, last = table["period_start"].min(), table["period_start"].max()
    for index, gap in enumerate(metric.gaps):
        column, found = f"gaps.{index}", f"{gap.first} to {gap.last}"
        inside = table["period_start"].between(pd.Timestamp(gap.first), pd.Timestamp(gap.last))
        if not first < pd.Timestamp(gap.first) <= pd.Timestamp(gap.last) < last:
            within = f"days after {first:%Y-%m-%d} and before {last:%Y-%m-%d}, between which the figures lie"
            faults.append(Fault(document, found, within, column=column))
        elif filled := int(table.loc[inside, "value"].notna().sum()):
            found += f", with {filled:,} figure{'s' * (filled != 1)} in it"
            faults.append(Fault(document, found, "periods that no area has a figure for", column=column))
    return faults


def _checked(table: pd.DataFrame, metric: Metric, document: str) -> list[Fault]:
    """A day on which the figures that the definition vouches for cannot all have been checked."""
    end = table["period_end"].max()
    if pd.Timestamp(metric.checked_on) > end:
        return []
    expected = f"a day after {end:%Y-%m-%d}, when the newest figure ends"
    return [Fault(document, str(metric.checked_on), expected, column="checked_on")]


def _plan(metric: Metric, document: str, first: pd.Timestamp) -> list[Fault]:
    """Plans and targets that no chart can show: before the figures, or two in one period."""
    days = [item.date for item in metric.trajectory]
    named = [("trajectory", day) for day in days] + [("targets", item.start) for item in metric.targets]
    after = f"a day from {first:%Y-%m-%d} on, when the figures begin"
    faults = [Fault(document, str(day), after, column="trajectory") for day in days if pd.Timestamp(day) < first]
    for column in ("trajectory", "targets"):
        own = [day for name, day in named if name == column]
        periods = [((day.year - first.year) * 12 + day.month - first.month) // STEP[metric.grain] for day in own]
        twice = [str(day) for day, period in zip(own, periods, strict=True) if periods.count(period) > 1]
        if twice:
            faults.append(Fault(document, ", ".join(twice), "no more than one day in each period", column=column))
    return faults


def told(gap: Gap, first: np.ndarray, last: np.ndarray) -> np.ndarray:
    """Whether the missing periods, ``first`` to ``last``, all lie in the gap that the definition tells of."""
    return cast(np.ndarray, (first >= np.datetime64(gap.first, "M")) & (last <= np.datetime64(gap.last, "M")))
