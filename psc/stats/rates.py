"""Age-standardised rates and ratios of many series at once, and their comparison with England.

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

from psc.stats.band_tables import checked_bands, checked_table, first_wrong, read_missing_as_zero
from psc.stats.intervals import SMALL_COUNT, byar
from psc.stats.segments import ROUNDING, Bools, Floats

Labels = npt.NDArray[np.object_]

# At 3 × (direction + 1) + side + 1: the rows are lower is better, neutral, higher is better; then an unknown interval.
COMPARISONS = np.array(
    [*("better", "similar", "worse"), *("lower", "similar", "higher"), *("worse", "similar", "better"), ""],
    dtype=object,
)


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


@dataclass(frozen=True, slots=True, eq=False)
class IndirectlyStandardised:
    """Indirectly standardised ratios or rates of S series, all (S,) but ``reference_value``.

    ``observed`` and ``expected`` are events. ``value``, ``lower`` and ``upper`` are in the unit of ``reference_value``,
    the reference's own figure, and NaN where a count or population is missing or no event is expected. ``exact`` is
    True where the limits are the exact Poisson ones (under 10 events observed), not Byar's.
    """

    observed: Floats
    expected: Floats
    value: Floats
    lower: Floats
    upper: Floats
    exact: Bools
    reference_value: float


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
    return _dobson(events, events, populations, standard_population, multiplier, confidence)


def directly_standardised_rate_non_independent(
    people: npt.ArrayLike,
    events_per_person: npt.ArrayLike,
    populations: npt.ArrayLike,
    standard_population: npt.ArrayLike,
    *,
    multiplier: float = 100_000,
    confidence: float = 0.95,
    missing_as_zero: bool = False,
) -> DirectlyStandardised:
    """``directly_standardised_rate`` of events of which one person may have several, so that they come in clusters.

    ``people`` (S, F, A) counts those who had ``events_per_person`` (F,) events each: 1, 2 and so on. Their variances
    add up, each times the square of its events per person; the limits are wider than if the events were independent.
    All else, the errors too, as there.
    """
    table = checked_table(people, "people", ("series", "events per person", "age band"))
    each = np.asarray(events_per_person, dtype=np.float64)
    if each.shape != table.shape[1:2]:
        raise ValueError(f"events_per_person must be {table.shape[1]} numbers, as people has, not shaped {each.shape}")
    if not (np.isfinite(each) & (each >= 1) & (each % 1 == 0)).all():
        raise ValueError(f"events_per_person must be whole numbers of at least 1, not {each.tolist()}")
    table = read_missing_as_zero(table, missing_as_zero)
    events, squares = (np.einsum("f,sfa->sa", each**power, table) for power in (1, 2))
    return _dobson(events, squares, populations, standard_population, multiplier, confidence)


def indirectly_standardised_ratio(
    counts: npt.ArrayLike,
    populations: npt.ArrayLike,
    reference_counts: npt.ArrayLike,
    reference_populations: npt.ArrayLike,
    *,
    reference_value: float = 1,
    confidence: float = 0.95,
    missing_as_zero: bool = False,
) -> IndirectlyStandardised:
    """Events observed over those expected if each band had the rate of the reference, times ``reference_value``.

    ``counts`` and ``populations`` are (S, A), ``reference_counts`` and ``reference_populations`` (A,); with a
    ``reference_value`` of 100 the reference (England, say) is 100. ``missing_as_zero`` as for the direct method. No
    count is too small: limits are exact under 10 events. A population may be zero in a band without events. Raises
    ValueError on negative or infinite numbers, on events in a band of no people, on a reference with a missing number,
    without people in a band or without any events, or if shapes do not fit.
    """
    _checked_positive(reference_value, "reference_value")
    table = checked_table(counts, "counts")
    people = checked_table(populations, "populations", shape=table.shape)
    first_wrong((people == 0) & (table > 0), table, "counts must be zero in an age band of no people")
    events = checked_bands(reference_counts, "reference_counts", table.shape[1])
    rates = events / checked_bands(reference_populations, "reference_populations", table.shape[1], above_zero=True)
    if not events.any():
        raise ValueError("reference_counts must hold some events: without any, none can be expected")

    observed = read_missing_as_zero(table, missing_as_zero).sum(axis=1)
    expected = (people * rates).sum(axis=1)
    lower, upper = (limit * reference_value for limit in byar(observed, expected, confidence))
    with np.errstate(invalid="ignore", divide="ignore"):
        value = np.where(expected > 0, observed / expected * reference_value, np.nan)
    exact = (observed < SMALL_COUNT) & ~np.isnan(value)
    return IndirectlyStandardised(observed, expected, value, lower, upper, exact, float(reference_value))


def indirectly_standardised_rate(
    counts: npt.ArrayLike,
    populations: npt.ArrayLike,
    reference_counts: npt.ArrayLike,
    reference_populations: npt.ArrayLike,
    *,
    multiplier: float = 100_000,
    confidence: float = 0.95,
    missing_as_zero: bool = False,
) -> IndirectlyStandardised:
    """The ratio of ``indirectly_standardised_ratio`` times the reference's crude rate per ``multiplier`` people.

    Arguments and errors as there; ``reference_value`` of the result is that crude rate.
    """
    _checked_positive(multiplier, "multiplier")
    n_bands = checked_table(counts, "counts").shape[1]
    events = checked_bands(reference_counts, "reference_counts", n_bands).sum()
    people = checked_bands(reference_populations, "reference_populations", n_bands, above_zero=True).sum()
    return indirectly_standardised_ratio(
        counts,
        populations,
        reference_counts,
        reference_populations,
        # Where there is nothing to divide, the ratio is what is refused, in words about the reference.
        reference_value=float(events / people * multiplier) if events > 0 else 1,
        confidence=confidence,
        missing_as_zero=missing_as_zero,
    )


def compare_with_england(
    lower: npt.ArrayLike, upper: npt.ArrayLike, england: npt.ArrayLike, *, direction: npt.ArrayLike = 0
) -> Labels:
    """How figures with confidence limits ``lower`` and ``upper`` compare with ``england``, in the same unit.

    "higher" if the lower limit is above England's figure, "lower" if the upper limit is below it, else "similar"; ""
    where a limit or England's figure is missing. With a ``direction`` of +1 (higher is better) or −1 (lower is better)
    it is "better" or "worse" instead. All four are numbers or arrays that broadcast together, as does the result.
    "similar" is no evidence of being alike, and of many areas alike some will differ: one in 20 with 95% limits.
    Raises ValueError on infinite limits, a lower limit above its upper one, or another direction.
    """
    better = np.asarray(direction)
    if not np.isin(better, (-1, 0, 1)).all():
        raise ValueError(f"direction must be +1, 0 or -1, not {direction!r}")
    try:
        low, high, line, better = np.broadcast_arrays(
            *(np.asarray(given, dtype=np.float64) for given in (lower, upper, england)), better.astype(np.int64)
        )
    except ValueError:
        shapes = ", ".join(str(np.shape(given)) for given in (lower, upper, england, direction))
        raise ValueError(f"lower, upper, england and direction do not fit together: shaped {shapes}") from None
    if np.isinf(low).any() or np.isinf(high).any() or np.isinf(line).any():
        raise ValueError("limits and England's figure must be finite or missing (NaN): found an infinite one")
    if np.any(low > high):
        raise ValueError(f"a lower limit must not be above its upper limit: found {low[low > high][0]:g}")
    rounding = ROUNDING * np.maximum(np.abs(low), np.abs(high))
    side = (low - line > rounding).astype(np.int64) - (line - high > rounding)
    known = ~np.isnan(low + high + line)
    code = np.where(known, 3 * better + 4 + side, COMPARISONS.size - 1)
    return np.asarray(COMPARISONS.take(code), dtype=object)


def _dobson(
    events: Floats,
    squares: Floats,
    populations: npt.ArrayLike,
    standard_population: npt.ArrayLike,
    multiplier: float,
    confidence: float,
) -> DirectlyStandardised:
    """``squares`` (S, A) are the events each counted as many times as its person had events: the Poisson variance."""
    _checked_positive(multiplier, "multiplier")
    people = checked_table(populations, "populations", shape=events.shape, above_zero=True)
    standard = checked_bands(standard_population, "standard_population", events.shape[1])
    if not standard.any():
        raise ValueError("standard_population must be greater than zero in some age band")
    weights = standard / standard.sum() / people
    total = events.sum(axis=1)
    suppressed = total < SMALL_COUNT
    rate = np.where(suppressed, np.nan, (events * weights).sum(axis=1))
    variance = (squares * weights**2).sum(axis=1)
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
