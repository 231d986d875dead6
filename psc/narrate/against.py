"""Where the change in an area differs from England's by more than chance, and what that is called."""

from psc.articles import with_article
from psc.catalogue.definition import Metric
from psc.narrate.verdicts import Verdict, describe_change

NO_CLEAR_DIFFERENCE = "no clear difference"


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


def side_of(definition: Metric, way: str) -> str:
    """Return which side of England a departure lies on: "more" improvement or "less"; "" where neither is better."""
    if not way or definition.direction == "neutral":
        return ""
    return "more" if way == definition.direction else "less"


def against_sentence(verdict: Verdict, england: Verdict | None) -> str:
    """Return how the change differs from England's, where that can be said. Else nothing.

    No clear difference is not the same change: 69% and 19% higher can be apart by chance.
    """
    if not verdict.against_england or england is None or not england.is_judged:
        return ""
    if not departure(verdict, england):
        return "The change does not clearly differ from England’s." if verdict.direction != "none" else ""
    if verdict.direction == england.direction and verdict.direction in ("lower", "higher"):
        faster = "faster" if verdict.against_england == verdict.direction else "slower"
        noun = "fall" if verdict.direction == "lower" else "rise"
        return f"That is {with_article(f'{faster} {noun}')} than in England."
    return "" if england.change is None else f"In England it was {describe_change(england.change)}, a clear difference."


def describe_against(verdict: Verdict, england: Verdict | None) -> str:
    """Return in a few words how an area's change stands to England's: "faster fall", "no clear difference"."""
    if not verdict.against_england or england is None:
        return "not compared"
    way = departure(verdict, england)
    if not way:
        return (
            NO_CLEAR_DIFFERENCE if verdict.against_england == "alike" else f"{verdict.against_england}, could be chance"
        )
    if not england.certain:
        return f"clearly {way}"
    noun = {"lower": "fall", "higher": "rise"}[england.direction]
    if way == england.direction:
        return f"faster {noun}"
    return f"slower {noun}" if verdict.certain and verdict.direction == england.direction else f"no clear {noun}"
