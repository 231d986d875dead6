"""What a signal says, in plain sentences: never blaming, never causal, careful with measures that have no good side."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from psc.catalogue.definition import Definition
from psc.narrate.words import (
    MONTHS_OF_A_YEAR,
    PERIOD_NAME,
    capitalised,
    count_words,
    each_period_words,
    list_words,
    month_words,
    period_words,
    periods_between,
    periods_words,
    some_words,
    spans_years,
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
        said.append(f"{capitalised(gone)} {_has(signal.missing)} no figure here.")
    if signal.unsettled:
        said.append(unsettled_words(signal))
    return " ".join(said)


def unsettled_words(signal: Signal) -> str:
    """Return the warning for a series whose level has moved so much that one average describes it badly."""
    since = month_words(signal.first_period)
    return f"It has moved so far since {since} that “usual” means little here. Look at the line."


def metric_headline(definition: Definition, signals: Sequence[Signal], areas: int | None = None) -> str:
    """Return the answer for one measure across the areas: how many improve, are a concern, show no change.

    ``signals`` has one for each area with figures, ``areas`` is how many there are with or without (default: no more).
    """
    without = (areas or len(signals)) - len(signals)
    if not signals:
        return f"{definition.plain_title}: no area has a figure."
    states = [signal.state for signal in signals]
    data_to = _data_to(signals)
    said = [
        f"{words} in {count_words(states.count(state), 'area')}"
        for state, words in STATE_CLAUSE.items()
        if state in states
    ]
    if set(states) == {"unjudged"}:
        missing = f" {capitalised(count_words(without, 'area'))} {_has(without)} no figures." if without else ""
        return f"{definition.plain_title}: {_unjudged_headline(definition, signals)}{missing} {data_to}"
    if without:
        said.append(f"no figures in {count_words(without, 'area')}")
    unsettled = sum(signal.unsettled for signal in signals)
    caution = (
        f" In {count_words(unsettled, 'area')} it has moved so far that “usual” means little." if unsettled else ""
    )
    return f"{definition.plain_title}: {list_words(said)}.{caution}{KIND_CLAUSE.get(definition.kind, '')} {data_to}"


def _unjudged_headline(definition: Definition, signals: Sequence[Signal]) -> str:
    if definition.chart == "line":
        return "each figure covers twelve months that overlap the next, so no change can be judged."
    if definition.grain != "financial_year":
        return _not_judged_yet(definition, signals)
    highest, lowest = (
        sum(is_extreme_for_years(definition, signal, word) for signal in signals) for word in ("highest", "lowest")
    )
    said = [
        f"the highest for {FOR_YEARS_WORDS} or more in {count_words(highest, 'area')}",
        f"the lowest for as long in {count_words(lowest, 'area')}",
    ]
    return f"yearly figures have no limits, so they are not judged. The latest is {list_words(said)}."


def _not_judged_yet(definition: Definition, signals: Sequence[Signal]) -> str:
    """Why a measure that has limits elsewhere has none here: too few events or periods, or no limits can be made."""
    periods = PERIOD_NAME[definition.grain][1]
    reasons = {
        "small_counts": f"so few are counted {each_period_words(definition.grain)} that limits would mislead",
        "few_exceptions": "so few are not counted that limits would mislead",
        "no_width": "nearly all figures are the same, so that limits cannot be made",
        "no_steps": "no two figures follow each other, so that limits cannot be made",
        "": f"too few {periods} have figures for limits",
    }
    counts = Counter(signal.no_limits for signal in signals)
    said = [f"in {count_words(counts[why], 'area')} {words}" for why, words in reasons.items() if counts[why]]
    return f"not judged: {list_words(said)}."


def _data_to(signals: Sequence[Signal]) -> str:
    """Up to when there are figures, and in how many areas they end earlier."""
    ends = [signal.period_end for signal in signals]
    earlier = sum(end < max(ends) for end in ends)
    older = f"; in {count_words(earlier, 'area')} they end earlier" if earlier else ""
    return f"Data to {month_words(max(ends))}{older}."


def _has(count: int) -> str:
    return "has" if count == 1 else "have"


def is_extreme_for_years(definition: Definition, signal: Signal, word: str) -> bool:
    """Say whether the latest figure is the highest (or lowest) of figures that span five years or more."""
    return signal.extreme == word and spans_years(signal.extreme_of, definition.grain, FOR_YEARS)


FOR_YEARS = 5
FOR_YEARS_WORDS = count_words(FOR_YEARS, "year")
KIND_CLAUSE: Mapping[str, str] = {
    "hazard": " This measures a risk of harm, not harm itself.",
    "recording": " This measures what is reported, not how often harm happens.",
}
STATE_CLAUSE: Mapping[str, str] = {
    "improving": "improving",
    "concern": "a concern",
    "higher": "higher than usual",
    "lower": "lower than usual",
    "unclear": "no clear verdict",
    "steady": "no significant change",
    "unjudged": "not judged",
}


def attention_sentence(definition: Definition, area: str, signal: Signal) -> str:
    """Return one line of "What needs attention": where, what, and how it lies."""
    title = definition.plain_title
    what = title[:1].lower() + title[1:] if title[1:2].islower() else title
    return f"{area}: {what}, {movement_words(definition, signal)}."


def area_headline(measured: Sequence[tuple[Definition, Signal]]) -> str:
    """Return the answer for one area across its measures, with those that cannot be judged."""
    judged = [signal.state for _, signal in measured if signal.state != "unjudged"]
    if not judged:
        return f"No measure can be judged here.{_not_judged_clause(measured)}"
    said = [
        f"{some_words(judged.count('improving'), 'is', 'are')} improving",
        f"{some_words(judged.count('concern'), 'is', 'are')} a concern",
    ]
    if unclear := judged.count("steady") + judged.count("unclear"):
        said.append(f"{some_words(unclear, 'shows', 'show')} no clear change")
    neutral = sum(state in ("higher", "lower") for state in judged)
    if neutral:
        said.append(f"{some_words(neutral, 'has', 'have')} changed where neither way is better")
    what = _what_is_measured(measured)
    counted = capitalised(count_words(len(judged), "measure"))
    return f"{counted} can be judged here. {capitalised(list_words(said))}.{what}{_not_judged_clause(measured)}"


def matrix_headline(measured: Sequence[tuple[Definition, Signal]]) -> str:
    """Return what the signals of all measures in all areas add up to, and how far that can be trusted."""
    judged = [signal for _, signal in measured if signal.state != "unjudged"]
    counts = Counter(signal.state for signal in judged)
    neutral = counts["higher"] + counts["lower"]
    said = [
        count_words(counts["concern"], "concern"),
        count_words(counts["improving"], "improvement"),
        count_words(neutral, "change where neither way is better", "changes where neither way is better"),
        f"{tally_words(counts['unclear'])} without a clear verdict",
        f"{tally_words(counts['steady'])} without significant change",
    ]
    moved = sum(signal.state == "improving" and signal.unsettled for signal in judged)
    measures = count_words(len({definition.id for definition, _ in measured}), "measure")
    return (
        f"{capitalised(measures)} in 15 areas: {len(judged)} of {len(measured)} series can be judged. "
        f"{capitalised(list_words(said))}.{_what_is_measured(measured)} In {tally_words(moved)} of the improvements "
        "the level has moved so far that “usual” means little."
    )


def _what_is_measured(measured: Sequence[tuple[Definition, Signal]]) -> str:
    """Return the warning that nothing judged is a count of harm, where that is so."""
    kinds = {definition.kind for definition, signal in measured if signal.state != "unjudged"}
    return "" if "harm" in kinds else " They measure risky prescribing and waits, not harm itself."


def _not_judged_clause(measured: Sequence[tuple[Definition, Signal]]) -> str:
    others = [(definition, signal) for definition, signal in measured if signal.state == "unjudged"]
    if not others:
        return ""
    named = "other" if len(others) < len(measured) else "measure"
    high = sum(
        definition.direction == "lower" and is_extreme_for_years(definition, signal, "highest")
        for definition, signal in others
    )
    infections = ", infections among them," if any(metric.harm_area == "infection" for metric, _ in others) else ""
    return (
        f" {capitalised(count_words(len(others), named))}{infections} cannot be judged: in {tally_words(high)} "
        f"of them the latest figure is the highest for {FOR_YEARS_WORDS} or more."
    )
