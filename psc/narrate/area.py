"""What happens in one area, in a few words: where its change differs from England's, harm, then risks; priorities."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from psc.catalogue.definition import Metric
from psc.narrate.against import against_sentence, departure, side_of
from psc.narrate.measure_sections import section_of
from psc.narrate.verdicts import Verdict, verdict_sentence
from psc.narrate.words import (
    MONTHS_OF_A_YEAR,
    VERBS,
    capitalised,
    describe_count,
    describe_month,
    describe_old,
    describe_period,
    describe_periods,
    describe_tally,
    describe_value,
)
from psc.register.records.priority import Priority

STALE_MONTHS = 12
"""From this age on, a panel says how old its figure is; the period is always there."""
LAST_PUBLISHED_MONTHS = 36
"""From this age on, figures are not the latest but the last that were published."""


@dataclass(frozen=True, slots=True)
class Measured:
    """A measure with its verdict in an area and, where there is one, in England."""

    definition: Metric
    verdict: Verdict
    england: Verdict | None

    @property
    def departs(self) -> str:
        """The way, "higher" or "lower", in which the change clearly differs from England's; or ""."""
        return departure(self.verdict, self.england)

    @property
    def side(self) -> str:
        """Whether it departs to "more" improvement or "less"; "" where it does not, or neither way is better."""
        return side_of(self.definition, self.departs)

    @property
    def is_neutral(self) -> bool:
        """Whether neither way is better: such a measure is shown apart and never counted with the others."""
        return self.definition.direction == "neutral"

    @property
    def pace(self) -> str:
        """How a change that departs from England's goes: a key of ``PACES``, or "" where none can be said.

        An area that does less well than England either improves less, or has a concern that grows faster.
        """
        if self.side == "more":
            return "faster" if self.verdict.state == "improving" else "concern_slower"
        if self.side == "less":
            return "concern_faster" if self.verdict.state == "concern" else "slower"
        return ""


PACES = ("faster", "slower", "concern_faster", "concern_slower")
MOST_PACES = 2


def area_headline(measured: Sequence[Measured], today: date) -> str:
    """Return how changes in an area differ from England's, then how many harms, and how many risks and waits, changed.

    It stands under the area's name and does not repeat it.
    """
    said = [_describe_departures(measured)]
    for section, called in (("harm", "Harm"), ("risk", "Risks and waits")):
        if counted := counted_in(measured, section):
            said.append(f"{called}{_old_period(counted, today)}: {_describe_moves(counted)}.")
    return " ".join(said)


def counted_in(measured: Sequence[Measured], section: str) -> list[Measured]:
    """Return the measures of a section whose changes are counted: those that are judged and have a better side."""
    return [
        one
        for one in measured
        if section_of(one.definition) == section and one.verdict.is_judged and not one.is_neutral
    ]


def _old_period(counted: Sequence[Measured], today: date) -> str:
    """Up to when the figures are, where the newest of them are over a year old."""
    end = max(one.verdict.period_end for one in counted)
    return f" to {describe_month(end)}" if months_old(end, today) >= STALE_MONTHS else ""


def _describe_departures(measured: Sequence[Measured]) -> str:
    if not any(one.verdict.is_judged for one in measured):
        return "No change here can be judged yet."
    apart = [one for one in measured if one.departs]
    if not apart:
        return "No change here clearly differs from England’s."
    paced = {pace: found for pace in PACES if (found := [one for one in apart if one.pace == pace])}
    if not paced:
        return f"Change was unlike England’s in {describe_count(len(apart), 'measure')} where neither way is better."
    if len(paced) > MOST_PACES:
        # More kinds in one sentence would be too long to take in; the table has them.
        return f"Change was clearly unlike England’s in {describe_count(sum(map(len, paced.values())), 'measure')}."
    said = [_describe_improvement(paced.get("faster", []), paced.get("slower", []))]
    for pace, how, doubt in (("concern_faster", "faster", ""), ("concern_slower", "more slowly", ", or not clearly")):
        if pace in paced:
            than = "" if any(said) else " than in England"
            said.append(f"{describe_count(len(paced[pace]), 'concern')} grew {how}{than}{doubt}")
    return f"{capitalised('; '.join(filter(None, said)))}."


def _describe_improvement(faster: Sequence[Measured], slower: Sequence[Measured]) -> str:
    """In how many measures improvement was faster than England's, and in how many slower; nothing, if neither."""
    clear = all(one.verdict.state == "improving" for one in slower)
    counted = describe_count(len(faster or slower), "measure")
    if faster:
        first = f"improvement was faster than England’s in {counted}"
        return (
            f"{first}, slower{'' if clear else ' or not clear'} in {describe_tally(len(slower))}" if slower else first
        )
    if slower:
        return f"improvement was slower than England’s{'' if clear else ', or not clear,'} in {counted}"
    return ""


def _describe_moves(counted: Sequence[Measured]) -> str:
    """How many clearly rose and fell: "two of six measures rose", "five of nine fell, one rose"."""
    said: list[str] = []
    for way, verb in VERBS.items():
        if found := sum(one.verdict.certain and one.verdict.direction == way for one in counted):
            said.append(f"{describe_tally(found)}{'' if said else f' of {describe_tally(len(counted))}'} {verb}")
    return ", ".join(said) or f"none of {describe_tally(len(counted))} clearly changed"


def describe_being_done(priorities: Sequence[Priority], today: date) -> str:
    """Return how many priorities of its own, or shared with some, an area works on now, or since when on none."""
    own = [priority for priority in priorities if priority.scope != "national"]
    active = [priority for priority in own if priority.status == "active"]
    if active:
        counted = capitalised(describe_count(len(active), "priority", "priorities"))
        one = len(active) == 1
        # Work that was seen under way up to a year that has passed is not said to go on.
        seen = [p.year_to for p in active if p.status_inferred and p.year_to is not None and p.year_to < today.year]
        if len(seen) == len(active):
            return f"{counted} {'was' if one else 'were'} active when last seen, in {max(seen)}."
        return f"{counted} {'is' if one else 'are'} active now."
    ended = [priority.year_to for priority in own if priority.year_to is not None]
    if ended:
        return f"No priority of its own is known to have been active since {max(ended)}."
    return "No priority of its own is recorded."


def describe_panel(definition: Metric, verdict: Verdict, england: Verdict | None, today: date) -> str:
    """Return the latest figure with its age, the verdict, and how the change compares with England's."""
    said = [
        describe_figure(definition, verdict, today),
        verdict_sentence(definition, verdict),
        against_sentence(verdict, england),
    ]
    return " ".join(words for words in said if words)


def describe_missing(missing: int, grain: str) -> str:
    """Return that so many periods of a measure have no figure in the area; nothing where all have."""
    if not missing:
        return ""
    return f"{capitalised(describe_periods(missing, grain))} {'has' if missing == 1 else 'have'} no figure here."


def months_old(end: date, today: date) -> int:
    """Return how many months ago the month of a day was."""
    return (today.year - end.year) * MONTHS_OF_A_YEAR + today.month - end.month


def describe_figure(definition: Metric, verdict: Verdict, today: date) -> str:
    """Return the latest figure in a sentence; of figures three years old or more, that they are the last published."""
    months = months_old(verdict.period_end, today)
    figure = describe_value(definition, verdict.value)
    period = describe_period(verdict.period_start, verdict.period_end, definition.grain)
    if months >= LAST_PUBLISHED_MONTHS:
        return f"Last published: {figure} in {period}, {describe_old(verdict.period_end, today)}."
    age = f", {describe_old(verdict.period_end, today)}" if months >= STALE_MONTHS else ""
    return f"{capitalised(figure)} in {period}{age}."
