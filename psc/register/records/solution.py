"""What the collaboratives tried and shared: one solution, compiled from public sources or written by an area."""

from collections.abc import Mapping
from typing import Annotated, Any, ClassVar, Literal

from pydantic import Field, ValidationInfo, field_validator

from psc.register.records.adoption import Adoption
from psc.register.records.fields import (
    AreaId,
    Flag,
    HarmCode,
    MetricId,
    PartialDate,
    RegisterDocument,
    SettingCode,
    SourcedRecord,
    Sources,
    Text,
    ends_before_it_starts,
    expected,
)
from psc.register.records.record_content import (
    FEW,
    Content,
    Line,
    Link,
    OptionalDay,
    OptionalLine,
    OptionalProse,
    Title,
)
from psc.register.records.register_vocabulary import (
    OUTCOME_KINDS,
    PEER_REVIEWED,
    EvidenceGrade,
    MethodTag,
    SolutionStatus,
    SpreadReach,
)
from psc.register.records.solution_result import Result, ResultContent
from psc.register.records.text_lengths import MOST_RECORDS
from psc.register.text.web_address import says_where


class Award(RegisterDocument):
    """A prize the work won. A prize is not a result."""

    title: Text
    when: Text | None = None
    sources: Sources


class Resource(RegisterDocument):
    """Something others can use, with its address where one is known."""

    title: Text
    url: Text | None = None


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


class ResourceContent(Content):
    """Something others can use."""

    title: Line
    url: Link = None


class SolutionContent(Content):
    """A solution, as the gallery's cases."""

    REQUIRED: ClassVar[Mapping[str, str]] = {
        "problem": "Say what the problem was.",
        "what_was_done": "Say what was done.",
        "partners": "Say who tested it.",
        "care_settings": "Choose where care is given.",
        "harm_areas": "Choose the kind of harm it is about.",
        "evidence_grade": "Grade the evidence.",
        "patient_involvement": "Say how patients took part; that they did not is an answer.",
        "caveats": "Say what to know before trying it.",
        "contact_role": "Name the role, not the person, to contact.",
    }

    title: Title
    partners: OptionalLine = None
    care_settings: Annotated[tuple[SettingCode, ...], FEW] = ()
    harm_areas: Annotated[tuple[HarmCode, ...], FEW] = ()
    metrics: Annotated[tuple[MetricId, ...], FEW] = ()
    problem: OptionalProse = None
    what_was_done: OptionalProse = None
    active_ingredients: Annotated[tuple[Line, ...], FEW] = ()
    method: OptionalProse = None
    method_tags: Annotated[tuple[MethodTag, ...], FEW] = ()
    start: OptionalDay = None
    end: OptionalDay = None
    results: Annotated[tuple[ResultContent, ...], Field(max_length=MOST_RECORDS)] = ()
    results_note: OptionalProse = None
    evidence_grade: Literal["A", "B", "C", "D"] | None = None
    patient_involvement: OptionalProse = None
    caveats: OptionalProse = None
    resources: Annotated[tuple[ResourceContent, ...], Field(max_length=MOST_RECORDS)] = ()
    contact_role: OptionalLine = None
    next_review: OptionalDay = None
    reason: OptionalProse = None

    @classmethod
    def required(cls, content: Mapping[str, Any]) -> dict[str, str]:
        """Return what is always required, and a result, or why there is none."""
        if content.get("results"):
            return dict(cls.REQUIRED)
        return {**cls.REQUIRED, "results_note": "Give at least one result, or say why there is none."}

    @classmethod
    def unsupported(cls, content: Mapping[str, Any]) -> dict[str, str]:
        """Return what a grade that only a journal can give still needs: where the journal's article is."""
        sources = [result.get("source") or "" for result in content.get("results") or ()]
        if content.get("evidence_grade") not in PEER_REVIEWED or any(map(says_where, sources)):
            return {}
        return {
            "evidence_grade": "Grades A and B are for what a peer-reviewed journal has published: give the web address "
            "or the DOI of the article as the source of a result, or choose another grade."
        }

    @classmethod
    def from_compiled(cls, facts: Mapping[str, Any]) -> dict[str, Any]:
        """Return a compiled solution's facts as the words of a form, for the lead who claims it to go on from."""
        # The result that was chosen to speak for the solution stays the one that does: the first of its kind.
        results = sorted(facts.get("results", ()), key=lambda result: not result.get("headline"))
        words = {
            **facts,
            "reason": facts.get("withdrawn_reason"),
            "results": [ResultContent.from_compiled(result) for result in results],
        }
        if words.get("evidence_grade") == "W":
            del words["evidence_grade"]
        if note := facts.get("unverified_note"):
            words["caveats"] = f"{facts.get('caveats') or ''} Not verified when it was compiled: {note}".strip()
        return super().from_compiled(words)
