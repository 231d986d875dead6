"""How far a monthly series has come: its last twelve months against the twelve before, and against its first twelve."""

import pandas as pd

YEAR = 12
ENOUGH_OF_A_YEAR = 10  # months that must have a figure in both years for the years to be compared


def year_change(recorded: pd.DataFrame) -> float | None:
    """By what share the last twelve months differ from the twelve before, like months with like.

    ``recorded`` has ``numerator``, ``denominator`` and ``value`` by month, oldest first; only months with a figure in
    both years count, and the ratio of each year is formed from the sums. None with under ten such months.
    """
    paired = _like_months(recorded, recorded.index[-1] - pd.DateOffset(months=YEAR))
    if paired is None:
        return None
    now, then = paired
    return float(now / then - 1) if then else None


def counts_since_start(recorded: pd.DataFrame) -> float | None:
    """How many more (or, below zero, fewer) events a month there were in the last year than at the first year's rate.

    The first twelve months of ``recorded`` give the rate, the last twelve the size: growth of the denominator is no
    change. Like months are compared with like; None with under ten pairs, or when the two years overlap.
    """
    first_year_ends = recorded.index[0] + pd.DateOffset(months=YEAR - 1)
    paired = _like_months(recorded, first_year_ends)
    if paired is None or first_year_ends > recorded.index[-1] - pd.DateOffset(months=YEAR):
        return None
    now, then = paired
    last_year = recorded[recorded.index > recorded.index[-1] - pd.DateOffset(months=YEAR)].dropna(subset=["value"])
    return float((now - then) * last_year["denominator"].mean())


def _like_months(recorded: pd.DataFrame, earlier_end: pd.Timestamp) -> tuple[float, float] | None:
    """The ratio of the last year and of the year up to ``earlier_end``, on calendar months with a figure in both."""
    latest = recorded.index[-1]
    window = recorded[recorded.index > latest - pd.DateOffset(months=YEAR)].dropna(subset=["value"])
    then = recorded[(recorded.index > earlier_end - pd.DateOffset(months=YEAR)) & (recorded.index <= earlier_end)]
    then = then.dropna(subset=["value"])
    common = set(window.index.month) & set(then.index.month)
    if len(common) < ENOUGH_OF_A_YEAR:
        return None
    sums = [year[year.index.month.isin(common)][["numerator", "denominator"]].sum() for year in (window, then)]
    now, before = (float(total["numerator"] / total["denominator"]) for total in sums)
    return now, before
