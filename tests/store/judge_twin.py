"""The slow, obvious twin of psc.store.judge: one series, one point at a time."""

import math

from tests.stats.xmr_twin import chart as xmr_chart

DIRECTION = {"higher": 1, "neutral": 0, "lower": -1}
UNJUDGED = dict.fromkeys(("centre", "lower_limit", "upper_limit"), math.nan) | {"point_type": "unjudged", "rules": []}
RULES = ("outside", "trend", "two_in_three", "shift")


def judge_series(
    dates,
    values,
    counts,
    *,
    breaks=(),
    direction="lower",
    chart="xmr",
    grain="month",
    counted=True,
    share=True,
    limits="last_two_years",
):
    """The points and the signal of one series; ``values`` may hold NaN, of which at least one does not.

    ``counts`` are the pairs of numerator and denominator behind the values.
    """
    starts = [False] * len(dates)
    for day in breaks:
        on_or_after = [i for i, date in enumerate(dates) if date >= day]
        if on_or_after:
            starts[on_or_after[0]] = True
    recorded = [i for i, value in enumerate(values) if not math.isnan(value)]
    reason = ""
    if chart == "xmr" and counted:
        if too_few(counts, recorded):
            reason = "small_counts"
        elif share and too_few([(whole - part, whole) for part, whole in counts], recorded):
            reason = "few_exceptions"
    kind = "run" if reason else chart
    parts = [sum(starts[: i + 1]) for i in range(len(dates))]
    current = [i for i in recorded if parts[i] == parts[recorded[-1]]]
    limited_from = 0
    if limits == "last_two_years" and kind == "xmr" and grain == "month":
        limited_from = parts.index(parts[current[0]])
        if len(current) > 24:
            limited_from = current[-24]
            starts[limited_from] = True
    places, _, _ = xmr_chart(values, starts, direction=DIRECTION[direction])
    latest = places[recorded[-1]]
    if chart == "xmr" and not reason and not latest["short"] and math.isnan(latest["upl"]):
        reason = "no_width" if latest["no_width"] else "no_steps"
    points = {dates[i]: {**point_of(i, places, values, recorded, kind), "segment": parts[i]} for i in recorded}
    for i in range(limited_from):
        places[i]["sign"] = 0
        if i in recorded:
            points[dates[i]] |= UNJUDGED
    found = signal_of(dates, values, places, current, limited_from, direction, kind, points)
    found["missing"] = len(values) - len(recorded)
    return points, {**found, "no_limits": reason}


def too_few(counts, recorded):
    """Fewer than five events a period in the last twelve periods with a figure."""
    latest = [counts[i][0] for i in recorded[-12:]]
    return sum(latest) / len(latest) < 5


def point_of(i, places, values, recorded, chart):
    place = places[i]
    segment = [values[j] for j in recorded if places[j]["segment"] == place["segment"]]
    limits = chart == "xmr" and len(segment) >= 13 and not math.isnan(place["upl"])
    centre = place["mean"] if limits else math.nan if chart == "line" else middle(segment)
    fired = {**place, "trend": place["rising"] or place["falling"]}
    return {
        "centre": centre,
        "lower_limit": max(place["lpl"], 0) if limits else math.nan,  # a share is 0 to 100
        "upper_limit": min(place["upl"], 100) if limits else math.nan,
        "point_type": place["point_type"] if limits else "unjudged",
        "rules": [rule for rule in RULES if limits and fired[rule]],
    }


def middle(numbers):
    ordered, half = sorted(numbers), len(numbers) // 2
    return ordered[half] if len(ordered) % 2 else (ordered[half - 1] + ordered[half]) / 2


def signal_of(dates, values, places, current, limited_from, direction, chart, points):
    """``current``: the recorded places of the last segment, of which those from ``limited_from`` on have limits."""
    last = current[-1]
    limited = [i for i in current if i >= limited_from]
    judged = chart == "xmr" and len(limited) >= 13 and not math.isnan(places[last]["upl"])
    sign = places[last]["sign"] if judged else 0
    rules = points[dates[last]]["rules"]
    return {
        "chart": "xmr" if judged else "line" if chart == "line" else "run",
        "state": state_of(sign, direction) if judged else "unjudged",
        "side": {1: "high", -1: "low", 0: ""}[sign],
        "rule": rules[0] if rules else "",
        "points": len(current),
        "period_start": dates[last],
        "value": values[last],
        "first_period": dates[current[0]],
        "limits_points": len(limited),
        "limits_from": dates[limited[0]],
    }


def state_of(sign, direction):
    if sign == 0:
        return "steady"
    if direction == "neutral":
        return "higher" if sign > 0 else "lower"
    return "improving" if sign == DIRECTION[direction] else "concern"
