"""The stages of adoption on a picture: how each looks, how many areas came how far, and the same in words."""

from collections.abc import Mapping

from psc.charts.style.palette import PALE_GREY, SEQUENTIAL, TEXT, WHITE
from psc.narrate.words import describe_list
from psc.register.records.priority import AREA_COUNT

STEP_WORDS = {
    "interested": "showed interest",
    "engaged": "took part",
    "adopted": "took it into use",
    "sustained": "still used it a year or more later",
}
"""The stages that lead on from each other, and what an area at one of them has done; it has passed those before."""
STEPS = tuple(STEP_WORDS)
LOOKS: dict[str, tuple[str, str, str, str]] = {
    "sustained": ("Sustained", "S", SEQUENTIAL[4], WHITE),
    "adopted": ("Adopted", "A", SEQUENTIAL[3], WHITE),
    "engaged": ("Engaged", "E", SEQUENTIAL[2], TEXT),
    "interested": ("Interested", "I", SEQUENTIAL[0], TEXT),
    "stopped": ("Stopped", "X", WHITE, TEXT),
    "unknown": ("Stage not recorded", "?", PALE_GREY, TEXT),
}
"""What each stage is called, its letter, its fill and the colour of the letter. What stopped is hatched besides."""
NONE_RECORDED = "No adoption by any of the 15 areas is recorded. That is not to say there was none."


def spread_counts(stages: Mapping[str, str]) -> dict[str, int]:
    """Return how many areas came at least as far as each of `STEPS`, and how many stopped or have no known stage.

    ``stages`` maps the ids of areas to their stages of adoption; England as a whole is no area. What has stopped had
    been in use, so it counts as adopted too. Raises ValueError for an unknown stage.
    """
    unknown = sorted(set(stages.values()) - set(LOOKS))
    if unknown:
        raise ValueError(f"stage: found {', '.join(unknown)}; expected one of {', '.join(LOOKS)}")
    reached = [
        STEPS.index("adopted" if stage == "stopped" else stage) for stage in stages.values() if stage != "unknown"
    ]
    counts = {step: sum(far >= place for far in reached) for place, step in enumerate(STEPS)}
    return counts | {stage: sum(other == stage for other in stages.values()) for stage in ("stopped", "unknown")}


def describe_spread(stages: Mapping[str, str]) -> str:
    """Return the funnel in words: "On record, of 15 areas: 9 took part. Whether any took it into use is not recorded."

    No stage is said of no area: a source that is silent on it does not say that nobody got so far.
    """
    if not stages:
        return NONE_RECORDED
    counts = spread_counts(stages)
    shown = steps_shown(counts)
    reached = [f"{counts[step]} {STEP_WORDS[step]}" for step in shown if counts[step]]
    silent = [STEP_WORDS[step] for step in shown if not counts[step]]
    said = [f"On record, of {AREA_COUNT} areas: {describe_list(reached)}."] if reached else []
    if silent and reached:
        listed = " or ".join(part for part in (", ".join(silent[:-1]), silent[-1]) if part)
        said.append(f"Whether any {listed} is not recorded.")
    if counts["stopped"]:
        said.append(f"Of those that took it into use, {counts['stopped']} stopped.")
    if counts["unknown"]:
        areas = "more" if reached else f"of the {AREA_COUNT} areas"
        said.append(f"How far it went is not recorded for {counts['unknown']} {areas}.")
    return " ".join(said)


def steps_shown(counts: Mapping[str, int]) -> list[str]:
    """Return the stages to show: interest only where it went no further somewhere."""
    return [step for step in STEPS if step != "interested" or counts[step] > counts["engaged"]]
