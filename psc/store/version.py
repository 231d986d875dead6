"""The version of a store: a hash of everything that decides what is in it."""

import hashlib
import os
import stat
from pathlib import Path

import duckdb

from psc.files.walk import every_entry
from psc.settings import ROOT
from psc.store.reader import Store
from psc.store.whole import require_whole

DATA_FOLDERS = ("boundaries", "harms", "register")
CODE_FOLDERS = ("catalogue", "files", "geography", "register", "stats", "store")
LARGEST_HASHED = 64_000_000
"""Bytes. No sound file of data is half as large; of a larger one the size and the time of its change are hashed."""


def content_hash(data: Path) -> str:
    """Return a 16-digit hash of the harm data, the boundaries and the code that turns them into a store.

    It never fails: of what is no regular file, or cannot be read, its kind or the error is hashed.
    """
    digest = hashlib.sha256()
    for folder in [*(data / name for name in DATA_FOLDERS), *(ROOT / "psc" / name for name in CODE_FOLDERS)]:
        for path, status in every_entry(folder):
            if path.suffix != ".pyc":
                digest.update(os.fsencode(path.relative_to(folder).as_posix()))
                digest.update(_hash_of(path, status))
    return digest.hexdigest()[:16]


def _hash_of(path: Path, status: os.stat_result) -> bytes:
    if not stat.S_ISREG(status.st_mode):
        return b"kind %d" % stat.S_IFMT(status.st_mode)
    if status.st_size > LARGEST_HASHED:
        return b"size %d changed %d" % (status.st_size, status.st_mtime_ns)
    try:
        return hashlib.sha256(path.read_bytes()).digest()
    except OSError as error:
        return b"error %d" % (error.errno or 0)


def is_stale(data: Path, target: Path) -> bool:
    """Say whether the store is missing, unreadable, no longer whole, or built from other data or code."""
    return built_version(target) != content_hash(data)


def built_version(target: Path) -> str | None:
    """Return the version of the store at ``target``, or None where there is none that pages can be made from."""
    if not target.is_file():
        return None
    try:
        with Store(target) as store:
            require_whole(store)
            return store.version
    except (duckdb.Error, OSError):
        return None
