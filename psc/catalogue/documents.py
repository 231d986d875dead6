"""Reading a YAML document into a validated model, with every fault named by line and key."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Annotated, Any, TypeVar

import yaml
from pydantic import BaseModel, ConfigDict, StringConstraints, ValidationError, model_validator
from pydantic_core import PydanticCustomError

from psc.clean_text import clean
from psc.faults import Fault

Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
Slug = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")]
Code = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(_[a-z0-9]+)*$")]
WebAddress = Annotated[str, StringConstraints(pattern=r"^https?://[^\s]+\.[^\s]+$")]

Key = tuple[str | int, ...]
Problem = tuple[str, str, str]
Model = TypeVar("Model", bound=BaseModel)


class _Loader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc]
    """The parser in C where PyYAML has it (ten times as fast). Dates stay text: the model says what is wrong there."""


_Loader.add_constructor("tag:yaml.org,2002:timestamp", _Loader.construct_yaml_str)


class Document(BaseModel):
    """A document that cannot be changed after it was checked, with known keys only and with clean text."""

    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True)
    _clean = model_validator(mode="before")(clean)


def disagreement(problems: Sequence[Problem]) -> PydanticCustomError:
    """The error of a model whose fields do not fit together: (key, found, expected) for each misfit."""
    return PydanticCustomError("disagreement", "fields do not fit together", {"problems": list(problems)})


def read_document(path: Path, model: type[Model], *, file: str) -> tuple[Model | None, list[Fault]]:
    """Read a YAML file as ``model``; the document, or None and everything that is wrong with it.

    ``file`` is what the faults call the file. A fault's row is the line in the file, its column the dotted key.
    """
    loader = None
    try:
        loader = _Loader(path.read_text(encoding="utf-8"))
        root = loader.get_single_node()
        data = None if root is None else loader.construct_document(root)
    except FileNotFoundError:
        return None, [Fault(file, "no such file", "a YAML document")]
    except UnicodeDecodeError as error:
        return None, [Fault(file, f"a byte that is not UTF-8 at position {error.start}", "UTF-8 text")]
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        row = mark.line + 1 if mark else None
        return None, [Fault(file, str(getattr(error, "problem", error)), "well-formed YAML", row)]

    finally:
        if loader is not None:
            loader.dispose()

    lines: dict[Key, int] = {}
    faults = [
        Fault(file, "the key a second time", "each key once", line, _dotted(key))
        for key, line in _repeated_keys(root, lines)
    ]
    try:
        document = model.model_validate(data)
    except ValidationError as error:
        return None, faults + [fault for detail in error.errors() for fault in _faults(detail, file, lines, model)]
    return (None if faults else document), faults


def _repeated_keys(node: yaml.Node | None, lines: dict[Key, int], key: Key = ()) -> Iterator[tuple[Key, int]]:
    """Note the line of every key in ``lines``; yield the keys that a mapping has twice."""
    if isinstance(node, yaml.MappingNode):
        seen = set()
        for name, value in node.value:
            here = (*key, name.value)
            lines.setdefault(here, name.start_mark.line + 1)
            if name.value in seen:
                yield here, name.start_mark.line + 1
            seen.add(name.value)
            yield from _repeated_keys(value, lines, here)
    elif isinstance(node, yaml.SequenceNode):
        for index, value in enumerate(node.value):
            here = (*key, index)
            lines[here] = value.start_mark.line + 1
            yield from _repeated_keys(value, lines, here)


def _faults(detail: Any, file: str, lines: dict[Key, int], model: type[BaseModel]) -> list[Fault]:
    """Pydantic's account of one error, as faults a person can mend."""
    key: Key = tuple(detail["loc"])
    if detail["type"] == "disagreement":
        within = _dotted(key)
        return [
            Fault(file, found, expected, _line((*key, name), lines), f"{within}.{name}" if within else name)
            for name, found, expected in detail["ctx"]["problems"]
        ]
    if detail["type"] == "missing":
        return [Fault(file, "nothing", "a value: the key is required", _line(key, lines), _dotted(key))]
    if detail["type"] == "extra_forbidden":
        known = f" ({', '.join(model.model_fields)})" if len(key) == 1 else ""
        return [Fault(file, "an unknown key", f"a known key{known}", _line(key, lines), _dotted(key))]
    found = _shown(detail["input"])
    return [Fault(file, found, _expected(detail["msg"]), _line(key, lines), _dotted(key) or None)]


def _line(key: Key, lines: dict[Key, int]) -> int | None:
    """The line of the key, or of the nearest key around it."""
    while key and key not in lines:
        key = key[:-1]
    return lines.get(key)


def _dotted(key: Key) -> str:
    return ".".join(str(part) for part in key)


def _shown(value: object) -> str:
    text = repr(value)
    return text if len(text) <= 80 else text[:77] + "..."


def _expected(message: str) -> str:
    for opening in ("Input should be ", "Value error, ", "String should "):
        message = message.removeprefix(opening)
    return message
