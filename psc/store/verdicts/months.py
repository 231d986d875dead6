"""The verdict of monthly series: against the same months a year before, or by exact counts where events are rare."""

import numpy as np

from psc.catalogue.definition import Definition
from psc.catalogue.observations import ENGLAND
from psc.stats.verdicts.monthly import FEWEST_PAIRS, YEAR, Bools, Floats, Ints, YearOnYear, last_pairs, year_on_year
from psc.stats.verdicts.rare import few_a_month, twelve_month_counts
from psc.store.grid import Grid
from psc.store.verdicts.calendar import series_segments
from psc.store.verdicts.found import Found, reasons_of, sides

COMPLEMENT_ABOVE = 50.0


def by_months(definition: Definition, grid: Grid, widening: float) -> list[Found]:
    """Judge a grid with every month: each series by the first of the methods returned that gives it a reason."""
    segment = np.broadcast_to(series_segments(definition, grid.start), grid.value.shape)
    counted = definition.numerator_kind == "count" and not np.isnan(grid.numerator).all()
    rare = few_a_month(grid.numerator) if counted else np.zeros(len(grid.areas), bool)
    others = grid.denominator - grid.numerator
    few_others = few_a_month(others) & ~rare if counted and definition.has_complement else np.zeros_like(rare)
    exposure = np.where(np.isnan(grid.numerator), np.nan, 1.0) if definition.is_count else grid.denominator
    found = [_of_months(definition, grid, segment, widening, ~(rare | few_others))]
    if rare.any():
        found.append(_of_rare(twelve_month_counts(grid.numerator, exposure, segment), 1, rare))
    if few_others.any():
        found.append(_of_rare(twelve_month_counts(others, exposure, segment), -1, few_others))
    return found


def _of_months(definition: Definition, grid: Grid, segment: Ints, widening: float, own: Bools) -> Found:
    """The year-on-year verdict of the series marked ``own``.

    Shares above half are judged on what is left, or 96% could never change by 2%; the size shown is the share's own.
    """
    flipped = mostly_counted(definition, grid, segment)
    sign = np.where(flipped, -1, 1)
    shown = year_on_year(grid.value, segment, widening)
    judged = year_on_year(np.where(flipped[:, None], 100.0 - grid.value, grid.value), segment, widening)
    against = _against_england(definition, grid, segment, flipped, widening)
    reason = np.where(judged.pairs < FEWEST_PAIRS, "too_few_months", "").astype(object)
    flags = [
        [name for name, marks in (("complement", flipped), ("gaps", judged.pairs < YEAR)) if marks[s]]
        for s in range(len(grid.areas))
    ]
    return Found(
        "monthly",
        judged.direction * sign,
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


def mostly_counted(definition: Definition, grid: Grid, segment: Ints) -> Bools:
    """Whether (S,) a series is a share that lies above half in the two years compared."""
    then, now = last_pairs(grid.value, segment)
    with np.errstate(invalid="ignore"):
        middle = np.nan_to_num(np.nansum(then + now, axis=1) / np.maximum(2 * (~np.isnan(then)).sum(axis=1), 1))
    return (middle > COMPLEMENT_ABOVE) & definition.is_share


def _against_england(
    definition: Definition, grid: Grid, segment: Ints, flipped: Bools, widening: float
) -> tuple[np.ndarray, Floats, Floats, Floats]:
    """How the year's change differs from England's: lower, higher or alike, with its size and interval, each (S,)."""
    size = len(grid.areas)
    none = np.full(size, np.nan)
    if ENGLAND not in grid.areas or definition.is_count:
        return np.full(size, "", dtype=object), none, none, none
    england = grid.value[grid.areas.index(ENGLAND)]
    area, whole = (np.where(flipped[:, None], 100.0 - array, array) for array in (grid.value, england))
    usable = (whole > 0) & ~np.isnan(area)
    ratio = np.divide(area, whole, out=np.full(area.shape, np.nan), where=usable)
    found = year_on_year(ratio, segment, widening)
    side = found.moved * np.where(flipped, -1, 1)
    known = (found.pairs >= FEWEST_PAIRS) & ~np.isnan(found.lower)
    return sides(side, known), found.change, found.lower, found.upper


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
