"""The verdict of monthly series: against the same months a year before, or by exact counts where events are rare."""

import numpy as np

from psc.catalogue.definition import Metric
from psc.geography.areas import ENGLAND
from psc.stats.verdicts.monthly import FEWEST_PAIRS, YEAR, Bools, Floats, Ints, YearOnYear, year_on_year
from psc.stats.verdicts.rare import few_a_month, twelve_month_counts
from psc.store.grid import Grid
from psc.store.verdicts.calendar import series_segments
from psc.store.verdicts.complement import Judged, complement_of
from psc.store.verdicts.found import Found, reasons_of, sides


def by_months(definition: Metric, grid: Grid, widening: float, widening_against_england: float) -> list[Found]:
    """Judge a grid with every month: each series by the first of the methods returned that gives it a reason."""
    segment = np.broadcast_to(series_segments(definition, grid.start), grid.value.shape)
    counted = definition.numerator_kind == "count" and not np.isnan(grid.numerator).all()
    rare = few_a_month(grid.numerator) if counted else np.zeros(len(grid.areas), bool)
    others = grid.denominator - grid.numerator
    few_others = few_a_month(others) & ~rare if counted and definition.has_complement else np.zeros_like(rare)
    exposure = np.where(np.isnan(grid.numerator), np.nan, 1.0) if definition.is_count else grid.denominator
    own = ~(rare | few_others)
    found = [_of_months(definition, grid, segment, own, widening, widening_against_england)]
    if rare.any():
        found.append(_of_rare(twelve_month_counts(grid.numerator, exposure, segment), 1, rare))
    if few_others.any():
        found.append(_of_rare(twelve_month_counts(others, exposure, segment), -1, few_others))
    return found


def _of_months(
    definition: Metric,
    grid: Grid,
    segment: Ints,
    own: Bools,
    widening: float,
    widening_against_england: float,
) -> Found:
    """The year-on-year verdict of the series marked ``own``.

    Shares above half are judged on what is left, or 96% could never change by 2%; the size shown is the share's own.
    """
    judged_on = complement_of(definition, grid.value, segment)
    shown = year_on_year(grid.value, segment, widening)
    judged = year_on_year(judged_on.value, segment, widening)
    against = _against_england(definition, grid, segment, judged_on, widening_against_england)
    reason = np.where(judged.pairs < FEWEST_PAIRS, "too_few_months", "").astype(object)
    flags = [
        [name for name, marks in (("complement", judged_on.flipped), ("gaps", judged.pairs < YEAR)) if marks[s]]
        for s in range(len(grid.areas))
    ]
    return Found(
        "monthly",
        judged.direction * judged_on.sign,
        judged.certain,
        shown.change,
        shown.lower,
        shown.upper,
        np.full(len(grid.areas), np.nan),
        judged.pairs,
        judged.agreeing,
        np.zeros(len(grid.areas), np.int64),
        *against,
        flags,
        reasons_of(own, reason),
    )


def _against_england(
    definition: Metric, grid: Grid, segment: Ints, judged_on: Judged, widening: float
) -> tuple[np.ndarray, Floats, Floats, Floats]:
    """How the year's change differs from England's: lower, higher or alike, with its size and interval, each (S,)."""
    size = len(grid.areas)
    none = np.full(size, np.nan)
    if ENGLAND not in grid.areas or definition.is_count:
        return np.full(size, "", dtype=object), none, none, none
    found = year_on_year(judged_on.beside(grid.value[grid.areas.index(ENGLAND)]), segment, widening)
    known = (found.pairs >= FEWEST_PAIRS) & ~np.isnan(found.lower)
    return sides(found.moved * judged_on.sign, known), found.change, found.lower, found.upper


def _of_rare(judged: YearOnYear, sign: int, own: Bools) -> Found:
    size = len(own)
    none = np.full(size, np.nan)
    reason = np.where(
        judged.pairs < FEWEST_PAIRS, "too_few_months", np.where(judged.direction == 0, "too_few_to_say", "")
    )
    return Found(
        "rare",
        judged.direction * sign,
        judged.certain,
        judged.change,
        judged.lower,
        judged.upper,
        none,
        judged.pairs,
        judged.agreeing,
        np.zeros(size, np.int64),
        np.full(size, "", dtype=object),
        *(none, none, none),
        [["complement"] if sign < 0 else [] for _ in range(size)],
        reasons_of(own, reason),
    )
