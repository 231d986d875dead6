"""The one reader of YAML: safe, bounded in size, depth and items, without aliases, each key once."""

from pathlib import Path
from typing import Any

import yaml

from psc.faults import Fault, InvalidData, alike
from psc.files.reading import MEGABYTE, read_text
from psc.files.values import unsuitable
from psc.files.yaml_forms import misread

Key = tuple[str | int, ...]
Lines = dict[Key, int]

LARGEST = MEGABYTE // 2
DEEPEST = 20
MOST_ITEMS = 20_000
EXPECTED = "a YAML document"
_PLAIN_TAGS = frozenset(f"tag:yaml.org,2002:{kind}" for kind in ("str", "int", "float", "bool", "null", "map", "seq"))


class _Loader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc]
    """The parser in C where PyYAML has it (ten times as fast). Dates stay text: one may be a year or a month."""


_Loader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if tag in _PLAIN_TAGS]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


def read_yaml(path: Path, file: str) -> tuple[Any, Lines, list[Fault]]:
    """The content of a YAML file, the line each key and item stands on, and what is wrong with the file as such.

    ``file`` is the name used in faults. The content is None where the file could not be read; with a fault about a
    key that stands twice it is what was read, so that its other faults can be found too.
    """
    try:
        text = read_text(path, file, most=LARGEST, expected=EXPECTED)
    except InvalidData as invalid:
        return None, {}, invalid.faults
    loader = None
    try:
        # Counted as events first: composing a document is recursive, and aliases can make little text enormous.
        if fault := _beyond_limits(text, file):
            return None, {}, [fault]
        loader = _Loader(text)
        node = loader.get_single_node()
        lines: Lines = {}
        faults, misreadings = _of_the_form(node, lines, file)
        if misreadings:
            return None, lines, faults + misreadings
        content = loader.construct_document(node) if node else None
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        problem = getattr(error, "problem", None) or str(error).splitlines()[0]
        return None, {}, [Fault(file, str(problem), "well-formed YAML", row=mark.line + 1 if mark else None)]
    except (ValueError, OverflowError) as error:
        return None, {}, [Fault(file, f"a value that cannot be read ({error})", "numbers and text")]
    finally:
        if loader is not None:
            loader.dispose()
    if node is None or content is None:
        return None, {}, [Fault(file, "an empty file", EXPECTED)]
    wrong = [Fault(file, found, wanted, line_of(lines, key), dotted(key)) for key, found, wanted in unsuitable(content)]
    if wrong:
        return None, lines, faults + alike(wrong, len(wrong))
    return content, lines, faults


def _beyond_limits(text: str, file: str) -> Fault | None:
    depth = items = 0
    for event in yaml.parse(text, Loader=_Loader):
        row = event.start_mark.line + 1 if event.start_mark else None
        if isinstance(event, yaml.AliasEvent):
            return Fault(file, f"the alias *{event.anchor}", "its content written out", row)
        if isinstance(event, yaml.NodeEvent):
            items += 1
            tag = getattr(event, "tag", None)
            if tag not in (None, "!", *_PLAIN_TAGS):
                return Fault(file, f"the tag {tag}", "plain text, numbers, lists and mappings", row)
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
        if depth > DEEPEST:
            return Fault(file, f"more than {DEEPEST} levels of lists and mappings", f"at most {DEEPEST}", row)
        if items > MOST_ITEMS:
            return Fault(file, f"more than {MOST_ITEMS:,} keys and values", f"at most {MOST_ITEMS:,}", row)
    return None


def _of_the_form(node: yaml.Node | None, lines: Lines, file: str) -> tuple[list[Fault], list[Fault]]:
    """Note the line of every key in ``lines``; the faults of keys that stand twice, and of values that are misread."""
    repeated: list[Fault] = []
    misreadings: list[Fault] = []

    def visit(node: yaml.Node, key: Key) -> None:
        lines.setdefault(key, node.start_mark.line + 1)
        if isinstance(node, yaml.MappingNode):
            seen: set[str] = set()
            for name, value in node.value:
                called = str(name.value)
                line, here = name.start_mark.line + 1, (*key, called)
                if called in seen:
                    repeated.append(Fault(file, "the key a second time", "each key once", line, dotted(here)))
                seen.add(called)
                visit(name, here)
                lines[here] = line
                visit(value, here)
        elif isinstance(node, yaml.SequenceNode):
            for index, value in enumerate(node.value):
                visit(value, (*key, index))
        elif isinstance(node, yaml.ScalarNode) and (wrong := misread(node)):
            misreadings.append(Fault(file, *wrong, node.start_mark.line + 1, dotted(key) or None))

    if node is not None:
        visit(node, ())
    return alike(repeated, len(repeated)), alike(misreadings, len(misreadings))


def dotted(key: Key) -> str:
    """A key as a person writes it: ``results.0.measure``."""
    return ".".join(str(part) for part in key)


def line_of(lines: Lines, key: Key) -> int | None:
    """The line of a key, or of the nearest thing around it that is there."""
    while key and key not in lines:
        key = key[:-1]
    return lines.get(key)
