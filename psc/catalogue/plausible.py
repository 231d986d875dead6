"""Figures that agree with their parts, or have none, and that nobody can have measured all the same.

Parts are held against each other elsewhere. What is here finds a figure that only its like can give away: those of
other areas and other periods. Each rule leaves the real series wide room.
"""

import numpy as np
import pandas as pd

from psc.catalogue.definition import Metric
from psc.catalogue.reporting import as_day, as_number, report
from psc.faults import Fault

FAR_BEYOND = 1_000
"""A value so many times the usual one is an error; in the series loaded the highest is 26 times it."""
FAR_FROM_OTHERS = 5
"""A rate without parts so many times outside all figures of the other areas, or as many as those span, is an error.

In the series loaded the farthest is 1.3 times outside.
"""
MANY_OTHERS = 50
"""Figures of other areas, fewer of which do not show how far apart rates can be."""
LONG, DIFFERENT = 6, 6
"""Two areas that share so many figures, so many of them different, are one area's figures under two names."""
ENGLAND_BESIDE = 0.1
"""How far England may lie outside its areas, relatively: area figures may be averages that only come close.

In the series loaded it never does.
"""
FEW_DIFFER = 3
"""Decimals that leave fewer than one in so many of the figures that differ."""
MOST_DECIMALS = 4


def implausible(table: pd.DataFrame, metric: Metric, file: str, england: str) -> list[Fault]:
    """All such figures in the observations of ``metric``."""
    if table["value"].isna().all():
        expected = (
            "a figure in at least one row; until there is one, no such file, and why under no_series in the definition"
        )
        return [Fault(file, "no figure in any row", expected, column="value")]
    rows = table.drop_duplicates(["area", "period_start"])
    wide = rows.pivot(index="period_start", columns="area", values="value")
    return [
        *_magnitudes(table, metric, file),
        *_fractions(table, metric, file),
        *_far_from_others(table, file, england),
        *_england_outside(rows, wide, metric, file, england),
        *_copies(rows, file),
        *_same_areas(wide, metric, file, england),
        *_decimals(wide, metric, file, england),
    ]


def _magnitudes(table: pd.DataFrame, metric: Metric, file: str) -> list[Fault]:
    """A figure far beyond all others of the measure."""
    value = table["value"]
    usual = value[value > 0].median()
    beyond = value > FAR_BEYOND * usual
    expected = f"a figure in the measure's unit, {metric.unit}: half of them are below {usual:.6g}"
    return report(file, table, beyond, "value", as_number("value"), expected)


def _fractions(table: pd.DataFrame, metric: Metric, file: str) -> list[Fault]:
    """Percentages that are all below one, with nothing that shows that they are no fractions."""
    highest = table["value"].max()
    shown = table["numerator"].notna().any() or any(figure.value is not None for figure in metric.england_published)
    if not metric.is_share or shown or highest > 1:
        return []
    expected = (
        "percentages, from 0 to 100; where the share is so small, its numerators and denominators, "
        "or England's published value under england_published in the definition"
    )
    return [Fault(file, f"no figure above {highest:g}", expected, column="value")]


def _far_from_others(table: pd.DataFrame, file: str, england: str) -> list[Fault]:
    """Rates without parts that lie far outside whatever the other areas ever had."""
    alone = table[table["numerator"].isna() & table["value"].notna() & (table["area"] != england)]
    faults = []
    for area, own in alone.groupby("area"):
        others = alone.loc[alone["area"] != area, "value"]
        low, high = others.min(), others.max()
        if len(others) < MANY_OTHERS or low <= 0:
            continue
        factor = max(FAR_FROM_OTHERS, high / low)
        wide_apart = low < others.median() / FAR_FROM_OTHERS
        far = (own["value"] > high * factor) | ((own["value"] < low / factor) & (not wide_apart))
        expected = f"a figure like those of the other areas, which lie from {low:.6g} to {high:.6g}"
        faults += report(file, own, far, "value", as_number("value"), expected)
    return faults


def _england_outside(rows: pd.DataFrame, wide: pd.DataFrame, metric: Metric, file: str, england: str) -> list[Fault]:
    """Figures of England below or above those of all its areas, where each has one; a plain count is their sum."""
    if metric.is_count or england not in wide.columns:
        return []
    areas = wide.drop(columns=england)
    low, high = areas.min(axis=1, skipna=False), areas.max(axis=1, skipna=False)
    country = rows[rows["area"] == england].set_index("period_start")
    country = country.assign(low=low, high=high)
    outside = country["value"] < country["low"] * (1 - ENGLAND_BESIDE)
    outside |= country["value"] > country["high"] * (1 + ENGLAND_BESIDE)
    return report(file, country, outside, "value", as_number("value"), _between)


def _between(rows: pd.DataFrame) -> pd.Series:
    low, high = (rows[name].map("{:.6g}".format) for name in ("low", "high"))
    return "a figure between the lowest and the highest area, " + low + " and " + high


def _copies(rows: pd.DataFrame, file: str) -> list[Fault]:
    """Periods in which every area repeats its figures of an earlier period: a release loaded under two dates.

    A single area, and England with it, may well have the same count twice.
    """
    wide = rows.pivot(index="period_start", columns="area", values=["numerator", "denominator", "value"])
    filled = rows.groupby("period_start")["value"].count()
    first_rows = rows.sort_values("line").drop_duplicates("period_start").set_index("period_start").sort_index()
    copied = wide.duplicated() & (filled > 2)
    first_rows = first_rows.assign(period=first_rows.index)
    found = as_day("period", after=": every figure is that of another period")
    return report(file, first_rows, copied, "period_start", found, "figures of its own for each period")


def _same_areas(wide: pd.DataFrame, metric: Metric, file: str, england: str) -> list[Fault]:
    """Areas, or an area and England, that have the same figure in every period.

    England is rightly that of the only area with a figure, or in a plain count with any events.
    """
    faults = []
    figures = wide.to_numpy(dtype=float).T
    several = wide.drop(columns=england, errors="ignore").notna().sum(axis=1).to_numpy() > 1
    for one, name in enumerate(wide.columns):
        for other in range(one):
            both = ~np.isnan(figures[one]) & ~np.isnan(figures[other])
            if england in (name, wide.columns[other]):
                both &= several & (not metric.is_count)
            same = figures[one][both]
            if len(same) >= LONG and (same == figures[other][both]).all() and len(np.unique(same)) >= DIFFERENT:
                found = f"the same figure for {name} as for {wide.columns[other]} in each of {len(same)} periods"
                faults.append(Fault(file, found, "figures of its own for each area", column="value"))
    return faults


def _decimals(wide: pd.DataFrame, metric: Metric, file: str, england: str) -> list[Fault]:
    """Decimals so few that the newest figures of most areas look the same."""
    newest = wide.drop(columns=england, errors="ignore").ffill().iloc[-1].dropna()
    different, left = newest.nunique(), newest.round(metric.decimals).nunique()
    if metric.decimals >= MOST_DECIMALS or left * FEW_DIFFER >= different:
        return []
    document = file.replace("observations.csv", "definition.yaml")
    found = f"{metric.decimals}, with which the newest figures of {different} areas are shown as {left}"
    return [Fault(document, found, "decimals enough to tell areas apart", column="decimals")]
