"""The version of a store: a hash of everything that decides what is in it."""

import hashlib
from pathlib import Path

import duckdb

from psc.settings import ROOT
from psc.store.reader import Store

DATA_FOLDERS = ("boundaries", "harms", "register")
CODE_FOLDERS = ("catalogue", "geography", "register", "stats", "store")


def content_hash(data: Path) -> str:
    """Return a 16-digit hash of the harm data, the boundaries and the code that turns them into a store."""
    digest = hashlib.sha256()
    for folder in [*(data / name for name in DATA_FOLDERS), *(ROOT / "psc" / name for name in CODE_FOLDERS)]:
        for path in sorted(folder.rglob("*")):
            if path.is_file() and path.suffix != ".pyc":
                digest.update(path.relative_to(folder).as_posix().encode())
                digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()[:16]


def is_stale(data: Path, target: Path) -> bool:
    """Say whether the store is missing, unreadable, or built from other data or code."""
    return built_version(target) != content_hash(data)


def built_version(target: Path) -> str | None:
    """Return the version of the store at ``target``, or None where there is none that can be read."""
    if not target.exists():
        return None
    try:
        with Store(target) as store:
            return store.version
    except duckdb.Error:
        return None
