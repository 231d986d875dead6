"""Is everything under ``data/`` what a store can be built from? Apart from the build, which takes longer to load."""

import os
from collections.abc import Callable
from pathlib import Path

from psc.catalogue.observations import check_harms
from psc.catalogue.steps_check import check_steps
from psc.faults import Fault, alike, few_of_each_file
from psc.files.data_package import check_described
from psc.files.leftovers import is_folder_note, left_behind
from psc.files.reading import UNREADABLE
from psc.files.unforeseen import faults_of
from psc.files.walk import with_folders
from psc.geography.check_boundaries import check_boundaries
from psc.register.compiled.check_register import check_register
from psc.store.stored_documents import check_how_drawn
from psc.store.version import DATA_FOLDERS

NO_DATA = ("README.md", "lost+found")
"""What may stand beside the folders: words for people, and the folder that a disk of its own has."""
NOT_READ = "something that nothing reads"


def check_data(data: Path) -> list[Fault]:
    """Validate everything under the data folder; return the faults of every file, up to 500 of each.

    Never raises: an error that nobody foresaw is a fault of the file that was being read.
    """
    # Two checks may miss the same file; it is one fault, in the words of the first.
    once: dict[tuple[object, ...], Fault] = {}
    for name, check in data_checks(data):
        for fault in faults_of(check, name):
            once.setdefault((fault.file, fault.row, fault.column, fault.found), fault)
    return few_of_each_file(_without_what_follows(list(once.values())))


def _without_what_follows(faults: list[Fault]) -> list[Fault]:
    """The faults, but for those of what lies in a folder that cannot be read: they all follow from that."""
    unreadable = {fault.file for fault in faults if fault.found.startswith(UNREADABLE)}
    if not unreadable:
        return faults
    return [
        fault
        for fault in faults
        if fault.found.startswith(UNREADABLE) or unreadable.isdisjoint(with_folders(fault.file))
    ]


def check_top(data: Path) -> list[Fault]:
    """Faults of what stands beside the three folders of data, where nothing reads it."""
    try:
        names = sorted(entry.name for entry in os.scandir(data))
    except OSError:  # said file by file, by who needs them
        return []
    strangers = [name for name in names if name not in (*DATA_FOLDERS, *NO_DATA) and not is_folder_note(name)]
    expected = f"only {', '.join(DATA_FOLDERS)}: move it into the one it belongs to, or away"
    named = (Fault(f"data/{name}", *(left_behind(name) or (NOT_READ, expected))) for name in strangers)
    return alike(named, len(strangers), where="beside them")


def data_checks(data: Path) -> list[tuple[str, Callable[[], list[Fault]]]]:
    """The checks of the data folder, each with the part of it that it is about."""
    boundaries, harms, register = (data / name for name in ("boundaries", "harms", "register"))
    return [
        ("data", lambda: check_top(data)),
        ("boundaries", lambda: check_boundaries(boundaries)),
        ("boundaries", lambda: check_how_drawn(boundaries)),
        ("harms", lambda: check_harms(harms)),
        ("harms", lambda: check_steps(harms, boundaries)),
        ("harms", lambda: check_described(harms, prefix="harms")),
        ("register", lambda: check_register(register)),
        ("register", lambda: check_described(register, prefix="register")),
    ]
