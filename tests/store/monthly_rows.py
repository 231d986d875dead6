"""Rows of monthly observations as the store holds them, made up from values."""

import math
from datetime import date

import pandas as pd

MONTHS = [date(2018 + n // 12, n % 12 + 1, 1) for n in range(60)]


def observations(series, denominators=(1000,)):
    """Rows as the store holds them, of areas with values in their places; denominators take turns."""
    rows = []
    for area, values in series.items():
        for n, (value, (numerator, denominator)) in enumerate(zip(values, counts(values, denominators), strict=True)):
            start = pd.Timestamp(MONTHS[n])
            rows.append((area, start, start + pd.offsets.MonthEnd(1), numerator, denominator, value))
    return pd.DataFrame(
        rows, columns=["area_id", "period_start", "period_end", "numerator", "denominator", "value"]
    ).astype({"value": float, "numerator": float, "denominator": float})


def counts(values, denominators=(1000,)):
    """The numerators and denominators that the values are the shares of."""
    pairs = [(value, denominators[n % len(denominators)]) for n, value in enumerate(values)]
    return [(value * total, math.nan if math.isnan(value) else total) for value, total in pairs]
