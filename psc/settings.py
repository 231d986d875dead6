"""Where things are: the committed data, the built store, the register. One place, overridable by environment."""

import os
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]


def data_folder() -> Path:
    """The folder of committed data (``PSC_DATA``, default ``data/`` beside the package)."""
    return Path(os.environ.get("PSC_DATA", ROOT / "data"))


def store_path() -> Path:
    """The DuckDB file that is served (``PSC_STORE``, default ``var/psc.duckdb``)."""
    return Path(os.environ.get("PSC_STORE", ROOT / "var" / "psc.duckdb"))


def state_folder() -> Path:
    """The folder of what people write, outside the code (``PSC_STATE``, default the user's own state folder)."""
    home = os.environ.get("XDG_STATE_HOME") or Path.home() / ".local" / "state"
    return Path(os.environ.get("PSC_STATE") or Path(home) / "psc")


def register_url() -> str:
    """The register's database (``PSC_REGISTER_URL``, default a SQLite file in the state folder)."""
    return os.environ.get("PSC_REGISTER_URL") or f"sqlite:///{state_folder() / 'register.db'}"


def administrators() -> tuple[str, ...]:
    """Email addresses of the first administrators (``PSC_ADMINISTRATORS``, separated by commas)."""
    named = os.environ.get("PSC_ADMINISTRATORS", "")
    return tuple(email.strip().lower() for email in named.split(",") if email.strip())


def trusted_proxy() -> bool:
    """Whether a proxy on another machine is trusted to say who asks (``PSC_TRUSTED_PROXY=1``)."""
    return os.environ.get("PSC_TRUSTED_PROXY") == "1"
