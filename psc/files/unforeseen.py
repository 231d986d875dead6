"""Turns an error that nobody foresaw into a fault with a file's name; the details go to the log."""

import logging
from collections.abc import Callable

from psc.faults import Fault, InvalidData
from psc.files.reading import last_read

_LOG = logging.getLogger(__name__)
EXPECTED = "content that can be read and judged; the log has the details, for the maintainers"


def faults_of(check: Callable[[], list[Fault]], name: str) -> list[Fault]:
    """The faults a check returns or raises; one that stops otherwise is itself a fault of the file last read.

    ``name`` is the file or folder to name where no file was read.
    """
    try:
        return check()
    except InvalidData as invalid:
        return invalid.faults
    except Exception as error:
        return [unforeseen(error, last_read() or name)]


def unforeseen(error: BaseException, file: str) -> Fault:
    """Log an error with its traceback and return it as a fault of ``file``."""
    _LOG.error("An unforeseen error while %s was read", file, exc_info=error)
    words = str(error).partition("\n")[0]
    return Fault(file, f"something that stopped the program ({type(error).__name__}: {words})", EXPECTED)
