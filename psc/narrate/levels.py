"""The level of a measure in an area beside England's: where it clearly differs, and what is said of it."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from psc.articles import with_article
from psc.catalogue.definition import Metric
from psc.narrate.measure_sections import SECTION_TITLES, section_of
from psc.narrate.people_sentences import People
from psc.narrate.verdicts import Verdict
from psc.narrate.words import describe_count, describe_tally

NO_CLEAR_LEVEL = "No level here can be called clearly higher or lower than England’s."
NOT_A_VERDICT = "Areas differ in age, illness and recording: a difference is a question to ask."
WAYS = ("higher", "lower")


@dataclass(frozen=True, slots=True)
class Level:
    """The latest figure of a measure in an area, and England's of the same period (None without one).

    ``way``: "higher" or "lower" than England by more than chance, by the rule of the query ``funnel_areas``, or "".
    ``people``: how many more or fewer people there would be at England's rate.
    """

    definition: Metric
    verdict: Verdict
    england: float | None
    way: str = ""
    people: People | None = None

    @property
    def is_stepped(self) -> bool:
        """Whether a contributor changed how much it counts: that alone can make a difference from England."""
        return "denominator_step" in self.verdict.flags

    @property
    def side(self) -> str:
        """Whether the level is clearly "higher" or "lower" than England's; "" where that cannot be said."""
        return "" if self.is_stepped or self.england is None else self.way

    @property
    def is_listed(self) -> bool:
        """Whether the level is listed high on the page: clear ones, and waits of people, which no other table has."""
        return bool(self.side) or (self.definition.counts_people and section_of(self.definition) == "risk")

    @property
    def size(self) -> float:
        """How far the level is from England's, on the scale of ratios; 0 where there is no ratio."""
        return abs(math.log(self.verdict.value / self.england)) if self.england and self.verdict.value > 0 else 0.0


def levels_sentence(levels: Sequence[Level]) -> str:
    """Return in how many measures the level is clearly higher or lower than England's: harm, then risks and waits."""
    said = []
    for section, title in SECTION_TITLES.items():
        sides = [level.side for level in levels if section_of(level.definition) == section]
        counted = [(way, sides.count(way)) for way in WAYS if way in sides]
        if counted:
            (way, count), *others = counted
            first = f"clearly {way} than in England in {describe_count(count, 'measure')}"
            said.append(f"{title}: {', '.join([first, *(f'{other} in {describe_tally(n)}' for other, n in others)])}.")
    return " ".join(said) or NO_CLEAR_LEVEL


def describe_level(level: Level) -> str:
    """Return how a level stands to England's, for the cell of a table."""
    if level.side:
        return f"clearly {level.side}"
    if level.is_stepped:
        one = level.definition.contributors.one if level.definition.contributors else "organisation"
        return f"not compared: {with_article(one)} changed how much it counts"
    return "not compared" if level.england is None else "no clear difference"
