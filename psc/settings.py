"""Where things are: the committed data, the built store, the register. One place, overridable by environment."""

import os
import re
from dataclasses import dataclass
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


class InvalidSetting(Exception):
    """An environment variable holds something that cannot be used; the message says which and what is needed."""


@dataclass(frozen=True)
class Limits:
    """How much of the server anonymous visitors may hold at once; docs/operations.md explains each."""

    sessions: int
    sessions_per_address: int
    connections: int
    downloads_per_minute: int


def limits() -> Limits:
    """The limits for visitors (``PSC_MAX_…``). Raises InvalidSetting."""
    return Limits(
        sessions=_whole_number("PSC_MAX_SESSIONS", 600),
        sessions_per_address=_whole_number("PSC_MAX_SESSIONS_PER_ADDRESS", 200),
        connections=_whole_number("PSC_MAX_CONNECTIONS", 4000),
        downloads_per_minute=_whole_number("PSC_MAX_DOWNLOADS_PER_MINUTE", 60),
    )


def hsts_seconds() -> int:
    """How long browsers shall use https only (``PSC_HSTS_SECONDS``, default 0: not said). Raises InvalidSetting."""
    return _whole_number("PSC_HSTS_SECONDS", 0, least=0)


def site_addresses() -> tuple[str, ...]:
    """The site's public addresses, as https://name (``PSC_SITE_ADDRESS``, with commas). Raises InvalidSetting."""
    named = [text.strip().rstrip("/") for text in os.environ.get("PSC_SITE_ADDRESS", "").split(",")]
    for address in filter(None, named):
        if not re.fullmatch(r"https?://([\w.\-]+|\[[\da-fA-F:]+\])(:\d+)?", address):
            raise InvalidSetting(
                f"PSC_SITE_ADDRESS holds {address!r}. It needs an address such as https://site.example"
            )
    return tuple(filter(None, named))


def check_settings() -> None:
    """End the program with a message when a setting cannot be used."""
    try:
        limits(), hsts_seconds(), site_addresses()
    except InvalidSetting as invalid:
        raise SystemExit(f"The site was not started. {invalid}") from None


def _whole_number(name: str, default: int, least: int = 1) -> int:
    text = os.environ.get(name, "").strip()
    if not text:
        return default
    if not re.fullmatch(r"\d{1,9}", text, re.ASCII) or int(text) < least:
        raise InvalidSetting(f"{name} is {text!r}. It needs a whole number of {least} or more.")
    return int(text)


def build_seconds() -> int:
    """How long a build that a start waits for may take (``PSC_BUILD_SECONDS``, default 600). Raises InvalidSetting."""
    return _whole_number("PSC_BUILD_SECONDS", 600)


def error_log() -> Path:
    """Where the details of unforeseen errors of a command go: ``psc-errors.log`` in the store's folder."""
    return store_path().parent / "psc-errors.log"
