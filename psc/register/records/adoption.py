"""How far an area has taken a solution up: as compiled from public sources, and as an area writes it."""

import datetime
from collections.abc import Mapping
from typing import Any, ClassVar

from psc.register.records.fields import AreaOrEngland, RegisterDocument, SolutionId, Sources, Text
from psc.register.records.record_content import Content, OptionalDay, OptionalLine, OptionalProse
from psc.register.records.register_vocabulary import AdoptionStage

STAGE_DATES: Mapping[str, str] = {
    "interested": "interested_on",
    "engaged": "engaged_on",
    "adopted": "adopted_on",
    "sustained": "sustained_on",
    "stopped": "stopped_on",
}
"""The date of an adoption that belongs to each stage."""
_YEAR = datetime.timedelta(days=365)


class Adoption(RegisterDocument):
    """That an area took the solution up, only where a source says so. ``area`` is ``england`` for a national spread.

    ``solution`` is the case that describes the adoption, where there is one.
    """

    area: AreaOrEngland
    stage: AdoptionStage
    note: Text | None = None
    solution: SolutionId | None = None
    sources: Sources


class AdoptionContent(Content):
    """How far an area has taken a solution up, since when, and what it changed."""

    REQUIRED: ClassVar[Mapping[str, str]] = {"stage": "Say how far it has gone.", "sites": "Say where."}
    PAST_DAYS: ClassVar[tuple[str, ...]] = tuple(STAGE_DATES.values())

    stage: AdoptionStage | None = None
    sites: OptionalLine = None
    interested_on: OptionalDay = None
    engaged_on: OptionalDay = None
    adopted_on: OptionalDay = None
    sustained_on: OptionalDay = None
    stopped_on: OptionalDay = None
    adapted: OptionalProse = None
    note: OptionalProse = None

    @classmethod
    def required(cls, content: Mapping[str, Any]) -> dict[str, str]:
        """Return what is always required, and the days that belong to the stage."""
        required, stage = dict(cls.REQUIRED), content.get("stage") or ""
        if stage in STAGE_DATES:
            required[STAGE_DATES[stage]] = "Say since when."
        if stage in ("sustained", "stopped"):
            required["adopted_on"] = "Say since when it was in use."
        return required

    def out_of_order(self) -> dict[str, str]:
        """Return the stages whose days are not in order, come after the stage chosen, or are too soon to be lasting."""
        days = {stage: getattr(self, field) for stage, field in STAGE_DATES.items()}
        reached = [day for day in days.values() if day]
        if reached != sorted(reached):
            return {
                "stage": "The dates of the stages are not in order: interested, engaged, adopted, sustained, stopped."
            }
        stages = list(STAGE_DATES)
        if self.stage in stages:
            for later in stages[stages.index(self.stage) + 1 :]:
                if days[later]:
                    return {STAGE_DATES[later]: "This date belongs to a later stage than the one you chose."}
        if days["sustained"] and days["adopted"] and days["sustained"] < days["adopted"] + _YEAR:
            return {"sustained_on": "Sustained means still in use a year or more after it was adopted."}
        return {}

    @classmethod
    def from_compiled(cls, facts: Mapping[str, Any]) -> dict[str, Any]:
        """Return a compiled adoption's facts as the words of a form; a stage that is not recorded is left out."""
        words = super().from_compiled(facts)
        return {name: value for name, value in words.items() if (name, value) != ("stage", "unknown")}
