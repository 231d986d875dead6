"""Field types that the register's documents share, and the vocabulary they are held against."""

import datetime
import difflib
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Annotated, Any

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    StringConstraints,
    ValidationInfo,
    field_validator,
    model_validator,
)
from pydantic_core import PydanticCustomError

from psc.clean_text import clean
from psc.files.plain_words import SLUG
from psc.geography.areas import ENGLAND


@dataclass(frozen=True, slots=True)
class KnownMeasure:
    """What an aim in figures is checked against: which way is better, the figures there can be, who has figures.

    ``direction``: lower, higher or neutral. ``lowest`` and ``highest`` are in the measure's unit.
    """

    direction: str
    lowest: float
    highest: float
    areas: frozenset[str]


@dataclass(frozen=True, slots=True)
class KnownIds:
    """Every id a register document may refer to; None where the list could not be read, so cannot be checked.

    ``measures`` says more about the ``metrics``, by id.
    """

    areas: frozenset[str] | None = None
    harm_areas: frozenset[str] | None = None
    care_settings: frozenset[str] | None = None
    metrics: frozenset[str] | None = None
    programmes: frozenset[str] | None = None
    solutions: frozenset[str] | None = None
    measures: Mapping[str, KnownMeasure] | None = None


def expected(message: str, **context: Any) -> PydanticCustomError:
    """A validation error whose message says what was expected, for use as a fault's ``expected``."""
    return PydanticCustomError("expected", message, context or None)


def _known(kind: str, what: str, also: frozenset[str] = frozenset()) -> Callable[[str, ValidationInfo], str]:
    def check(value: str, info: ValidationInfo) -> str:
        known: frozenset[str] | None = getattr(info.context, kind, None)
        if known is None or value in known or value in also:
            return value
        close = difflib.get_close_matches(value, sorted(known | also), n=1)
        hint = f" (did you mean {close[0]}?)" if close else ""
        raise expected("{what}{hint}", what=what, hint=hint)

    return check


def _partial_date(value: str) -> str:
    parts = value.split("-")
    if re.fullmatch(r"[0-9]{4}(-[0-9]{2}){0,2}", value):
        try:
            datetime.date(*(int(part) for part in [*parts, "01", "01"][:3]))
        except ValueError:
            pass
        else:
            return value
    raise expected("a date as 2014, 2014-10 or 2014-10-14")


def _year_as_text(value: Any) -> Any:
    # A bare 2014 in YAML is a number; a person editing the file should not have to know that.
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else value


EARLIEST_YEAR, LATEST_YEAR = 1948, 2100
"""The NHS began in 1948. What compiled records say of the future is held to less: see ``compiled_dates``."""
DATE_FIELDS = ("start", "end", "year_from", "year_to", "date")

Text = Annotated[str, StringConstraints(min_length=1)]
Slug = Annotated[str, StringConstraints(pattern=SLUG)]
Year = Annotated[int, Field(strict=True, ge=EARLIEST_YEAR, le=LATEST_YEAR)]
Flag = Annotated[bool, Field(strict=True)]
PartialDate = Annotated[str, BeforeValidator(_year_as_text), AfterValidator(_partial_date)]
AreaId = Annotated[str, AfterValidator(_known("areas", "the id of one of the 15 areas"))]
AreaOrEngland = Annotated[
    str, AfterValidator(_known("areas", "the id of one of the 15 areas, or england", frozenset({ENGLAND})))
]
HarmCode = Annotated[str, AfterValidator(_known("harm_areas", "a code listed in harms/harm_areas.yaml"))]
SettingCode = Annotated[str, AfterValidator(_known("care_settings", "a code listed in harms/care_settings.yaml"))]
MetricId = Annotated[str, AfterValidator(_known("metrics", "the id of a metric, a folder of harms/"))]
ProgrammeId = Annotated[str, AfterValidator(_known("programmes", "the id of a programme in register/programmes.yaml"))]
SolutionId = Annotated[str, AfterValidator(_known("solutions", "the id of a solution, a file of register/solutions/"))]

Sources = Annotated[tuple[Text, ...], Field(min_length=1)]


def ends_before_it_starts(start: str, end: str) -> bool:
    """Whether a partial date lies before another, as far as both are precise (2014 is not before 2014-10)."""
    shared = min(len(start), len(end))
    return end[:shared] < start[:shared]


class RegisterDocument(BaseModel):
    """A document of the register: never changed once read, with no keys but its own, and with text that is clean."""

    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True)
    _clean = model_validator(mode="before")(clean)


class SourcedRecord(RegisterDocument):
    """A record that says where it comes from and what in it was not confirmed.

    ``verified``: the core of the record was read in its source. ``unverified_fields`` names the fields that were not;
    a page must not present those as fact ("date inferred"). ``unverified_note`` says more where a name is not enough.
    """

    id: Slug
    verified: Flag
    unverified_fields: tuple[str, ...] = ()
    unverified_note: Text | None = None
    sources: tuple[Text, ...]

    @field_validator("unverified_fields")
    @classmethod
    def _names_fields(cls, names: tuple[str, ...]) -> tuple[str, ...]:
        unknown = [name for name in names if name not in cls.model_fields]
        if unknown:
            raise expected("names of this record's own fields, not {unknown}", unknown=", ".join(unknown))
        return names

    @field_validator("sources")
    @classmethod
    def _has_a_source_if_verified(cls, sources: tuple[str, ...], info: ValidationInfo) -> tuple[str, ...]:
        if not sources and info.data.get("verified"):
            raise expected("at least one source, as the record is marked verified")
        return sources

    def is_inferred(self, field: str) -> bool:
        """Whether a field was not read in a source, so that a page must mark it as inferred."""
        return field in self.unverified_fields

    @property
    def dates_inferred(self) -> dict[str, bool]:
        """For each field that holds a date or year, whether it was inferred rather than read."""
        return {name: self.is_inferred(name) for name in DATE_FIELDS if name in type(self).model_fields}
