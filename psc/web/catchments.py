"""The 15 polygons as a script: the map's frame loads it once, and changing the measure never sends it again."""

import gzip
import hashlib
import json
from functools import cache

from psc.geography.areas import load_catchments
from psc.settings import data_folder


@cache
def catchments_script() -> tuple[str, bytes]:
    """Return the script's version (a hash of its text) and its gzipped text."""
    collection = load_catchments(data_folder() / "boundaries")
    text = f"window.pscCatchments = {json.dumps(collection, separators=(',', ':'))};"
    body = text.encode()
    return hashlib.sha256(body).hexdigest()[:12], gzip.compress(body, mtime=0)


def catchments_url() -> str:
    """Return the script's address; the version in it lets a browser keep it for good."""
    return f"/assets/catchments.js?v={catchments_script()[0]}"
