"""Files of the compiled register to edit, and what is then found wrong with them."""

from collections.abc import Callable
from pathlib import Path

from psc.faults import Fault
from psc.register.compiled.check_register import check_register

IMPERIAL, SOUTH = "priorities/imperial.yaml", "priorities/south-of-england.yaml"

PINCER, WITHDRAWN, MARTHA = (f"solutions/{name}.yaml" for name in ("pincer", "sim-withdrawn", "marthas-rule"))

NATIONAL, KSS = "priorities/national.yaml", "priorities/kss.yaml"

TIMELINE, PROGRAMMES = "timeline.yaml", "programmes.yaml"

Edit = Callable[[str, str, str], int]

Refusal = tuple[str, str, str, str, str]
"""A file, the text to replace and what with, the key that is then wrong, and a part of what is expected there."""


def faults(tmp_path: Path) -> list[Fault]:
    return check_register(tmp_path / "register")


def assert_refused(edit: Edit, tmp_path: Path, refusal: Refusal) -> None:
    """After an edit the key it spoils is named with its line and in words, and no other file."""
    file, old, new, key, expected = refusal
    line = edit(file, old, new)
    found = faults(tmp_path)
    named = [fault for fault in found if fault.column == key]
    assert named and expected in named[0].expected, [str(fault) for fault in found]
    assert {fault.file for fault in found} == {f"register/{file}"}
    last = line + new.count("\n") + new.count("\\n")
    assert named[0].row is not None and line <= named[0].row <= last + 6
    assert not any(word in str(fault) for fault in found for word in ("Input should", "pattern", "tuple"))


ADDRESSES = "http://imperialcollegehealthpartners.com/our-work/patient-safety-4/"
