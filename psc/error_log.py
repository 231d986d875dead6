"""Where commands log the details of an error that nobody foresaw: a file for the maintainers, of bounded size."""

import logging
from logging.handlers import RotatingFileHandler
from pathlib import Path

LARGEST = 1_000_000
FORMAT = "%(asctime)s %(name)s %(message)s"


class _QuietHandler(RotatingFileHandler):
    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802  (a method of the standard library)
        """Do without the log where it cannot be written: the fault itself is printed in any case."""


def log_to(path: Path) -> None:
    """Write what ``psc`` logs to ``path``, and its predecessor beside it; no file is made before there is an error."""
    log = logging.getLogger("psc")
    for handler in [handler for handler in log.handlers if isinstance(handler, _QuietHandler)]:
        log.removeHandler(handler)
        handler.close()
    handler = _QuietHandler(path, maxBytes=LARGEST, backupCount=1, encoding="utf-8", delay=True)
    handler.setFormatter(logging.Formatter(FORMAT))
    log.addHandler(handler)
