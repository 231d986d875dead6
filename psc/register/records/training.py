"""How many people were trained, and how many coaches there are."""

from collections.abc import Mapping
from typing import Annotated, ClassVar, Literal

from pydantic import Field

from psc.register.records.record_content import Content, OptionalDay, OptionalProse, Title


class TrainingContent(Content):
    """How many people were trained in a skill in a period, or how many coaches there were at its end."""

    REQUIRED: ClassVar[Mapping[str, str]] = {
        "what": "Say what was counted.",
        "start": "Say when the period began.",
        "end": "Say when the period ended.",
        "people": "Say how many.",
        "how_counted": "Say how they were counted.",
    }
    PAST_DAYS: ClassVar[tuple[str, ...]] = ("end",)

    what: Literal["people_trained", "coaches"] | None = None
    skill: Title
    start: OptionalDay = None
    end: OptionalDay = None
    people: Annotated[int | None, Field(ge=0, le=1_000_000)] = None
    how_counted: OptionalProse = None
