"""The slow, obvious twin of the Shewhart charts, which the fast code must match: one series, one segment at a time."""

import math
from itertools import pairwise
from statistics import fmean, median

NAN = math.nan
ROUNDING = 1e-14
LINES = ("centre", "lcl", "near_lcl", "near_ucl", "ucl")


def chart(kind, values, sizes=None, *, starts, excluded, baseline=0, centre=NAN, per=1, screen=True, floor=False):
    """One dict per place. ``values`` are counts where there are ``sizes``."""
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
        for i in inside:
            places[i] |= {"value": value[i], "in_baseline": i in base, "short": len(real) < 13}
            if real:
                places[i] |= lines(kind, i, values, sizes, value, base, centre, per, screen, floor)
        judge(places, real, inside)
    return places


def drawn_value(kind, value, size, per):
    if kind in ("up", "pp", "ip"):
        return NAN if size == 0 else value / size * per
    return value


def judge(places, real, inside):
    tiny = ROUNDING * max((abs(places[i]["value"]) for i in real), default=0)
    for i in real:
        place = places[i]
        place["sign"] = (place["value"] - place["ucl"] > tiny) - (place["value"] - place["lcl"] < -tiny)
    if any(places[i]["sign"] and places[i]["ucl"] - places[i]["lcl"] <= 2 * tiny for i in real):
        for i in inside:
            if places[i]["ucl"] - places[i]["lcl"] <= 2 * tiny:
                places[i] |= {"lcl": NAN, "near_lcl": NAN, "near_ucl": NAN, "ucl": NAN, "sign": 0}


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
    if kind == "c":
        middle = centre if known else mean_of([value[j] for j in base])
        return around(middle, math.sqrt(middle), 0, most)

    middle = centre if known else per * ratio([values[j] for j in base], [sizes[j] for j in base])
    if kind == "ip":
        spread = average_range(value, base, value, screen, sizes)
        return around(middle, NAN if math.isnan(value[i]) else spread / math.sqrt(sizes[i]), least, most)

    def sigma(j):
        share = middle / per
        variance = share * (1 - share) if kind == "pp" else share
        return NAN if math.isnan(value[j]) else per * math.sqrt(variance / sizes[j])

    tiny = ROUNDING * max((v for v in value.values() if not math.isnan(v)), default=0)
    away = {j: value[j] - middle if abs(value[j] - middle) > 2 * tiny else 0 for j in base}
    standard = {j: away[j] / sigma(j) if sigma(j) else 0 for j in base}
    wider = average_range(standard, base, value, screen) / 1.128
    return around(middle, sigma(i) * wider, 0, per if kind == "pp" else most)


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
