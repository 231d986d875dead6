"""Names what is wrong with a register document by file, line and key."""

from collections.abc import Iterator

from pydantic import ValidationError

from psc.faults import Fault, alike
from psc.files.plain_words import in_words
from psc.files.yaml_documents import Key, Lines, dotted, line_of


def validation_faults(error: ValidationError, file: str, lines: Lines, base: Key = ()) -> list[Fault]:
    """Every fault pydantic found, placed by line and key. ``base`` is where in the file the record begins."""
    errors = error.errors(include_url=False)

    def named() -> Iterator[Fault]:
        for details in errors:
            key = (*base, *details["loc"])
            found, wanted = in_words(details)
            yield Fault(file, found, wanted, row=line_of(lines, key), column=dotted(key) or None)

    return alike(named(), len(errors))
