"""What a signal says, in plain sentences: never blaming, never causal, careful with measures that have no good side."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from psc.catalogue.definition import Definition
from psc.narrate.words import (
    MONTHS_OF_A_YEAR,
    capitalised,
    each_period_words,
    month_words,
    period_words,
    periods_between,
    periods_words,
    tally_words,
    value_words,
)

SHIFT_POINTS = 7
LEAD = {"improving": "Improving", "concern": "A concern"}


@dataclass(frozen=True, slots=True)
class Signal:
    """One row of the store's `signal` table, as far as sentences need it."""

    chart: str
    state: str
    side: str
    assurance: str
    rule: str
    since: date | None
    holding: int
    points: int
    missing: int
    non_random: bool | None
    extreme: str
    extreme_since: date | None
    extreme_of: int
    year_change: float | None
    year_months: int | None
    counts_since_start: float | None
    counts_months: int | None
    no_limits: str
    unsettled: bool
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


def rule_words(trend_points: int) -> Mapping[str, str]:
    """Return what each rule means, strongest first; ``trend_points`` in a row that only rise, or only fall, are one."""
    return {
        "outside": "beyond the limits of its usual range",
        "trend": f"part of a run of {tally_words(trend_points)} or more that only rise or only fall",
        "two_in_three": "more than two thirds of the way to a limit, or past it, as two of three points in a row were",
        "shift": f"part of a run of {tally_words(SHIFT_POINTS)} or more on one side of the average",
    }


def movement_words(definition: Definition, signal: Signal) -> str:
    """Return how the latest points lie: "lower than usual since March 2024"."""
    assert signal.since is not None, "only a special cause has a beginning"
    if signal.rule == "trend":
        way = "rising" if signal.side == "high" else "falling"
        return f"{way} steadily since {month_words(signal.since)}"
    way = "higher" if signal.side == "high" else "lower"
    if signal.holding == 1:
        return f"{way} than usual in {period_words(signal.period_start, signal.period_end, definition.grain)}"
    return f"{way} than usual since {month_words(signal.since)}"


def verdict_words(definition: Definition, signal: Signal) -> str:
    """Return the judgement of the series in a sentence or two."""
    if signal.state == "unjudged":
        return _unjudged_words(definition, signal)
    if signal.state == "steady":
        return "No significant change: the latest figure is within its usual range."
    movement = movement_words(definition, signal) + _held_words(definition, signal)
    if signal.state == "unclear":
        return f"No clear verdict: {movement}. But {_year_words(signal)}."
    year = "" if signal.year_change is None else f" {capitalised(_year_words(signal))}."
    if signal.state in ("higher", "lower"):
        return f"{capitalised(movement)}; on this measure neither way is better.{year}"
    return f"{LEAD[signal.state]}: {movement}.{year}"


def _held_words(definition: Definition, signal: Signal) -> str:
    """Return for how many periods the signal has held; "in a row" only where none between is missing."""
    assert signal.since is not None, "only a special cause has a beginning"
    if signal.holding == 1:
        return ""
    counted = periods_words(signal.holding, definition.grain)
    if periods_between(signal.since, signal.period_start, definition.grain) == signal.holding:
        return f" ({counted} in a row)"
    return f" (all {counted} with figures)"


def _year_words(signal: Signal) -> str:
    """Return how the last twelve months, or those of them that can be compared, stand against the year before."""
    assert signal.year_change is not None and signal.year_months is not None, "only two years can be compared"
    share = abs(signal.year_change)
    way = "higher" if signal.year_change > 0 else "lower"
    found = "about the same as" if share < 0.005 else f"{share:.0%} {way} than"
    if signal.year_months == MONTHS_OF_A_YEAR:
        return f"the last 12 months were {found} the 12 before"
    return f"{like_months_words(signal.year_months)} were {found} a year before"


def like_months_words(months: int) -> str:
    """Return "the ten of the last 12 months that have figures in both years"."""
    return f"the {tally_words(months)} of the last 12 months with figures in both years"


def no_limits_words(definition: Definition, signal: Signal) -> str:
    """Return why a series with enough figures has no limits, as a clause. KeyError for a reason that is none."""
    reasons = {
        "small_counts": f"so few are counted here {each_period_words(definition.grain)} that limits would mislead",
        "few_exceptions": "nearly all are counted here, and so few are not that limits would mislead",
        "no_width": "nearly all figures here are the same, so they move too little for limits to be made",
        "no_steps": "no two figures here follow each other, so limits cannot be made from how much they move",
    }
    return reasons[signal.no_limits]


def _unjudged_words(definition: Definition, signal: Signal) -> str:
    if signal.chart == "line":
        return "Each figure covers twelve months that overlap the next, so no change can be judged."
    if signal.no_limits:
        return f"Not judged: {no_limits_words(definition, signal)}."
    if definition.grain == "financial_year":
        moved = " Over these years the line has moved more than chance alone explains." if signal.non_random else ""
        return f"Yearly figures have no limits, so the latest is not judged.{moved}{_extreme_words(signal)}"
    counted = periods_words(signal.points, definition.grain)
    return f"Not judged yet: {counted} of figures {'is' if signal.points == 1 else 'are'} too few for limits."


def _extreme_words(signal: Signal) -> str:
    if not signal.extreme:
        return ""
    if signal.extreme_since is None:
        return f" It is the {signal.extreme} since these figures began in {month_words(signal.first_period)}."
    return f" It is the {signal.extreme} since the year from {month_words(signal.extreme_since)}."


def signal_sentence(definition: Definition, signal: Signal) -> str:
    """Return the latest figure with its period, and what it says."""
    period = period_words(signal.period_start, signal.period_end, definition.grain)
    latest = capitalised(value_words(definition, signal.value))
    return f"{latest} in {period}. {verdict_words(definition, signal)}"


def cautions_words(definition: Definition, signal: Signal) -> str:
    """Return what to bear in mind with this series: missing periods, a level that moves too much. Often nothing."""
    said = []
    if signal.missing:
        gone = periods_words(signal.missing, definition.grain)
        said.append(f"{capitalised(gone)} {has_words(signal.missing)} no figure here.")
    if signal.unsettled:
        said.append(unsettled_words(signal))
    return " ".join(said)


def unsettled_words(signal: Signal) -> str:
    """Return the warning for a series whose level has moved so much that one average describes it badly."""
    since = month_words(signal.first_period)
    return f"It has moved so far since {since} that “usual” means little here. Look at the line."


def has_words(count: int) -> str:
    """Return "has" for one and "have" for any other number."""
    return "has" if count == 1 else "have"
