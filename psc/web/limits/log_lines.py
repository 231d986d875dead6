"""Keeps what a client sends from forging or colouring lines of the log, whichever library writes them."""

import logging
import traceback
from typing import Any

from psc.clean_text import clean

LONGEST = 2_000
"""Characters of a message; what a client may send is longer."""
INDENT = "    "


class PlainRecord(logging.LogRecord):
    """A record without control characters, of bounded length, whose lines after the first are indented."""

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        if self.exc_info and self.exc_info[0]:
            self.exc_text = _plain("".join(traceback.format_exception(*self.exc_info)))

    def getMessage(self) -> str:  # noqa: N802  (a method of the standard library)
        """Return the message as it is written."""
        message = super().getMessage()
        return _plain(message if len(message) <= LONGEST else f"{message[:LONGEST]} (cut)")


def _plain(text: str) -> str:
    return str(clean(text)).rstrip("\n").replace("\n", f"\n{INDENT}")


def write_plain_lines() -> None:
    """Have every logger of this process write such records from now on."""
    logging.setLogRecordFactory(PlainRecord)
