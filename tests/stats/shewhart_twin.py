"""The slow, obvious twin of the Shewhart charts, which the fast code must match: one series, one segment at a time."""

import math
from itertools import pairwise
from statistics import fmean, median

NAN = math.nan
ROUNDING = 1e-14
LINES = ("centre", "lcl", "near_lcl", "near_ucl", "ucl")


def chart(kind, values, sizes=None, *, starts, excluded, baseline=0, centre=NAN, per=1, screen=True, floor=False):
    """One dict per place. ``values`` are counts where there are ``sizes``, lists of observations for xbar and s."""
    places = [{"segment": 0, "value": NAN, "in_baseline": False, "sign": 0, "short": True} for _ in values]
    segments: list[list[int]] = [[]]
    for i, place in enumerate(places):
        if starts[i]:
            segments.append([])
        segments[-1].append(i)
        place["segment"] = len(segments) - 1
        place |= dict.fromkeys(LINES, NAN)
    for inside in segments:
        value = {i: drawn_value(kind, values[i], sizes[i] if sizes else NAN, per) for i in inside}
        real = [i for i in inside if not math.isnan(value[i])]
        usable = [i for i in real if not excluded[i]]
        base = usable[:baseline] if baseline else usable
        if kind == "mr":
            moving_ranges(places, inside, value, real, base, centre)
            continue
        for i in inside:
            places[i] |= {"value": value[i], "in_baseline": i in base, "short": len(real) < 13}
            if real:
                places[i] |= lines(kind, i, values, sizes, value, base, centre, per, screen, floor)
        judge(places, real, inside)
    return places


def drawn_value(kind, value, size, per):
    if kind in ("xbar", "s"):
        seen = [v for v in value if not math.isnan(v)]
        if kind == "s":
            return deviation(seen) if len(seen) > 1 else NAN
        return fmean(seen) if seen else NAN
    if kind in ("u", "up", "p", "pp", "ip"):
        return NAN if size == 0 else value / size * per
    return value


def deviation(seen):
    mean = fmean(seen)
    found = math.sqrt(sum((v - mean) ** 2 for v in seen) / (len(seen) - 1))
    return 0.0 if found <= ROUNDING * max(map(abs, seen)) else found


def judge(places, real, inside):
    tiny = ROUNDING * max((abs(places[i]["value"]) for i in real), default=0)
    for i in real:
        place = places[i]
        place["sign"] = (place["value"] - place["ucl"] > tiny) - (place["value"] - place["lcl"] < -tiny)
    if any(places[i]["sign"] and places[i]["ucl"] - places[i]["lcl"] <= 2 * tiny for i in real):
        for i in inside:
            if places[i]["ucl"] - places[i]["lcl"] <= 2 * tiny:
                places[i] |= {"lcl": NAN, "near_lcl": NAN, "near_ucl": NAN, "ucl": NAN, "sign": 0}


def moving_ranges(places, inside, value, real, base, centre):
    tiny = ROUNDING * max((abs(value[i]) for i in real), default=0)
    ranges = {}
    for i in inside:
        if i in real and i - 1 in real:
            step = abs(value[i] - value[i - 1])
            ranges[i] = step if step > tiny else 0.0
    used = [i for i in ranges if i in base and i - 1 in base]
    mean = mean_of([ranges[i] for i in used]) if math.isnan(centre) else centre
    for i in inside:
        places[i] |= {"value": ranges.get(i, NAN), "in_baseline": i in used, "short": len(real) < 13}
        if ranges:
            upper = 3.267 * mean
            places[i] |= {
                "centre": mean,
                "lcl": 0 * mean,
                "near_lcl": 0 * mean,
                "near_ucl": upper * 2 / 3,
                "ucl": upper,
            }
    judge(places, list(ranges), inside)


def mean_of(figures):
    return fmean(figures) if figures else NAN


def ratio(over, under):
    return sum(over) / sum(under) if sum(under) else NAN


def lines(kind, i, values, sizes, value, base, centre, per, screen, floor):
    """The five lines at place ``i``."""
    known = not math.isnan(centre)
    least, most = (0 if floor else -math.inf), math.inf
    if kind == "t":
        power = {j: value[j] ** (1 / 3.6) for j in base}
        middle = centre ** (1 / 3.6) if known else mean_of(list(power.values()))
        five = around(middle, average_range(power, base, value, screen) / 1.128, 0, most)
        return {name: line**3.6 for name, line in five.items()}
    if kind == "g":
        mean = centre if known else mean_of([value[j] for j in base])
        five = around(mean, math.sqrt(mean * (mean + 1)), 0, most)
        shown = 0.693 * centre if known else median([value[j] for j in base]) if base else NAN
        return five | {"centre": shown}
    if kind in ("xbar", "s"):
        return subgroup_lines(kind, values, i, value, base, centre, known, least)
    if kind == "i":
        middle = centre if known else mean_of([value[j] for j in base])
        return around(middle, average_range(value, base, value, screen) / 1.128, least, most)
    if kind == "c":
        middle = centre if known else mean_of([value[j] for j in base])
        return around(middle, math.sqrt(middle), 0, most)

    middle = centre if known else per * ratio([values[j] for j in base], [sizes[j] for j in base])
    if kind == "ip":
        spread = average_range(value, base, value, screen, sizes)
        return around(middle, NAN if math.isnan(value[i]) else spread / math.sqrt(sizes[i]), least, most)

    def sigma(j):
        share = middle / per
        variance = share * (1 - share) if kind in ("p", "pp") else share
        return NAN if math.isnan(value[j]) else per * math.sqrt(variance / sizes[j])

    wider = 1
    if kind in ("pp", "up"):
        tiny = ROUNDING * max((v for v in value.values() if not math.isnan(v)), default=0)
        away = {j: value[j] - middle if abs(value[j] - middle) > 2 * tiny else 0 for j in base}
        standard = {j: away[j] / sigma(j) if sigma(j) else 0 for j in base}
        wider = average_range(standard, base, value, screen) / 1.128
    return around(middle, sigma(i) * wider, 0, per if kind in ("p", "pp") else most)


def subgroup_lines(kind, values, i, value, base, centre, known, least):
    seen = {j: [v for v in values[j] if not math.isnan(v)] for j in {*base, i}}
    n = {j: len(seen[j]) for j in seen}
    many = [j for j in base if n[j] > 1]
    if not many:
        spread = NAN
    elif len({n[j] for j in base}) == 1:
        spread = mean_of([deviation(seen[j]) for j in many])
    else:
        spread = math.sqrt(sum(deviation(seen[j]) ** 2 * (n[j] - 1) for j in many) / sum(n[j] - 1 for j in many))
    if kind == "s":
        spread = centre if known else spread
        return around(spread, NAN if n[i] < 2 else spread * math.sqrt(1 - c4(n[i]) ** 2) / c4(n[i]), 0, math.inf)
    middle = centre if known else mean_of([v for j in base for v in seen[j]])
    return around(middle, NAN if n[i] < 2 else spread / c4(n[i]) / math.sqrt(n[i]), least, math.inf)


def c4(n):
    return math.sqrt(2 / (n - 1)) * math.gamma(n / 2) / math.gamma((n - 1) / 2)


def around(middle, sigma, least, most):
    def cut(line):
        return line if math.isnan(line) else min(max(line, least), most)

    five = dict(
        zip(("lcl", "near_lcl", "near_ucl", "ucl"), (cut(middle + k * sigma) for k in (-3, -2, 2, 3)), strict=True)
    )
    return five | {"centre": middle}


def average_range(figures, base, value, screen, sizes=None):
    """Average moving range of neighbours in the baseline, none across a missing place; NaN if there is none."""
    ranges = []
    for j, k in pairwise(base):
        if not any(math.isnan(value[between]) for between in range(j + 1, k)):
            step = abs(figures[k] - figures[j])
            scale = math.sqrt(math.pi / 2) / math.sqrt(1 / sizes[j] + 1 / sizes[k]) if sizes else 1
            ranges.append(step * scale)
    shown = [v for v in value.values() if not math.isnan(v)]
    tiny = ROUNDING * max((abs(figures[j]) for j in base), default=0)
    if sum(r <= 2 * tiny for r in ranges) > 2 / 3 * len(ranges) and max(shown) - min(shown) > 2 * ROUNDING * max(shown):
        return NAN
    if not ranges or not screen:
        return mean_of(ranges)
    most = (3.2665 if sizes else 3.267) * fmean(ranges)
    kept = [r for r in ranges if r < most]
    return fmean(kept) if kept else 0.0
