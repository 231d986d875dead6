"""Reading a YAML document into a validated model, with every fault named by line and key."""

import re
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Annotated, Any, TypeVar

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    StringConstraints,
    ValidationError,
    model_validator,
)
from pydantic_core import PydanticCustomError

from psc.clean_text import clean
from psc.clock import today
from psc.faults import Fault, alike
from psc.files.plain_words import CODE, SLUG, WEB_ADDRESS, in_words
from psc.files.yaml_documents import Key, Lines, dotted, line_of, read_yaml

Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=10_000)]
Slug = Annotated[str, StringConstraints(pattern=SLUG)]
Code = Annotated[str, StringConstraints(pattern=CODE)]
Number = Annotated[float, Field(strict=True, allow_inf_nan=False)]
"""Finite, and written as a number: not as text."""
Whole = Annotated[int, Field(strict=True)]
Flag = Annotated[bool, Field(strict=True)]
WebAddress = Annotated[str, StringConstraints(pattern=WEB_ADDRESS)]

Problem = tuple[str, str, str]
Model = TypeVar("Model", bound=BaseModel)

EARLIEST = date(1948, 7, 5)
YEARS_AHEAD = 20
"""How far ahead a plan may reach: further, its chart would be empty but for the plan."""
_DAY = re.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}")


def _written_as_a_day(value: object) -> object:
    """Only such a text, or a day that a program made: a number would count as seconds since 1970."""
    if type(value) is date or (isinstance(value, str) and _DAY.fullmatch(value)):
        return value
    raise ValueError("a day such as 2024-03-31")


def _of_our_time(value: date) -> date:
    latest = today().year + YEARS_AHEAD
    if value.year > latest:
        raise ValueError(f"a day no later than {latest}")
    if value < EARLIEST:
        raise ValueError(f"a day no earlier than {EARLIEST}, the first of the NHS")
    return value


Day = Annotated[date, BeforeValidator(_written_as_a_day), AfterValidator(_of_our_time)]
"""From the first day of the NHS to as far ahead as a plan may reach: others were mistyped."""


class Document(BaseModel):
    """A document that cannot be changed after it was checked, with known keys only and with clean text."""

    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True, allow_inf_nan=False)
    _clean = model_validator(mode="before")(clean)


def disagreement(problems: Sequence[Problem]) -> PydanticCustomError:
    """The error of a model whose fields do not fit together: (key, found, expected) for each misfit."""
    return PydanticCustomError("disagreement", "fields do not fit together", {"problems": list(problems)})


def read_document(path: Path, model: type[Model], *, file: str) -> tuple[Model | None, list[Fault]]:
    """Read a YAML file as ``model``; the document, or None and everything that is wrong with it.

    ``file`` is what the faults call the file. A fault's row is the line in the file, its column the dotted key.
    """
    data, lines, faults = read_yaml(path, file)
    if data is None and faults:
        return None, faults
    try:
        document = model.model_validate(data)
    except ValidationError as error:
        details = error.errors(include_url=False)
        named = (fault for detail in details for fault in _faults(detail, file, lines, model))
        return None, faults + alike(named, len(details))
    return (None if faults else document), faults


def _faults(detail: Any, file: str, lines: Lines, model: type[BaseModel]) -> list[Fault]:
    """Pydantic's account of one error, as faults a person can mend."""
    key: Key = tuple(detail["loc"])
    if detail["type"] == "disagreement":
        within = dotted(key)
        return [
            Fault(file, found, expected, line_of(lines, (*key, *_parts(name))), f"{within}.{name}" if within else name)
            for name, found, expected in detail["ctx"]["problems"]
        ]
    if detail["type"] == "extra_forbidden":
        known = f" ({', '.join(model.model_fields)})" if len(key) == 1 else ""
        return [Fault(file, "an unknown key", f"a known key{known}", line_of(lines, key), dotted(key))]
    found, expected = in_words(detail)
    return [Fault(file, found, expected, line_of(lines, key), dotted(key) or None)]


def _parts(name: str) -> Key:
    """A dotted key as the reader of the file keeps it: what is a number is the place in a list."""
    return tuple(int(part) if part.isdigit() else part for part in name.split("."))
