"""Reads YAML documents so that every fault can name its file, line and key."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml
from pydantic import ValidationError
from pydantic_core import ErrorDetails

from psc.faults import Fault

Key = tuple[str | int, ...]
Lines = dict[Key, int]


class _Loader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc]
    """Safe YAML without date parsing: dates here may be a year or a month, and stay as they were written."""


_Loader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if tag != "tag:yaml.org,2002:timestamp"]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


def read_document(path: Path, file: str) -> tuple[Any, Lines, list[Fault]]:
    """The content of a YAML file, the line each key stands on, and what is wrong with the file as such.

    ``file`` is the name used in faults. The content is None where the file could not be read.
    """
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        return None, {}, [Fault(file, "no such file", "a YAML file")]
    except (OSError, UnicodeDecodeError) as error:
        return None, {}, [Fault(file, f"a file that cannot be read ({error})", "UTF-8 text")]
    loader = _Loader(text)
    try:
        node = loader.get_single_node()
        content = loader.construct_document(node) if node else None
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        problem = getattr(error, "problem", None) or str(error).splitlines()[0]
        return None, {}, [Fault(file, str(problem), "well-formed YAML", row=mark.line + 1 if mark else None)]
    finally:
        loader.dispose()
    if node is None:
        return None, {}, [Fault(file, "an empty file", "a YAML document")]
    lines: Lines = {}
    faults = list(_walk(node, (), lines, file))
    return content, lines, faults


def _walk(node: yaml.Node, key: Key, lines: Lines, file: str) -> Iterator[Fault]:
    lines.setdefault(key, node.start_mark.line + 1)
    if isinstance(node, yaml.MappingNode):
        seen: set[str] = set()
        for name, value in node.value:
            line = name.start_mark.line + 1
            if name.value in seen:
                yield Fault(file, "the key twice", "each key once", row=line, column=dotted((*key, name.value)))
            seen.add(name.value)
            lines[(*key, name.value)] = line
            yield from _walk(value, (*key, name.value), lines, file)
    elif isinstance(node, yaml.SequenceNode):
        for index, value in enumerate(node.value):
            yield from _walk(value, (*key, index), lines, file)


def dotted(key: Key) -> str:
    """A key as a person writes it: ``results.0.measure``."""
    return ".".join(str(part) for part in key)


def line_of(lines: Lines, key: Key) -> int | None:
    """The line of a key, or of the nearest thing around it that is there."""
    while key and key not in lines:
        key = key[:-1]
    return lines.get(key)


def validation_faults(error: ValidationError, file: str, lines: Lines, base: Key = ()) -> list[Fault]:
    """Every fault pydantic found, placed by line and key. ``base`` is where in the file the record begins."""
    faults = []
    for details in error.errors(include_url=False):
        key = (*base, *details["loc"])
        found, wanted = _in_words(details)
        faults.append(Fault(file, found, wanted, row=line_of(lines, key), column=dotted(key) or None))
    return faults


_EXPECTED = {
    "missing": "a value: the key is required",
    "extra_forbidden": "no such key",
    "string_type": "text",
    "string_too_short": "text, or no such key",
    "string_pattern_mismatch": "lower-case letters, digits and single hyphens",
    "int_type": "a whole number",
    "bool_type": "true or false",
    "tuple_type": "a list",
    "too_short": "a list with at least one item",
    "model_type": "a mapping of keys to values",
    "model_attributes_type": "a mapping of keys to values",
}


def _in_words(details: ErrorDetails) -> tuple[str, str]:
    kind = details["type"]
    found = "nothing" if kind == "missing" or details["input"] is None else repr(details["input"])
    if len(found) > 100:
        found = found[:97] + "..."
    literals = details.get("ctx", {}).get("expected")
    wanted = f"one of {literals}" if kind == "literal_error" else _EXPECTED.get(kind, details["msg"])
    return found, wanted
