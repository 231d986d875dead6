"""Whether the fields of one definition fit together, and with the day it is."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date
from typing import TYPE_CHECKING

from psc.catalogue.definition_files import Problem
from psc.clock import today

if TYPE_CHECKING:
    from psc.catalogue.definition import Metric

CHART_OF_GRAIN: Mapping[str, str] = {
    "month": "xmr",
    "quarter": "xmr",
    "financial_year": "run",
    "overlapping_year": "line",
}
_PER = re.compile(r"\bper ([0-9][0-9,]*)")


def disagreements(metric: "Metric") -> list[Problem]:
    """Each misfit as (key, found, expected)."""
    return [*_units(metric), *_method(metric), *_lists(metric), *_days(metric), *_series(metric)]


def _units(metric: "Metric") -> Iterator[Problem]:
    unit, sentence = metric.unit, metric.unit_sentence
    if re.findall(r"{(.*?)}", sentence) != ["value"]:
        yield "unit_sentence", sentence, "{value} exactly once and nothing else in braces"
    if "%" in unit and not metric.is_share:
        yield "unit", unit, "% at the beginning, as in % of admissions, or no %"
    elif metric.is_share != (metric.multiplier == 100):
        wanted = "100, for the unit begins with %" if metric.is_share else "another than 100, or a unit with % first"
        yield "multiplier", f"{metric.multiplier:g} with unit {unit!r}", wanted
    if ("%" in unit) != ("%" in sentence):
        yield "unit_sentence", sentence, f"{'a' if '%' in unit else 'no'} % as in the unit, {unit}"
    if sorted(_PER.findall(unit)) != sorted(_PER.findall(sentence)):
        yield "unit_sentence", sentence, f"the same number after per as in the unit, {unit}"
    wanted_figures = [("targets", item.value) for item in metric.targets]
    wanted_figures += [("trajectory", item.value) for item in metric.trajectory]
    for name, value in wanted_figures:
        if metric.is_share and not 0 <= value <= 100:
            yield name, f"{value:g}", f"a figure in the measure's own unit, {unit}: 0 to 100"


def _method(metric: "Metric") -> Iterator[Problem]:
    needing = {"a %": metric.is_share, "interval wilson": metric.interval == "wilson"}
    needing["ratio_to_expected"] = metric.ratio_to_expected
    if metric.is_count and any(needing.values()):
        what = ", ".join(name for name, needs in needing.items() if needs)
        yield "denominator", "nothing", f"what the numerator is divided by, as the measure has {what}"
    if metric.numerator_kind != "count" and (metric.needs_parts or metric.counted):
        needed = "count, as interval, counted or ratio_to_expected say that events are counted"
        yield "numerator_kind", metric.numerator_kind, needed
    if metric.is_count and metric.contributors:
        yield "contributors", metric.contributors.denominator, "none, as the measure has no denominator"
    if metric.counts_people:
        yield from _people(metric)
    if metric.chart != CHART_OF_GRAIN[metric.grain]:
        yield "chart", metric.chart, f"{CHART_OF_GRAIN[metric.grain]}, the chart for grain {metric.grain}"


def _people(metric: "Metric") -> Iterator[Problem]:
    """What hinders a sentence such as "about 120 fewer reported infections a year at England's rate"."""
    hindrances = {
        f"numerator_kind {metric.numerator_kind}": metric.numerator_kind != "count",
        "no counted": not metric.counted,
        "no denominator": metric.is_count,
        "ratio_to_expected": metric.ratio_to_expected,
        f"grain {metric.grain}": metric.grain == "overlapping_year",
        "direction neutral": metric.direction == "neutral",
    }
    if found := ", ".join(name for name, hinders in hindrances.items() if hinders):
        needed = "counted people in a denominator, in periods that do not overlap, with a better side; or leave it out"
        yield "counts_people", f"true with {found}", needed


def _lists(metric: "Metric") -> Iterator[Problem]:
    for name, dates in (
        ("series_breaks", [item.date for item in metric.series_breaks]),
        ("targets", [item.start for item in metric.targets]),
        ("trajectory", [item.date for item in metric.trajectory]),
    ):
        if dates != sorted(set(dates)):
            yield name, ", ".join(map(str, dates)), "each date once, oldest first"
    if len(set(metric.care_settings)) < len(metric.care_settings):
        yield "care_settings", ", ".join(metric.care_settings), "each setting once"
    everywhere = {item.start for item in metric.rebases if item.area is None}
    for (start, area), number in Counter((item.start, item.area) for item in metric.rebases).items():
        if number > 1 or (area is not None and start in everywhere):
            yield "rebases", f"{start} twice for {area or 'all areas'}", "new limits once on a day"


def _days(metric: "Metric") -> Iterator[Problem]:
    now = today()
    if metric.next_review <= metric.checked_on:
        yield "next_review", str(metric.next_review), f"a day after checked_on, {metric.checked_on}"
    done: list[tuple[str, date]] = [("checked_on", metric.checked_on)]
    done += [(f"rebases.{index}.decided_on", item.decided_on) for index, item in enumerate(metric.rebases)]
    for name, day in done:
        if day > now:
            yield name, str(day), f"a day no later than today, {now}"


def _series(metric: "Metric") -> Iterator[Problem]:
    if metric.has_series and metric.area_values is None:
        yield "area_values", "nothing", "how area values were made, or no_series"
    if not metric.has_series and (metric.area_values or metric.england_published):
        yield "no_series", "area_values or england_published too", "neither without a series"
