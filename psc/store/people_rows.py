"""Rows of the table `people`: how many fewer, or more, people there would be in an area at England's rate."""

from collections.abc import Collection
from dataclasses import dataclass

import numpy as np
import pandas as pd

from psc.catalogue.definition import Metric
from psc.catalogue.reporting import STEP
from psc.geography.areas import ENGLAND
from psc.stats.verdicts.monthly import FEWEST_PAIRS, YEAR, Floats, Ints
from psc.stats.verdicts.people_at_rate import people_at_rate
from psc.store.grid import Grid


def people_rows(definition: Metric, grid: Grid, stepped: Collection[str] = ()) -> pd.DataFrame:
    """Return a row for each area of ``grid`` (with England) that can be compared; none unless people are counted.

    The latest 12 months end with the period in which the areas are compared. A year needs at least ten months with
    figures of both the area and England, and both are then counted over those. ``stepped`` areas, in which a
    contributor changed how much it counts, have no row: their share of England's cases could be made by that alone.
    """
    areas = grid.without(ENGLAND)
    last = areas.compared
    if not definition.counts_people or last is None or ENGLAND not in grid.areas:
        return pd.DataFrame()
    years = _years(definition, grid, areas, last)
    share = years.counts[:, -1] / years.exposure[:, -1] if definition.is_proportion else np.zeros(len(areas.areas))
    found = people_at_rate(years.counts, years.expected, share)
    rows = pd.DataFrame(
        {
            "metric_id": definition.id,
            "area_id": np.array(areas.areas, dtype=object),
            "difference": found.difference,
            "lower": found.lower,
            "upper": found.upper,
            "clear": found.clear,
            "months": years.months,
            "period_end": areas.end[last],
        }
    )
    return rows[rows["difference"].notna() & ~rows["area_id"].isin(list(stepped))]


@dataclass(frozen=True, slots=True, eq=False)
class _Years:
    """``counts``, ``exposure`` and those ``expected`` at England's rate (S, Y), oldest first; ``months`` (S,) of the
    latest year that have figures.
    """

    counts: Floats
    exposure: Floats
    expected: Floats
    months: Ints


def _years(definition: Metric, grid: Grid, areas: Grid, last: int) -> _Years:
    """Sum the periods of one segment to years that end with the period ``last``."""
    england = grid.areas.index(ENGLAND)
    step = STEP[definition.grain]
    since = max((item.date for item in definition.series_breaks if item.date <= areas.end[last].item()), default=None)
    back = (areas.months[last] - areas.months) // YEAR
    usable = (back >= 0) & (True if since is None else areas.start >= np.datetime64(since))
    both = ~np.isnan(areas.numerator + areas.denominator + grid.numerator[england] + grid.denominator[england])
    columns: list[tuple[Floats, ...]] = []
    for year in range(int(back.max()), -1, -1):
        kept = both & (usable & (back == year))
        months = kept.sum(axis=1) * step
        parts = (areas.numerator, areas.denominator, grid.numerator[england], grid.denominator[england])
        x, n, whole, people = (np.where(kept, part, 0.0).sum(axis=1) for part in parts)
        enough = (months >= FEWEST_PAIRS) & (n > 0) & (people > 0)
        rate = np.divide(whole, people, out=np.full(x.shape, np.nan), where=enough)
        columns.append((np.where(enough, x, np.nan), np.where(enough, n, np.nan), n * rate, months))
    counts, exposure, expected, months_of = (np.stack(part, axis=1) for part in zip(*columns, strict=True))
    return _Years(counts, exposure, expected, months_of[:, -1].astype(np.int64))
