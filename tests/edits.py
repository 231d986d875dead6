"""Changes to the structure and the values of a YAML or JSON document, for files to be spoilt with."""

import copy
import json
import random
from collections.abc import Callable, Iterator
from typing import Any

import yaml

Place = tuple[Any, ...]
Edit = Callable[[random.Random, Any, Any], None]
"""Takes what holds an item, and the item's key or index."""
NASTY: tuple[Any, ...] = (
    *(None, True, [], {}, "", " ", 0, -1, 1e308, -1e308, 10**400, 1.5, [[]], [None], {"a": {"b": []}}, "1e308"),
    *("31/03/2024", "2024-02-30", "9999-12-31", "x" * 30_000, "{" * 5_000, "<script>alert(1)</script>", "\u202e"),
    *("http://" * 500, "(a+)+$", "../../etc/passwd", ["x"] * 3_000, {str(n): n for n in range(500)}, "=1+1", "a\nb"),
)


def nasty_value(chance: random.Random, holder: Any, key: Any) -> None:
    """Put something in an item's place that nobody expects there."""
    holder[key] = copy.deepcopy(chance.choice(NASTY))


def gone(_: random.Random, holder: Any, key: Any) -> None:
    """Take an item away."""
    del holder[key]


def wrapped(_: random.Random, holder: Any, key: Any) -> None:
    """Put an item in a list of its own."""
    holder[key] = [holder[key]]


def again(_: random.Random, holder: Any, key: Any) -> None:
    """Repeat an item of a list, or that of a mapping under another key."""
    if isinstance(holder, list):
        holder.append(holder[key])
    else:
        holder[f"{key}_again"] = holder[key]


def edited(edit: Edit) -> Callable[[random.Random, bytes], bytes]:
    """An edit of an item drawn at random, as a change of a file's bytes: JSON where it is JSON, else YAML."""

    def change(chance: random.Random, content: bytes) -> bytes:
        is_json = content.lstrip()[:1] in (b"{", b"[")
        document = json.loads(content) if is_json else yaml.load(content, Loader=yaml.CSafeLoader)
        *around, last = chance.choice(list(_places(document)))
        holder = document
        for key in around:
            holder = holder[key]
        edit(chance, holder, last)
        if is_json:
            return json.dumps(document, ensure_ascii=False).encode()
        return yaml.dump(document, Dumper=yaml.CSafeDumper, allow_unicode=True, sort_keys=False).encode()

    return change


def _places(value: Any, place: Place = ()) -> Iterator[Place]:
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, item in inner:
        yield (*place, key)
        yield from _places(item, (*place, key))
