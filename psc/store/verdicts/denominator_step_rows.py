"""Verdicts of areas in which a contributor's denominator stepped: kept only where they hold without that contributor.

Rows of the tables `denominator_step` and `step_contributor`, and the rows of `verdict` as they are then shown.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

import numpy as np
import pandas as pd

from psc.catalogue.definition import Metric
from psc.geography.areas import ENGLAND
from psc.stats.verdicts.denominator_steps import without_contributor
from psc.stats.verdicts.monthly import Floats
from psc.store.grid import Grid
from psc.store.verdicts.rows import verdict_rows

Judge = Callable[[Grid], pd.DataFrame]
FLAG = "denominator_step"
NO_SIZE = {"change": None, "lower": None, "upper": None}
NOT_HELD = {"direction": "not_judged", "certain": False, "state": "unjudged", "reason": FLAG, **NO_SIZE}
NOT_COMPARED = {"against_england": "", "against_change": None, "against_lower": None, "against_upper": None}


@dataclass(frozen=True, slots=True, eq=False)
class SteppedVerdicts:
    """The rows of `verdict`, `denominator_step` and `step_contributor` of one metric."""

    verdicts: pd.DataFrame
    steps: pd.DataFrame
    parts: pd.DataFrame


def stepped_verdicts(
    definition: Metric, grid: Grid, steps: pd.DataFrame, parts: pd.DataFrame, judge: Judge | None = None
) -> SteppedVerdicts:
    """Judge every series, and those with ``steps`` also without each such contributor, and without all of them.

    ``judge`` makes rows of `verdict` of a grid: ``verdict_rows`` where none is given. ``steps`` and ``parts`` are as
    :func:`psc.catalogue.declared_steps.read_steps` gives them. A verdict without a contributor that has another
    direction makes the area's ``not_judged``; one that is not certain makes it uncertain; and a comparison with England
    that comes out otherwise is dropped. England's own verdict stays: 5% of an area are little of it.
    """
    judge = judge or partial(verdict_rows, definition)
    verdicts = judge(grid)
    ids = {"metric_id": definition.id}
    found = []
    for area in sorted(set(steps["area"]) & set(grid.areas)):
        codes = sorted(set(steps.loc[steps["area"] == area, "contributor"]))
        sets = [[code] for code in codes] + ([codes] if len(codes) > 1 else [])
        others = [_without(definition, grid, area, parts, left_out, judge) for left_out in sets]
        place = verdicts.index[verdicts["area_id"] == area][0]
        for column, value in _shown(verdicts.loc[place], others).items():
            verdicts.at[place, column] = value
        found += [
            {"area": area, "contributor": code, **_columns(other)}
            for code, other in zip(codes, others[: len(codes)], strict=True)
        ]
    rows = steps.merge(pd.DataFrame(found, columns=["area", "contributor", *_columns({})]), on=["area", "contributor"])
    return SteppedVerdicts(
        verdicts,
        rows.rename(columns={"area": "area_id"}).assign(**ids),
        parts.rename(columns={"area": "area_id"}).assign(**ids),
    )


def _without(
    definition: Metric, grid: Grid, area: str, parts: pd.DataFrame, left_out: list[str], judge: Judge
) -> dict[str, object]:
    """The verdict of an area without some contributors; an empty one where nothing would be left of the area."""
    own = parts[(parts["area"] == area) & parts["contributor"].isin(left_out)]
    rows = [n for n, name in enumerate(grid.areas) if name in (area, ENGLAND)]
    here = np.array([grid.areas[n] == area for n in rows])[:, None]
    numerator, denominator = (
        np.where(here, without_contributor(whole[rows], _summed(own, column, grid)), whole[rows])
        for column, whole in (("numerator", grid.numerator), ("denominator", grid.denominator))
    )
    left = here & (denominator > 0)
    rate = np.divide(numerator, denominator, out=np.full(numerator.shape, np.nan), where=left)
    value = np.where(here, rate * definition.multiplier, grid.value[rows])
    names = [grid.areas[n] for n in rows]
    if np.isnan(value).all(axis=1).any():
        return {}
    judged = judge(Grid(names, grid.start, grid.end, value, numerator, denominator))
    return judged[judged["area_id"] == area].to_dict("records")[0]


def _summed(own: pd.DataFrame, column: str, grid: Grid) -> Floats:
    """What the contributors count together in each period (N,); 0 where none of them is in the area's figure."""
    place = np.searchsorted(grid.start, own["period_start"].to_numpy("datetime64[D]"))
    return np.bincount(place, own[column].to_numpy(float), grid.start.size).astype(np.float64)


def _shown(verdict: pd.Series, others: list[dict[str, object]]) -> dict[str, object]:
    """What changes in the row of a verdict, given the same without each contributor and without all of them."""
    shown: dict[str, object] = {"flags": "; ".join(filter(None, [verdict["flags"], FLAG]))}
    if verdict["direction"] == "not_judged":
        return shown
    if any(other.get("direction") != verdict["direction"] for other in others):
        return shown | NOT_HELD | NOT_COMPARED
    if verdict["certain"] and not all(other["certain"] for other in others):
        shown |= {"certain": False, "state": "unclear"}
    if any(other["against_england"] != verdict["against_england"] for other in others):
        shown |= NOT_COMPARED
    return shown


def _columns(other: dict[str, object]) -> dict[str, object]:
    """What `denominator_step` says of the verdict without a contributor."""
    return {
        "direction_without": other.get("direction", "not_judged"),
        "certain_without": other.get("certain", False),
        "change_without": other.get("change"),
        "value_without": other.get("value"),
    }
