"""Whether the figures of one metric agree with each other and with the metric's definition.

Each check takes the table as read (``line`` is the line in the file) and returns faults; a cell that could not be
read is missing here and was already reported.
"""

from collections.abc import Sequence

import numpy as np
import pandas as pd

from psc.catalogue.decisions import misfits, told
from psc.catalogue.definition import Grain, Metric
from psc.catalogue.parts import EnglandFigure
from psc.catalogue.plausible import implausible
from psc.catalogue.reporting import FIRST_MONTHS, LENGTH, STEP, as_day, as_number, first_day, months, report
from psc.clock import today
from psc.faults import Fault

ROUNDING = 1e-5
"""Relative error of a value written with six significant figures."""
ENGLAND_TOLERANCE = 1e-3
"""Relative difference allowed between England and the sum of the areas."""


def inconsistencies(table: pd.DataFrame, metric: Metric, file: str, areas: Sequence[str], england: str) -> list[Fault]:
    """All disagreements in the observations of ``metric``.

    ``table`` has the columns of ``read_observations`` and ``line``, the line in the file.
    """
    return [
        *_periods(table, metric.grain, file),
        *_ended(table, file),
        *_order(table, file),
        *_parts(table, metric, file),
        *_values(table, metric, file),
        *_coverage(table, metric, file, [*areas, england]),
        *_sums(table, file, england),
        *implausible(table, metric, file, england),
        *misfits(table, metric, file, areas),
        *_published(table[table["area"] == england], metric.england_published, file),
    ]


def _periods(table: pd.DataFrame, grain: Grain, file: str) -> list[Fault]:
    """Periods that end before they start, or are not one period of the grain."""
    known = table.dropna(subset=["period_start", "period_end"])
    start, end = known["period_start"], known["period_end"]
    first = start.dt.day.eq(1) & start.dt.month.isin(FIRST_MONTHS.get(grain, range(1, 13)))
    after = (months(start) + np.timedelta64(LENGTH[grain], "M")).astype("datetime64[D]")
    known = known.assign(last=after - np.timedelta64(1, "D"))
    backwards = end < start
    wrong_end = first & ~backwards & (end != known["last"])
    return [
        *report(file, known, backwards, "period_end", as_day("period_end"), as_day("period_start", "no day before ")),
        *report(file, known, ~first, "period_start", as_day("period_start"), first_day(grain)),
        *report(file, known, wrong_end, "period_end", as_day("period_end"), as_day("last")),
    ]


def _ended(table: pd.DataFrame, file: str) -> list[Fault]:
    """Periods that are not over: nothing can have been counted in them yet, or not all of it."""
    now = today()
    future = table["period_end"] >= pd.Timestamp(now)
    return report(file, table, future, "period_end", as_day("period_end"), f"a period that ended before today, {now}")


def _order(table: pd.DataFrame, file: str) -> list[Fault]:
    above = table["area"].shift()
    earlier = (table["area"] == above) & (table["period_start"] < table["period_start"].shift())
    table = table.assign(found=table["area"] + " after " + above)
    after_later = as_day("period_start", after=" after a later period")
    return [
        *report(file, table, table["area"] < above, "area", lambda rows: rows["found"], "rows sorted by area"),
        *report(file, table, earlier, "period_start", after_later, "the oldest period of an area first"),
    ]


def _parts(table: pd.DataFrame, metric: Metric, file: str) -> list[Fault]:
    """Numerators, denominators and values that are missing or cannot be."""
    numerator, denominator, value = table["numerator"], table["denominator"], table["value"]
    has_count, has_value = numerator.notna(), value.notna()
    counted = bool(has_count.any()) or metric.needs_parts
    share = "the unit is a %" if metric.is_share else "the interval is wilson, so that it is a share"
    count_only = pd.Series(metric.denominator is None, index=table.index)
    checks = [
        ("denominator", denominator == 0, "more than 0, or a blank figure with a note"),
        ("denominator", has_count & denominator.isna() & ~count_only, "a denominator for the numerator"),
        ("denominator", denominator.notna() & count_only, "a blank: the definition has no denominator"),
        ("numerator", has_value & ~has_count & (denominator.notna() | counted), _why_counted(metric)),
        ("numerator", (numerator > denominator) & metric.is_proportion, f"at most the denominator, for {share}"),
        ("value", ~has_value & has_count & (denominator.gt(0) | count_only), "a figure, made of the two parts"),
        ("value", ~has_value & ~has_count & table["note"].eq(""), "a figure, or a note saying why there is none"),
        ("value", (value > 100) & metric.is_share, "at most 100, for the unit is a %"),
    ]
    return [
        fault
        for column, wrong, expected in checks
        for fault in report(file, table, wrong, column, as_number(column), expected)
    ]


def _why_counted(metric: Metric) -> str:
    if metric.ratio_to_expected:
        return "a numerator, which ratio_to_expected in the definition needs"
    if metric.interval != "none":
        return f"a numerator, which interval {metric.interval} in the definition needs"
    return "a numerator, as in other rows and for the denominator"


def _values(table: pd.DataFrame, metric: Metric, file: str) -> list[Fault]:
    """Values that do not follow from their parts."""
    denominator = table["denominator"] if metric.denominator else pd.Series(1.0, index=table.index)
    right = table["numerator"] / denominator.where(denominator > 0) * metric.multiplier
    wrong = (table["value"] - right).abs() > ROUNDING * right.abs()
    formula = f" = numerator ÷ denominator × {metric.multiplier:.0f}"
    return report(file, table.assign(right=right), wrong, "value", as_number("value"), as_number("right", formula, 6))


def _coverage(table: pd.DataFrame, metric: Metric, file: str, areas: Sequence[str]) -> list[Fault]:
    """Areas without rows, gaps, late starts and early ends, unless a note or the definition says why."""
    known = table.dropna(subset=["period_start"]).sort_values(["area", "period_start"])
    present = set(known["area"])
    faults = [Fault(file, f"no row for {area}", "all 15 areas and england") for area in areas if area not in present]
    start, unexplained = known["period_start"], known["note"].eq("")
    by_area = known.groupby("area", sort=False)["period_start"]
    known = known.assign(before=by_area.shift(), after=by_area.shift(-1))
    step = np.timedelta64(STEP[metric.grain], "M")
    gap = unexplained & pd.Series(months(start) > months(known["before"]) + step, index=known.index)
    for gap_told in metric.gaps:
        gap &= ~told(gap_told, months(known["before"]) + step, months(start) - step)
    first, last = start.min(), start.max()
    late = unexplained & known["before"].isna() & (start > first)
    early = unexplained & known["after"].isna() & (start < last)
    wanted = "every period; where there is no figure, a row with a blank value and a note"
    here = "period_start"
    return [
        *faults,
        *report(file, known, gap, here, as_day("before", "a gap after "), wanted),
        *report(file, known, late, here, as_day(here, "a first period of "), f"{first:%Y-%m-%d}, as elsewhere"),
        *report(file, known, early, here, as_day(here, "a last period of "), f"{last:%Y-%m-%d}, as elsewhere"),
    ]


def _sums(table: pd.DataFrame, file: str, england: str) -> list[Fault]:
    """England figures that are not the sum of the areas."""
    totals = table[table["area"] == england].dropna(subset=["period_start"]).drop_duplicates("period_start")
    totals = totals.set_index("period_start")
    parts = table[table["area"] != england].groupby("period_start")[["numerator", "denominator"]].sum(min_count=1)
    faults = []
    for column in ("numerator", "denominator"):
        total, part = totals[column], parts[column].reindex(totals.index)
        wrong = ((total - part).abs() > ENGLAND_TOLERANCE * part.abs()) | (total.notna() != part.notna())
        summed = as_number("summed", ", the sum of the areas")
        faults += report(file, totals.assign(summed=part), wrong, column, as_number(column), summed)
    return faults


def _published(england: pd.DataFrame, figures: Sequence[EnglandFigure], file: str) -> list[Fault]:
    """England figures further from the published ones than the definition allows."""
    rows = england.drop_duplicates("period_start").set_index("period_start", drop=False)
    faults = []
    for figure in figures:
        column, published = figure.published
        expected = f"within {figure.tolerance_percent:g}% of {published:g} ({figure.source})"
        here = rows["period_start"] == pd.Timestamp(figure.period_start)
        far = ~((rows[column] - published).abs() <= figure.tolerance_percent / 100 * published)
        faults += report(file, rows, here & far, column, as_number(column), expected)
        if not here.any():
            faults.append(Fault(file, f"no england row for {figure.period_start}", expected, column="period_start"))
    return faults
