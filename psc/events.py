"""The event log: one line of JSON on standard error for every sign-in, refusal and failure that an operator should see.

Every event has a name from `EVENTS`, which docs/operations.md lists for whoever reads the log. No event carries the
address or the words of a reader.
"""

import sys
import threading
import time
from typing import Any

import structlog

EVENTS: dict[str, str] = {
    "sign_in.succeeded": "info",
    "sign_in.refused": "warning",
    "sign_in.cancelled": "info",
    "sign_in.failed": "error",
    "sign_out.succeeded": "info",
    "sign_out.refused": "warning",
    "role.refused": "warning",
    "session.refused": "warning",
    "session.closed": "warning",
    "download.refused": "warning",
    "connection.refused": "warning",
    "connection.closed": "warning",
    "descriptors.exhausted": "error",
    "limits.lowered": "warning",
    "page.failed": "error",
    "register.failed": "error",
}
"""Each event's name with its level."""

QUIET_SECONDS = 10.0
"""How long an event that may come in floods is counted and not written again."""


class _Repeats:
    """When each of the frequent events was last written, and how many were left out since. Safe between threads."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._written: dict[tuple[str, str], tuple[float, int]] = {}

    def left_out(self, name: str, reason: str) -> int | None:
        """Return how many like it were left out before this one; None when this one is to be left out too."""
        now = time.monotonic()
        with self._lock:
            last, count = self._written.get((name, reason), (float("-inf"), 0))
            if now - last < QUIET_SECONDS:
                self._written[name, reason] = (last, count + 1)
                return None
            self._written[name, reason] = (now, 0)
            return count

    def forget(self) -> None:
        """Write each event again at once."""
        with self._lock:
            self._written.clear()


repeats = _Repeats()
structlog.configure(
    processors=[
        structlog.processors.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        structlog.processors.JSONRenderer(),
    ],
    logger_factory=lambda *_: structlog.WriteLogger(sys.stderr),
)
_log: Any = structlog.get_logger()


def log_event(name: str, **details: object) -> None:
    """Write one event with its details. Raises KeyError for a name that is not in `EVENTS`."""
    getattr(_log, EVENTS[name])(name, **details)


def log_repeated(name: str, reason: str, **details: object) -> None:
    """Write an event that a hostile client could cause at will: once in `QUIET_SECONDS` for each reason.

    ``reason`` comes from a fixed list of the caller's. ``left_out`` says how many were not written before this one.
    """
    left_out = repeats.left_out(name, reason)
    if left_out is not None:
        log_event(name, reason=reason, left_out=left_out, **details)
