"""How numbers, true and false, and nothing are written in our YAML, so that all read what the writer meant.

YAML itself reads 045 as 37, 1:10 as 70, 0x10 as 16 and ``no`` as false. Here such a value is a fault that repeats what
stands in the file.
"""

import re
from collections.abc import Mapping
from types import MappingProxyType

import yaml

MOST_DIGITS = 15
"""Beyond it a number is not exact in floating point; no figure of the NHS comes near it."""
LONGEST_NUMBER = 40
_NUMBER = re.compile(r"[-+]?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?")
_FORMS: Mapping[str, tuple[re.Pattern[str], str]] = MappingProxyType(
    {
        "int": (_NUMBER, "a plain number such as 45 or 0.5, or text in quotes"),
        "float": (_NUMBER, "a plain number such as 45 or 0.5, or text in quotes"),
        "bool": (re.compile("true|false"), "true or false, or text in quotes"),
        "null": (re.compile("|null|~"), "a value, or nothing at all"),
    }
)


def misread(node: yaml.ScalarNode) -> tuple[str, str] | None:
    """What was found and expected where a value is written in a form that YAML reads as something else."""
    form = _FORMS.get(node.tag.rpartition(":")[2])
    if form is None:
        return None
    pattern, expected = form
    written = str(node.value)
    if not pattern.fullmatch(written):
        return written, expected
    if len(written) > LONGEST_NUMBER:
        return f"a number of {len(written):,} digits", f"a number of at most {MOST_DIGITS} digits"
    return None
