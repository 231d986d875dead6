"""The 15 polygons as a script: the map's frame loads it once, and changing the measure never sends it again."""

import gzip
import hashlib
import json
from functools import lru_cache

from psc.store.connection import Store, open_store
from psc.store.documents import read_documents


def catchments_script() -> tuple[str, bytes]:
    """Return the script's version (a hash of its text) and its gzipped text."""
    store = open_store()
    return _script(store.version, store)


@lru_cache(maxsize=2)
def _script(version: str, store: Store) -> tuple[str, bytes]:
    text = json.dumps(read_documents(store).catchments, separators=(",", ":"))
    body = f"window.pscCatchments = {text};".encode()
    return hashlib.sha256(body).hexdigest()[:12], gzip.compress(body, mtime=0)


def catchments_url() -> str:
    """Return the script's address; the version in it lets a browser keep it for good."""
    return f"/assets/catchments.js?v={catchments_script()[0]}"
