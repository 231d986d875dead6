"""What the collaboratives said they would work on: priorities, national programmes, and how it came about."""

from typing import Annotated, Literal

from pydantic import Field, ValidationInfo, field_validator

from psc.register.records.fields import (
    AreaId,
    HarmCode,
    MetricId,
    PartialDate,
    ProgrammeId,
    RegisterDocument,
    SettingCode,
    SourcedRecord,
    Text,
    Year,
    ends_before_it_starts,
    expected,
)
from psc.register.records.register_vocabulary import FigureKind, Origin, PriorityStatus, StatusBasis

AREA_COUNT = 15

Scope = Literal["one_area", "several_areas", "national"]


class Priority(SourcedRecord):
    """A priority that one or more collaboratives published.

    ``year_to`` of None means that it goes on. ``origin`` says who set it, ``scope`` how many areas share it.
    ``patient_involvement`` is None where the sources do not say that patients, carers or the public took part: show
    "not recorded". ``metrics`` are measures of the same harm, chosen by us: a movement in one is not a result of the
    priority.
    """

    title: Text
    summary: Text
    areas: Annotated[tuple[AreaId, ...], Field(min_length=1)]
    harm_areas: Annotated[tuple[HarmCode, ...], Field(min_length=1)]
    care_settings: Annotated[tuple[SettingCode, ...], Field(min_length=1)]
    origin: Origin
    how_set: Text | None = None
    patient_involvement: Text | None = None
    year_from: Year
    year_to: Year | None
    status: PriorityStatus
    status_basis: StatusBasis
    note: Text | None = None
    metrics: tuple[MetricId, ...] = ()
    programme: ProgrammeId | None = None

    @field_validator("year_to")
    @classmethod
    def _not_before_year_from(cls, year_to: int | None, info: ValidationInfo) -> int | None:
        year_from = info.data.get("year_from")
        if year_from is not None and year_to is not None and year_to < year_from:
            raise expected("a year not before year_from ({year_from})", year_from=year_from)
        return year_to

    @property
    def scope(self) -> Scope:
        """How many areas share the priority."""
        if len(self.areas) == 1:
            return "one_area"
        return "national" if len(self.areas) == AREA_COUNT else "several_areas"

    @property
    def status_inferred(self) -> bool:
        """Whether we worked the status out from the dates, rather than read it."""
        return self.status_basis == "inferred_from_dates" or self.is_inferred("status")


class PublishedFigure(RegisterDocument):
    """A figure a programme published, and what kind of figure it is."""

    text: Text
    figure_kind: FigureKind


class Programme(SourcedRecord):
    """A national programme of the collaboratives. An ``end`` of None means that no end is recorded."""

    title: Text
    short_title: Text
    start: PartialDate
    end: PartialDate | None = None
    aim: Text
    measures: Text
    published_results: tuple[PublishedFigure, ...] = ()
    results_note: Text | None = None

    @field_validator("end")
    @classmethod
    def _not_before_start(cls, end: str | None, info: ValidationInfo) -> str | None:
        start = info.data.get("start")
        if start and end and ends_before_it_starts(start, end):
            raise expected("a date not before start ({start})", start=start)
        return end


class TimelineEvent(SourcedRecord):
    """Something that happened in the history of the collaboratives, dated as precisely as the source is."""

    date: PartialDate
    event: Text
    note: Text | None = None
