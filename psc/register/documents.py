"""Names what is wrong with a register document by file, line and key."""

from collections.abc import Iterator

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from psc.faults import Fault, alike
from psc.files.yaml_documents import Key, Lines, dotted, line_of


def validation_faults(error: ValidationError, file: str, lines: Lines, base: Key = ()) -> list[Fault]:
    """Every fault pydantic found, placed by line and key. ``base`` is where in the file the record begins."""
    errors = error.errors(include_url=False)

    def named() -> Iterator[Fault]:
        for details in errors:
            key = (*base, *details["loc"])
            found, wanted = _in_words(details)
            yield Fault(file, found, wanted, row=line_of(lines, key), column=dotted(key) or None)

    return alike(named(), len(errors))


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
