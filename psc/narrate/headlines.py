"""What the signals of many series add up to, in a few sentences: of a measure, of an area, of everything."""

from collections import Counter
from collections.abc import Mapping, Sequence

from psc.catalogue.definition import Definition
from psc.narrate.signals import Signal, has_words
from psc.narrate.words import (
    PERIOD_NAME,
    capitalised,
    count_words,
    each_period_words,
    list_words,
    month_words,
    some_words,
    spans_years,
    tally_words,
)

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
        missing = f" {capitalised(count_words(without, 'area'))} {has_words(without)} no figures." if without else ""
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


def is_extreme_for_years(definition: Definition, signal: Signal, word: str) -> bool:
    """Say whether the latest figure is the highest (or lowest) of figures that span five years or more."""
    return signal.extreme == word and spans_years(signal.extreme_of, definition.grain, FOR_YEARS)


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
        f"{'the level has' if moved else 'has the level'} moved so far that “usual” means little."
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
    if len(others) == 1:
        latest = "is" if high else "is not"
        return f" One {named} cannot be judged: its latest figure {latest} the highest for {FOR_YEARS_WORDS} or more."
    infections = ", infections among them," if any(metric.harm_area == "infection" for metric, _ in others) else ""
    latest = "the latest figure is" if high else "is the latest figure"
    return (
        f" {capitalised(count_words(len(others), named))}{infections} cannot be judged: in {tally_words(high)} "
        f"of them {latest} the highest for {FOR_YEARS_WORDS} or more."
    )
