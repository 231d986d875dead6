"""What a step in a contributor's denominator means for an area's figure, in sentences."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from psc.catalogue.definition import Metric
from psc.narrate.verdicts import Verdict, describe_percent
from psc.narrate.words import (
    capitalised,
    describe_list,
    describe_month,
    describe_number,
    describe_period,
    describe_value,
)

NEAR = 0.06
"""How far a ratio may lie from a half or from two to be called that."""
NOT_CHECKED = (
    "Not checked: these figures are published for whole areas. If one organisation changed how it counts, it "
    "would not show here."
)


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a contributor; ``value_without`` is the area's latest figure without it, None if nothing is left."""

    contributor: str
    name: str
    first_period: date
    ratio: float
    value_without: float | None


def step_sentences(definition: Metric, steps: Sequence[Step], verdict: Verdict) -> list[str]:
    """Return what stepped, contributor by contributor, and last whether the verdict is the same without them."""
    codes = list(dict.fromkeys(step.contributor for step in steps))
    said = [_describe_contributor(definition, [step for step in steps if step.contributor == code], verdict)
            for code in codes]  # fmt: skip
    return [*said, *_describe_verdict(verdict, len(codes))]


def describe_checked(definition: Metric, steps: Sequence[Step]) -> str:
    """Return whether contributors' denominators were checked for steps, and if one was found; "" without any."""
    if definition.is_count:
        return ""
    who = definition.contributors
    if who is None:
        return NOT_CHECKED
    found = "That happened here: see above." if steps else "That did not happen here."
    held = ", for three months or more" if definition.grain == "month" else ""
    asked = f"Did the {who.denominator} of one large {who.one} change by over a quarter{held}?"
    return f"We checked the last two years of these figures. {asked} {found}"


def describe_moved(ratio: float) -> str:
    """Return a step's size as what the denominator did: "fell by about half", "rose by 40%"."""
    if abs(ratio - 0.5) <= NEAR:
        return "fell by about half"
    if abs(ratio - 2) <= 2 * NEAR:
        return "about doubled"
    return f"{'rose' if ratio > 1 else 'fell'} by {describe_percent(ratio - 1)}"


def _describe_contributor(definition: Metric, steps: Sequence[Step], verdict: Verdict) -> str:
    assert definition.contributors is not None, "steps are checked to be of a measure with contributors"
    who, first = definition.contributors, steps[0]
    moves = describe_list([f"{describe_moved(step.ratio)} from {describe_month(step.first_period)}" for step in steps])
    stepped = f"One {who.one}’s {who.denominator} ({first.name}) {moves}."
    period = describe_period(verdict.period_start, verdict.period_end, definition.grain)
    if first.value_without is None:
        return f"{stepped} Without it the area would have no figure in {period}."
    without, latest = (
        describe_number(value, definition.decimals) + "%" * definition.is_share
        for value in (first.value_without, verdict.value)
    )
    apart = "the same without it" if without == latest else f"{without} without it"
    return f"{stepped} The area’s figure for {period} is {describe_value(definition, verdict.value)}, and {apart}."


def _describe_verdict(verdict: Verdict, contributors: int) -> list[str]:
    it = "it" if contributors == 1 else "them"
    if verdict.reason == "denominator_step":
        return [f"Without {it} the verdict would be different, so we do not judge this area."]
    return [capitalised(f"the verdict is the same without {it}.")] if verdict.is_judged else []
