"""Where the change in an area differs from England's by more than chance, and what that is called."""

from psc.catalogue.definition import Definition
from psc.narrate.verdicts import Verdict


def departure(verdict: Verdict, england: Verdict | None) -> str:
    """Return the way ("higher", "lower") in which an area's change clearly differs from England's, or "".

    One of the two changes must itself be certain: the area's, if it goes further that way or against England, or
    England's, if the area does not keep up with it. Else a difference between two uncertain changes would count.
    """
    way = verdict.against_england
    if england is None or way not in ("higher", "lower"):
        return ""
    ahead = verdict.certain and verdict.direction == way
    behind = england.certain and england.direction != way
    return way if ahead or behind else ""


def side_of(definition: Definition, way: str) -> str:
    """Return which side of England a departure lies on: "more" improvement or "less"; "" where neither is better."""
    if not way or definition.direction == "neutral":
        return ""
    return "more" if way == definition.direction else "less"


def against_words(verdict: Verdict, england: Verdict | None) -> str:
    """Return in a few words how an area's change stands to England's: "faster fall", "alike", "not compared"."""
    if not verdict.against_england or england is None:
        return "not compared"
    way = departure(verdict, england)
    if not way:
        return "alike" if verdict.against_england == "alike" else f"{verdict.against_england}, could be chance"
    if not england.certain:
        return f"clearly {way}"
    noun = {"lower": "fall", "higher": "rise"}[england.direction]
    if way == england.direction:
        return f"faster {noun}"
    return f"slower {noun}" if verdict.certain and verdict.direction == england.direction else f"no clear {noun}"
