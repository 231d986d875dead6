"""What the register must know of a measure's charts at this moment, before a decision about them is stored."""

from datetime import date

import pandas as pd

from psc.catalogue.definition import Metric
from psc.geography.areas import ENGLAND
from psc.register.records.chart_decision import applied
from psc.register.records.chart_facts import ChartFacts
from psc.store.one_series import judge_series
from psc.web.session import store

CONCERN = "concern"


def chart_facts(metric: str, area: str) -> ChartFacts | None:
    """Return what the charts of a measure show in an area, or in every area for ``england``; None without figures."""
    definition = store.catalogue().by_id.get(metric)
    if definition is None or not definition.has_series:
        return None
    series = store.rows("series", metric=metric).dropna(subset=["value"])
    own = series[series["area_id"] == area] if area != ENGLAND else series
    if own.empty:
        return None
    periods: list[date] = sorted(day.date() for day in own["period_start"].unique())
    return ChartFacts(
        grain=definition.grain,
        chart=definition.chart,
        unit=definition.unit,
        periods=tuple(periods),
        lowest=float(own["value"].min()),
        highest=float(own["value"].max()),
        possible=definition.possible,
        is_concern=any(_is_concern(definition, place, rows) for place, rows in own.groupby("area_id")),
    )


def _is_concern(definition: Metric, area: str, rows: pd.DataFrame) -> bool:
    """Whether a verdict or an icon that anybody sees of a series is a concern.

    Also the icon of a chart on which new limits were decided before: they must not be moved on from alone either.
    """
    verdict = store.verdicts_on(definition.id).get(area)
    shipped = judge_series(definition, rows).signals
    ours = judge_series(definition, rows, applied(store.register().decisions_about(definition.id, area))).signals
    icons = {*shipped["state"], *ours["state"]}
    return CONCERN in icons or (verdict is not None and verdict.state == CONCERN)
