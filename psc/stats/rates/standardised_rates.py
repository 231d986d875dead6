"""Directly age-standardised rates of many series at once.

Kept for own measures: ``directly_standardised_rate``. Counts by age band that users bring can then be compared between
areas of different ages. No measure that ships has figures by age band; those that are standardised were so published.

A series is whatever one figure is of: an area, or an area in a year. Its counts and populations come by age band (or
age band and sex) as tables shaped (series, bands), made from long rows by ``band_table``. The methods are those of
the R package PHEindicatormethods 2.1.0 and the OHID technical guide "Commonly used public health statistics and their
confidence intervals". Differences from it, all on purpose: a missing count makes the figure missing unless the caller
says that it is a zero, a series with no count at all is never zero, no lower limit of a rate is negative, and a rate
without weighted events has no limits rather than limits of zero.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from psc.stats.rates.age_bands import checked_bands, checked_table, read_missing_as_zero
from psc.stats.rates.intervals import SMALL_COUNT, byar
from psc.stats.spc.segments import Bools, Floats


@dataclass(frozen=True, slots=True, eq=False)
class DirectlyStandardised:
    """Directly standardised rates of S series, all (S,). ``value``, ``lower`` and ``upper`` are per ``multiplier``.

    ``suppressed`` is True where the events of all bands, ``total_count``, are under 10: value and limits are then
    NaN, but the total is still told: to show so small a count is for the caller to decide. Where a count or population
    is missing they are NaN without being suppressed, and so is the total it is in.
    """

    total_count: Floats
    total_population: Floats
    value: Floats
    lower: Floats
    upper: Floats
    suppressed: Bools


def directly_standardised_rate(
    counts: npt.ArrayLike,
    populations: npt.ArrayLike,
    standard_population: npt.ArrayLike,
    *,
    multiplier: float = 100_000,
    confidence: float = 0.95,
    missing_as_zero: bool = False,
) -> DirectlyStandardised:
    """Rates that series with events ``counts`` (S, A) in ``populations`` (S, A) would have with standard ages.

    ``standard_population`` (A,) weights the bands, in people or in any other unit. ``missing_as_zero`` reads a missing
    count as no events, as the reference always does: right only where no row means no event, never for a count that
    was withheld; a series with no count at all stays missing. A population must be above zero, or missing. The limits
    are missing if every event is in a band of no weight. Raises ValueError on negative or infinite numbers, on
    populations of zero, or if shapes do not fit. Dobson and others (1991), by Byar's limits of the total count.
    """
    events = read_missing_as_zero(checked_table(counts, "counts"), missing_as_zero)
    _checked_positive(multiplier, "multiplier")
    people = checked_table(populations, "populations", shape=events.shape, above_zero=True)
    standard = checked_bands(standard_population, "standard_population", events.shape[1])
    if not standard.any():
        raise ValueError("standard_population must be greater than zero in some age band")
    weights = standard / standard.sum() / people
    total = events.sum(axis=1)
    suppressed = total < SMALL_COUNT
    rate = np.where(suppressed, np.nan, (events * weights).sum(axis=1))
    variance = (events * weights**2).sum(axis=1)
    with np.errstate(invalid="ignore", divide="ignore"):
        scale = np.where(suppressed | (variance == 0), np.nan, np.sqrt(variance / total))
    low, high = byar(total, 1.0, confidence, exact_small=False)
    return DirectlyStandardised(
        total_count=total,
        total_population=people.sum(axis=1),
        value=rate * multiplier,
        # Few heavily weighted events can take the formula below zero, where no rate is.
        lower=np.maximum(rate + scale * (low - total), 0) * multiplier,
        upper=(rate + scale * (high - total)) * multiplier,
        suppressed=suppressed,
    )


def _checked_positive(number: float, name: str) -> None:
    if np.ndim(number) or not 0 < number < np.inf:
        raise ValueError(f"{name} must be a number greater than zero, not {number!r}")
