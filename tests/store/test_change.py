"""How far a series has come: against the slow way of counting, and where nothing honest can be said."""

import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from psc.store.change import Change, counts_since_start, year_change


def monthly(numerators, denominators, start="2020-01-01"):
    index = pd.date_range(start, periods=len(numerators), freq="MS")
    frame = pd.DataFrame({"numerator": numerators, "denominator": denominators}, index=index, dtype=float)
    return frame.assign(value=frame["numerator"] / frame["denominator"])


def blank(frame, places):
    frame = frame.copy()
    frame.iloc[list(places)] = math.nan
    return frame


def recorded(frame):
    """What the fast code takes: months, numerators and denominators of the recorded months."""
    known = frame.dropna()
    months = (known.index.year * 12 + known.index.month - 1).to_numpy()
    return months, known["numerator"].to_numpy(), known["denominator"].to_numpy()


def twin(frame):
    """The same, month by month: (change of the last year on the one before, events a month against the first year).

    Each with the number of months that have a figure in both years.
    """
    rows = {(day.year, day.month): row for day, row in frame.iterrows() if not math.isnan(row["value"])}
    months = [(day.year, day.month) for day in frame.index]

    def ratios(then, now):
        pairs = [(a, b) for a, b in zip(then, now, strict=True) if a in rows and b in rows]
        if len(pairs) < 10:
            return None
        sums = [
            sum(rows[pair[side]][part] for pair in pairs) for side in (0, 1) for part in ("numerator", "denominator")
        ]
        return sums[0] / sums[1], sums[2] / sums[3], len(pairs)

    last = months[-12:]
    before = ratios([(year - 1, month) for year, month in last], last)
    yearly = (before[1] / before[0] - 1, before[2]) if before and before[0] else None
    if len(months) < 24:
        return yearly, None
    by_month = {month: (year, month) for year, month in months[:12]}
    first = ratios([by_month[month] for _, month in last], last)
    sizes = [rows[month]["denominator"] for month in last if month in rows]
    counted = None if first is None else ((first[1] - first[0]) * sum(sizes) / len(sizes), first[2])
    return yearly, counted


@given(st.integers(1, 50), st.randoms(use_true_random=False), st.booleans())
def test_the_change_is_that_of_the_slow_count(length, random, gappy):
    rng = np.random.default_rng(random.randint(0, 10**6))
    frame = monthly(rng.integers(0, 40, length), rng.integers(50, 90, length))
    gaps = [n for n in range(1, length - 1) if gappy and rng.random() < 0.1]
    frame = blank(frame, gaps)
    yearly, counted = twin(frame)
    for found, expected in ((year_change(*recorded(frame)), yearly), (counts_since_start(*recorded(frame)), counted)):
        assert (found is None) == (expected is None)
        if found and expected:
            assert (found.size, found.months) == (pytest.approx(expected[0], abs=1e-9), expected[1])


def test_plain_counts_are_compared_month_with_month():
    months, numerators, _ = recorded(monthly([10] * 12 + [20] * 12, [1] * 24))
    without = np.full(24, math.nan)
    assert year_change(months, numerators, without) == Change(1.0, 12)
    assert counts_since_start(months, numerators, without) == Change(10.0, 12)


def test_rates_without_their_counts_are_not_compared():
    months, _, _ = recorded(monthly([10] * 24, [1] * 24))
    without = np.full(24, math.nan)
    assert year_change(months, without, without) is None
    assert counts_since_start(months, without, without) is None


def test_growth_of_the_denominator_is_no_change():
    frame = monthly([10] * 12 + [30] * 24, [100] * 12 + [300] * 24)
    assert counts_since_start(*recorded(frame)).size == pytest.approx(0)


def test_a_doubled_rate_is_that_many_more_events_a_month():
    frame = monthly([10] * 12 + [20] * 12 + [60] * 12, [100] * 24 + [300] * 12)
    assert counts_since_start(*recorded(frame)).size == pytest.approx(30)
    assert year_change(*recorded(frame)).size == pytest.approx(0)


@pytest.mark.parametrize("length", [1, 12, 23])
def test_two_years_that_overlap_are_not_compared(length):
    assert counts_since_start(*recorded(monthly([5] * length, [50] * length))) is None
