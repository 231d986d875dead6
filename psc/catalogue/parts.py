"""The parts of a definition: breaks, decisions about limits, targets, gaps, and where the figures come from."""

from typing import Annotated, Self

from pydantic import Field, model_validator

from psc.catalogue.definition_files import Day, Document, Flag, Number, Slug, Text, Whole, disagreement


class SeriesBreak(Document):
    """From ``date`` on, figures mean something else: a new segment starts there."""

    date: Day
    reason: Text


class Rebase(Document):
    """New limits from ``start`` on, in one area or in all: a person has judged that the level changed for a reason.

    They rest on all figures from then on, or on the first ``baseline_points`` of them.
    """

    start: Day
    reason: Text
    area: Slug | None = None
    baseline_points: Annotated[Whole, Field(ge=12)] | None = None
    decided_by: Text
    decided_on: Day


class Target(Document):
    """What the figure is to reach from ``start`` on, until the next target; who set it, and where that is published."""

    start: Day
    value: Number
    source: Text


class PlannedPoint(Document):
    """Where a published plan wanted the figure to be on ``date``: drawn beside the figures, never judged."""

    date: Day
    value: Number


class Gap(Document):
    """Periods from ``first`` to ``last`` (their first days) that no area has a figure for, and why."""

    first: Day
    last: Day
    reason: Text

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.last < self.first:
            raise disagreement([("last", str(self.last), f"a day no earlier than first, {self.first}")])
        return self


class AreaValues(Document):
    """How the publisher's figures became figures of the 15 areas; ``approximate`` if they only come close."""

    how: Text
    approximate: Flag


class Contributors(Document):
    """Who the figures of an area are summed from, where that is published: ``one`` of them is called ("trust").

    ``numerator`` and ``denominator`` name in a few words what is counted of each ("emergency admissions").
    """

    one: Text
    numerator: Text
    denominator: Text


class EnglandFigure(Document):
    """A published England figure that ours must match within ``tolerance_percent``."""

    period_start: Day
    numerator: Number | None = None
    value: Number | None = None
    tolerance_percent: Annotated[Number, Field(gt=0, le=5)]
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
