"""What the verdicts on one measure add up to across the areas, beside England's."""

from collections.abc import Collection, Sequence
from datetime import date

from psc.catalogue.definition import Metric
from psc.narrate.against import departure
from psc.narrate.pandemic import describe_counted_areas
from psc.narrate.verdicts import ABOUT_THE_SAME, Verdict, verdict_sentence
from psc.narrate.words import (
    VERBS,
    capitalised,
    describe_count,
    describe_few,
    describe_list,
    describe_month,
    describe_old,
    describe_tally,
)


def describe_england(definition: Metric, england: Verdict | None) -> str:
    """Return the verdict on a measure in England, or that there is none."""
    return verdict_sentence(definition, england) if england else "No figure for all of England."


def describe_areas(verdicts: Collection[Verdict], england: Verdict | None, areas: int) -> str:
    """Return in how many of ``areas`` areas a measure changed clearly, and in how many otherwise than in England.

    ``verdicts`` has one for each area with figures. Returns "" where all have them and none can be judged.
    """
    if not verdicts:
        return "No area has figures."
    judged = [verdict for verdict in verdicts if verdict.is_judged]
    said = (
        [_describe_directions(judged), *_describe_pandemic(judged), _describe_against(judged, england)]
        if judged
        else []
    )
    if missing := areas - len(verdicts):
        said.append(f"No figures in {describe_count(missing, 'area')}.")
    return " ".join(words for words in said if words)


def describe_level(above: Sequence[str], below: Sequence[str], not_compared: int = 0) -> str:
    """Return which areas' latest level is clearly ``above`` or ``below`` England's; nothing where none is.

    ``not_compared``: in how many areas one contributor changed how much it counts, so that nothing is said of them.
    """
    said = [f"{way} in {describe_few(names)}" for way, names in (("lower", below), ("higher", above)) if names]
    left_out = f" {capitalised(describe_count(not_compared, 'area'))} cannot be compared." if not_compared else ""
    return f"Next to England the level is clearly {' and '.join(said)}.{left_out}" if said else ""


def describe_data(verdicts: Collection[Verdict], today: date) -> str:
    """Return up to when there are figures, how old they are, and in how many areas they end earlier."""
    if not verdicts:
        return ""
    ends = [verdict.period_end for verdict in verdicts]
    earlier = sum(end < max(ends) for end in ends)
    older = f"; in {describe_count(earlier, 'area')} they end earlier" if earlier else ""
    return f"Data to {describe_month(max(ends))}, {describe_old(max(ends), today)}{older}."


def _describe_directions(judged: Collection[Verdict]) -> str:
    said = []
    for way in ("higher", "lower"):
        found = sum(verdict.certain and verdict.direction == way for verdict in judged)
        if found:
            said.append(f"clearly {way} in {_of_areas(found, len(judged))}")
    clear = describe_list(said) or "no area changed clearly"
    return f"{capitalised(clear)}{_describe_all_on_year(judged)}."


def _describe_pandemic(judged: Collection[Verdict]) -> list[str]:
    return [describe_counted_areas(judged, way) for way in ("higher", "lower")]


def _of_areas(found: int, all_of: int) -> str:
    if found == all_of:
        return "the only area judged" if all_of == 1 else f"all {describe_tally(all_of)} areas"
    return f"{describe_tally(found)} of {describe_count(all_of, 'area')}"


def _describe_all_on_year(judged: Collection[Verdict]) -> str:
    way = all_on_year(judged)
    if not way:
        return ""
    clear = any(verdict.certain for verdict in judged)
    why = "" if clear else f", not clearly {'above' if way == 'higher' else 'below'} earlier years"
    return f"{'; ' if clear else ', but '}{way} than the year before in all {describe_tally(len(judged))}{why}"


def all_on_year(verdicts: Collection[Verdict]) -> str:
    """Return the way in which yearly figures moved on the year before in every area, or ""; one area is not every."""
    changes = [verdict.change_on_year for verdict in verdicts if verdict.change_on_year is not None]
    if len(changes) < len(verdicts) or len(verdicts) < 2:
        return ""
    # An area whose own sentence says "about the same" went neither way.
    return "higher" if min(changes) >= ABOUT_THE_SAME else "lower" if max(changes) <= -ABOUT_THE_SAME else ""


def _describe_against(judged: Collection[Verdict], england: Verdict | None) -> str:
    ways = [departure(verdict, england) for verdict in judged]
    up, down = ways.count("higher"), ways.count("lower")
    if england is None or not up + down:
        return ""
    if not (england.certain and england.direction in VERBS):
        return f"Next to England it moved up in {describe_count(up, 'area')} and down in {describe_tally(down)}."
    faster, slower = (up, down) if england.direction == "higher" else (down, up)
    some = any(
        not verdict.certain for verdict, way in zip(judged, ways, strict=True) if way not in ("", england.direction)
    )
    not_at_all = ", or not clearly," if some else ""
    verb = VERBS[england.direction]
    if not faster:
        return f"It {verb} more slowly than in England{not_at_all} in {describe_count(slower, 'area')}."
    also = f", and more slowly{not_at_all} in {describe_tally(slower)}" if slower else ""
    return f"It {verb} faster than in England in {describe_count(faster, 'area')}{also}."
