"""Whose word a record is, and when it is to be looked at again."""

from datetime import date
from typing import cast

from markupsafe import Markup

from psc import clock
from psc.narrate.words import describe_date, describe_list, describe_month
from psc.register.public.public_register import (
    PublishedAdoption,
    PublishedPriority,
    PublishedSolution,
    RecordProvenance,
)
from psc.register.records.priority import Priority
from psc.register.records.solution import Solution
from psc.web.components.render import render_macro
from psc.web.session import store

COMPILED = "Compiled from public sources"
NEVER_REVIEWED = "never reviewed by its area"


def today() -> str:
    """Return the day it is in England, as ISO text."""
    return clock.today().isoformat()


def standing_of(record: Priority | Solution) -> RecordProvenance:
    """Return whose word a record of the register is."""
    return cast(PublishedPriority | PublishedSolution, record).standing


def standing_line(record: Priority | Solution) -> Markup:
    """Return whose word a priority or a solution is, as a small line (HTML)."""
    if isinstance(record, Priority):
        words = describe_standing(standing_of(record), record.areas, cast(PublishedPriority, record).published_on)
    else:
        words = describe_standing(
            standing_of(record), record.areas_of_origin, cast(PublishedSolution, record).shared_on
        )
    return render_macro("macros/words.html", "standing", words)


def adoption_standing(adoption: PublishedAdoption) -> str:
    """Return whose word an adoption is, in words."""
    return describe_standing(adoption.standing, (adoption.area,), None)


def describe_standing(standing: RecordProvenance, areas: tuple[str, ...], published_on: str | None) -> str:
    """Return whose word a record of ``areas`` is: compiled, taken over, or published by them (ISO day, if known)."""
    names = store.area_names()
    if standing.claimed_by:
        day = f", {describe_date(standing.claimed_on)}" if standing.claimed_on else ""
        return f"{COMPILED}; taken over by the {names[standing.claimed_by]} lead{day}"
    if standing.provenance == "compiled":
        return COMPILED
    if len(areas) == len(names):
        whose = "all 15 collaboratives"
    else:
        whose = f"the {describe_list([names[area] for area in areas])} collaborative{'s' if len(areas) > 1 else ''}"
    month = f", {describe_month(date.fromisoformat(published_on))}" if published_on else ""
    return f"Published by {whose}{month}"


def describe_review(solution: Solution, day: str) -> str:
    """Return when a solution is to be looked at again, or that this is due; nothing for one that is withdrawn."""
    shared = cast(PublishedSolution, solution)
    if shared.status == "withdrawn":
        return ""
    if shared.next_review:
        return f"{'Review due since' if shared.review_due(day) else 'Next review'} {describe_date(shared.next_review)}"
    if shared.standing.provenance == "authored":
        return "Next review two years after it is shared"
    compiled = "" if shared.standing.is_areas_own else "compiled from public sources and "
    return f"Review due: {compiled}{NEVER_REVIEWED}"
