"""A learning event: open to everyone, or for one area."""

from collections.abc import Mapping
from typing import Annotated, ClassVar

from pydantic import Field

from psc.register.records.record_content import Content, Link, OptionalDay, OptionalLine, OptionalProse, Title


class EventContent(Content):
    """A learning event."""

    REQUIRED: ClassVar[Mapping[str, str]] = {"audience": "Say who it is for.", "date": "Say when it is."}

    title: Title
    about: OptionalProse = None
    audience: OptionalLine = None
    date: OptionalDay = None
    end: OptionalDay = None
    place: OptionalLine = None
    capacity: Annotated[int | None, Field(ge=1, le=100_000)] = None
    link: Link = None
    reason: OptionalProse = None
