"""The faults of the rows of a table, and how days, numbers and periods are written in them."""

from collections.abc import Callable

import numpy as np
import pandas as pd

from psc.articles import with_article
from psc.catalogue.definition import Grain
from psc.faults import MOST_ALIKE, Fault, alike

Text = str | Callable[[pd.DataFrame], pd.Series]
"""What a fault says: the same for every row, or made from the rows it is about."""
LENGTH: dict[Grain, int] = {"month": 1, "quarter": 3, "financial_year": 12, "overlapping_year": 12}
STEP: dict[Grain, int] = {"month": 1, "quarter": 3, "financial_year": 12, "overlapping_year": 3}
FIRST_MONTHS: dict[Grain, tuple[int, ...]] = {"quarter": (1, 4, 7, 10), "financial_year": (4,)}
FIRST_DAY: dict[Grain, str] = {"quarter": "quarter", "financial_year": "financial year, 1 April"}


def report(
    file: str, table: pd.DataFrame, wrong: pd.Series, column: str | None, found: Text, expected: Text
) -> list[Fault]:
    """One fault for each row of ``table`` where ``wrong``."""
    if not wrong.any():
        return []
    rows = table[wrong].head(MOST_ALIKE)
    texts = [[text] * len(rows) if isinstance(text, str) else text(rows) for text in (found, expected)]
    cells = zip(rows["line"], *texts, strict=True)
    return alike((Fault(file, str(cell), str(want), int(line), column) for line, cell, want in cells), int(wrong.sum()))


def as_day(column: str, before: str = "", after: str = "") -> Text:
    """The days of a column, written out, with text before and after each."""
    return lambda rows: before + rows[column].dt.strftime("%Y-%m-%d") + after


def as_number(column: str, after: str = "", digits: int = 12) -> Text:
    """The numbers of a column with so many significant digits; one that is missing is "a blank"."""

    def written(number: float) -> str:
        return "a blank" if pd.isna(number) else f"{number:.{digits}g}{after}"

    return lambda rows: rows[column].map(written)


def months(dates: pd.Series) -> np.ndarray:
    """The months that days lie in."""
    return dates.to_numpy().astype("datetime64[M]")


def first_day(grain: Grain) -> str:
    """What the first day of a period is called: "the first day of a month"."""
    return f"the first day of {with_article(FIRST_DAY.get(grain, 'month'))}"
