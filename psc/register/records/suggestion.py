"""What a member of the public says matters."""

from collections.abc import Mapping, Sequence
from typing import Annotated, Any, ClassVar

from pydantic import BeforeValidator, StringConstraints

from psc.register.records.fields import AreaOrEngland, HarmCode
from psc.register.records.record_content import Content, Line, OptionalProse, Prose, empty_is_none


class RemovalContent(Content):
    """That a moderator removed words from a suggestion: what they were, and why."""

    was: Line
    reason: Prose


class SuggestionContent(Content):
    """What a member of the public says matters, and where; and what became of it."""

    ABOUT_ENGLAND: ClassVar[bool] = True

    what: Annotated[str, StringConstraints(min_length=10, max_length=1000)]
    area: AreaOrEngland
    harm_area: Annotated[HarmCode | None, BeforeValidator(empty_is_none)] = None
    reason: OptionalProse = None
    answer: OptionalProse = None
    removed: tuple[RemovalContent, ...] = ()

    @classmethod
    def may_belong_to(cls, areas: Sequence[str], content: Mapping[str, Any]) -> bool:
        """Say whether it belongs to the place that it names."""
        return list(areas) == [content["area"]]
