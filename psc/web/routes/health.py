"""The health check: whether pages can be read and written, found out by doing what a page does."""

import logging
import threading
import time
from functools import lru_cache

import duckdb
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from psc.register.database.write_probe import write_probe
from psc.register.errors import Unavailable
from psc.store.connection import StoreMissing, open_store, store_problem
from psc.store.whole import ask_each_table
from psc.web.session.register import Access, access

PROBE_SECONDS = 30
"""How long a successful write to the register counts. One that failed is tried again sooner."""
PROBE_AGAIN_SECONDS = 5
_LOG = logging.getLogger(__name__)


class WriteProbe:
    """Writes to the register now and then and remembers what came of it. Safe between threads."""

    def __init__(self, register: Access) -> None:
        self._register = register
        self._problem: str | None = None
        self._next = float("-inf")
        self._lock = threading.Lock()

    def problem(self) -> str | None:
        """Return why nothing can be saved; None where it can.

        Nobody waits for a write that somebody else has begun, which takes seconds while the register is locked: the
        answer is then the one before.
        """
        if time.monotonic() >= self._next and self._lock.acquire(blocking=False):
            try:
                self._problem = self._try()
                self._next = time.monotonic() + (PROBE_AGAIN_SECONDS if self._problem else PROBE_SECONDS)
            finally:
                self._lock.release()
        return self._problem

    def _try(self) -> str | None:
        try:
            service = self._register.service()
            write_probe(service.database, service.time())
        except Unavailable as unavailable:
            return unavailable.reason
        except Exception:
            _LOG.exception("The register could not be written to, for a reason that nobody foresaw")
            return "The register cannot be written to; the cause is in the log."
        return None


@lru_cache(maxsize=1)
def _probe(register: Access) -> WriteProbe:
    return WriteProbe(register)


def health(request: Request) -> Response:
    """Say whether pages can be read and written: 200 where both can, else 503 with what cannot and why.

    ``status``: "ok"; "degraded" (200: everything works, but not as it should: on the last good store, or without a copy
    of it); "reading only" (503: nothing can be saved); "no store" or "failing" (503: pages cannot be read).
    """
    try:
        store = open_store()
        ask_each_table(store)
    except StoreMissing as missing:
        return _unwell("no store", str(missing))
    except duckdb.Error:
        _LOG.exception("The data store does not answer")
        return _unwell("failing", "The data store does not answer; the cause is in the log.")
    register = access()
    register.published()
    served: dict[str, str] = {"data_version": store.version, "register": "ok"}
    problem = store_problem()
    detail = {"detail": problem} if problem else {}
    if reason := register.reason or _probe(register).problem():
        return JSONResponse({"status": "reading only", **served, "register": reason, **detail}, status_code=503)
    return JSONResponse({"status": "degraded" if problem else "ok", **served, **detail})


def _unwell(status: str, detail: str) -> Response:
    return JSONResponse({"status": status, "detail": detail}, status_code=503)
