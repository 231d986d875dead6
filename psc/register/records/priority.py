"""What the collaboratives said they would work on: priorities, national programmes, and how it came about."""

import datetime
from collections.abc import Mapping, Sequence
from typing import Annotated, Any, ClassVar, Literal

from pydantic import BeforeValidator, Field, ValidationInfo, field_validator

from psc.register.records.fields import (
    AreaId,
    HarmCode,
    KnownIds,
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
from psc.register.records.priority_aims import check_aim, needed_of_aim, times_of_change
from psc.register.records.record_content import (
    FEW,
    Content,
    OptionalDay,
    OptionalFigure,
    OptionalLine,
    OptionalProse,
    Title,
    empty_is_none,
)
from psc.register.records.register_vocabulary import (
    FigureKind,
    InvolvementLevel,
    Origin,
    PriorityStatus,
    StatusBasis,
)

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


class PriorityContent(Content):
    """A priority. The aim is a measure, where it stands, where it is to go, and by when: in words, figures or both.

    The figures are in the unit of the measure, and are a line on its chart.
    """

    REQUIRED: ClassVar[Mapping[str, str]] = {
        "summary": "Say in plain English what the priority is.",
        "harm_areas": "Choose the kind of harm it is about.",
        "care_settings": "Choose where care is given, or all settings.",
        "origin": "Say who set it.",
        "involvement_level": "Say at what level patients and staff took part; that nobody did is an answer.",
        "patient_involvement": "Say how patients and staff took part.",
        "contact_role": "Name the role, not the person, to contact.",
        "review_date": "Say when it will be looked at again.",
    }

    title: Title
    summary: OptionalProse = None
    harm_areas: Annotated[tuple[HarmCode, ...], FEW] = ()
    care_settings: Annotated[tuple[SettingCode, ...], FEW] = ()
    origin: Origin | None = None
    how_set: OptionalProse = None
    metrics: Annotated[tuple[MetricId, ...], FEW] = ()
    aim_metric: Annotated[MetricId | None, BeforeValidator(empty_is_none)] = None
    aim_measure: OptionalLine = None
    aim_baseline: OptionalLine = None
    aim_target: OptionalLine = None
    aim_start_value: OptionalFigure = None
    aim_target_value: OptionalFigure = None
    aim_by: OptionalDay = None
    involvement_level: InvolvementLevel | None = None
    patient_involvement: OptionalProse = None
    contact_role: OptionalLine = None
    review_date: OptionalDay = None
    outcome: OptionalProse = None

    @classmethod
    def required(cls, content: Mapping[str, Any]) -> dict[str, str]:
        """Return what is always required, and the rest of an aim that was begun."""
        return {**cls.REQUIRED, **needed_of_aim(content)}

    @classmethod
    def may_belong_to(cls, areas: Sequence[str], content: Mapping[str, Any]) -> bool:
        """Say whether any area owns it: several areas may share a priority."""
        return bool(areas)

    @classmethod
    def check_change(
        cls,
        content: Mapping[str, Any],
        before: Mapping[str, Any],
        areas: Sequence[str],
        known: KnownIds,
        today: datetime.date,
    ) -> None:
        """Raise Incomplete where its aim cannot be meant as it is written."""
        check_aim(content, before, areas, known.measures, today)

    @classmethod
    def times_of_change(cls, before: Mapping[str, Any], after: Mapping[str, Any], now: str) -> dict[str, str]:
        """Return when its aim changed, where it did."""
        return times_of_change(before, after, now)
