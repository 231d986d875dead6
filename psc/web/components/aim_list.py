"""The aims of priorities as the pages show them: lines on the charts of their measures, and sentences."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

import pandas as pd
from markupsafe import Markup

from psc.clock import today
from psc.narrate.aim_sentences import MeasuredAim, aim_number, aim_sentence
from psc.narrate.words import describe_date
from psc.register.public.public_register import PublishedPriority
from psc.web.components.page_parts import html_table
from psc.web.components.render import html_link, render_macro
from psc.web.session import store
from psc.web.session.navigation import address

AIMS = "macros/aim_list.html"


@dataclass(frozen=True, slots=True)
class ShownAim:
    """An aim on a chart, and the address of the priority it belongs to."""

    aim: MeasuredAim
    address: str


def aim_of(priority: PublishedPriority) -> MeasuredAim | None:
    """Return the aim of a priority if it has one in figures and goes on; what is closed aims at nothing any more."""
    aim = priority.aim
    if priority.status != "active" or aim is None or not (aim.metric and aim.by and aim.since):
        return None
    since, by = date.fromisoformat(aim.since), date.fromisoformat(aim.by)
    if aim.start_value is None or aim.target_value is None or aim.start_value == aim.target_value or by <= since:
        return None
    return MeasuredAim(since, aim.start_value, by, aim.target_value, priority.title)


def aims_about(metric: str, area: str) -> tuple[ShownAim, ...]:
    """Return the aims of an area's priorities about a measure, the earliest day first."""
    return _aims_about(store.register_version(), metric, area)


@lru_cache(maxsize=2000)
def _aims_about(version: str, metric: str, area: str) -> tuple[ShownAim, ...]:
    found = [shown for areas, about, shown in _all_aims(version) if area in areas and about == metric]
    return tuple(sorted(found, key=lambda shown: (shown.aim.by, shown.aim.title)))


@lru_cache(maxsize=2)
def _all_aims(version: str) -> tuple[tuple[tuple[str, ...], str, ShownAim], ...]:
    """Every aim with its areas and its measure: a page of twenty panels asks for those of each."""
    return tuple(
        (priority.areas, priority.aim.metric or "", ShownAim(aim, address("priority", id=priority.id)))
        for priority in store.register().priorities
        if isinstance(priority, PublishedPriority) and priority.aim and (aim := aim_of(priority))
    )


def lines_of(shown: Sequence[ShownAim]) -> tuple[MeasuredAim, ...]:
    """Return the aims alone, as a chart takes them."""
    return tuple(one.aim for one in shown)


def describe_aim(metric: str, area: str, aim: MeasuredAim) -> str:
    """Return the sentence of an aim in an area: what is aimed for, where the measure is now, whether it is reached."""
    return aim_sentence(store.definition(metric), aim, _series(metric, area), today())


def aims_of_priority(priority: PublishedPriority) -> Markup:
    """Return the sentence of a priority's aim, one for each of its areas where there are several (HTML); or nothing."""
    aim = aim_of(priority)
    if aim is None or priority.aim is None or not (metric := priority.aim.metric):
        return Markup()
    names = store.area_names()
    said = [(names.get(area, area), describe_aim(metric, area, aim)) for area in priority.areas]
    return render_macro(AIMS, "of_areas", said)


def aims_list(metric: str, area: str, style: str = "psc-panel-marks") -> Markup:
    """Return the sentences of the aims on a chart, each with the way to its priority (HTML); nothing without an aim.

    ``style`` is the class of each sentence.
    """
    shown = [(describe_aim(metric, area, one.aim), one.address, one.aim.title) for one in aims_about(metric, area)]
    return render_macro(AIMS, "on_chart", shown, style)


def with_aims(alt: str, metric: str, area: str) -> str:
    """Return the text that stands for a chart, with the aims that it shows."""
    return " ".join([alt, *(describe_aim(metric, area, shown.aim) for shown in aims_about(metric, area))])


def aims_table(metric: str, area: str) -> Markup:
    """Return the lines of the aims on a chart as a table: from which figure and day to which (HTML); or nothing."""
    definition, shown = store.definition(metric), aims_about(metric, area)
    rows = [
        [
            html_link(one.address, one.aim.title),
            aim_number(definition, one.aim.start),
            describe_date(f"{one.aim.since}"),
            aim_number(definition, one.aim.target),
            describe_date(f"{one.aim.by}"),
        ]
        for one in shown
    ]
    columns = ["Aim of the priority", "From", "Since", "To", "By"]
    return html_table(columns, rows, f"Aims, {definition.unit}") if rows else Markup()


def _series(metric: str, area: str) -> pd.DataFrame:
    series = store.rows("series", metric=metric)
    return series[series["area_id"] == area]
