"""The table of the Compare page: every area's latest figure, with its own period where that is another one."""

from dataclasses import dataclass
from html import escape

import pandas as pd

from psc.catalogue.definition import Definition
from psc.narrate.words import number_words, period_words
from psc.web import data
from psc.web.compare_view import compared_in
from psc.web.parts import count_or_none, counted_words, html_table, icon_with_words

BESIDE_LIMITS = {"high": "above", "low": "below", "": "within"}
NONE = "none"


@dataclass(frozen=True, slots=True)
class _Columns:
    """Which columns there are beside area, figure and signal, and what they are called."""

    period: bool
    parts: bool
    interval: bool
    funnel: str
    note: bool

    @property
    def titles(self) -> list[str]:
        return [
            *["Period"] * self.period,
            *["Numerator", "Denominator"] * self.parts,
            *["95% interval"] * self.interval,
            *[self.funnel] * bool(self.funnel),
            *["Note"] * self.note,
        ]


def facts_table(definition: Definition, order: str) -> str:
    """Return the same facts as a table, with what the columns count and the notes that come with figures (HTML).

    Each of the 15 areas has a row. A figure of another period than the compared one has its period beside it.
    """
    signals = data.rows("metric_signals", metric=definition.id).set_index("area_id")
    areas = data.areas().sort_values("north_to_south" if order == "geographic" else "name")
    sides = data.rows("funnel_areas", metric=definition.id).set_index("area_id")["side"].to_dict()
    columns = _columns(definition, signals, bool(sides))
    body = [_line(definition, area, signals, sides, columns) for area in areas.itertuples()]
    titles = ["Area", definition.unit, "Signal", *columns.titles]
    drawn = html_table(titles, body, f"{definition.title}: latest figures of the 15 areas")
    return f'{drawn}<p class="psc-note">{counted_words(definition)}</p>'


def _columns(definition: Definition, signals: pd.DataFrame, with_funnel: bool) -> _Columns:
    compared = compared_in(definition.id)
    same = signals["period_start"].nunique() <= 1
    when = f", {compared.period}" if compared and not same else ""
    return _Columns(
        period=not same,
        parts=not definition.is_count,
        interval=bool(signals["lower"].notna().any()),
        funnel=f"Against the limits of the funnel{when}" if with_funnel else "",
        note=bool(signals["note"].fillna("").ne("").any()),
    )


def _line(definition: Definition, area, signals: pd.DataFrame, sides: dict[str, str], columns: _Columns) -> list[str]:  # type: ignore[no-untyped-def]
    if area.id not in signals.index:
        return [escape(area.name), "no figures", *[NONE] * (1 + len(columns.titles))]
    row = signals.loc[area.id]
    low, high = (number_words(row[side], definition.decimals) for side in ("lower", "upper"))
    side = BESIDE_LIMITS[sides[area.id]] if area.id in sides else "not in it: no figure"
    return [
        escape(area.name),
        number_words(row["value"], definition.decimals),
        icon_with_words(row["state"], row["side"]),
        *[escape(period_words(row["period_start"], row["period_end"], definition.grain))] * columns.period,
        *[count_or_none(row["numerator"]), count_or_none(row["denominator"])] * columns.parts,
        *[NONE if pd.isna(row["lower"]) else f"{low} to {high}"] * columns.interval,
        *[side] * bool(columns.funnel),
        *[escape(row["note"] or "") or "–"] * columns.note,
    ]
