"""Opens the harm store, once per process, and notices when a build has swapped in a new one.

A store is served from a copy of its own, read to its end first: whatever happens to the file reaches no reader.
"""

import contextlib
import logging
import os
import shutil
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import duckdb

from psc.settings import store_path
from psc.store.reader import NotWhole, Store
from psc.store.whole import require_whole

_LOG = logging.getLogger(__name__)
Stamp = tuple[int, int, int] | None
"""What tells one state of a file from another: inode, time of change, size; None where there is no file."""
RETRY_SECONDS = 10
"""How long a file that was refused is left alone unless it changes: what was wrong may lie elsewhere."""


class StoreMissing(Exception):
    """There is no store to read; the message says how to make one."""


@dataclass(frozen=True, slots=True)
class _Served:
    """The store that is served, from which path and which state of its file, and whether from a copy."""

    store: Store
    path: Path
    stamp: Stamp
    is_copy: bool


@dataclass(frozen=True, slots=True)
class _Refused:
    """A state of a file that could not be served, and why."""

    path: Path
    stamp: Stamp
    why: str
    retry_at: float


_lock = threading.Lock()
_served: _Served | None = None
_refused: _Refused | None = None


def open_store() -> Store:
    """Return this process's store, opened anew when a build has replaced the file.

    While the newest file cannot be served, the last good store goes on being served.
    Raises StoreMissing when there is none. The replaced store is not closed here: another thread may be reading from
    it, and it is freed when the last of them has finished.
    """
    global _served, _refused
    path = store_path()
    with _lock:
        stamp = _stamp(path)
        last = _served if _served is not None and _served.path == path else None
        if last is not None and last.stamp == stamp:
            return last.store
        before = _refusal(path, stamp)
        if before is None or time.monotonic() >= before.retry_at:
            try:
                store, is_copy = _opened_copy(path)
            except (duckdb.Error, OSError) as error:
                why = f"{_found(path, error)}. Run `make run`, or `psc build`, to make it."
                _refused = _Refused(path, stamp, why, time.monotonic() + RETRY_SECONDS)
                if before is None:
                    _LOG.error("A store was refused: %s", why, exc_info=error)
            else:
                _served, _refused = _Served(store, path, stamp, is_copy), None
                return store
        if last is None:
            assert _refused is not None
            raise StoreMissing(f"There is no data to show: {_refused.why}")
        return last.store


def store_problem() -> str | None:
    """Return what is wrong with what is served, though pages can be read; None where nothing is."""
    path = store_path()
    with _lock:
        if refusal := _refusal(path, _stamp(path)):
            return f"The last good data is served: {refusal.why}"
        if _served is not None and _served.path == path and not _served.is_copy:
            return (
                "The data is served from the file itself, as the folder for temporary files has no room for a copy: if "
                "the file is damaged, pages fail. Make room there and restart the site."
            )
    return None


def _refusal(path: Path, stamp: Stamp) -> _Refused | None:
    """What was said of this very state of a file, if it was refused."""
    return _refused if _refused is not None and (_refused.path, _refused.stamp) == (path, stamp) else None


def why_refused(path: Path) -> str | None:
    """Return why no pages can be made from the store in a file, as part of a sentence; None where they can."""
    try:
        with Store(path) as store:
            require_whole(store)
    except (duckdb.Error, OSError) as error:
        return _found(path, error)
    return None


def _found(path: Path, error: duckdb.Error | OSError) -> str:
    if isinstance(error, FileNotFoundError) or not os.path.lexists(path):
        found = "does not exist"
    elif isinstance(error, NotWhole):
        found = f"cannot be used: {error}"
    else:
        found = "cannot be read" + (f": {error.strerror}" if isinstance(error, OSError) else "")
    return f"the data store {path.name} {found}"


def _opened_copy(path: Path) -> tuple[Store, bool]:
    """Open a copy of a store, or else the file itself, and read all of it; say which of the two it is.

    Raises duckdb.Error or OSError where that is not possible.
    """
    with _copied(path) as copy:
        store = Store(copy)
    try:
        require_whole(store)
    except duckdb.Error:
        store.close()
        raise
    return store, copy != path


@contextmanager
def _copied(path: Path) -> Iterator[Path]:
    """A copy that only this process has: its name is gone at the end, its content stays until it is closed."""
    with path.open("rb") as source, contextlib.ExitStack() as stack:
        try:
            copy = stack.enter_context(tempfile.NamedTemporaryFile(prefix="psc-store-", suffix=".duckdb"))
            shutil.copyfileobj(source, copy)
            copy.flush()
        except OSError as error:
            # Without room for a copy the file itself is better than no site.
            _LOG.warning("The store is served from its file, for want of room for a copy: %s", error)
            yield path
        else:
            yield Path(copy.name)


def _stamp(path: Path) -> Stamp:
    try:
        status = path.stat()
    except OSError:
        return None
    return status.st_ino, status.st_mtime_ns, status.st_size
