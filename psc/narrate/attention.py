"""What needs attention: harm with its size and places, then risks and waits that differ from England."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from psc.catalogue.definition import Metric
from psc.geography.areas import ENGLAND
from psc.narrate.against import departure, side_of
from psc.narrate.measure import all_on_year
from psc.narrate.measure_sections import inside, section_of, short_name
from psc.narrate.overall import is_prescribing
from psc.narrate.pandemic import describe_named_areas, would_be_clear
from psc.narrate.verdicts import (
    LEAD,
    SMALL,
    Verdict,
    describe_change,
    describe_percent,
    describe_than,
    verdict_sentence,
)
from psc.narrate.words import capitalised, describe_count, describe_tally

NEARLY_ALL = 0.9
"""From this share of the areas on, a change is said to be in nearly every one."""


@dataclass(frozen=True, slots=True)
class Everywhere:
    """A measure with its verdicts by area id; England's is among them where there is one."""

    definition: Metric
    verdicts: Mapping[str, Verdict]

    @property
    def england(self) -> Verdict | None:
        """England's verdict."""
        return self.verdicts.get(ENGLAND)

    @property
    def areas(self) -> dict[str, Verdict]:
        """The verdicts of the areas alone."""
        return {area: verdict for area, verdict in self.verdicts.items() if area != ENGLAND}

    def clear_areas(self, direction: str) -> list[str]:
        """Return the ids of the areas in which the measure is clearly higher, or lower."""
        return [area for area, verdict in self.areas.items() if verdict.certain and verdict.direction == direction]


@dataclass(frozen=True, slots=True)
class Departures:
    """A risk, or a wait, and the ids of the areas in which it improves clearly "more" or "less" than in England.

    In ``clear`` areas its own change is certain, in ``others`` it is not; the largest difference first. ``size`` is the
    largest share by which an area moved away from England's change.
    """

    everywhere: Everywhere
    side: str
    clear: tuple[str, ...]
    others: tuple[str, ...]
    size: float


def harms(everything: Sequence[Everywhere]) -> list[Everywhere]:
    """Return the measures of harm that are judged: those that clearly changed first, most areas first."""
    judged = [
        found
        for found in everything
        if section_of(found.definition) == "harm" and any(verdict.is_judged for verdict in found.verdicts.values())
    ]
    return sorted(judged, key=lambda found: (not _in_england(found), -_clear(found)))


def harm_worsening_most(everything: Sequence[Everywhere]) -> str:
    """Return the id of the measure of harm that is a concern in most areas, England's next, else the first; or ""."""
    found = [each for each in everything if section_of(each.definition) == "harm"] or list(everything)

    def concerns(each: Everywhere) -> tuple[int, bool]:
        states = [verdict.state for verdict in each.areas.values()]
        return states.count("concern"), each.england is not None and each.england.state == "concern"

    return max(found, key=concerns).definition.id if found else ""


def has_changed(found: Everywhere) -> bool:
    """Say whether a measure clearly changed in England or in any area, or would have without the pandemic."""
    return any(verdict.certain or would_be_clear(verdict) for verdict in found.verdicts.values())


def _in_england(found: Everywhere) -> bool:
    return found.england is not None and found.england.certain


def _clear(found: Everywhere) -> int:
    return sum(verdict.certain for verdict in found.areas.values())


def describe_harm(found: Everywhere, names: Mapping[str, str]) -> str:
    """Return how a measure of harm changed in England and in which areas (``names`` by id) it clearly changed."""
    said = []
    if found.england:
        sentence = verdict_sentence(found.definition, found.england)
        said.append(f"In England, {inside(sentence.removeprefix(LEAD.get(found.england.state, '') + ': '))}")
    than = "" if found.england else " than before"
    for way in ("higher", "lower"):
        if areas := _sized_areas(found, way, names):
            said.append(f"Clearly {way}{than} in {', '.join(areas)}.")
        said.append(describe_named_areas({names[area]: verdict for area, verdict in found.areas.items()}, way))
    if way := all_on_year(list(found.areas.values())):
        said.append(f"{capitalised(way)} than the year before in all {describe_tally(len(found.areas))} areas.")
    return " ".join(filter(None, said))


def _sized_areas(found: Everywhere, way: str, names: Mapping[str, str]) -> list[str]:
    """The areas in which a measure is clearly ``way``, each with the size of its change, the largest first."""
    changes = {area: found.verdicts[area].change for area in found.clear_areas(way)}
    order = sorted(changes, key=lambda area: -abs(changes[area] or 0))
    return [
        names[area] if (change := changes[area]) is None else f"{names[area]} {describe_percent(change)}"
        for area in order
    ]


def describe_on_year(found: Everywhere) -> str:
    """Return how a measure without a clear change stands to the year before, in England and in all areas; or "".

    Where the year moved, it also says what keeps that from being a clear change.
    """
    england = found.england
    if england is None or england.change_on_year is None:
        return ""
    said = f"{describe_than(england.change_on_year)} the year before"
    way = all_on_year(list(found.areas.values()))
    if way:
        said = f"{said}, and {way} in all {describe_tally(len(found.areas))} areas"
    moved = way or abs(england.change_on_year) >= SMALL
    why = _why_unclear(england) if moved else ""
    return f"{said}, {why}" if why else said


def _why_unclear(england: Verdict) -> str:
    """What keeps a year that moved from being a clear change: "but not clearly above the five years before"."""
    if england.change is None or england.change_on_year is None:
        return ""
    side = "above" if england.change_on_year > 0 else "below"
    years = describe_count(england.years, "year")
    if not england.is_apart_from_none:
        return f"but not clearly {side} the {years} before"
    if england.change_on_year * england.change > 0:
        return f"but not clearly {side} the last two years"
    return f"but still {'below' if side == 'above' else 'above'} the {years} before"


def departures(everything: Sequence[Everywhere], side: str) -> list[Departures]:
    """Return the risks and waits that improve clearly "more" (or "less") than England in some areas, largest first."""
    found = [_departures_of(each, side) for each in everything if section_of(each.definition) == "risk"]
    return sorted((one for one in found if one.clear or one.others), key=lambda one: -one.size)


def _departures_of(found: Everywhere, side: str) -> Departures:
    sizes = {
        area: abs(verdict.against_change or 0)
        for area, verdict in found.areas.items()
        if side_of(found.definition, departure(verdict, found.england)) == side
    }
    order = sorted(sizes, key=lambda area: -sizes[area])
    clear = tuple(area for area in order if found.verdicts[area].certain)
    others = tuple(area for area in order if not found.verdicts[area].certain)
    return Departures(found, side, clear, others, max(sizes.values(), default=0.0))


def describe_own_change(verdict: Verdict) -> str:
    """Return the size of a change where there is one: "15% lower"."""
    return "" if verdict.change is None else describe_change(verdict.change)


def describe_no_clear(found: Departures) -> str:
    """Return what areas have instead of England's clear change: "no clear fall in"."""
    england = found.everywhere.england
    noun = {"lower": "fall", "higher": "rise"}.get(england.direction if england else "", "change")
    return f"no clear {noun} in"


def describe_national(everything: Sequence[Everywhere]) -> str:
    """Return how many risks and waits improve, or worsen, in England, and how many of them nearly everywhere."""
    said = []
    for state in ("concern", "improving"):
        found = [each for each in _risks(everything) if each.england and each.england.state == state]
        if found:
            said.append(_national_sentence(found))
    return " ".join(said)


def _national_sentence(found: Sequence[Everywhere]) -> str:
    ways = {each.england.direction for each in found if each.england}
    moving = {"higher": "rising", "lower": "falling"}[ways.pop()] if len(ways) == 1 else "changing"
    noun = (
        ("prescribing risk", None)
        if is_prescribing([(e.definition, e.england) for e in found if e.england])
        else (
            "risk or wait",
            "risks and waits",
        )
    )
    wide = sum(_clear_like_england(each) >= NEARLY_ALL * max(len(each.areas), 1) for each in found)
    verb = "is" if len(found) == 1 else "are"
    where = (
        ""
        if not wide
        else ", nearly everywhere"
        if wide == len(found)
        else (f", {describe_tally(wide)} of them in nearly every area")
    )
    return f"{capitalised(describe_count(len(found), *noun))} {verb} {moving} in England{where}."


def _clear_like_england(found: Everywhere) -> int:
    return len(found.clear_areas(found.england.direction)) if found.england else 0


def _risks(everything: Sequence[Everywhere]) -> list[Everywhere]:
    return [each for each in everything if section_of(each.definition) == "risk"]


def describe_unsure(everything: Sequence[Everywhere]) -> str:
    """Return which risks and waits went one way in England by what could still be chance, and by how much; or ""."""
    said = [
        f"{short_name(each.definition)}, about {describe_change(each.england.change)}"
        for each in _risks(everything)
        if each.england and each.england.state == "unclear" and each.england.change is not None
    ]
    return f"In England, but could still be chance: {'; '.join([said[0], *map(inside, said[1:])])}." if said else ""
