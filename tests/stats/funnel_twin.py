"""The slow, obvious twin of psc.stats.funnels.funnel, which the fast code must match: one funnel, one unit at a time.

Nothing is shared with the fast code: incomplete gamma functions are summed term by term and inverted by bisection.
"""

import math
from functools import cache
from statistics import NormalDist


def proportion_funnel(numerators, denominators, trim, level, judged_on):
    units = both(numerators, denominators)
    whole = sum(n for _, n in units.values())
    centre = sum(x for x, _ in units.values()) / whole if units else math.nan
    z = {i: (angle(x / n) - angle(centre)) * 2 * math.sqrt(n) for i, (x, n) in units.items()}
    weights = {i: 4 * n for i, (_, n) in units.items()}

    def adjusted(i, tau2):
        spread = deviate(level) * math.sqrt(1 / weights[i] + tau2)
        ends = max(angle(centre) - spread, 0), min(angle(centre) + spread, math.pi / 2)
        return tuple(math.sin(end) ** 2 for end in ends)

    values = {i: x / n for i, (x, n) in units.items()}
    few = {i: min(centre, 1 - centre) * n < 10 for i, (_, n) in units.items()}
    used = winsorise(z, trim)
    return judge(len(numerators), centre, values, z, used, weights, few, lambda i: adjusted(i, 0), adjusted, judged_on)


def ratio_funnel(observed, expected, method, trim, level, judged_on):
    units = both(observed, expected)
    used = {i: (x, round(e, 2) if method == "SHMI" else e) for i, (x, e) in units.items()}
    values = {i: x / e for i, (x, e) in units.items()}
    return scored(len(observed), 1.0, 1.0, values, used, method, trim, level, judged_on, expected_limits)


def rate_funnel(events, population, method, trim, level, judged_on, per):
    units = both(events, population)
    whole = sum(n for _, n in units.values())
    rate = sum(x for x, _ in units.values()) / whole if units else math.nan
    values = {i: x / n * per for i, (x, n) in units.items()}
    used = {i: (x, rate * n) for i, (x, n) in units.items()}
    return scored(len(events), rate * per, rate * per, values, used, method, trim, level, judged_on, poisson_limits)


def scored(size, centre, unit, values, used, method, trim, level, judged_on, plain):
    z, weights = {}, {}
    for i, (x, e) in used.items():
        if method == "SHMI":
            z[i] = math.sqrt(e) * math.log(x / e) if x > 0 else -math.inf
            weights[i] = e
        else:
            z[i] = 2 * math.sqrt(e) * (math.sqrt(x / e) - 1)
            weights[i] = 4 * e

    def adjusted(i, tau2):
        spread = deviate(level) * math.sqrt(1 / weights[i] + tau2)
        if method == "SHMI":
            return unit * math.exp(-spread), unit * math.exp(spread)
        return unit * max(1 - spread, 0) ** 2, unit * (1 + spread) ** 2

    def unadjusted(i):
        return tuple(unit * end for end in plain(used[i][1], level))

    few = {i: e < 10 for i, (_, e) in used.items()}
    trimmed = truncate(z, trim) if method == "SHMI" else winsorise(z, trim)
    return judge(size, centre, values, z, trimmed, weights, few, unadjusted, adjusted, judged_on)


def judge(size, centre, values, z, used, weights, few, unadjusted, adjusted, judged_on):
    """A dict of the funnel's figures and a list with a dict for each unit, missing ones too."""
    n = len(used)
    phi = sum(score**2 for score in used.values()) / n if n else math.nan
    tau2 = 0.0
    if n > 1 and n * phi >= n - 1:
        total = sum(weights[i] for i in used)
        tau2 = (n * phi - (n - 1)) / (total - sum(weights[i] ** 2 for i in used) / total)
    widen = judged_on == "adjusted" or (judged_on == "auto" and tau2 > 0)
    places = []
    for i in range(size):
        unit = dict.fromkeys(("value", "z", "z_used", "lower", "upper"), math.nan) | {"side": 0, "few_expected": False}
        if i in values:
            lower, upper = adjusted(i, tau2) if widen else unadjusted(i)
            unit |= {"value": values[i], "z": z[i], "z_used": used.get(i, math.nan), "lower": lower, "upper": upper}
            unit |= {"side": (values[i] > upper) - (values[i] < lower), "few_expected": few[i]}
        places.append(unit)
    figures = {"centre": centre, "phi": phi, "tau2": tau2, "n_units": len(values), "n_kept": n}
    return figures | {"overdispersed": tau2 > 0, "adjusted_limits": widen}, places


def both(parts, wholes):
    pairs = enumerate(zip(parts, wholes, strict=True))
    return {i: (x, n) for i, (x, n) in pairs if not (math.isnan(x) or math.isnan(n))}


def angle(share):
    return math.asin(math.sqrt(share))


def deviate(level):
    return round(NormalDist().inv_cdf(1 - (1 - level) / 2), 6)


def winsorise(z, trim):
    if not z:
        return {}
    low, high = quantile(sorted(z.values()), trim), quantile(sorted(z.values()), 1 - trim)
    return {i: min(max(score, low), high) for i, score in z.items()}


def quantile(ordered, share):
    place = (len(ordered) - 1) * share
    below = math.floor(place)
    above = min(below + 1, len(ordered) - 1)
    return ordered[below] + (ordered[above] - ordered[below]) * (place - below)


def truncate(z, trim):
    kept = {}
    for i, score in z.items():
        if math.isinf(score):
            continue
        rank = sum(other < score for other in z.values()) + (sum(other == score for other in z.values()) + 1) / 2
        if trim == 0 or 0 < math.floor(rank * (1 / trim) / (len(z) + 1)) < 1 / trim - 1:
            kept[i] = score
    return kept


def expected_limits(expected, level):
    tail = (1 - level) / 2
    return gamma_quantile(expected, tail) / expected, gamma_quantile(expected + 1, 1 - tail) / expected


@cache
def poisson_limits(expected, level):
    """The ratios at which the chance of a count as low, or as high, is exactly half of what lies outside the limits."""
    tail = (1 - level) / 2
    low = root(lambda x: (1 - gamma_cdf(x + 1, expected)) - tail, 0.0, expected + 1)
    if 1 - gamma_cdf(1, expected) > 1 - tail:
        return low / expected, 1.0
    high = root(lambda x: tail - gamma_cdf(x, expected), 1.0, expected + 20 * math.sqrt(expected) + 40)
    return low / expected, high / expected


def poisson_side(events, expected, level):
    """By adding up the probabilities of all counts as low, and as high."""
    tail = (1 - level) / 2
    chance = [math.exp(-expected + k * math.log(expected) - math.lgamma(k + 1)) for k in range(events + 1)]
    return (1 - sum(chance[:-1]) < tail) - (sum(chance) < tail)


@cache
def gamma_quantile(shape, share):
    return root(lambda x: gamma_cdf(shape, x) - share, 0.0, shape + 20 * math.sqrt(shape) + 40)


def gamma_cdf(shape, x):
    """The regularised lower incomplete gamma function, by its power series."""
    if x == 0:
        return 0.0
    term = total = math.exp(shape * math.log(x) - x - math.lgamma(shape + 1))
    k = shape
    while term > total * 1e-17:
        k += 1
        term *= x / k
        total += term
    return total


def root(rising, low, high):
    """Where ``rising`` crosses zero, by bisection; ``low`` if it is above zero there already."""
    for _ in range(60):
        middle = (low + high) / 2
        low, high = (low, middle) if rising(middle) > 0 else (middle, high)
    return low
