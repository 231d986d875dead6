"""The slow, obvious twin of psc.stats.verdicts.season: one series, one month at a time."""

import math
from statistics import fmean

WEIGHTS = (0.05, 0.1, 0.2, 0.3, 0.45, 0.6, 0.8, 1.0)


def latest(values, months):
    """(odd, expected, lower, upper) of the last recorded month of one series; ``values`` may hold NaN."""
    recorded = [i for i, value in enumerate(values) if not math.isnan(value)]
    nothing = "", math.nan, math.nan, math.nan
    if len(recorded) < 36 or any(values[i] <= 0 for i in recorded):
        return nothing
    season = [seasonal(values, months)[month % 12] for month in months]
    level = [value / ratio for value, ratio in zip(values, season, strict=True)]
    *before, last = recorded
    window = before[-24:]
    foreseen = min((foresee(level, recorded, weight) for weight in WEIGHTS), key=lambda f: misses(level, f, window))
    errors = [abs(level[i] - foreseen[i]) for i in window]
    tiny = 1e-12 * max(values[i] for i in recorded)
    if sum(error <= tiny for error in errors) > len(errors) * 2 / 3:
        return nothing
    kept = [error for error in errors if error < 3.267 * fmean(errors)]
    spread = 3 * math.sqrt(math.pi / 2) * fmean(kept)
    error = level[last] - foreseen[last]
    odd = "" if abs(error) - spread <= tiny else "high" if error > 0 else "low"
    return odd, *(season[last] * (foreseen[last] + side) for side in (0, -spread, spread))


def misses(level, foreseen, window):
    return sum((level[i] - foreseen[i]) ** 2 for i in window)


def foresee(level, recorded, weight):
    """What simple exponential smoothing leads one to expect of each month."""
    now = fmean(level[i] for i in recorded[:12])
    foreseen = []
    for value in level:
        foreseen.append(now)
        if not math.isnan(value):
            now += weight * (value - now)
    return foreseen


def seasonal(values, months):
    """Each calendar month's ratio to its year, in two rounds."""
    index = [1.0] * 12
    for _ in range(2):
        even = [value / index[month % 12] for value, month in zip(values, months, strict=True)]
        ratios = [[] for _ in range(12)]
        level = math.nan
        for i, (value, month) in enumerate(zip(values, months, strict=True)):
            around = [even[j] for j in range(max(0, i - 6), min(len(even), i + 6)) if not math.isnan(even[j])]
            if len(around) >= 6:
                level = fmean(around)  # else the last known one holds on
            if not math.isnan(value) and not math.isnan(level):
                ratios[month % 12].append(value / level)
        means = [fmean(found) if found else 1.0 for found in ratios]
        index = [mean / fmean(means) for mean in means]
    return index
