"""What the verdicts of one measure are worth: simulated from its own figures, and the same for the same figures."""

import zlib
from dataclasses import dataclass

import numpy as np

from psc.catalogue.definition import Definition
from psc.catalogue.observations import ENGLAND
from psc.stats.verdicts.calibration import Calibration, calibrate_monthly, calibrate_yearly
from psc.stats.verdicts.monthly import Floats, Ints
from psc.store.grid import Grid
from psc.store.verdicts.calendar import every_month, series_segments
from psc.store.verdicts.months import mostly_counted


@dataclass(frozen=True, slots=True)
class Calibrated:
    """Calibration of the areas' own verdicts, and of those ``against_england`` where the measure has any.

    The ratio of an area to England has other noise than either, so that its intervals need another widening.
    """

    own: Calibration
    against_england: Calibration | None


@dataclass(frozen=True, slots=True, eq=False)
class MonthlyFigures:
    """The figures (S, N) that months are judged by: shares above half as what is left of 100.

    ``exposure`` (S, N) times a figure is its events, None where nothing is counted; ``segment`` (S, N).
    """

    value: Floats
    exposure: Floats | None
    segment: Ints


def calibrated(definition: Definition, grid: Grid) -> Calibrated | None:
    """Calibrate a measure of months or of yearly counts from its figures; None for any other, which has no verdicts."""
    seed = zlib.crc32(np.ascontiguousarray(grid.value).tobytes())
    if definition.grain == "month":
        figures = monthly_figures(definition, every_month(grid))
        areas = np.array([area != ENGLAND for area in grid.areas], bool)
        own = calibrate_monthly(*_of(figures, areas), seed=seed)
        return Calibrated(own, _against_england(figures, areas, seed))
    if definition.grain != "financial_year" or np.isnan(grid.numerator).all():
        return None
    areas_only = grid.without(ENGLAND)
    counts, exposure = areas_only.numerator, areas_only.denominator
    exposure = np.where(np.isnan(counts), np.nan, 1.0) if np.isnan(exposure).all() else exposure
    segment = np.broadcast_to(series_segments(definition, grid.start), counts.shape)
    return Calibrated(calibrate_yearly(counts, exposure, segment, seed=seed), None)


def monthly_figures(definition: Definition, grid: Grid) -> MonthlyFigures:
    """Return what the months of ``grid``, which has a column for each, are judged by."""
    segment = np.broadcast_to(series_segments(definition, grid.start), grid.value.shape)
    flipped = mostly_counted(definition, grid, segment)
    value = np.where(flipped[:, None], 100.0 - grid.value, grid.value)
    if definition.numerator_kind != "count" or np.isnan(grid.numerator).all():
        return MonthlyFigures(value, None, segment)
    exposure = np.ones_like(value) if definition.is_count else grid.denominator / definition.multiplier
    return MonthlyFigures(value, exposure, segment)


def _of(figures: MonthlyFigures, series: np.ndarray) -> tuple[Floats, Floats | None, Ints]:
    exposure = None if figures.exposure is None else figures.exposure[series]
    return figures.value[series], exposure, figures.segment[series]


def _against_england(figures: MonthlyFigures, areas: np.ndarray, seed: int) -> Calibration | None:
    """Calibrate the ratio of each area to England; None without England."""
    if areas.all():
        return None
    value, exposure, segment = _of(figures, areas)
    england = figures.value[~areas]
    england = np.where(england > 0, england, np.nan)
    return calibrate_monthly(value / england, None if exposure is None else exposure * england, segment, seed=seed)
