"""What is wrong in ``data/register``, for ``psc check``."""

from pathlib import Path

from psc.faults import Fault
from psc.register.compiled.load import read_register


def check_register(folder: Path) -> list[Fault]:
    """Every fault of every file of the register, with file, line, key, what was found and what was expected.

    Found are: unreadable or malformed files, unknown or missing keys, unknown areas, harm codes, care settings and
    metrics, references to a programme or solution that is not there, ids used twice, ends before starts, a withdrawn
    solution without a reason, a result without its kind or source, a headline that is not an observed or adjusted
    figure; and what a lead's own record could not say either, by the rules of the modules beside this one. An empty
    list means that :func:`psc.register.compiled.load.load_register` succeeds.
    """
    return read_register(folder)[1]
