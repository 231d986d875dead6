"""What happens in one area, in a few words: where it departs from England, harm, then risks; what is worked on."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from psc.catalogue.definition import Definition
from psc.narrate.against import against_sentence, departure, side_of
from psc.narrate.sections import section_of
from psc.narrate.verdicts import Verdict, verdict_sentence
from psc.narrate.words import (
    MONTHS_OF_A_YEAR,
    capitalised,
    count_words,
    month_words,
    old_words,
    period_words,
    periods_words,
    tally_words,
    value_words,
)
from psc.register.models import Priority

STALE_MONTHS = 12
"""From this age on, a panel says how old its figure is; the period is always there."""
LAST_PUBLISHED_MONTHS = 36
"""From this age on, figures are not the latest but the last that were published."""
MOVED = {"higher": "rose", "lower": "fell"}


@dataclass(frozen=True, slots=True)
class Measured:
    """A measure with its verdict in an area and, where there is one, in England."""

    definition: Definition
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


def area_headline(name: str, measured: Sequence[Measured], today: date) -> str:
    """Return where an area departs from England, then how many harms, and how many risks and waits, changed."""
    said = [_departures_words(name, measured)]
    for section, called in (("harm", "Harm"), ("risk", "Risks and waits")):
        counted = [
            one
            for one in measured
            if section_of(one.definition) == section and one.verdict.is_judged and one.definition.direction != "neutral"
        ]
        if counted:
            said.append(f"{called}{_old_period(counted, today)}: {_moves_words(counted)}.")
    return " ".join(said)


def _old_period(counted: Sequence[Measured], today: date) -> str:
    """Up to when the figures are, where the newest of them are over a year old."""
    end = max(one.verdict.period_end for one in counted)
    return f" to {month_words(end)}" if months_old(end, today) >= STALE_MONTHS else ""


def _departures_words(name: str, measured: Sequence[Measured]) -> str:
    apart = [one for one in measured if one.departs]
    if not any(one.verdict.is_judged for one in measured):
        return f"No change can be judged in {name} yet."
    if not apart:
        return f"No change in {name} clearly differs from England’s."
    return f"{name} changed unlike England in {count_words(len(apart), 'measure')}{_sides_words(apart)}."


def _sides_words(apart: Sequence[Measured]) -> str:
    """On how many the change is ahead of England's, for the better, and on how many behind; or nothing, if neither."""
    ahead, behind = (sum(one.side == side for one in apart) for side in ("more", "less"))
    if len(apart) == 1:
        return ", where it is ahead" if ahead else ", where it is behind" if behind else ""
    counted = ((ahead, "ahead"), (behind, "behind"))
    if ahead + behind == len(apart):
        return f": {', '.join(f'{tally_words(count)} {words}' for count, words in counted if count)}"
    # The counts do not add up to all where some measures are neutral.
    return "".join(f", {words} in {tally_words(count)}" for count, words in counted if count)


def _moves_words(counted: Sequence[Measured]) -> str:
    """How many clearly rose and fell: "two of six measures rose", "five of nine fell, one rose"."""
    said: list[str] = []
    for way, verb in MOVED.items():
        if found := sum(one.verdict.certain and one.verdict.direction == way for one in counted):
            said.append(f"{tally_words(found)}{'' if said else f' of {tally_words(len(counted))}'} {verb}")
    return ", ".join(said) or f"none of {tally_words(len(counted))} clearly changed"


def being_done_words(priorities: Sequence[Priority], today: date) -> str:
    """Return how many priorities of its own, or shared with some, an area works on now, or since when on none."""
    own = [priority for priority in priorities if priority.scope != "national"]
    active = [priority for priority in own if priority.status == "active"]
    if active:
        counted = count_words(len(active), "active priority", "active priorities")
        return f"Being done now: {counted}{_seen_words(active, today)}."
    ended = [priority.year_to for priority in own if priority.year_to is not None]
    return f"Being done now: no active priority since {max(ended)}." if ended else "No priority of its own is recorded."


def _seen_words(active: Sequence[Priority], today: date) -> str:
    """Work that was once seen under way, up to a year that has passed, is not said to go on."""
    seen = [p.year_to for p in active if p.status_inferred and p.year_to is not None and p.year_to < today.year]
    return f", last seen in {max(seen)}" if len(seen) == len(active) else ""


def panel_words(definition: Definition, verdict: Verdict, england: Verdict | None, today: date) -> str:
    """Return the latest figure with its age, the verdict, and how the change compares with England's."""
    said = [
        figure_words(definition, verdict, today),
        verdict_sentence(definition, verdict),
        against_sentence(verdict, england),
    ]
    return " ".join(words for words in said if words)


def missing_words(missing: int, grain: str) -> str:
    """Return that so many periods of a measure have no figure in the area; nothing where all have."""
    if not missing:
        return ""
    return f"{capitalised(periods_words(missing, grain))} {'has' if missing == 1 else 'have'} no figure here."


def months_old(end: date, today: date) -> int:
    """Return how many months ago the month of a day was."""
    return (today.year - end.year) * MONTHS_OF_A_YEAR + today.month - end.month


def figure_words(definition: Definition, verdict: Verdict, today: date) -> str:
    """Return the latest figure in a sentence; of figures three years old or more, that they are the last published."""
    months = months_old(verdict.period_end, today)
    figure = value_words(definition, verdict.value)
    period = period_words(verdict.period_start, verdict.period_end, definition.grain)
    if months >= LAST_PUBLISHED_MONTHS:
        return f"Last published: {figure} in {period}, {old_words(verdict.period_end, today)}."
    age = f", {old_words(verdict.period_end, today)}" if months >= STALE_MONTHS else ""
    return f"{capitalised(figure)} in {period}{age}."
