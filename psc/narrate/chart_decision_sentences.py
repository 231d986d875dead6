"""Decisions about a measure's chart in words: what was decided, and who decided it when."""

from datetime import date

from psc.catalogue.definition import Metric
from psc.geography.areas import ENGLAND
from psc.narrate.chart import describe_target
from psc.narrate.words import PERIOD_NAME, capitalised, describe_count, describe_date, describe_month
from psc.register.records.chart_decision import ChartDecision


def describe_decision(definition: Metric, decision: ChartDecision) -> str:
    """Return what was decided: "New limits from April 2024"; "Target of 9.5% of visits from 1 April 2025"."""
    if not decision.start:
        return "No day chosen yet"
    if decision.decision == "note":
        return f"Note, {describe_date(decision.start)}"
    if decision.decision == "target":
        goal = "" if decision.target is None else f" of {describe_target(definition, decision.target)}"
        return f"Target{goal} from {describe_date(decision.start)}"
    month = describe_month(date.fromisoformat(decision.start))
    if decision.decision == "new_limits":
        return f"New limits from {month}"
    points = decision.baseline_points
    counted = (
        f" {describe_count(points, *PERIOD_NAME[definition.grain])}"
        if points
        else f" {PERIOD_NAME[definition.grain][1]}"
    )
    return f"Limits that rest on the first{counted} from {month}"


def describe_decider(decision: ChartDecision, place: str) -> str:
    """Return who decided, by role and area and never by name, and when; ``place`` is the area's name."""
    whose = "a reviewer, for all of England" if decision.area == ENGLAND else f"the lead of {place}"
    when = f" on {describe_date(decision.decided_on)}" if decision.decided_on else ""
    approved = ", approved by a second person" if decision.approved else ""
    return capitalised(f"{whose}{when}{approved}")
