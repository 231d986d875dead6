"""The slow, obvious twin of psc.stats.verdicts: one series, one month or year at a time, with pandas and loops."""

import math
from statistics import fmean, median

import pandas as pd
from scipy import stats

NAN = math.nan


def year_on_year(values, segments=None, widening=1.0):
    """(direction, change, lower, upper, pairs, agreeing) of one monthly series."""
    segments = segments if segments is not None else [0] * len(values)
    ratios, pairs = [], []
    last = max((i for i, value in enumerate(values) if not math.isnan(value)), default=-1)
    for i in range(12, len(values)):
        then, now = values[i - 12], values[i]
        known = not (math.isnan(then) or math.isnan(now)) and segments[i - 12] == segments[i]
        ratios.append(math.log(now / then) if known and then > 0 and now > 0 else NAN)
        if known and last - 12 < i <= last:
            pairs.append((then, now))
    up, down = sum(now > then for then, now in pairs), sum(now < then for then, now in pairs)
    agreeing = max(up, down)
    change, lower, upper = size(pairs, ratios, widening)
    needed = 11 if len(pairs) == 12 else len(pairs)
    way = 1 if up > down else -1
    if len(pairs) >= 10 and agreeing >= needed and change * way >= 0.02:
        return way, change, lower, upper, len(pairs), agreeing
    counted = up if change > 0 else down if change < 0 else agreeing
    return 0, change, lower, upper, len(pairs), counted


def size(pairs, ratios, widening):
    if not pairs:
        return NAN, NAN, NAN
    if any(then == 0 or now == 0 for then, now in pairs):
        before = sum(then for then, _ in pairs)
        after = sum(now for _, now in pairs)
        return (after / before - 1 if before else math.inf if after else NAN), NAN, NAN
    logs = [math.log(now / then) for then, now in pairs]
    sd, rho = noise(ratios)
    se = sd * math.sqrt(12 / 11) / math.sqrt(len(logs)) * math.sqrt((1 + rho) / (1 - rho))
    mean = fmean(logs)
    return (
        tuple(math.exp(mean + side * 2.81 * widening * se) - 1 for side in (0, -1, 1))
        if se == se
        else (
            math.exp(mean) - 1,
            NAN,
            NAN,
        )
    )


def noise(ratios):
    series = pd.Series(ratios, dtype=float)
    residual = series - series.rolling(12, min_periods=6, center=True).mean()
    sd = residual.std(ddof=1)
    if residual.count() < 14 or not sd > 1e-9:
        return NAN, NAN
    rho = residual.corr(residual.shift(1))
    return sd, min(max(rho, 0), 0.8)


def rare(events, exposure):
    """(direction, change, lower, upper, pairs) of one series of rare monthly events."""
    last = max((i for i, value in enumerate(events) if not math.isnan(value)), default=-1)
    x0 = x1 = n0 = n1 = pairs = 0
    for i in range(max(last - 11, 12), last + 1):
        figures = (events[i - 12], events[i], exposure[i - 12], exposure[i])
        if any(math.isnan(figure) for figure in figures):
            continue
        x0, x1, n0, n1 = (total + figure for total, figure in zip((x0, x1, n0, n1), figures, strict=True))
        pairs += 1
    x0, x1 = round(x0), round(x1)
    if pairs < 10 or x0 + x1 == 0 or not n0 or not n1:
        return 0, NAN, NAN, NAN, pairs
    interval = stats.binomtest(x1, x0 + x1, 0.5).proportion_ci(0.99, method="exact")
    lower, upper = (share / (1 - share) * n0 / n1 if share < 1 else math.inf for share in interval)
    direction = 1 if lower > 1 else -1 if upper < 1 else 0
    return direction, (x1 / n1) / (x0 / n0) - 1 if x0 else NAN, lower - 1, upper - 1, pairs


def tau_squared(counts, exposure):
    """Of all areas (lists of years) together, at most 4, by trying ever finer steps."""
    terms = []
    for xs, ns in zip(counts, exposure, strict=True):
        xs = [0.5 if x == 0 else x for x in xs]
        for t in range(2, len(xs)):
            three = [xs[t], xs[t - 1], xs[t - 2]]
            if any(math.isnan(x) for x in three):
                continue
            logs = [math.log(x / n) for x, n in zip(three, (ns[t], ns[t - 1], ns[t - 2]), strict=True)]
            terms.append(((logs[0] - 2 * logs[1] + logs[2]) ** 2, 1 / three[0] + 4 / three[1] + 1 / three[2]))
    if not terms:
        return 0.0

    def middle(t):
        return median(square / (variance + 6 * t) for square, variance in terms)

    if middle(0) <= 0.4549:
        return 0.0
    found, step = 0.0, 1.0
    while step > 1e-12:
        while middle(found + step) > 0.4549:
            found += step
        step /= 2
    return min(found, 4.0)


def yearly(counts, exposure, tau2, segments=None):
    """(direction, change, lower, upper, change on the year before, judged) of one series of yearly counts."""
    segments = segments if segments is not None else [0] * len(counts)
    last = max((i for i, count in enumerate(counts) if not math.isnan(count)), default=None)
    nothing = (0, NAN, NAN, NAN, NAN, False)
    if last is None:
        return nothing
    xs = [0.5 if x == 0 else x for x in counts]

    def against(most):
        places = [
            i for i in range(max(last - most, 0), last) if not math.isnan(counts[i]) and segments[i] == segments[last]
        ]
        if not places:
            return NAN, NAN, 0
        x, n = sum(xs[i] for i in places), sum(exposure[i] for i in places)
        ratio = math.log(xs[last] / exposure[last]) - math.log(x / n)
        return ratio, math.sqrt(1 / xs[last] + 1 / x + tau2 * (1 + 1 / len(places))), len(places)

    five, error, years = against(5)
    two, late_error, late = against(2)
    one, _, previous = against(1)
    if years < 4 or late < 2 or not previous:
        return nothing
    way = 1 if five > 0 else -1
    moved = abs(five) > 2.576 * error and one * way > 0 and two * way > 1.645 * late_error
    limits = [math.exp(five + side * 2.576 * error) - 1 for side in (0, -1, 1)]
    return way if moved else 0, *limits, math.exp(one) - 1, True
