"""Where things are: the committed data, the built store. One place, overridable by environment."""

import os
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]


def data_folder() -> Path:
    """The folder of committed data (``PSC_DATA``, default ``data/`` beside the package)."""
    return Path(os.environ.get("PSC_DATA", ROOT / "data"))


def store_path() -> Path:
    """The DuckDB file that is served (``PSC_STORE``, default ``var/psc.duckdb``)."""
    return Path(os.environ.get("PSC_STORE", ROOT / "var" / "psc.duckdb"))
