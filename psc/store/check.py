"""Is everything under ``data/`` what a store can be built from? Apart from the build, which takes longer to load."""

from collections.abc import Callable
from pathlib import Path

from psc.catalogue.observations import check_harms
from psc.data_package import check_described
from psc.faults import Fault, few_of_each_file
from psc.files.unforeseen import faults_of
from psc.geography.check import check_boundaries
from psc.register.check import check_register
from psc.store.documents import check_how_drawn


def check_data(data: Path) -> list[Fault]:
    """Validate everything under the data folder; return the faults of every file, up to 500 of each.

    Never raises: an error that nobody foresaw is a fault of the file that was being read.
    """
    # Two checks may miss the same file; it is one fault, in the words of the first.
    once: dict[tuple[object, ...], Fault] = {}
    for name, check in data_checks(data):
        for fault in faults_of(check, name):
            once.setdefault((fault.file, fault.row, fault.column, fault.found), fault)
    return few_of_each_file(list(once.values()))


def data_checks(data: Path) -> list[tuple[str, Callable[[], list[Fault]]]]:
    """The checks of the data folder, each with the part of it that it is about."""
    boundaries, harms, register = (data / name for name in ("boundaries", "harms", "register"))
    return [
        ("boundaries", lambda: check_boundaries(boundaries)),
        ("boundaries", lambda: check_how_drawn(boundaries)),
        ("harms", lambda: check_harms(harms)),
        ("harms", lambda: check_described(harms, prefix="harms")),
        ("register", lambda: check_register(register)),
        ("register", lambda: check_described(register, prefix="register")),
    ]
