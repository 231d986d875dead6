"""The parts of a definition: breaks, decisions about limits, targets, gaps, and where the figures come from."""

from datetime import date
from typing import Annotated, Self

from pydantic import Field, model_validator

from psc.catalogue.documents import Document, Slug, Text, disagreement


class SeriesBreak(Document):
    """From ``date`` on, figures mean something else: a new segment starts there."""

    date: date
    reason: Text


class Rebase(Document):
    """New limits from ``start`` on, in one area or in all: a person has judged that the level changed for a reason."""

    start: date
    reason: Text
    area: Slug | None = None
    decided_by: Text
    decided_on: date


class Target(Document):
    """What the figure is to reach from ``start`` on, until the next target; who set it, and where that is published."""

    start: date
    value: float
    source: Text


class PlannedPoint(Document):
    """Where a published plan wanted the figure to be on ``date``: drawn beside the figures, never judged."""

    date: date
    value: float


class Gap(Document):
    """Periods from ``first`` to ``last`` (their first days) that no area has a figure for, and why."""

    first: date
    last: date
    reason: Text


class AreaValues(Document):
    """How the publisher's figures became figures of the 15 areas; ``approximate`` if they only come close."""

    how: Text
    approximate: bool


class EnglandFigure(Document):
    """A published England figure that ours must match within ``tolerance_percent``."""

    period_start: date
    numerator: float | None = None
    value: float | None = None
    tolerance_percent: Annotated[float, Field(gt=0, le=5)]
    source: Text

    @model_validator(mode="after")
    def _fits_together(self) -> Self:
        if (self.numerator is None) == (self.value is None):
            raise disagreement([("numerator", "numerator and value both, or neither", "exactly one of the two")])
        return self

    @property
    def published(self) -> tuple[str, float]:
        """The column the figure is about, numerator or value, and what was published."""
        if self.numerator is not None:
            return "numerator", self.numerator
        assert self.value is not None, "checked above"
        return "value", self.value


class NoSeries(Document):
    """Why no figures are shown, and which published file would give some, in which form."""

    reason: Text
    how_to_load: Text
