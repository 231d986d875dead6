"""What the verdicts of all measures add up to, in a few words: harm first, then risks and waits, never in one count."""

from collections.abc import Sequence
from datetime import date
from itertools import groupby

from psc.catalogue.definition import Metric
from psc.narrate.measure_sections import names_words, section_of, short_name, two_lists
from psc.narrate.pandemic import rests_on_pandemic
from psc.narrate.verdicts import REASON_WORDS, Verdict
from psc.narrate.words import VERBS, capitalised, describe_count, describe_month, describe_tally

Measured = Sequence[tuple[Metric, Verdict]]
MOST_NAME_WORDS = 9
"""Names that take more words than this are counted instead, so that the answer stays within 30."""
SOME_NAME_WORDS = 7
"""The same where the answer must also say which verdicts rest on the years of the pandemic."""
IF_PANDEMIC = "if the pandemic years count"
PRESCRIBING = frozenset({"medication", "antibiotics", "opioids"})
"""Harm areas whose risks are what is prescribed."""


def counted(measured: Measured, section: str) -> Measured:
    """Return what counts in a section ("harm" or "risk"): what is judged, and has a side that is better."""
    return [
        (definition, verdict)
        for definition, verdict in measured
        if section_of(definition) == section and verdict.is_judged and definition.direction != "neutral"
    ]


def england_answer(measured: Measured) -> str:
    """Return which measures of harm, and how many of risks and waits, clearly changed in England, and up to when."""
    harm, risk = counted(measured, "harm"), counted(measured, "risk")
    if not harm and not risk:
        return "Nothing measured here can be judged in England yet."
    return f"{_describe_harm(harm)} {_describe_risk(risk)}".strip()


def _describe_harm(harm: Measured) -> str:
    if not harm:
        return "No measure of harm can be judged."
    changed = sorted((pair for pair in harm if pair[1].certain), key=_change_key)
    if not changed:
        return "No measure of harm clearly rose or fell in England."
    said = [_describe_named(key, list(found)) for key, found in groupby(changed, key=_change_key)]
    return " ".join(said)


def _change_key(pair: tuple[Metric, Verdict]) -> tuple[bool, str, date]:
    """What is a concern first, then by direction and by the end of the figures."""
    return pair[1].state != "concern", pair[1].direction, pair[1].period_end


def _describe_named(key: tuple[bool, str, date], found: Measured) -> str:
    _, way, end = key
    moved = f"{VERBS[way]} in England to {describe_month(end)}"
    resting = [short_name(definition) for definition, verdict in found if rests_on_pandemic(verdict)]
    firm = [short_name(definition) for definition, verdict in found if not rests_on_pandemic(verdict)]
    names, also = two_lists(firm, resting) if firm else (names_words(resting), "")
    if len(f"{names} {also}".split()) > (SOME_NAME_WORDS if resting else MOST_NAME_WORDS):
        names, also = f"{capitalised(describe_count(len(found), 'measure'))} of harm", ""
        some = f", {describe_tally(len(resting))} of them only" if firm else ", only"
        return f"{names} {moved}{f'{some} {IF_PANDEMIC}' if resting else ''}."
    if also:
        return f"{names} {moved}; {also} too, {IF_PANDEMIC}."
    return f"{names} {moved}{f', {IF_PANDEMIC}' if resting else ''}."


def _describe_risk(risk: Measured) -> str:
    if not risk:
        return ""
    changed = [pair for pair in risk if pair[1].certain]
    if not changed:
        return "No risk or wait clearly rose or fell."
    nouns = ("risk or wait", "risks and waits")
    if is_prescribing(changed):
        risk, nouns = [pair for pair in risk if is_prescribing([pair])], ("prescribing risk", "prescribing risks")
    return f"{capitalised(describe_moves(risk, *nouns))} to {describe_month(max(v.period_end for _, v in changed))}."


def is_prescribing(measured: Measured) -> bool:
    """Say whether all of these are risks of what is prescribed, and none a wait or another risk."""
    return all(definition.kind == "hazard" and definition.harm_area in PRESCRIBING for definition, _ in measured)


def describe_moves(measured: Measured, one: str, many: str) -> str:
    """Return how many of a number of series clearly rose, how many fell: "three of six harms rose and one fell"."""
    if not measured:
        return f"no {many} can be judged"
    of = f" of {describe_count(len(measured), one, many)}"
    counts = {verb: sum(v.certain and v.direction == way for _, v in measured) for way, verb in VERBS.items()}
    said = [f"{describe_tally(found)} {verb}" for verb, found in counts.items() if found]
    if not said:
        return f"none{of} clearly rose or fell"
    return " and ".join([said[0].replace(" ", f"{of} ", 1), *said[1:]])


def everywhere_answer(england: Measured, areas: Measured, count: int) -> str:
    """Return how many measures clearly changed in England, and how many series in the ``count`` areas."""
    harm = describe_moves(counted(england, "harm"), "harm", "harms")
    risk = describe_moves(counted(england, "risk"), "risk or wait", "risks and waits")
    harm_here = describe_moves(counted(areas, "harm"), "harm series", "harm series")
    risk_here = describe_moves(counted(areas, "risk"), "risk series", "risk series")
    return f"England: {harm}; {risk}. In the {count} areas, {harm_here}; {risk_here}."


def describe_uncounted(england: Measured, noisy: Sequence[Metric]) -> str:
    """Return what the counts leave out: measures where neither way is better, not judged, or too ``noisy`` to judge."""
    neutral = [
        (definition, verdict)
        for definition, verdict in england
        if verdict.is_judged and (definition.direction == "neutral" or section_of(definition) == "recording")
    ]
    said = [_describe_neutral(neutral)] if neutral else []
    unjudged = [(definition, verdict) for definition, verdict in england if not verdict.is_judged]
    for reason in dict.fromkeys(verdict.reason for _, verdict in unjudged):
        found = [(definition, verdict) for definition, verdict in unjudged if verdict.reason == reason]
        names = names_words([short_name(definition) for definition, _ in found])
        said.append(f"Not judged: {names} ({REASON_WORDS[reason]}).")
    if noisy:
        names = names_words([short_name(definition) for definition in noisy])
        said.append(f"No verdict is given, as it would often be chance: {names}.")
    return " ".join(said)


def _describe_neutral(neutral: Measured) -> str:
    measures = describe_count(len(neutral), "measure")
    return f"Not counted: {measures} where neither way is better, of which {moves_of(neutral)}."


def moves_of(measured: Measured) -> str:
    """Return how many of the series just named clearly rose or fell: "one fell", "none clearly rose or fell"."""
    counts = {verb: sum(v.certain and v.direction == way for _, v in measured) for way, verb in VERBS.items()}
    said = [f"{describe_tally(found)} {verb}" for verb, found in counts.items() if found]
    return " and ".join(said) or "none clearly rose or fell"
