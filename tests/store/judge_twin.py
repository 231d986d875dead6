"""The slow, obvious twin of psc.store.judge: one series, one point at a time."""

import math

from tests.stats.xmr_twin import chart as xmr_chart

DIRECTION = {"higher": 1, "neutral": 0, "lower": -1}
RULES = ("outside", "trend", "two_in_three", "shift")


def judge_series(dates, values, breaks, direction, chart):
    """The points and the signal of one series; ``values`` may hold NaN, of which at least one does not."""
    starts = [False] * len(dates)
    for day in breaks:
        on_or_after = [i for i, date in enumerate(dates) if date >= day]
        if on_or_after:
            starts[on_or_after[0]] = True
    places, _, _ = xmr_chart(values, starts, direction=DIRECTION[direction])
    recorded = [i for i, value in enumerate(values) if not math.isnan(value)]
    points = {dates[i]: point_of(i, places, values, recorded, chart) for i in recorded}
    return points, signal_of(dates, values, places, recorded, direction, chart, points)


def point_of(i, places, values, recorded, chart):
    place = places[i]
    segment = [values[j] for j in recorded if places[j]["segment"] == place["segment"]]
    limits = chart == "xmr" and len(segment) >= 13
    centre = place["mean"] if limits else math.nan if chart == "line" else middle(segment)
    fired = {**place, "trend": place["rising"] or place["falling"]}
    return {
        "segment": place["segment"],
        "centre": centre,
        "lower_limit": place["lpl"] if limits else math.nan,
        "upper_limit": place["upl"] if limits else math.nan,
        "point_type": place["point_type"] if limits else "unjudged",
        "rules": [rule for rule in RULES if limits and fired[rule]],
    }


def middle(numbers):
    ordered, half = sorted(numbers), len(numbers) // 2
    return ordered[half] if len(ordered) % 2 else (ordered[half - 1] + ordered[half]) / 2


def signal_of(dates, values, places, recorded, direction, chart, points):
    last = recorded[-1]
    current = [i for i in recorded if places[i]["segment"] == places[last]["segment"]]
    judged = chart == "xmr" and len(current) >= 13
    sign = places[last]["sign"] if judged else 0
    rules = points[dates[last]]["rules"]
    held = holding(values, places, current, sign, rules) if sign else 0
    extreme, extreme_since = extreme_of(dates, values, current)
    outside = sum(places[i]["outside"] for i in current)
    return {
        "chart": "xmr" if judged else "line" if chart == "line" else "run",
        "state": state_of(sign, direction) if judged else "unjudged",
        "side": {1: "high", -1: "low", 0: ""}[sign],
        "rule": rules[0] if rules else "",
        "holding": held,
        "since": dates[current[-held]] if held else None,
        "points": len(current),
        "missing": len(values) - len(recorded),
        "extreme": extreme,
        "extreme_since": extreme_since,
        "unsettled": judged and outside * 3 > len(current),
        "period_start": dates[last],
        "value": values[last],
        "first_period": dates[current[0]],
    }


def state_of(sign, direction):
    if sign == 0:
        return "steady"
    if direction == "neutral":
        return "higher" if sign > 0 else "lower"
    return "improving" if sign == DIRECTION[direction] else "concern"


def holding(values, places, current, sign, rules):
    """Points at the end that all show the same: going one way in a trend, else special and on one side."""
    held = 1
    for i, after in zip(reversed(current[:-1]), reversed(current[1:]), strict=True):
        if rules[0] == "trend":
            goes_on = (values[after] > values[i]) if sign > 0 else (values[after] < values[i])
        else:
            goes_on = places[i]["sign"] == sign and places[i]["relative_to_mean"] == sign
        if not goes_on:
            break
        held += 1
    return held


def extreme_of(dates, values, current):
    """Highest or lowest of at least the last four points, and the latest earlier one that was as high or as low."""
    *earlier, last = current
    for word, way in (("highest", 1), ("lowest", -1)):
        beaten = 0
        for i in reversed(earlier):
            if values[i] * way >= values[last] * way:
                break
            beaten += 1
        if beaten >= 3:
            matched = earlier[: len(earlier) - beaten]
            return word, dates[matched[-1]] if matched else None
    return "", None
