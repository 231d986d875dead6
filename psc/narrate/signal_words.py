"""The latest point of a series and its Making Data Count sign, as sentences need them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from psc.catalogue.definition import Metric
from psc.narrate.verdicts import Verdict
from psc.narrate.words import describe_each_period, describe_month, describe_period, describe_tally

SHIFT_POINTS = 7
_SIDES = {"high": "higher", "low": "lower"}
_SET_AGAINST = {
    "monthly": "sets them against the same months a year before",
    "rare": "sets the last 12 months against the 12 before",
    "yearly": "sets the latest year against the years before",
}


@dataclass(frozen=True, slots=True)
class Signal:
    """One row of the store's `signal` table, as far as sentences need it."""

    chart: str
    state: str
    side: str
    assurance: str
    rule: str
    points: int
    missing: int
    non_random: bool | None
    no_limits: str
    period_start: date
    period_end: date
    value: float
    first_period: date
    limits_points: int
    limits_from: date
    odd: str
    expected: float | None
    expected_lower: float | None
    expected_upper: float | None


def describe_rule(trend_points: int) -> Mapping[str, str]:
    """Return what each rule means, strongest first; ``trend_points`` in a row that only rise, or only fall, are one."""
    return {
        "outside": "beyond the limits of its usual range",
        "trend": f"part of a run of {describe_tally(trend_points)} or more that only rise or only fall",
        "two_in_three": "more than two thirds of the way to a limit, or past it, as two of three points in a row were",
        "shift": f"part of a run of {describe_tally(SHIFT_POINTS)} or more on one side of the average",
    }


def describe_average(signal: Signal) -> str:
    """Return which average the sign of the latest point goes by: "the average since January 2024"."""
    return f"the average since {describe_month(signal.limits_from)}"


def describe_point(definition: Metric, signal: Signal) -> str:
    """Return which rule the latest point meets, in a sentence; nothing where it meets none."""
    if not signal.rule:
        return ""
    period = describe_period(signal.period_start, signal.period_end, definition.grain)
    return f"In {period} it is {describe_rule(definition.trend_points)[signal.rule]}."


def describe_unlike_verdict(signal: Signal, verdict: Verdict) -> str:
    """Return why the sign of the latest point can say otherwise than the verdict, where it does. Else nothing."""
    if signal.state == "unjudged" or not verdict.is_judged or _SIDES.get(signal.side, "none") == verdict.direction:
        return ""
    return (
        f"This differs from the verdict above: the sign sets the latest points against {describe_average(signal)}, the "
        f"verdict {_SET_AGAINST[verdict.method]}."
    )


def describe_no_limits(definition: Metric, signal: Signal) -> str:
    """Return why a series with enough figures has no limits, as a clause. KeyError for a reason that is none."""
    reasons = {
        "small_counts": f"so few are counted here {describe_each_period(definition.grain)} that limits would mislead",
        "few_exceptions": "nearly all are counted here, and so few are not that limits would mislead",
        "no_width": "nearly all figures here are the same, so they move too little for limits to be made",
        "no_steps": "no two figures here follow each other, so limits cannot be made from how much they move",
    }
    return reasons[signal.no_limits]
