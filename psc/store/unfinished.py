"""The files that builds write aside, and what is left of them when a build is killed."""

import contextlib
import os
import tempfile
import time
from pathlib import Path

SUFFIX = ".building"
LONGEST_BUILD = 3_600
"""Seconds. A file begun before that belongs to a build that was killed."""


def unfinished_path(folder: Path) -> Path:
    """A name in ``folder`` that no other build has and no file yet: DuckDB creates the file itself."""
    handle, name = tempfile.mkstemp(prefix=f"{os.getpid()}-", suffix=SUFFIX, dir=folder)
    os.close(handle)
    path = Path(name)
    path.unlink()
    return path


def remove(path: Path) -> None:
    """Remove an unfinished store and DuckDB's log beside it, as far as they are there."""
    for each in (path, Path(f"{path}.wal")):
        with contextlib.suppress(FileNotFoundError):
            each.unlink()


def remove_unfinished(folder: Path, process: int | None = None) -> None:
    """Remove what builds left: all of ``process``, which has ended, and of any process what is over an hour old."""
    for pattern in (f"*{SUFFIX}", f"*{SUFFIX}.wal"):
        for path in folder.glob(pattern):
            with contextlib.suppress(OSError):
                if path.name.startswith(f"{process}-") or time.time() - path.stat().st_mtime > LONGEST_BUILD:
                    path.unlink()
