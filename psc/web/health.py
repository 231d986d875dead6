"""The health check: whether pages can be read and written, found out by doing what a page does."""

import threading
import time
from functools import lru_cache

import duckdb
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from psc.register.errors import Unavailable
from psc.register.probe import write_probe
from psc.store.connection import Store, StoreMissing, open_store, store_problem, store_tables
from psc.web.register_access import Access, access

PROBE_SECONDS = 30
"""How long a successful write to the register counts. One that failed is tried again sooner."""
PROBE_AGAIN_SECONDS = 5


class WriteProbe:
    """Writes to the register now and then and remembers what came of it. Safe between threads."""

    def __init__(self, register: Access) -> None:
        self._register = register
        self._problem: str | None = None
        self._next = float("-inf")
        self._lock = threading.Lock()

    def problem(self) -> str | None:
        """Return why nothing can be saved; None where it can."""
        with self._lock:
            if time.monotonic() >= self._next:
                self._problem = self._try()
                self._next = time.monotonic() + (PROBE_AGAIN_SECONDS if self._problem else PROBE_SECONDS)
            return self._problem

    def _try(self) -> str | None:
        try:
            service = self._register.service()
            write_probe(service.database, service.time())
        except Unavailable as unavailable:
            return str(unavailable)
        return None


@lru_cache(maxsize=1)
def _probe(register: Access) -> WriteProbe:
    return WriteProbe(register)


def health(request: Request) -> Response:
    """Say whether pages can be read and written: 200 where both can, else 503 with what cannot and why.

    ``status``: "ok"; "degraded" (200: everything works, on the last good store, as the newest file cannot be read);
    "reading only" (503: nothing can be saved); "no store" or "failing" (503: pages cannot be read).
    """
    try:
        store = open_store()
        _ask_each_table(store)
    except StoreMissing as missing:
        return _unwell("no store", str(missing))
    except duckdb.Error as error:
        return _unwell("failing", f"The data store does not answer: {error}")
    register = access()
    register.published()
    served: dict[str, str] = {"data_version": store.version, "register": "ok"}
    if problem := register.problem or _probe(register).problem():
        return JSONResponse({"status": "reading only", **served, "register": problem}, status_code=503)
    if stale := store_problem():
        return JSONResponse({"status": "degraded", **served, "detail": f"The last good data is served: {stale}"})
    return JSONResponse({"status": "ok", **served})


def _ask_each_table(store: Store) -> None:
    cursor = store.cursor()
    for table in store_tables(store):
        cursor.table(table).limit(1).fetchall()


def _unwell(status: str, detail: str) -> Response:
    return JSONResponse({"status": status, "detail": detail}, status_code=503)
