"""What a signal says, in plain sentences: never blaming, never causal, careful with measures that have no good side."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from psc.catalogue.definition import Definition
from psc.narrate.words import (
    PERIOD_NAME,
    capitalised,
    count_words,
    list_words,
    month_words,
    period_words,
    periods_between,
    periods_words,
    some_words,
    value_words,
)

RULE_WORDS = {
    "outside": "beyond the limits of its usual range",
    "trend": "part of a run of seven or more that only rise or only fall",
    "two_in_three": "close to a limit, as two of three points in a row were",
    "shift": "part of a run of seven or more on one side of the average",
}
LEAD = {"improving": "Improving", "concern": "A concern", "higher": "Higher than usual", "lower": "Lower than usual"}


@dataclass(frozen=True, slots=True)
class Signal:
    """One row of the store's `signal` table, as far as sentences need it."""

    chart: str
    state: str
    side: str
    rule: str
    since: date | None
    holding: int
    points: int
    missing: int
    non_random: bool | None
    extreme: str
    extreme_since: date | None
    unsettled: bool
    period_start: date
    period_end: date
    value: float
    first_period: date


def movement_words(signal: Signal) -> str:
    """Return how the latest points lie: "lower than usual since March 2024"."""
    assert signal.since is not None, "only a special cause has a beginning"
    if signal.rule == "trend":
        way = "rising" if signal.side == "high" else "falling"
        return f"{way} steadily since {month_words(signal.since)}"
    way = "higher" if signal.side == "high" else "lower"
    if signal.holding == 1:
        return f"{way} than usual in {month_words(signal.since)}"
    return f"{way} than usual since {month_words(signal.since)}"


def verdict_words(definition: Definition, signal: Signal) -> str:
    """Return the judgement of the series in one sentence."""
    if signal.state == "unjudged":
        return _unjudged_words(definition, signal)
    if signal.state == "steady":
        return "No significant change: the latest figure is within its usual range."
    movement = movement_words(signal) + _held_words(definition, signal)
    if signal.state in ("higher", "lower"):
        return f"{capitalised(movement)}; on this measure neither way is better."
    return f"{LEAD[signal.state]}: {movement}."


def _held_words(definition: Definition, signal: Signal) -> str:
    """Return for how many periods the signal has held; "in a row" only where none between is missing."""
    assert signal.since is not None, "only a special cause has a beginning"
    if signal.holding == 1:
        return ""
    counted = periods_words(signal.holding, definition.grain)
    if periods_between(signal.since, signal.period_start, definition.grain) == signal.holding:
        return f" ({counted} in a row)"
    return f" (all {counted} with figures)"


def _unjudged_words(definition: Definition, signal: Signal) -> str:
    if signal.chart == "line":
        return "Each figure covers twelve months that overlap the next, so no signal can be read from them."
    counted = capitalised(periods_words(signal.points, definition.grain))
    some = PERIOD_NAME[definition.grain][1]
    moved = f" Over these {some} the line has moved more than chance alone would explain." if signal.non_random else ""
    return f"{counted} of figures, too few for limits, so the latest is not judged.{moved}{_extreme_words(signal)}"


def _extreme_words(signal: Signal) -> str:
    if not signal.extreme:
        return ""
    if signal.extreme_since is None:
        return f" The latest figure is the {signal.extreme} of them all."
    return f" The latest figure is the {signal.extreme} since {signal.extreme_since.year}."


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
        said.append(f"{capitalised(gone)} {'has' if signal.missing == 1 else 'have'} no figure here.")
    if signal.unsettled:
        said.append(unsettled_words(signal))
    return " ".join(said)


def unsettled_words(signal: Signal) -> str:
    """Return the warning for a series whose level has moved so much that one average describes it badly."""
    return (
        f"The level has moved so much since {month_words(signal.first_period)} that one average fits it poorly: "
        "read the shape of the line, not only the verdict."
    )


def metric_headline(definition: Definition, signals: Sequence[Signal]) -> str:
    """Return the answer for one measure across the areas: how many improve, are a concern, show no change."""
    states = [signal.state for signal in signals]
    data_to = f"Data to {month_words(max(signal.period_end for signal in signals))}."
    said = [
        f"{words} in {count_words(states.count(state), 'area')}"
        for state, words in STATE_CLAUSE.items()
        if state in states
    ]
    if set(states) == {"unjudged"}:
        return f"{definition.plain_title}: {_unjudged_headline(definition, signals)} {data_to}"
    return f"{definition.plain_title}: {list_words(said)}. {data_to}"


def _unjudged_headline(definition: Definition, signals: Sequence[Signal]) -> str:
    if definition.chart == "line":
        return "each figure covers twelve months that overlap the next, so no change can be judged."
    highest = sum(signal.extreme == "highest" and signal.extreme_since is None for signal in signals)
    lowest = sum(signal.extreme == "lowest" and signal.extreme_since is None for signal in signals)
    some = PERIOD_NAME[definition.grain][1]
    return (
        f"too few {some} of figures to judge by limits. The latest is the highest of all {some} loaded in "
        f"{count_words(highest, 'area')} and the lowest in {count_words(lowest, 'area')}."
    )


STATE_CLAUSE: Mapping[str, str] = {
    "improving": "improving",
    "concern": "a concern",
    "higher": "higher than usual",
    "lower": "lower than usual",
    "steady": "no significant change",
    "unjudged": "too few points to judge",
}


def attention_sentence(title: str, area: str, signal: Signal) -> str:
    """Return one line of "What needs attention"."""
    return f"{area}: {title[:1].lower() + title[1:] if title[1:2].islower() else title} {movement_words(signal)}."


def area_headline(states: Sequence[str]) -> str:
    """Return the answer for one area across its measures."""
    judged = [state for state in states if state != "unjudged"]
    if not judged:
        return "No measure can be judged here."
    said = [
        f"{some_words(judged.count('improving'), 'is', 'are')} improving",
        f"{some_words(judged.count('concern'), 'is', 'are')} a concern",
    ]
    steady = judged.count("steady")
    if steady:
        said.append(f"{some_words(steady, 'shows', 'show')} no significant change")
    neutral = sum(state in ("higher", "lower") for state in judged)
    if neutral:
        said.append(f"{some_words(neutral, 'is', 'are')} higher or lower than usual with neither way better")
    return f"{capitalised(count_words(len(judged), 'measure'))} can be judged here: {list_words(said)}."
