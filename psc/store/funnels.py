"""The funnel of each measure's latest figures: do areas differ by more than chance, given their size?"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from psc.catalogue.definition import Metric
from psc.stats.funnels.funnel import Funnel, proportion_funnel, rate_funnel, ratio_funnel
from psc.stats.funnels.limit_curves import proportion_limits, rate_limits, ratio_limits
from psc.store.grid import Grid
from psc.store.possible import within_possible

Floats = npt.NDArray[np.float64]
LEVELS = {"95": 0.95, "998": 0.998}
CURVE_POINTS = 60
FEWEST_AREAS = 2
SIDES = {1: "high", -1: "low", 0: ""}


@dataclass(frozen=True)
class FunnelRows:
    """The rows of `funnel`, `funnel_area` and `funnel_curve` for one metric; none where it has no funnel."""

    funnel: pd.DataFrame
    areas: pd.DataFrame
    curve: pd.DataFrame


def funnel_rows(definition: Metric, grid: Grid) -> FunnelRows:
    """Return the funnel of the period in which areas are compared; ``grid`` holds the 15 areas, without England.

    There is none for a single area, nor where no area had an event: limits around a rate of zero have no width.
    """
    last = grid.compared
    if definition.funnel == "none" or last is None:
        return FunnelRows(pd.DataFrame(), pd.DataFrame(), pd.DataFrame())
    part, whole = grid.numerator[:, last], grid.denominator[:, last]
    known = ~(np.isnan(part) | np.isnan(whole))
    if known.sum() < FEWEST_AREAS:
        return FunnelRows(pd.DataFrame(), pd.DataFrame(), pd.DataFrame())
    found = _funnel(definition, part[known], whole[known])
    if np.isnan(found.phi[0]):
        return FunnelRows(pd.DataFrame(), pd.DataFrame(), pd.DataFrame())
    chance = found.unadjusted
    areas = pd.DataFrame(
        {
            "metric_id": definition.id,
            "area_id": np.array(grid.areas, dtype=object)[known],
            "side": [SIDES[int(side)] for side in found.side[0]],
            "beyond_chance": (found.value < chance.lower998)[0] | (found.value > chance.upper998)[0],
            "lower": within_possible(definition, found.lower[0]),
            "upper": within_possible(definition, found.upper[0]),
        }
    )
    told = {
        "metric_id": definition.id,
        "centre": found.centre[0],
        "phi": found.phi[0],
        "tau2": found.tau2[0],
        "overdispersed": bool(found.overdispersed[0]),
        "areas": int(found.n_units[0]),
    }
    return FunnelRows(pd.DataFrame([told]), areas, _curve(definition, found, whole[known]))


def _funnel(definition: Metric, part: Floats, whole: Floats) -> Funnel:
    """Judged at 99.8% on limits that allow for the usual differences between areas where there are any."""
    if definition.funnel == "proportion":
        return proportion_funnel(part[None], whole[None], per=definition.multiplier)
    if definition.funnel == "ratio":
        return ratio_funnel(part[None], whole[None], method="SHMI", per=definition.multiplier)
    return rate_funnel(part[None], whole[None], per=definition.multiplier)


def _curve(definition: Metric, found: Funnel, sizes: Floats) -> pd.DataFrame:
    """The limits the areas were judged by, at sizes from a little below the smallest area to beyond the largest."""
    at = np.geomspace(sizes.min() * 0.85, sizes.max() * 1.1, CURVE_POINTS)
    tau2 = float(found.tau2[0]) if found.adjusted_limits[0] else None
    columns: dict[str, object] = {"metric_id": definition.id, "denominator": at}
    for name, level in LEVELS.items():
        lower, upper = _limits(definition, float(found.centre[0]), at, tau2, level)
        columns |= {
            f"lower{name}": within_possible(definition, lower),
            f"upper{name}": within_possible(definition, upper),
        }
    return pd.DataFrame(columns)


def _limits(definition: Metric, centre: float, at: Floats, tau2: float | None, level: float) -> tuple[Floats, Floats]:
    per = definition.multiplier
    if definition.funnel == "proportion":
        return proportion_limits(centre, at, tau2=tau2 or 0.0, level=level, per=per)
    if definition.funnel == "ratio":
        lower, upper = ratio_limits(at, tau2=tau2, level=level, method="SHMI")
        return lower * per, upper * per
    return rate_limits(centre, at, tau2=tau2, level=level, per=per)
