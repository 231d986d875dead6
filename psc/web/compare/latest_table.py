"""The table of the Compare page: every area's latest figure, with its own period where that is another one."""

from dataclasses import dataclass
from html import escape

import pandas as pd

from psc.catalogue.definition import Metric
from psc.narrate.funnel_sentences import describe_level
from psc.narrate.people_sentences import PEOPLE_NOTE, People, describe_people, describe_when
from psc.narrate.words import describe_number, describe_period
from psc.web.compare.sections import compared_in
from psc.web.components.page_parts import count_or_none, describe_counted, html_table
from psc.web.components.people_at_england_rate import people_on
from psc.web.session import store

NONE = "none"


@dataclass(frozen=True, slots=True)
class _Columns:
    """Which columns there are beside area and figure, and what they are called."""

    period: bool
    parts: bool
    interval: bool
    level: str
    people: str
    note: bool

    @property
    def titles(self) -> list[str]:
        return [
            *["Period"] * self.period,
            *["Numerator", "Denominator"] * self.parts,
            *["95% interval"] * self.interval,
            *[self.level] * bool(self.level),
            *[self.people] * bool(self.people),
            *["Note"] * self.note,
        ]


def facts_table(definition: Metric, order: str) -> str:
    """Return the latest figures as a table, with what the columns count and the notes that come with figures (HTML).

    Each of the 15 areas has a row. A figure of another period than the compared one has its period beside it.
    """
    latest = store.rows("metric_signals", metric=definition.id).set_index("area_id")
    areas = store.areas().sort_values("north_to_south" if order == "geographic" else "name")
    levels = {
        row.area_id: describe_level(row.level, row.side, compared=row.compared)
        for row in store.rows("funnel_areas", metric=definition.id).itertuples()
    }
    people = people_on(definition.id)
    columns = _columns(definition, latest, people, with_funnel=bool(levels))
    body = [_line(definition, area, latest, levels, people, columns) for area in areas.itertuples()]
    titles = ["Area", definition.unit, *columns.titles]
    drawn = html_table(titles, body, f"{definition.title}: latest figures of the 15 areas", cells_are_html=True)
    notes = [escape(describe_counted(definition)), escape(_people_note(definition, people))]
    notes += [] if columns.note else [escape(note) for note in latest["note"].dropna().unique() if note]
    return f'{drawn}<p class="psc-note">{" ".join(filter(None, notes))}</p>'


def _columns(definition: Metric, latest: pd.DataFrame, people: dict[str, People], *, with_funnel: bool) -> _Columns:
    compared = compared_in(definition.id)
    same = latest["period_start"].nunique() <= 1
    when = f", {compared.period}" if compared and not same else ""
    return _Columns(
        period=not same,
        parts=not definition.is_count,
        interval=bool(latest["lower"].notna().any()),
        level=f"Level next to England{when}" if with_funnel else "",
        people="At England’s rate" if people else "",
        note=latest["note"].fillna("").nunique() > 1,
    )


def _people_note(definition: Metric, people: dict[str, People]) -> str:
    """What the numbers at England's rate count, over which months, and what they do not say; nothing without any."""
    if not people:
        return ""
    latest = max(people.values(), key=lambda one: one.months)
    counted = f"At England’s rate: how many fewer or more {definition.counted} there would have been in"
    left_out = (
        f" Areas where one {definition.contributors.one} changed how much it counts are not compared."
        if definition.contributors
        else ""
    )
    return f"{counted} {describe_when(latest)}, with a 99% interval.{left_out} {PEOPLE_NOTE}"


def _line(  # type: ignore[no-untyped-def]
    definition: Metric,
    area,
    latest: pd.DataFrame,
    levels: dict[str, str],
    people: dict[str, People],
    columns: _Columns,
) -> list[str]:
    if area.id not in latest.index:
        return [escape(area.name), "no figures", *[NONE] * len(columns.titles)]
    row = latest.loc[area.id]
    low, high = (describe_number(row[side], definition.decimals) for side in ("lower", "upper"))
    at_rate = describe_people(people[area.id]) if area.id in people else "not compared"
    return [
        escape(area.name),
        describe_number(row["value"], definition.decimals),
        *[escape(describe_period(row["period_start"], row["period_end"], definition.grain))] * columns.period,
        *[count_or_none(row["numerator"]), count_or_none(row["denominator"])] * columns.parts,
        *[NONE if pd.isna(row["lower"]) else f"{low} to {high}"] * columns.interval,
        *[levels.get(area.id, "no figure to compare")] * bool(columns.level),
        *[at_rate] * bool(columns.people),
        *[escape(row["note"] or "") or "–"] * columns.note,
    ]
