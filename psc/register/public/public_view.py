"""Shows a row of the register as the public reads it: what its area wrote, or what was compiled."""

from collections.abc import Iterable, Mapping
from typing import Any, cast

from psc.clock import london_day
from psc.register.database.register_tables import AdoptionRow, PdsaCycleRow, Row, SolutionRow
from psc.register.public.public_register import (
    Aim,
    LearningEvent,
    PdsaCycle,
    PublishedAdoption,
    PublishedPriority,
    PublishedSolution,
    RecordProvenance,
)
from psc.register.records.adoption import STAGE_DATES
from psc.register.records.chart_decision import ChartDecision
from psc.register.records.priority_aims import AIM_CHANGED
from psc.register.records.register_vocabulary import OUTCOME_KINDS
from psc.register.records.solution import Award, Resource
from psc.register.records.solution_result import Result

UNWRITTEN = "Not written yet."
_STATUS = {"published": "active", "closed": "closed"}


def standing_of(row: Row) -> RecordProvenance:
    """Return whose word a record is. A solution's new words count from when a reviewer has shared them."""
    rewritten = ("share" if isinstance(row, SolutionRow) else "edit") in row.times
    return RecordProvenance(cast(Any, row.provenance), row.claimed_by, day_of(row.times.get("claim")), rewritten)


def priority_of(row: Row) -> PublishedPriority:
    """Return a priority as it is, or would be, shown."""
    facts = row.compiled or {}
    standing = standing_of(row)
    words = row.content
    if not standing.is_areas_own:
        return PublishedPriority.model_validate(facts | {"standing": standing} | _closed(row))
    published, closed = row.times.get("published"), row.times.get("closed")
    began = facts.get("year_from") or london_day(published or row.updated_at).year
    return PublishedPriority.model_construct(
        **_doubts(facts, words),
        id=row.id,
        sources=tuple(facts.get("sources", ())),
        title=words["title"],
        summary=words.get("summary", UNWRITTEN),
        areas=tuple(row.areas),
        harm_areas=tuple(words.get("harm_areas", ())),
        care_settings=tuple(words.get("care_settings", ())),
        origin=words.get("origin", "local"),
        how_set=words.get("how_set"),
        patient_involvement=words.get("patient_involvement"),
        year_from=began,
        year_to=int(closed[:4]) if closed else facts.get("year_to") if row.state == "closed" else None,
        status=_STATUS.get(row.state, row.state),
        status_basis="stated",
        metrics=tuple(dict.fromkeys([*words.get("metrics", ()), *filter(None, [words.get("aim_metric")])])),
        programme=facts.get("programme"),
        standing=standing,
        aim=_aim(row),
        involvement_level=words.get("involvement_level"),
        contact_role=words.get("contact_role"),
        review_date=words.get("review_date"),
        outcome=words.get("outcome"),
        published_on=day_of(published),
    )


def _closed(row: Row) -> dict[str, Any]:
    """What the lead who took a compiled priority over has said by closing it."""
    if "close" not in row.times:
        return {}
    year = london_day(row.times["close"]).year
    return {"status": "closed", "status_basis": "stated", "year_to": year, "outcome": row.content.get("outcome")}


def _doubts(facts: Mapping[str, Any], words: Mapping[str, Any]) -> dict[str, Any]:
    """What was not verified stays marked as long as the area has not written something else in its place."""
    left = [name for name in facts.get("unverified_fields", ()) if words.get(name, facts.get(name)) == facts.get(name)]
    return {
        "verified": facts.get("verified", True) or not left,
        "unverified_fields": tuple(left),
        "unverified_note": facts.get("unverified_note") if left else None,
    }


def _aim(row: Row) -> Aim | None:
    aim = Aim(**{name: row.content.get(f"aim_{name}") for name in Aim._fields})
    if aim == Aim():
        return None
    times = [row.times[name] for name in ("published", "claim", AIM_CHANGED) if name in row.times]
    return aim._replace(since=day_of(max(times, default=row.updated_at)))


def adoption_of(row: AdoptionRow) -> PublishedAdoption:
    """Return an adoption as it is, or would be, shown."""
    facts, standing = row.compiled or {}, standing_of(row)
    if not standing.is_areas_own:
        return PublishedAdoption.model_validate({**facts, "id": row.id, "standing": standing})
    words = row.content
    return PublishedAdoption.model_construct(
        id=row.id,
        area=row.area,
        stage=words.get("stage", "unknown"),
        note=words.get("note"),
        solution=facts.get("solution"),
        sources=tuple(facts.get("sources", ())),
        standing=standing,
        sites=words.get("sites"),
        adapted=words.get("adapted"),
        reached={stage: words[field] for stage, field in STAGE_DATES.items() if words.get(field)},
    )


def solution_of(
    row: SolutionRow, adoptions: Iterable[PublishedAdoption] = (), *, revised: bool = False
) -> PublishedSolution:
    """Return a solution as it is, or would be, shown; ``revised``: as it would be once its revision is shared."""
    facts, standing = row.compiled or {}, standing_of(row)
    taken = tuple(adoptions)
    if not standing.is_areas_own:
        compiled = facts | {"standing": standing, "next_review": row.content.get("next_review")} | _withdrawn(row)
        return PublishedSolution.model_validate({**compiled, "adopted_by": [dict(item) for item in taken]})
    words = (row.revision if revised else None) or row.content
    in_use = {adoption.area for adoption in taken if adoption.stage in ("adopted", "sustained")}
    stopped = {adoption.area for adoption in taken if adoption.stage == "stopped"}
    withdrawn = row.state == "withdrawn"
    return PublishedSolution.model_construct(
        **_doubts(facts, words),
        **{**_plain(words), **{name: words.get(name) or facts.get(name) for name in ("start", "end")}},
        id=row.id,
        sources=tuple(facts.get("sources", ())),
        title=words["title"],
        status=row.state,
        withdrawn_reason=words.get("reason") if withdrawn else None,
        national_origin=bool(facts.get("national_origin")),
        areas_of_origin=tuple(row.areas),
        partners=words.get("partners", UNWRITTEN),
        problem=words.get("problem", UNWRITTEN),
        what_was_done=words.get("what_was_done", UNWRITTEN),
        results=() if withdrawn and not words.get("results") else _results(words, withdrawn=withdrawn),
        resources=tuple(Resource.model_validate(item) for item in words.get("resources", ())),
        awards=tuple(Award.model_validate(award) for award in facts.get("awards", ())),
        spread=facts.get("spread") or _describe_spread(len(in_use), len(stopped)),
        spread_reach="withdrawn" if withdrawn else facts.get("spread_reach") or _reach(len(in_use)),
        adopted_by=taken,
        evidence_grade="W" if withdrawn else words.get("evidence_grade", "D"),
        standing=standing,
        next_review=words.get("next_review"),
        shared_on=day_of(row.times.get("share")),
        test_ids=tuple(row.test_ids),
    )


def _withdrawn(row: SolutionRow) -> dict[str, Any]:
    """What withdrawing a compiled solution makes of its facts: no figure speaks for it any more."""
    facts = row.compiled or {}
    if "withdraw" not in row.times or facts.get("status") == "withdrawn":
        return {}
    results = [{name: value for name, value in item.items() if name != "headline"} for item in facts.get("results", ())]
    return {
        "status": "withdrawn",
        "withdrawn_reason": row.content.get("reason"),
        "evidence_grade": "W",
        "spread_reach": "withdrawn",
        "results": results,
    }


def _plain(words: Mapping[str, Any]) -> dict[str, Any]:
    """The fields that are shown as they were written."""
    return {name: tuple(words.get(name, ())) for name in _LISTS} | {name: words.get(name) for name in _TEXTS}


_LISTS = ("care_settings", "harm_areas", "active_ingredients", "method_tags", "metrics")
_TEXTS = ("method", "start", "end", "results_note", "caveats", "patient_involvement", "contact_role")


def _results(words: Mapping[str, Any], *, withdrawn: bool) -> tuple[Result, ...]:
    given = words.get("results", ())
    kinds = [result["figure_kind"] for result in given]
    best = next((kinds.index(kind) for kind in OUTCOME_KINDS if kind in kinds), None)
    return tuple(
        Result.model_validate(
            {name: value for name, value in result.items() if name != "source"}
            | {"sources": [result["source"]], "headline": place == best and not withdrawn}
        )
        for place, result in enumerate(given)
    )


def _describe_spread(in_use: int, stopped: int) -> str:
    """How many other areas adopted it, in words; what was stopped there had been in use."""
    adopted = in_use + stopped
    if not adopted:
        return "No other area has recorded that it adopted this."
    if adopted == 1:
        return f"One other area has recorded that it adopted this{', and has since stopped' if stopped else ''}."
    said = f"{adopted} other areas have recorded that they adopted this"
    if not stopped:
        return f"{said}."
    which = "one of them has" if stopped == 1 else f"{stopped} of them have"
    if not in_use:
        which = "both have" if stopped == 2 else "all of them have"
    return f"{said}; {which} since stopped."


def _reach(in_use: int) -> str:
    return "region" if not in_use else "multi_region" if in_use < 14 else "national"


def test_of(row: PdsaCycleRow) -> PdsaCycle:
    """Return a test of change as it is, or would be, shown."""
    words = {name: value for name, value in row.content.items() if name != "public_contacts"}
    return PdsaCycle(id=row.id, priority_id=row.priority_id, area=row.areas[0], cycle=row.cycle, **words)


def event_of(row: Row) -> LearningEvent:
    """Return a learning event as it is, or would be, shown."""
    words = {name: value for name, value in row.content.items() if name not in ("public_contacts", "reason")}
    cancelled = row.content.get("reason") if row.state == "cancelled" else None
    return LearningEvent(
        id=row.id,
        areas=tuple(row.areas),
        cancelled=cancelled,
        updated_at=row.updated_at,
        version=row.version,
        **{"date": "", **words},
    )


def chart_decision_of(row: Row) -> ChartDecision:
    """Return a decision about a chart as it is, or would be, shown."""
    words = row.content
    return ChartDecision(
        id=row.id,
        metric=words.get("metric", ""),
        area=row.areas[0],
        decision=words.get("decision", "note"),
        start=words.get("date", ""),
        reason=words.get("explanation", UNWRITTEN),
        decided_on=day_of(row.times.get("published")) or "",
        approved="approve" in row.times,
        baseline_points=words.get("baseline_points"),
        target=words.get("target"),
    )


def day_of(moment: str | None) -> str | None:
    """Return the day (ISO) in England of a moment as it is stored."""
    return london_day(moment).isoformat() if moment else None
