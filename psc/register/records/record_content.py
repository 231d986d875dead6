"""What the content of every kind of record has in common: the types of its fields, and what may be asked of it.

A draft may leave everything out but its title; what it does hold must already be right (a code that exists, a date
that is one, a link that is http or https, a text within its length). Each kind's module has its content class;
:mod:`psc.register.records.kinds` names them all.
"""

import datetime
from collections.abc import Mapping, Sequence
from typing import Annotated, Any, ClassVar

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints, model_validator

from psc.clean_text import clean, one_line
from psc.register.records.chart_facts import Charts
from psc.register.records.fields import KnownIds, expected
from psc.register.records.text_lengths import ADDRESS, LONG, MOST_CHOICES, REASON, SHORT, SHORTEST_TITLE, is_readable
from psc.register.text.web_address import is_web_address

EARLIEST, LATEST = datetime.date(1900, 1, 1), datetime.date(2199, 12, 31)
"""Calendars and charts can show no day far outside these; such a year was mistyped."""
MOST = 1e12
"""No measure's figure is beyond it, and a browser's box for numbers holds it to the last digit."""


def _web_address(value: str | None) -> str | None:
    if value and not is_web_address(value):
        raise expected("a web address that begins with https:// or http://")
    return value


def _readable(value: str) -> str:
    if not is_readable(value):
        raise expected("letters or digits")
    return value


def empty_is_none(value: Any) -> Any:
    """An empty box is a thing left out, not an empty text."""
    return None if isinstance(value, str) and not value.strip() else value


def _likely_day(value: datetime.date | None) -> datetime.date | None:
    if value and not EARLIEST <= value <= LATEST:
        raise expected(f"a day in the years {EARLIEST.year} to {LATEST.year}")
    return value


Line = Annotated[str, StringConstraints(max_length=SHORT), BeforeValidator(one_line)]
Prose = Annotated[str, StringConstraints(max_length=LONG)]
OptionalLine = Annotated[Line | None, BeforeValidator(empty_is_none)]
OptionalProse = Annotated[Prose | None, BeforeValidator(empty_is_none)]
Source = Annotated[str, StringConstraints(min_length=1, max_length=ADDRESS), BeforeValidator(one_line)]
Link = Annotated[Source | None, BeforeValidator(empty_is_none), AfterValidator(_web_address)]
OptionalDay = Annotated[datetime.date | None, BeforeValidator(empty_is_none), AfterValidator(_likely_day)]
OptionalFigure = Annotated[
    float | None, Field(strict=True, allow_inf_nan=False, ge=-MOST, le=MOST), BeforeValidator(empty_is_none)
]
ShortReason = Annotated[str, StringConstraints(max_length=REASON), BeforeValidator(one_line), AfterValidator(_readable)]
FEW = Field(max_length=MOST_CHOICES)
"""How many codes or lines a list may have."""
Title = Annotated[
    str,
    StringConstraints(min_length=SHORTEST_TITLE, max_length=SHORT),
    BeforeValidator(one_line),
    AfterValidator(_readable),
]


class Content(BaseModel):
    """The words of a record: no keys but its own, and clean text without white space at the ends.

    What is special to one kind of record stands in the class of its content, in place of the rule that stands here.
    The service asks in the order of the methods; a change is screened for personal data between its words' check and
    the chart's.
    """

    REQUIRED: ClassVar[Mapping[str, str]] = {}
    """What the public must find filled: field to what to do about it."""
    PAST_DAYS: ClassVar[tuple[str, ...]] = ()
    """Fields whose day must have come: they tell of what has happened."""
    ABOUT_ENGLAND: ClassVar[bool] = False
    """Whether a record may be about all of England, in place of an area."""

    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True)
    _clean = model_validator(mode="before")(clean)

    public_contacts: Annotated[tuple[Source, ...], Field(max_length=20)] = ()
    """Telephone numbers, addresses and postcodes in the texts that the writer says are public contacts.

    Also web addresses with a number that the writer says is the publisher's own for a page.
    """

    @classmethod
    def required(cls, content: Mapping[str, Any]) -> dict[str, str]:
        """Return the fields that must be filled before this content is public, each with what to do about it."""
        return dict(cls.REQUIRED)

    @classmethod
    def unsupported(cls, content: Mapping[str, Any]) -> dict[str, str]:
        """Return the filled fields that this content does not yet bear out, each with what to do about it."""
        return {}

    def out_of_order(self) -> dict[str, str]:
        """Return the fields whose days are not in order, each with what is wrong."""
        start, end = getattr(self, "start", None), getattr(self, "end", None)
        start = start or getattr(self, "date", None)
        return {"end": "The end lies before the beginning."} if start and end and end < start else {}

    def too_early(self, today: datetime.date) -> dict[str, str]:
        """Return the fields that say that something has happened on a day still to come, each with what to do."""
        late = [field for field in self.PAST_DAYS if (day := getattr(self, field)) and day > today]
        return dict.fromkeys(late, "This day is still to come: leave it empty until then.")

    @classmethod
    def may_belong_to(cls, areas: Sequence[str], content: Mapping[str, Any]) -> bool:
        """Say whether a record may be owned by these areas, all known and each named once: as a rule, by one."""
        return len(areas) == 1

    @classmethod
    def check_change(
        cls,
        content: Mapping[str, Any],
        before: Mapping[str, Any],
        areas: Sequence[str],
        known: KnownIds,
        today: datetime.date,
    ) -> None:
        """Raise Incomplete where words, right field by field, cannot be meant as they are written.

        ``before`` is what the record said until now, empty for a new one.
        """

    @classmethod
    def check_chart(
        cls, content: Mapping[str, Any], areas: Sequence[str], charts: Charts | None, today: datetime.date
    ) -> None:
        """Raise Incomplete where words do not fit what a chart shows now; ``charts`` is None where none can be seen."""

    @classmethod
    def waits_for_second_person(cls, content: Mapping[str, Any], areas: Sequence[str], charts: Charts | None) -> bool:
        """Say whether somebody else must approve what a lead publishes before it is public."""
        return False

    @classmethod
    def times_of_change(cls, before: Mapping[str, Any], after: Mapping[str, Any], now: str) -> dict[str, str]:
        """Return the times to remember of a change of some words, by name; ``now`` is this moment as it is stored."""
        return {}

    @classmethod
    def from_compiled(cls, facts: Mapping[str, Any]) -> dict[str, Any]:
        """Return a compiled record's facts as the words of a form, for the lead who claims it to go on from."""
        kept = {name: facts[name] for name in cls.model_fields if name in facts and name not in ("start", "end")}
        return {name: value for name, value in kept.items() if value not in (None, (), [])}
