"""The 15 polygons as static files: a script for the map's frame, and a picture of how the lines were drawn.

The script holds the map's behaviour too: the frame loads its scripts one after the other, and waits for each. It loads
this one once, and changing the measure never sends it again.
"""

import gzip
import hashlib
import json
from functools import lru_cache
from pathlib import Path

from psc.charts.maps.disputed_places import places_svg
from psc.store.connection import Store, open_store
from psc.store.stored_documents import read_documents

ASSETS = Path(__file__).parents[1] / "assets"


def catchments_script() -> tuple[str, bytes]:
    """Return the script's version (a hash of its text) and its gzipped text."""
    store = open_store()
    return _script(store.version, store)


@lru_cache(maxsize=2)
def _script(version: str, store: Store) -> tuple[str, bytes]:
    text = json.dumps(read_documents(store).catchments, separators=(",", ":"))
    behaviour = (ASSETS / "catchment-map.js").read_text(encoding="utf-8")
    body = f"window.pscCatchments = {text};\n{behaviour}".encode()
    return hashlib.sha256(body).hexdigest()[:12], gzip.compress(body, mtime=0)


def catchments_url() -> str:
    """Return the script's address; the version in it lets a browser keep it for good."""
    return f"/assets/catchments.js?v={catchments_script()[0]}"


def places_svg_of_store() -> str:
    """Return the picture of the places cut out and the places others draw differently."""
    store = open_store()
    return _places(store.version, store)


@lru_cache(maxsize=2)
def _places(version: str, store: Store) -> str:
    documents = read_documents(store)
    return places_svg(documents.catchments, documents.splits, documents.disputed_places)
