"""From counts per area to the rows of ``observations.csv``: England's total, the value, rounding, order."""

import calendar
import datetime as dt
from pathlib import Path

import pandas as pd

from psc.files.csv_files import write_csv
from psc.geography.areas import ENGLAND
from psc.ingest.measures import Measure
from psc.ingest.publication import records

COLUMNS = ["area", "period_start", "period_end", "numerator", "denominator", "value", "note"]


def month_end(first: dt.date) -> dt.date:
    """Return the last day of the month that ``first`` lies in."""
    return first.replace(day=calendar.monthrange(first.year, first.month)[1])


def months_before(first: dt.date, months: int) -> dt.date:
    """Return the first day of the month ``months`` months before the month of ``first``."""
    index = first.year * 12 + first.month - 1 - months
    return dt.date(index // 12, index % 12 + 1, 1)


def financial_year(start: int) -> tuple[dt.date, dt.date]:
    """Return the first and the last day of the financial year that begins in April of year ``start``."""
    return dt.date(start, 4, 1), dt.date(start + 1, 3, 31)


def with_england(areas: pd.DataFrame, measure: Measure) -> pd.DataFrame:
    """Add England as the total of the areas, form the ratio last, and return rows as ``observations.csv`` has them.

    ``areas`` has one row per area and period: area, period_start, period_end (dates), numerator, denominator (counts,
    missing together where nothing can be said) and note (text, may be blank). Rows named ``england`` carry only a
    note and take their counts from here. Parts are rounded before the total and the ratio are formed, so that every
    published figure follows from the published parts.
    """
    period = ["period_start", "period_end"]
    notes = areas[areas["area"] == ENGLAND].set_index(period)["note"]
    parts = areas[areas["area"] != ENGLAND].copy()
    parts["numerator"] = parts["numerator"].astype(float).round(measure.numerator_decimals)
    parts["denominator"] = parts["denominator"].astype(float).round(measure.denominator_decimals)
    total = parts.groupby(period)[["numerator", "denominator"]].sum(min_count=1).reset_index()
    total["area"] = ENGLAND
    total["note"] = [notes.get((row.period_start, row.period_end), "") for row in records(total)]
    rows = pd.concat([parts, total], ignore_index=True)
    rows["value"] = rows["numerator"] / rows["denominator"].where(rows["denominator"] > 0) * measure.multiplier
    return _in_order(rows)


def as_values(rows: pd.DataFrame) -> pd.DataFrame:
    """Return standardised rates as rows of ``observations.csv``: a value each, no numerator, no denominator.

    ``rows`` has area (England included, as published), period_start, period_end, value and note.
    """
    return _in_order(rows.assign(numerator=float("nan"), denominator=float("nan")))


def _in_order(rows: pd.DataFrame) -> pd.DataFrame:
    return rows[COLUMNS].sort_values(["area", "period_start"], ignore_index=True)


def write_observations(rows: pd.DataFrame, path: Path, measure: Measure) -> None:
    """Write rows to ``path`` as compact CSV: values to six significant figures, no trailing zeros, blank if missing."""
    text = rows.copy()
    text["numerator"] = [number_text(x, measure.numerator_decimals) for x in rows["numerator"]]
    text["denominator"] = [number_text(x, measure.denominator_decimals) for x in rows["denominator"]]
    text["value"] = ["" if pd.isna(x) else _plain(f"{float(f'{x:.6g}'):.10f}") for x in rows["value"]]
    path.parent.mkdir(parents=True, exist_ok=True)
    write_csv(text, path)


def number_text(value: float, decimals: int) -> str:
    """Write a number with at most so many decimals and no trailing zeros; a missing one is blank."""
    return "" if pd.isna(value) else _plain(f"{value:.{decimals}f}")


def _plain(digits: str) -> str:
    return digits.rstrip("0").rstrip(".") if "." in digits else digits
