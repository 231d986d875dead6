"""What the collaboratives tried and shared: one solution, its published results, and who else took it up."""

from typing import Annotated

from pydantic import Field, ValidationInfo, field_validator

from psc.articles import with_article
from psc.register.records.fields import (
    AreaId,
    AreaOrEngland,
    Flag,
    HarmCode,
    MetricId,
    PartialDate,
    RegisterDocument,
    SettingCode,
    SolutionId,
    SourcedRecord,
    Text,
    ends_before_it_starts,
    expected,
)
from psc.register.records.register_vocabulary import (
    OUTCOME_KINDS,
    AdoptionStage,
    EvidenceGrade,
    FigureKind,
    MethodTag,
    SolutionStatus,
    SpreadReach,
)

Sources = Annotated[tuple[Text, ...], Field(min_length=1)]


class Result(RegisterDocument):
    """One published figure. What a source does not give is None: show "not recorded".

    ``headline`` marks the figure that speaks for the solution; only an observed or adjusted one may. ``peer_reviewed``:
    it stands in the journal's article that the solution's evidence grade rests on. ``unverified`` says what about the
    figure was not confirmed in its source.
    """

    measure: Text
    population: Text | None = None
    baseline: Text | None = None
    result: Text | None = None
    change: Text | None = None
    figure_kind: FigureKind
    headline: Flag = False
    peer_reviewed: Flag = False
    when: Text | None = None
    unverified: Text | None = None
    sources: Sources

    @field_validator("headline")
    @classmethod
    def _headline_is_an_outcome(cls, headline: bool, info: ValidationInfo) -> bool:
        kind = info.data.get("figure_kind")
        if headline and kind is not None and kind not in OUTCOME_KINDS:
            raise expected("an observed or adjusted figure as headline, never {kind} one", kind=with_article(kind))
        return headline

    @property
    def in_words(self) -> str:
        """The figure in one line: measure, in whom, before, after, change, as far as each is known."""
        parts = [self.baseline, self.result, self.change]
        if self.baseline and self.result and self.figure_kind != "target":
            parts = [f"from {self.baseline} to {self.result}", self.change]
        subject = f"{self.measure} ({self.population})" if self.population else self.measure
        return f"{subject}: {'; '.join(part for part in parts if part)}"


class Award(RegisterDocument):
    """A prize the work won. A prize is not a result."""

    title: Text
    when: Text | None = None
    sources: Sources


class Resource(RegisterDocument):
    """Something others can use, with its address where one is known."""

    title: Text
    url: Text | None = None


class Adoption(RegisterDocument):
    """That an area took the solution up, only where a source says so. ``area`` is ``england`` for a national spread.

    ``solution`` is the case that describes the adoption, where there is one.
    """

    area: AreaOrEngland
    stage: AdoptionStage
    note: Text | None = None
    solution: SolutionId | None = None
    sources: Sources


class Solution(SourcedRecord):
    """A shared-learning case.

    ``national_origin``: all 15 collaboratives did it together; ``areas_of_origin`` then lists only those named as
    leading it, and may be empty. ``patient_involvement`` of None means "not recorded". ``metrics`` are measures of the
    same harm, chosen by us: a movement in one is not a result of the solution.
    """

    title: Text
    status: SolutionStatus
    withdrawn_reason: Annotated[Text | None, Field(validate_default=True)] = None
    national_origin: Flag = False
    areas_of_origin: Annotated[tuple[AreaId, ...], Field(validate_default=True)] = ()
    partners: Text
    care_settings: Annotated[tuple[SettingCode, ...], Field(min_length=1)]
    harm_areas: Annotated[tuple[HarmCode, ...], Field(min_length=1)]
    problem: Text
    what_was_done: Text
    active_ingredients: tuple[Text, ...] = ()
    method: Text | None = None
    method_tags: tuple[MethodTag, ...] = ()
    start: PartialDate | None = None
    end: PartialDate | None = None
    results: tuple[Result, ...] = ()
    results_note: Annotated[Text | None, Field(validate_default=True)] = None
    awards: tuple[Award, ...] = ()
    spread: Text
    spread_reach: SpreadReach
    adopted_by: tuple[Adoption, ...] = ()
    evidence_grade: EvidenceGrade
    caveats: Text | None = None
    patient_involvement: Text | None = None
    resources: tuple[Resource, ...] = ()
    metrics: tuple[MetricId, ...] = ()

    @field_validator("withdrawn_reason")
    @classmethod
    def _withdrawn_says_why(cls, reason: str | None, info: ValidationInfo) -> str | None:
        status = info.data.get("status")
        if status == "withdrawn" and not reason:
            raise expected("the reason, as the solution is withdrawn")
        if reason and status is not None and status != "withdrawn":
            raise expected("no reason, as the solution is not withdrawn")
        return reason

    @field_validator("areas_of_origin")
    @classmethod
    def _begins_somewhere(cls, areas: tuple[str, ...], info: ValidationInfo) -> tuple[str, ...]:
        if not areas and not info.data.get("national_origin"):
            raise expected("at least one area, unless national_origin is true")
        return areas

    @field_validator("end")
    @classmethod
    def _not_before_start(cls, end: str | None, info: ValidationInfo) -> str | None:
        start = info.data.get("start")
        if start and end and ends_before_it_starts(start, end):
            raise expected("a date not before start ({start})", start=start)
        return end

    @field_validator("results")
    @classmethod
    def _one_headline(cls, results: tuple[Result, ...], info: ValidationInfo) -> tuple[Result, ...]:
        marked = sum(result.headline for result in results)
        if info.data.get("status") == "withdrawn":
            if marked:
                raise expected("no headline, as the solution is withdrawn")
        elif marked > 1 or (not marked and any(result.figure_kind in OUTCOME_KINDS for result in results)):
            raise expected("exactly one observed or adjusted result marked as headline, not {marked}", marked=marked)
        return results

    @field_validator("results_note")
    @classmethod
    def _results_or_a_note(cls, note: str | None, info: ValidationInfo) -> str | None:
        if not note and info.data.get("results") == ():
            raise expected("a note saying why there are no results")
        return note

    @field_validator("evidence_grade")
    @classmethod
    def _withdrawn_grade(cls, grade: str, info: ValidationInfo) -> str:
        status = info.data.get("status")
        if status is not None and (grade == "W") != (status == "withdrawn"):
            raise expected("grade W for a withdrawn solution, and for no other")
        return grade
