"""Rows of the table `verdict`: lower or higher than before, how sure that is, and how it compares with England.

Only breaks of the series limit what is compared with what; limits that people choose for a chart change no verdict.
"""

from collections.abc import Iterator

import numpy as np
import pandas as pd

from psc.catalogue.definition import Metric
from psc.geography.areas import ENGLAND
from psc.stats.verdicts.monthly import Ints
from psc.store.grid import Grid
from psc.store.verdicts.calendar import every_month, series_segments
from psc.store.verdicts.calibrated import Calibrated
from psc.store.verdicts.found import WAY, Found, nothing
from psc.store.verdicts.months import by_months
from psc.store.verdicts.years import by_years

JUDGED = ("", "too_few_to_say")


def verdict_rows(definition: Metric, grid: Grid, chance: Calibrated | None = None) -> pd.DataFrame:
    """Return one row for each area with figures and for England.

    ``chance`` says by how much intervals are stretched, and whether the measure gives verdicts at all: where it does
    not, no direction is certain.
    """
    found = _judged(definition, grid, chance)
    last = grid.value.shape[1] - 1 - np.argmax(~np.isnan(grid.value)[:, ::-1], axis=1)
    return pd.DataFrame(list(_rows(definition, grid, found, last, chance is None or chance.own.gives_verdict)))


def _rows(
    definition: Metric, grid: Grid, found: list[Found], last: Ints, gives_verdict: bool
) -> Iterator[dict[str, object]]:
    for s, area in enumerate(grid.areas):
        item = next(one for one in found if one.reason[s] is not None)
        judged = item.reason[s] in JUDGED
        direction = WAY[int(item.direction[s])] if judged else "not_judged"
        certain = bool(item.certain[s]) and judged and gives_verdict
        yield {
            "metric_id": definition.id,
            "area_id": area,
            "method": item.method,
            "direction": direction,
            "certain": certain,
            "state": _state(definition, direction, certain),
            "change": _number(item.change[s]),
            "lower": _number(item.lower[s]),
            "upper": _number(item.upper[s]),
            "change_on_year": _number(item.change_on_year[s]),
            "pairs": int(item.pairs[s]),
            "agreeing": int(item.agreeing[s]),
            "years": int(item.years[s]),
            "against_england": item.against[s] if area != ENGLAND else "",
            "against_change": _number(item.against_change[s]),
            "against_lower": _number(item.against_lower[s]),
            "against_upper": _number(item.against_upper[s]),
            "flags": "; ".join(item.flags[s]),
            "reason": item.reason[s],
            "period_start": grid.start[last[s]],
            "period_end": grid.end[last[s]],
            "value": grid.value[s, last[s]],
        }


def _number(figure: float) -> float | None:
    return None if np.isnan(figure) or np.isinf(figure) else float(figure)


def _state(definition: Metric, direction: str, certain: bool) -> str:
    if direction in ("none", "not_judged"):
        return {"none": "steady", "not_judged": "unjudged"}[direction]
    if not certain:
        return "unclear"
    if definition.direction == "neutral":
        return direction
    return "improving" if definition.direction == direction else "concern"


def _judged(definition: Metric, grid: Grid, chance: Calibrated | None) -> list[Found]:
    """The methods that fit the measure; a series belongs to the first that gives its reason as text, "" if judged."""
    if definition.chart == "line" or definition.grain == "overlapping_year":
        return [nothing(grid, "overlapping")]
    if definition.grain == "financial_year":
        if definition.numerator_kind != "count" or np.isnan(grid.numerator).all():
            return [nothing(grid, "no_counts")]
        return [by_years(grid, series_segments(definition, grid.start))]
    if definition.grain == "month":
        widening, beside = (chance.widening, chance.widening_against_england) if chance else (1.0, 1.0)
        return by_months(definition, every_month(grid), widening, beside)
    return [nothing(grid, "quarterly")]
