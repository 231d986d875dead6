"""What a compiled record must keep to beyond the form of its fields: the rules that a lead's own records keep too.

They are held when the files are read, not when a record is shown: what the register keeps was right when it was loaded.
"""

from collections.abc import Iterator, Mapping
from pathlib import PurePosixPath
from typing import Any

from psc.register.compiled.source_record import Misfit
from psc.register.records.fields import KnownIds, SourcedRecord
from psc.register.records.priority import Priority
from psc.register.records.register_vocabulary import PRIORITY_STATUSES, SOLUTION_STATUSES
from psc.register.records.solution import Solution
from psc.register.workflow.lifecycle import PUBLIC_STATES, Kind, states

NATIONAL = "national"
"""The file of the priorities that all areas share."""
ALL_SETTINGS = "all"
"""The care setting of what is not tied to one."""
_ENDED = frozenset({"closed", "superseded"})


def misfits(record: SourcedRecord, file: str, known: KnownIds) -> Iterator[Misfit]:
    """What in a record of ``file`` (as ``register/priorities/kss.yaml``) a lead's own record could not say either."""
    if (
        isinstance(record, Priority | Solution)
        and len(record.care_settings) > 1
        and (ALL_SETTINGS in record.care_settings)
    ):
        yield ("care_settings",), ", ".join(record.care_settings), f"{ALL_SETTINGS} alone, or the settings without it"
    if isinstance(record, Priority):
        yield from _hidden("priority", record.status, PRIORITY_STATUSES)
        yield from _of_another_area(record, PurePosixPath(file).stem, known.areas)
        if record.status in _ENDED and record.year_to is None:
            yield ("year_to",), "nothing", f"the year in which it ended, as its status is {record.status}"
    elif isinstance(record, Solution):
        yield from _hidden("solution", record.status, SOLUTION_STATUSES)
        yield from _adoptions(record)
        for place, result in enumerate(record.results):
            if not (result.baseline or result.result or result.change):
                yield ("results", place, "result"), "nothing", "a figure here, as the baseline, or as the change"
        if (record.spread_reach == "withdrawn") != (record.status == "withdrawn"):
            yield ("spread_reach",), repr(record.spread_reach), "withdrawn for a withdrawn solution, and for no other"


def _hidden(kind: Kind, status: str, statuses: Mapping[Any, tuple[str, str]]) -> Iterator[Misfit]:
    """A state that the public may not see: whatever stands in the files is shown to everyone."""
    hidden = frozenset(states(kind)) - PUBLIC_STATES[kind]
    if status in hidden:
        seen = ", ".join(name for name in statuses if name not in hidden)
        meaning = statuses[status][1].rstrip(".")
        yield ("status",), f"{status!r} ({meaning})", f"one of {seen}: everyone can read what stands in this file"


def _of_another_area(priority: Priority, name: str, areas: frozenset[str] | None) -> Iterator[Misfit]:
    """A file named after an area holds that area's priorities, ``national`` those of all, any other those of some."""
    if areas is None:
        return
    found = ", ".join(priority.areas)
    if name in areas:
        if set(priority.areas) != {name}:
            yield ("areas",), found, f"{name} alone, the area that this file is named after"
    elif name == NATIONAL:
        if missing := areas - set(priority.areas):
            yield ("areas",), f"a list without {', '.join(sorted(missing))}", f"all {len(areas)} areas in this file"
    elif len(set(priority.areas)) == 1:
        yield ("areas",), found, f"several areas, or the record in the file of its one area, {found}.yaml"


def _adoptions(solution: Solution) -> Iterator[Misfit]:
    """An area adopts a solution once, and never its own."""
    first: dict[str, int] = {}
    for place, adoption in enumerate(solution.adopted_by):
        key = ("adopted_by", place, "area")
        if adoption.area in solution.areas_of_origin:
            yield key, repr(adoption.area), "another area than those where the solution began (areas_of_origin)"
        if first.setdefault(adoption.area, place) != place:
            yield key, f"{adoption.area!r} again", "each area once, with the stage that it has reached"
        if adoption.solution == solution.id:
            yield ("adopted_by", place, "solution"), repr(adoption.solution), "another solution than this one"
