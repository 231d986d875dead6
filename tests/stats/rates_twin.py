"""The slow, obvious twin of psc.stats.rates.standardised_rates and intervals: one series, one band, one area at a time.

Poisson limits are found from the probabilities themselves, by bisection, not from chi-square quantiles.
"""

import math
from statistics import NormalDist

NAN = math.nan


def byar_count(events, confidence, exact_small=True):
    if exact_small and events < 10:
        return exact_count(events, confidence)
    z = NormalDist().inv_cdf(0.5 + confidence / 2)
    more = events + 1
    low = NAN
    if events > 0:
        low = events * (1 - 1 / (9 * events) - z / (3 * math.sqrt(events))) ** 3
    high = more * (1 - 1 / (9 * more) + z / (3 * math.sqrt(more))) ** 3
    return (NAN if low < 0 else low), high


def exact_count(events, confidence):
    """Limits of a whole number of events: means at which so few, or so many, have half the remaining probability."""
    tail = (1 - confidence) / 2
    high = bisect(lambda mean: poisson_at_most(events, mean) - tail)
    low = 0.0 if events == 0 else bisect(lambda mean: tail - (1 - poisson_at_most(events - 1, mean)))
    return low, high


def poisson_at_most(events, mean):
    return sum(math.exp(-mean) * mean**k / math.factorial(k) for k in range(int(events) + 1))


def bisect(falling, low=0.0, high=100.0):
    for _ in range(200):
        middle = (low + high) / 2
        if falling(middle) > 0:
            low = middle
        else:
            high = middle
    return (low + high) / 2


def dsr(counts, populations, standard, confidence, multiplier):
    """(total, value, lower, upper)."""
    total = value = variance = 0.0
    for count, population, weight in zip(counts, populations, standard, strict=True):
        share = weight / sum(standard)
        total += count
        value += count / population * share
        variance += count * (share / population) ** 2
    if math.isnan(total + value) or total < 10:
        return total, NAN, NAN, NAN
    if variance == 0:
        return total, value * multiplier, NAN, NAN
    low, high = byar_count(total, confidence, exact_small=False)
    scale = math.sqrt(variance / total)
    lower = max(value + scale * (low - total), 0)
    return total, value * multiplier, lower * multiplier, (value + scale * (high - total)) * multiplier
