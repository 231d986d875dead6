"""The slow, obvious twin of psc.stats.spc.xmr, which the fast code must match: one series, one window at a time."""

import math
from itertools import pairwise
from statistics import fmean

ROUNDING = 1e-14


def chart(
    values,
    starts=None,
    baseline=0,
    direction=0,
    target=math.nan,
    screen=True,
    two_in_three="beyond two thirds",
    keep_zero_width=False,
):
    """One dict per place of one series, and its two icons. ``values`` may hold NaN; ``baseline`` 0 = whole segment."""
    places = [blank() for _ in values]
    segment = 0
    members: list[list[int]] = [[]]
    for i, _ in enumerate(values):
        if starts is not None and starts[i]:
            segment += 1
            members.append([])
        members[segment].append(i)
        places[i]["segment"] = segment
    for inside in members:
        judge_segment(values, places, inside, baseline, direction, screen, two_in_three, keep_zero_width)
    recorded = [i for i, value in enumerate(values) if not math.isnan(value)]
    if not recorded:
        return places, "", ""
    last = places[recorded[-1]]
    goal = target[recorded[-1]] if isinstance(target, list) else target
    return places, variation_icon(last, direction), assurance_icon(last, direction, goal, keep_zero_width)


def blank():
    return {
        **dict.fromkeys(("mean", "lpl", "upl", "near_lpl", "near_upl"), math.nan),
        **dict.fromkeys(
            ("in_baseline", "outside", "close", "rising", "falling", "shift", "two_in_three", "no_width", "constant"),
            False,
        ),
        **{"relative_to_mean": 0, "sign": 0, "special_cause": "", "point_type": "", "short": True, "rounding": 0.0},
    }


def judge_segment(values, places, inside, baseline, direction, screen, two_in_three, keep_zero_width):
    real = [i for i in inside if not math.isnan(values[i])]
    for i in inside:
        places[i]["short"] = len(real) < 13
    if not real:
        return
    base = real[:baseline] if baseline else real
    mean = fmean(values[i] for i in base)
    tiny = ROUNDING * max(abs(values[i]) for i in real)
    spread = 2.66 * average_moving_range([values[i] for i in base], base, tiny, screen)
    no_width = moves(values, real, tiny) and mostly_ties(values, base, tiny)
    if no_width and not keep_zero_width:
        spread = math.nan
    for i in inside:
        places[i] |= {"no_width": no_width, "constant": len(real) > 1 and not moves(values, real, tiny)}
        places[i] |= {"mean": mean, "lpl": mean - spread, "upl": mean + spread, "rounding": tiny}
        places[i] |= {"near_lpl": mean - spread * 2 / 3, "near_upl": mean + spread * 2 / 3}
    for i in base:
        places[i]["in_baseline"] = True
    for i in real:
        against_limits(values[i], places[i], tiny)
    points = [places[i] for i in real]
    if not math.isnan(spread):
        flag_runs([values[i] for i in real], points, tiny, two_in_three)
    for k, i in enumerate(real):
        name_strongest(values[i], places[i], values[real[k + 1]] if k + 1 < len(real) else None)
        places[i]["point_type"] = point_type(places[i]["sign"], direction)


def average_moving_range(values, positions, tiny, screen):
    """Average moving range of neighbours, none across a missing place; NaN if there is none."""
    pairs = range(1, len(values))
    ranges = [abs(values[k] - values[k - 1]) for k in pairs if positions[k] == positions[k - 1] + 1]
    if not ranges:
        return math.nan
    average = fmean(ranges)
    if not screen:
        return average
    kept = [r for r in ranges if r < 3.267 * average - tiny]
    return fmean(kept) if kept else 0.0


def moves(values, real, tiny):
    recorded = [values[i] for i in real]
    return max(recorded) - min(recorded) > 2 * tiny


def mostly_ties(values, base, tiny):
    """Whether over two thirds of the steps between neighbouring places of the baseline are none."""
    steps = [abs(values[j] - values[i]) for i, j in pairwise(base) if j == i + 1]
    return sum(step <= 2 * tiny for step in steps) > len(steps) * 2 / 3


def against_limits(value, point, tiny):
    point["relative_to_mean"] = (value - point["mean"] > tiny) - (value - point["mean"] < -tiny)
    point["outside"] = value - point["upl"] > tiny or point["lpl"] - value > tiny
    near = value - point["near_upl"] > tiny or point["near_lpl"] - value > tiny
    point["close"] = near and not point["outside"]


def flag_runs(values, points, tiny, two_in_three):
    for k in range(len(points) - 6):
        window = points[k : k + 7]
        steps = [values[j + 1] - values[j] for j in range(k, k + 6)]
        sides = {point["relative_to_mean"] for point in window}
        for point in window:
            point["shift"] |= sides in ({1}, {-1})
            point["rising"] |= all(step > tiny for step in steps)
            point["falling"] |= all(step < -tiny for step in steps)
    for k in range(len(points) - 2):
        window = points[k : k + 3]
        sides = {point["relative_to_mean"] for point in window}
        counted = [p for p in window if p["close"] or (p["outside"] and two_in_three == "beyond two thirds")]
        if sides in ({1}, {-1}) and len(counted) >= 2:
            for point in counted:
                point["two_in_three"] = True


def name_strongest(value, point, after):
    high = point["relative_to_mean"] > 0
    rising = after > value if point["rising"] and point["falling"] else point["rising"]
    if point["outside"]:
        name, way = ("Above UCL" if high else "Below LCL"), high
    elif point["rising"] or point["falling"]:
        name, way = f"7 Point Trend ({'Increasing' if rising else 'Decreasing'})", rising
    elif point["two_in_three"]:
        name, way = f"2 in 3 {'Above' if high else 'Below'} CL", high
    elif point["shift"]:
        name, way = f"7 Points {'Above' if high else 'Below'} CL", high
    else:
        name, way = "Common Cause", None
    point["special_cause"] = name
    point["sign"] = 0 if way is None else 1 if way else -1


def point_type(sign, direction):
    if sign == 0:
        return "common_cause"
    if direction == 0:
        return "special_cause_neutral_high" if sign > 0 else "special_cause_neutral_low"
    return "special_cause_improvement" if sign == direction else "special_cause_concern"


def variation_icon(point, direction):
    if point["sign"] == 0:
        return "common_cause"
    way = "high" if point["sign"] > 0 else "low"
    if direction == 0:
        return f"neutral_{way}"
    return f"improvement_{way}" if point["sign"] == direction else f"concern_{way}"


def assurance_icon(point, direction, target, keep_zero_width):
    if direction == 0 or math.isnan(target) or math.isnan(point["upl"]):
        return ""
    if target - point["upl"] > point["rounding"]:
        return "fail" if direction > 0 else "pass"
    if point["lpl"] - target > point["rounding"]:
        return "pass" if direction > 0 else "fail"
    if not keep_zero_width and point["upl"] - point["lpl"] <= 2 * point["rounding"]:
        return "pass"
    return "inconsistent"
