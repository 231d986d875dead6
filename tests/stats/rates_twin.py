"""The slow, obvious twin of psc.stats.rates, intervals and quantiles: one series, one band, one area at a time.

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


def dsr(people_by_events, populations, standard, confidence, multiplier):
    """(total, value, lower, upper). ``people_by_events`` maps events per person to the people of each band."""
    total = value = variance = 0.0
    for each, people in people_by_events.items():
        for count, population, weight in zip(people, populations, standard, strict=True):
            share = weight / sum(standard)
            total += each * count
            value += each * count / population * share
            variance += each**2 * count * (share / population) ** 2
    if math.isnan(total + value) or total < 10:
        return total, NAN, NAN, NAN
    if variance == 0:
        return total, value * multiplier, NAN, NAN
    low, high = byar_count(total, confidence, exact_small=False)
    scale = math.sqrt(variance / total)
    lower = max(value + scale * (low - total), 0)
    return total, value * multiplier, lower * multiplier, (value + scale * (high - total)) * multiplier


def isr(counts, populations, reference_counts, reference_populations, confidence, value_of_reference):
    """(observed, expected, value, lower, upper)."""
    observed = sum(counts)
    expected = sum(
        population * count / people
        for population, count, people in zip(populations, reference_counts, reference_populations, strict=True)
    )
    if math.isnan(observed + expected) or expected == 0:
        return observed, expected, NAN, NAN, NAN
    low, high = byar_count(observed, confidence)
    return observed, expected, *(x / expected * value_of_reference for x in (observed, low, high))


def quantiles(values, number, highest_is_one):
    """Written as published, on exact fractions of whole numbers so that only the meaning counts."""
    known = [value for value in values if not math.isnan(value)]
    out = []
    for value in values:
        if math.isnan(value) or len(known) < number:
            out.append(NAN)
            continue
        ahead = [other for other in known if (other > value if highest_is_one else other < value)]
        rank = len(ahead) + 1
        quantile = number + 1
        # ceil(x / (N / q)), counted up.
        steps = 0
        while steps * len(known) < (len(known) + 1 - rank) * number:
            steps += 1
        out.append(max(1, quantile - steps))
    return out
