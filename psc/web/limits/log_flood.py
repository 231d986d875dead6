"""Keeps lines that any client can cause from filling the log, and readers' addresses out of it."""

import logging
import threading
import time
from collections import Counter

BURST, BURST_OF_LOGGER, PERIOD_SECONDS = 10, 200, 60.0
"""How many lines of the same kind, and of one logger, are written in how long."""
OF_OTHERS = ("asyncio", "starlette", "streamlit", "uvicorn", "websockets")


class FloodFilter(logging.Filter):
    """Lets a few lines of each kind through a minute; the first of the next minute says how many were left out.

    Lines are of one kind when they come from the same logger with the same text before values are put into it.
    """

    def __init__(self) -> None:
        super().__init__()
        self._lock = threading.Lock()
        self._begun = time.monotonic()
        self._of_logger: Counter[str] = Counter()
        self._seen: dict[tuple[str, str], int] = {}
        self._left_out: dict[tuple[str, str], int] = {}

    def filter(self, record: logging.LogRecord) -> bool:
        """Return whether a record is written."""
        text = str(record.msg)
        # The server's line for each websocket, with the address it came from: there is no access log.
        if '"WebSocket' in text:
            return False
        kind = (record.name, text[:200])
        with self._lock:
            if time.monotonic() - self._begun >= PERIOD_SECONDS:
                self._begun = time.monotonic()
                self._left_out = {known: count - BURST for known, count in self._seen.items() if count > BURST}
                self._seen, self._of_logger = {}, Counter()
            self._of_logger[record.name] += 1
            if self._of_logger[record.name] > BURST_OF_LOGGER:
                return False
            self._seen[kind] = self._seen.get(kind, 0) + 1
            if self._seen[kind] > BURST:
                return False
            left_out = self._left_out.pop(kind, 0)
        if left_out:
            record.msg = f"{text} ({left_out} more like it were left out)"
        return True


def limit_logs() -> None:
    """Filter what the server and the libraries write, as far as their loggers exist now."""
    flood = FloodFilter()
    for name, logger in list(logging.Logger.manager.loggerDict.items()):
        if name.partition(".")[0] in OF_OTHERS and isinstance(logger, logging.Logger):
            logger.addFilter(flood)
    logging.getLogger("asyncio").addFilter(flood)
