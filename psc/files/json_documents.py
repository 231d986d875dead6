"""The one reader of JSON: bounded in size and depth, each key once, finite numbers, clean text."""

import json
import re
from pathlib import Path
from typing import Any, NoReturn

from psc.faults import Fault, InvalidData, alike
from psc.files.reading import MEGABYTE, read_text
from psc.files.values import unsuitable

LARGEST = 8 * MEGABYTE
DEEPEST = 40
_STRINGS_AND_BRACKETS = re.compile(r'"(?:[^"\\]|\\.)*+"?|[\[{]|[\]}]', re.DOTALL)


_PROBLEMS = {
    "Expecting ',' delimiter": "a comma or a closing bracket is missing",
    "Expecting ':' delimiter": "a colon after a key is missing",
    "Expecting property name enclosed in double quotes": "a key in double quotes is missing, or a comma too many",
    "Expecting value": "a value is missing, or a comma too many",
    "Extra data": "something stands behind the end",
    "Unterminated string starting at": "nothing closes a quotation mark",
}
"""What the parser complains of, in words."""


class _Unfit(ValueError):
    """What the parser reads and no document may hold, in words: an object with a key twice, a number that is none."""


def read_json(path: Path, file: str, *, expected: str = "a JSON document") -> Any:
    """The content of a JSON file. ``file`` is its name in faults; ``expected`` says what belongs there.

    Raises InvalidData with the fault that stopped the reading, or every value that no document may hold.
    """
    text = read_text(path, file, most=LARGEST, expected=expected, mark_allowed=False)
    if line := _too_deep(text):
        raise InvalidData([Fault(file, f"more than {DEEPEST} levels of lists and objects", expected, line)])
    try:
        content = json.loads(text, object_pairs_hook=_each_key_once, parse_constant=_no_constant)
    except json.JSONDecodeError as error:
        problem = _PROBLEMS.get(error.msg, "a character that does not belong there")
        raise InvalidData([Fault(file, f"no JSON ({problem})", expected, error.lineno)]) from None
    except _Unfit as unfit:
        raise InvalidData([Fault(file, str(unfit), expected)]) from None
    except ValueError:  # Python reads no number of more digits than some thousands
        raise InvalidData([Fault(file, "a number of thousands of digits", expected)]) from None
    wrong = [Fault(file, found, wanted, column=".".join(map(str, key))) for key, found, wanted in unsuitable(content)]
    if wrong:
        raise InvalidData(alike(wrong, len(wrong)))
    return content


def _too_deep(text: str) -> int | None:
    """The line in which brackets are too deep, or None. The parser itself is recursive."""
    depth = 0
    for match in _STRINGS_AND_BRACKETS.finditer(text):
        depth += {"[": 1, "{": 1, "]": -1, "}": -1}.get(match[0], 0)
        if depth > DEEPEST:
            return text.count("\n", 0, match.start()) + 1
    return None


def _each_key_once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    content = dict(pairs)
    if len(content) != len(pairs):
        names = [name for name, _ in pairs]
        seen: set[str] = set()
        twice = next(name for name in names if name in seen or seen.add(name))  # type: ignore[func-returns-value]
        raise _Unfit(f"the key {twice} twice in one object")
    return content


def _no_constant(name: str) -> NoReturn:
    raise _Unfit(f"the number {name}")
