"""What the verdicts of one measure are worth: simulated from its own figures, and the same for the same figures."""

import zlib
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from psc.catalogue.definition import Metric
from psc.geography.areas import ENGLAND
from psc.stats.verdicts.calibration import Calibration, calibrate_monthly, calibrate_yearly, monthly_widening
from psc.stats.verdicts.monthly import Floats, Ints
from psc.store.grid import Grid
from psc.store.verdicts.calendar import every_month, series_segments
from psc.store.verdicts.complement import complement_of

Packed = tuple[bytes, tuple[int, ...], str]


@dataclass(frozen=True, slots=True)
class Calibrated:
    """Calibration of the areas' own verdicts, and the widening of their changes against England's.

    The ratio of an area to England has other noise than either, so that its intervals need another widening; 1 where
    nothing is compared.
    """

    own: Calibration
    widening_against_england: float = 1.0

    @property
    def widening(self) -> float:
        """By how much the intervals of monthly changes are stretched."""
        return self.own.widening

    def row(self, definition: Metric) -> dict[str, object]:
        """The row of the table `chance`."""
        return {
            "metric_id": definition.id,
            "gives_verdict": self.own.gives_verdict,
            "widening": self.widening,
            "widening_against_england": self.widening_against_england,
            "chance": self.own.chance,
            "one_in": self.own.one_in,
            "none_at_once": self.own.none_at_once,
            "all_at_once": self.own.all_at_once,
            "expected": self.own.expected,
            "finds_fall": self.own.finds_fall,
        }


@dataclass(frozen=True, slots=True, eq=False)
class MonthlyFigures:
    """The figures (S, N) that months are judged by: shares above half as what is left of 100.

    ``exposure`` (S, N) times a figure is its events, None where nothing is counted; ``segment`` (S, N).
    """

    value: Floats
    exposure: Floats | None
    segment: Ints


def calibrated(definition: Metric, grid: Grid) -> Calibrated | None:
    """Calibrate a measure of months or of yearly counts from its figures; None for any other, which has no verdicts."""
    areas_only = grid.without(ENGLAND)
    if not areas_only.areas or definition.chart == "line":
        return None
    if definition.grain == "month":
        figures = monthly_figures(definition, every_month(grid))
        areas = np.array([area != ENGLAND for area in grid.areas], bool)
        return Calibrated(_of(figures, areas), _against_england(figures, areas))
    if definition.grain != "financial_year" or definition.numerator_kind != "count":
        return None
    if np.isnan(areas_only.numerator).all():
        return None
    counts, exposure = areas_only.numerator, areas_only.denominator
    exposure = np.where(np.isnan(counts), np.nan, 1.0) if np.isnan(exposure).all() else exposure
    segment = np.broadcast_to(series_segments(definition, grid.start), counts.shape)
    return Calibrated(_yearly(_packed(counts), _packed(exposure), _packed(segment)))


def monthly_figures(definition: Metric, grid: Grid) -> MonthlyFigures:
    """Return what the months of ``grid``, which has a column for each, are judged by."""
    segment = np.broadcast_to(series_segments(definition, grid.start), grid.value.shape)
    value = complement_of(definition, grid.value, segment).value
    if definition.numerator_kind != "count" or np.isnan(grid.numerator).all():
        return MonthlyFigures(value, None, segment)
    exposure = np.ones_like(value) if definition.is_count else grid.denominator / definition.multiplier
    return MonthlyFigures(value, exposure, segment)


def _of(figures: MonthlyFigures, series: np.ndarray) -> Calibration:
    exposure = None if figures.exposure is None else _packed(figures.exposure[series])
    return _monthly(_packed(figures.value[series]), exposure, _packed(figures.segment[series]))


def _against_england(figures: MonthlyFigures, areas: np.ndarray) -> float:
    """By how much intervals of the ratio of each area to England must be widened; 1 without England."""
    if areas.all():
        return 1.0
    england = figures.value[~areas]
    england = np.where(england > 0, england, np.nan)
    exposure = None if figures.exposure is None else _packed(figures.exposure[areas] * england)
    return _widening(_packed(figures.value[areas] / england), exposure, _packed(figures.segment[areas]))


def _packed(array: np.ndarray) -> Packed:
    """An array as something that a cache can be keyed by."""
    return np.ascontiguousarray(array).tobytes(), array.shape, array.dtype.str


def _unpacked(packed: Packed) -> np.ndarray:
    data, shape, kind = packed
    return np.frombuffer(data, kind).reshape(shape)


# A build of the same figures, as after an edit of one measure, need not simulate their worlds again.
@lru_cache(maxsize=64)
def _monthly(value: Packed, exposure: Packed | None, segment: Packed) -> Calibration:
    counted = None if exposure is None else _unpacked(exposure)
    return calibrate_monthly(_unpacked(value), counted, _unpacked(segment), seed=zlib.crc32(value[0]))


@lru_cache(maxsize=64)
def _widening(value: Packed, exposure: Packed | None, segment: Packed) -> float:
    counted = None if exposure is None else _unpacked(exposure)
    return monthly_widening(_unpacked(value), counted, _unpacked(segment), seed=zlib.crc32(value[0]))


@lru_cache(maxsize=64)
def _yearly(counts: Packed, exposure: Packed, segment: Packed) -> Calibration:
    return calibrate_yearly(_unpacked(counts), _unpacked(exposure), _unpacked(segment), seed=zlib.crc32(counts[0]))
