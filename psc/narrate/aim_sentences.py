"""What an aim of a priority is, and whether its measure has reached it: never whether the area is on the way there."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

import pandas as pd

from psc.catalogue.definition import Metric
from psc.narrate.words import describe_month, describe_number, describe_period


@dataclass(frozen=True, slots=True)
class MeasuredAim:
    """An aim in figures: from ``start`` on the day ``since`` to ``target`` on the day ``by``, in the measure's unit.

    ``title`` is that of its priority, plain text. Raises ValueError for a day to reach it by that is not after
    ``since``, and for a target that is where it starts.
    """

    since: date
    start: float
    by: date
    target: float
    title: str

    def __post_init__(self) -> None:
        if self.by <= self.since:
            raise ValueError(f"by: found {self.by}; expected a day after since ({self.since})")
        if self.target == self.start:
            raise ValueError(f"target: found {self.target:g}, which is the start; expected another figure")


def aim_number(definition: Metric, value: float) -> str:
    """Return a start or a target with all its digits, and at least as many decimals as the measure has: "0.60"."""
    return describe_number(value, _decimals(definition, value))


def aim_figure(definition: Metric, value: float) -> str:
    """Return a start or a target with its unit: "0.60 items per 1,000 patients a month"."""
    return definition.unit_sentence.format(value=aim_number(definition, value))


def describe_goal(definition: Metric, aim: MeasuredAim) -> str:
    """Return what is to be reached and by when: "0.60 items per 1,000 patients a month by December 2027"."""
    return f"{aim_figure(definition, aim.target)} by {describe_month(aim.by)}"


def aim_sentence(definition: Metric, aim: MeasuredAim, series: pd.DataFrame, today: date) -> str:
    """Return the aim, where its measure is now, and whether it has been reached.

    ``series`` is one area's, oldest first, with ``period_start``, ``period_end`` and ``value`` (may be missing). A
    figure counts as it is printed. The aim is reached from the first period on since which every figure, up to the
    latest or to the one at the aim's day, has met the target; figures of before the aim was set do not count.
    """
    drawn = series.dropna(subset=["value"])
    goal = f"Aim: {describe_goal(definition, aim)}"
    if drawn.empty:
        return f"{goal}; no figures yet."
    latest = drawn.iloc[-1]
    number = describe_number(latest["value"], _decimals(definition, aim.target))
    percent = "%" if definition.unit_sentence.startswith("{value}%") else ""
    period = describe_period(latest["period_start"], latest["period_end"], definition.grain)
    return f"{goal}; {number}{percent} now ({period}), {_standing(definition, aim, drawn, today)}."


def _standing(definition: Metric, aim: MeasuredAim, drawn: pd.DataFrame, today: date) -> str:
    met = _met(definition, aim, drawn["value"])
    counted = drawn.assign(met=met)[drawn["period_end"] >= pd.Timestamp(aim.since)]
    if counted.empty and met.iloc[-1]:
        return "no figures since the aim was set"
    in_time = counted[counted["period_start"] <= pd.Timestamp(aim.by)]
    if today <= aim.by:
        return _reached(definition, counted) or "not reached yet"
    if reached := _reached(definition, in_time):
        return reached
    if drawn["period_end"].iloc[-1] < pd.Timestamp(aim.by):
        return "date passed, figures for it not published yet"
    late = _reached(definition, counted)
    return f"{late}, after the date" if late else "date passed, not reached"


def _met(definition: Metric, aim: MeasuredAim, values: pd.Series) -> pd.Series:
    printed = values.map(lambda value: float(f"{value:.{_decimals(definition, aim.target)}f}"))
    return printed <= aim.target if aim.target < aim.start else printed >= aim.target


def _reached(definition: Metric, counted: pd.DataFrame) -> str:
    """Return since when the figures have met the target without a break up to the last of them; nothing if it has not.

    ``counted`` are the figures that count, oldest first, with ``met``.
    """
    if counted.empty or not counted["met"].iloc[-1]:
        return ""
    missed = (~counted["met"]).to_numpy().nonzero()[0]
    first = counted.iloc[missed[-1] + 1 if len(missed) else 0]
    return f"reached in {describe_period(first['period_start'], first['period_end'], definition.grain)}"


def _decimals(definition: Metric, value: float) -> int:
    """As many as the measure's figures have, or more where the value was given with more."""
    exponent = Decimal(repr(value)).normalize().as_tuple().exponent
    return max(definition.decimals, -int(exponent))
