"""Whether the figures of one metric agree with each other and with the metric's definition.

Each check takes the table as read (``line`` is the line in the file) and returns faults; a cell that could not be
read is missing here and was already reported.
"""

from collections.abc import Callable, Sequence
from typing import cast

import numpy as np
import pandas as pd

from psc.articles import with_article
from psc.catalogue.definition import Definition, Grain
from psc.catalogue.parts import EnglandFigure, Gap
from psc.clock import today
from psc.faults import MOST_ALIKE, Fault, alike

Text = str | Callable[[pd.DataFrame], pd.Series]
"""What a fault says: the same for every row, or made from the rows it is about."""
LENGTH: dict[Grain, int] = {"month": 1, "quarter": 3, "financial_year": 12, "overlapping_year": 12}
STEP: dict[Grain, int] = {"month": 1, "quarter": 3, "financial_year": 12, "overlapping_year": 3}
FIRST_MONTHS: dict[Grain, tuple[int, ...]] = {"quarter": (1, 4, 7, 10), "financial_year": (4,)}
FIRST_DAY: dict[Grain, str] = {"quarter": "quarter", "financial_year": "financial year, 1 April"}
ROUNDING = 1e-5
"""Relative error of a value written with six significant figures."""
ANOTHER_UNIT = 30
"""A target so many times beyond every figure is in another unit: a share for a percentage, a count for a rate."""
YEARS_OF_A_PLAN = 20
"""How far ahead a plan may reach: further, its chart would be empty but for the plan."""
FAR_BEYOND = 1_000
"""A value so many times the usual one is an error; in the series loaded the highest is 26 times it."""
ENGLAND_TOLERANCE = 1e-3
"""Relative difference allowed between England and the sum of the areas."""


def inconsistencies(
    table: pd.DataFrame, metric: Definition, file: str, areas: Sequence[str], england: str
) -> list[Fault]:
    """All disagreements in the observations of ``metric``.

    ``table`` has the columns of ``read_observations`` and ``line``, the line in the file.
    """
    return [
        *_periods(table, metric.grain, file),
        *_ended(table, file),
        *_order(table, file),
        *_parts(table, metric, file),
        *_values(table, metric, file),
        *_magnitudes(table, metric, file),
        *_coverage(table, metric, file, [*areas, england]),
        *_sums(table, file, england),
        *_copies(table, file),
        *_decisions(table, metric, file, areas),
        *_published(table[table["area"] == england], metric.england_published, file),
    ]


def _report(
    file: str, table: pd.DataFrame, wrong: pd.Series, column: str | None, found: Text, expected: Text
) -> list[Fault]:
    """One fault for each row of ``table`` where ``wrong``."""
    if not wrong.any():
        return []
    rows = table[wrong].head(MOST_ALIKE)
    texts = [[text] * len(rows) if isinstance(text, str) else text(rows) for text in (found, expected)]
    cells = zip(rows["line"], *texts, strict=True)
    return alike((Fault(file, str(cell), str(want), int(line), column) for line, cell, want in cells), int(wrong.sum()))


def _day(column: str, before: str = "", after: str = "") -> Text:
    return lambda rows: before + rows[column].dt.strftime("%Y-%m-%d") + after


def _number(column: str, after: str = "", digits: int = 12) -> Text:
    def written(number: float) -> str:
        return "a blank" if pd.isna(number) else f"{number:.{digits}g}{after}"

    return lambda rows: rows[column].map(written)


def _months(dates: pd.Series) -> np.ndarray:
    return dates.to_numpy().astype("datetime64[M]")


def _periods(table: pd.DataFrame, grain: Grain, file: str) -> list[Fault]:
    """Periods that end before they start, or are not one period of the grain."""
    known = table.dropna(subset=["period_start", "period_end"])
    start, end = known["period_start"], known["period_end"]
    first = start.dt.day.eq(1) & start.dt.month.isin(FIRST_MONTHS.get(grain, range(1, 13)))
    after = (_months(start) + np.timedelta64(LENGTH[grain], "M")).astype("datetime64[D]")
    known = known.assign(last=after - np.timedelta64(1, "D"))
    backwards, first_day = end < start, f"the first day of {with_article(FIRST_DAY.get(grain, 'month'))}"
    wrong_end = first & ~backwards & (end != known["last"])
    return [
        *_report(file, known, backwards, "period_end", _day("period_end"), _day("period_start", "no day before ")),
        *_report(file, known, ~first, "period_start", _day("period_start"), first_day),
        *_report(file, known, wrong_end, "period_end", _day("period_end"), _day("last")),
    ]


def _ended(table: pd.DataFrame, file: str) -> list[Fault]:
    """Periods that are not over: nothing can have been counted in them yet, or not all of it."""
    day = today()
    future = table["period_end"] >= pd.Timestamp(day)
    return _report(file, table, future, "period_end", _day("period_end"), f"a period that ended before today, {day}")


def _order(table: pd.DataFrame, file: str) -> list[Fault]:
    above = table["area"].shift()
    earlier = (table["area"] == above) & (table["period_start"] < table["period_start"].shift())
    table = table.assign(found=table["area"] + " after " + above)
    after_later = _day("period_start", after=" after a later period")
    return [
        *_report(file, table, table["area"] < above, "area", lambda rows: rows["found"], "rows sorted by area"),
        *_report(file, table, earlier, "period_start", after_later, "the oldest period of an area first"),
    ]


def _parts(table: pd.DataFrame, metric: Definition, file: str) -> list[Fault]:
    """Numerators, denominators and values that are missing or cannot be."""
    numerator, denominator, value = table["numerator"], table["denominator"], table["value"]
    has_count, has_value = numerator.notna(), value.notna()
    counted = bool(has_count.any())
    count_only = pd.Series(metric.denominator is None, index=table.index)
    checks = [
        ("denominator", denominator == 0, "more than 0, or a blank figure with a note"),
        ("denominator", has_count & denominator.isna() & ~count_only, "a denominator for the numerator"),
        ("denominator", denominator.notna() & count_only, "a blank: the definition has no denominator"),
        ("numerator", has_value & ~has_count & counted, "a numerator, as in other rows"),
        ("numerator", (numerator > denominator) & metric.is_share, "at most the denominator, for the unit is a %"),
        ("value", ~has_value & table["note"].eq(""), "a figure, or a note saying why there is none"),
    ]
    return [
        fault
        for column, wrong, expected in checks
        for fault in _report(file, table, wrong, column, _number(column), expected)
    ]


def _values(table: pd.DataFrame, metric: Definition, file: str) -> list[Fault]:
    """Values that do not follow from their parts."""
    denominator = table["denominator"] if metric.denominator else pd.Series(1.0, index=table.index)
    right = table["numerator"] / denominator.where(denominator > 0) * metric.multiplier
    wrong = (table["value"] - right).abs() > ROUNDING * right.abs()
    formula = f" = numerator ÷ denominator × {metric.multiplier:.0f}"
    return _report(file, table.assign(right=right), wrong, "value", _number("value"), _number("right", formula, 6))


def _magnitudes(table: pd.DataFrame, metric: Definition, file: str) -> list[Fault]:
    """Figures that nobody can have measured: none at all, or one far beyond all others of the measure."""
    value = table["value"]
    if value.isna().all():
        expected = (
            "a figure in at least one row; until there is one, no such file, and why under no_series in the definition"
        )
        return [Fault(file, "no figure in any row", expected, column="value")]
    usual = value[value > 0].median()
    beyond = value > FAR_BEYOND * usual
    expected = f"a figure in the measure's unit, {metric.unit}: half of them are below {usual:.6g}"
    return _report(file, table, beyond, "value", _number("value"), expected)


def _coverage(table: pd.DataFrame, metric: Definition, file: str, areas: Sequence[str]) -> list[Fault]:
    """Areas without rows, gaps, late starts and early ends, unless a note or the definition says why."""
    known = table.dropna(subset=["period_start"]).sort_values(["area", "period_start"])
    present = set(known["area"])
    faults = [Fault(file, f"no row for {area}", "all 15 areas and england") for area in areas if area not in present]
    start, unexplained = known["period_start"], known["note"].eq("")
    by_area = known.groupby("area", sort=False)["period_start"]
    known = known.assign(before=by_area.shift(), after=by_area.shift(-1))
    months = np.timedelta64(STEP[metric.grain], "M")
    gap = unexplained & pd.Series(_months(start) > _months(known["before"]) + months, index=known.index)
    for told in metric.gaps:
        gap &= ~_told(told, _months(known["before"]) + months, _months(start) - months)
    first, last = start.min(), start.max()
    late = unexplained & known["before"].isna() & (start > first)
    early = unexplained & known["after"].isna() & (start < last)
    wanted = "every period; where there is no figure, a row with a blank value and a note"
    here = "period_start"
    return [
        *faults,
        *_report(file, known, gap, here, _day("before", "a gap after "), wanted),
        *_report(file, known, late, here, _day(here, "a first period of "), f"{first:%Y-%m-%d}, as elsewhere"),
        *_report(file, known, early, here, _day(here, "a last period of "), f"{last:%Y-%m-%d}, as elsewhere"),
    ]


def _told(gap: Gap, first: np.ndarray, last: np.ndarray) -> np.ndarray:
    """Whether the missing periods, ``first`` to ``last``, all lie in the gap that the definition tells of."""
    return cast(np.ndarray, (first >= np.datetime64(gap.first, "M")) & (last <= np.datetime64(gap.last, "M")))


def _sums(table: pd.DataFrame, file: str, england: str) -> list[Fault]:
    """England figures that are not the sum of the areas."""
    totals = table[table["area"] == england].dropna(subset=["period_start"]).drop_duplicates("period_start")
    totals = totals.set_index("period_start")
    parts = table[table["area"] != england].groupby("period_start")[["numerator", "denominator"]].sum(min_count=1)
    faults = []
    for column in ("numerator", "denominator"):
        total, part = totals[column], parts[column].reindex(totals.index)
        wrong = ((total - part).abs() > ENGLAND_TOLERANCE * part.abs()) | (total.notna() != part.notna())
        summed = _number("summed", ", the sum of the areas")
        faults += _report(file, totals.assign(summed=part), wrong, column, _number(column), summed)
    return faults


def _copies(table: pd.DataFrame, file: str) -> list[Fault]:
    """Periods in which every area repeats its figures of an earlier period: a release loaded under two dates.

    A single area, and England with it, may well have the same count twice.
    """
    rows = table.drop_duplicates(["area", "period_start"]).dropna(subset=["period_start"])
    wide = rows.pivot(index="period_start", columns="area", values=["numerator", "denominator", "value"])
    filled = rows.groupby("period_start")["value"].count()
    first_rows = rows.sort_values("line").drop_duplicates("period_start").set_index("period_start").sort_index()
    copied = wide.duplicated() & (filled > 2)
    first_rows = first_rows.assign(period=first_rows.index)
    found = _day("period", after=": every figure is that of another period")
    return _report(file, first_rows, copied, "period_start", found, "figures of its own for each period")


def _decisions(table: pd.DataFrame, metric: Definition, file: str, areas: Sequence[str]) -> list[Fault]:
    """Targets in another unit than the figures, and rebases of an area or on a date that there is none of."""
    document = file.replace("observations.csv", "definition.yaml")
    values, first, last = table["value"], table["period_start"].min(), table["period_start"].max()
    low, high = values.min() / ANOTHER_UNIT, values.max() * ANOTHER_UNIT
    wanted = [("targets", item.value) for item in metric.targets]
    wanted += [("trajectory", item.value) for item in metric.trajectory]
    unit = f"a figure in the measure's own unit, {metric.unit}: figures lie from {values.min():g} to {values.max():g}"
    faults = [
        Fault(document, f"{value:g}", unit, column=name)
        for name, value in wanted
        if value != 0 and not low <= value <= high
    ]
    for item in metric.rebases:
        if item.area is not None and item.area not in areas:
            faults.append(Fault(document, item.area, "one of the 15 areas, or no area for all", column="rebases"))
        if not first < pd.Timestamp(item.start) <= last:
            expected = f"a day after {first:%Y-%m-%d} and no later than {last:%Y-%m-%d}"
            faults.append(Fault(document, str(item.start), expected, column="rebases"))
    end = table["period_end"].max()
    starts = [("rebases", item.start) for item in metric.rebases]
    starts += [("series_breaks", item.date) for item in metric.series_breaks if first < pd.Timestamp(item.date) <= end]
    first_day = f"the first day of {with_article(FIRST_DAY.get(metric.grain, 'month'))}"
    faults += [
        Fault(document, str(day), f"{first_day}: a period has one set of limits", column=name)
        for name, day in starts
        if day.day != 1 or day.month not in FIRST_MONTHS.get(metric.grain, range(1, 13))
    ]
    return faults + _plan(metric, document, first)


def _plan(metric: Definition, document: str, first: pd.Timestamp) -> list[Fault]:
    """Plans and targets that no chart can show: before the figures, two in one period, or a lifetime away."""
    days = [item.date for item in metric.trajectory]
    named = [("trajectory", day) for day in days] + [("targets", item.start) for item in metric.targets]
    after, latest = f"a day from {first:%Y-%m-%d} on, when the figures begin", today().year + YEARS_OF_A_PLAN
    faults = [Fault(document, str(day), after, column="trajectory") for day in days if pd.Timestamp(day) < first]
    far = f"a day no later than {latest}"
    faults += [Fault(document, str(day), far, column=name) for name, day in named if day.year > latest]
    for column in ("trajectory", "targets"):
        own = [day for name, day in named if name == column]
        periods = [((day.year - first.year) * 12 + day.month - first.month) // STEP[metric.grain] for day in own]
        twice = [str(day) for day, period in zip(own, periods, strict=True) if periods.count(period) > 1]
        if twice:
            faults.append(Fault(document, ", ".join(twice), "no more than one day in each period", column=column))
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
        faults += _report(file, rows, here & far, column, _number(column), expected)
        if not here.any():
            faults.append(Fault(file, f"no england row for {figure.period_start}", expected, column="period_start"))
    return faults
