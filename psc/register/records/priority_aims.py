"""A priority's aim in figures of one of the site's measures: what it must say, and when it changed."""

import datetime
from collections.abc import Collection, Mapping
from typing import Any

from psc.register.errors import Incomplete
from psc.register.records.fields import KnownMeasure

AIM_CHANGED = "aim_changed"
"""The name of the time at which the aim of a record last changed, among its times."""
MOST_YEARS = 10
"""An aim further away leaves its chart no room for the figures."""
_FIGURES = ("aim_start_value", "aim_target_value")
_PASSED = "This day is not in the future. Give a day that is still to come."


def _aim(content: Mapping[str, Any]) -> tuple[Any, ...]:
    """Return what makes the line of an aim: its measure, its figures and its day."""
    return tuple(content.get(name) for name in ("aim_metric", *_FIGURES, "aim_by"))


def times_of_change(before: Mapping[str, Any], after: Mapping[str, Any], now: str) -> dict[str, str]:
    """Return the time of a change of the aim, to be added to the times of the record; nothing where it is as before."""
    return {AIM_CHANGED: now} if _aim(after) != _aim(before) else {}


def needed_of_aim(content: Mapping[str, Any]) -> dict[str, str]:
    """Return what a priority with an aim must say of it before it is published: field to what to do about it.

    An aim says where the measure stands, where it is to go, and by when. It may do so in words; where it gives one
    figure, it gives both.
    """
    figures = any(content.get(name) is not None for name in _FIGURES)
    if not figures and not content.get("aim_target") and not content.get("aim_by"):
        return {}
    start, target = _FIGURES if figures else ("aim_baseline", "aim_target")
    measure = {"aim_metric": "Choose the measure that the figures are of."} if figures else {}
    if not figures and not content.get("aim_metric"):
        measure = {"aim_measure": "Say which measure the aim is about."}
    now, to_go = "Say where the measure stands now.", "Say where it is to go."
    return {**measure, start: now, target: to_go, "aim_by": "Say by when."}


def check_aim(
    content: Mapping[str, Any],
    before: Mapping[str, Any],
    areas: Collection[str],
    measures: Mapping[str, KnownMeasure] | None,
    today: datetime.date,
) -> None:
    """Raise Incomplete where an aim cannot be meant as it is written.

    ``content`` has been checked field by field; ``before`` is what the record said until now, so that an aim whose day
    has passed does not stand in the way of another change. Without ``measures`` the figures are not checked.
    """
    problems = {}
    by = _day(content)
    if by and content.get("aim_by") != before.get("aim_by") and by <= today:
        problems["aim_by"] = _PASSED
    figures = {name: content[name] for name in _FIGURES if content.get(name) is not None}
    if figures and by and by.year > today.year + MOST_YEARS:
        problems["aim_by"] = f"An aim in figures is for the next {MOST_YEARS} years: give an earlier day."
    if figures and measures is not None:
        problems |= _wrong_figures(figures, measures.get(content.get("aim_metric") or ""), areas)
    if problems:
        raise Incomplete(problems)


def require_day_to_come(content: Mapping[str, Any], today: datetime.date) -> None:
    """Raise Incomplete where the day of an aim has passed before its priority was published."""
    by = _day(content)
    if by and by <= today:
        raise Incomplete({"aim_by": _PASSED})


def _day(content: Mapping[str, Any]) -> datetime.date | None:
    return datetime.date.fromisoformat(content["aim_by"]) if content.get("aim_by") else None


def _wrong_figures(
    figures: Mapping[str, float], measure: KnownMeasure | None, areas: Collection[str]
) -> dict[str, str]:  # fmt: skip
    if measure is None:
        return {"aim_metric": "Choose the measure that the figures are of."}
    if not set(areas) <= measure.areas:
        which = "the area" if len(areas) == 1 else "each of the areas"
        return {"aim_metric": f"There are no figures of this measure for {which}: give the aim in words."}
    low, high = measure.lowest, measure.highest
    beyond = f"This measure cannot be below {low:g}{'' if high == float('inf') else f' or above {high:g}'}."
    if wrong := {name: beyond for name, value in figures.items() if not low <= value <= high}:
        return wrong
    if len(figures) < len(_FIGURES):
        return {}
    start, target = (figures[name] for name in _FIGURES)
    if start == target:
        return {"aim_target_value": "This is where the measure stands now: say where it is to go."}
    if measure.direction == "lower" and target > start:
        return {"aim_target_value": "Lower is better in this measure: the target must be below where it stands now."}
    if measure.direction == "higher" and target < start:
        return {"aim_target_value": "Higher is better in this measure: the target must be above where it stands now."}
    return {}
