"""The key that seals the audit: from the environment, or a file beside the register that only its owner may read."""

import os
import secrets
from pathlib import Path

from psc.register.errors import Unavailable

NAME = "audit.key"
_VARIABLE = "PSC_AUDIT_KEY"
_LONGEST = 4096


def existing_key(folder: Path) -> bytes | None:
    """Return the key (``PSC_AUDIT_KEY``, or ``audit.key`` in the folder), or None where none was made yet.

    White space at the ends is no part of a key. Raises Unavailable when there is a file and it cannot be read, or what
    is in either is no key.
    """
    if given := os.environ.get(_VARIABLE, "").strip():
        return _key(given, _VARIABLE)
    path = folder / NAME
    try:
        path.lstat()
    except (FileNotFoundError, NotADirectoryError):
        return None
    except OSError as error:
        raise Unavailable(_unreadable(path, error.strerror or "it cannot be read")) from error
    return _read(path)


def new_key(folder: Path) -> bytes:
    """Make a key, keep it in the folder, and return the one that is kept there. Raises Unavailable."""
    return put_key(folder, secrets.token_hex(32).encode())


def put_key(folder: Path, key: bytes) -> bytes:
    """Keep a key in the folder; return the one that is kept there, which is another where there was one already.

    Two processes that start at once end up with the same key: the file appears whole or not at all.
    Raises Unavailable when it cannot be kept.
    """
    path = folder / NAME
    try:
        _write(path, key)
    except OSError as error:
        raise Unavailable(
            f"The key that seals the register's audit cannot be kept. At {path}: {error.strerror}. Let the site's user "
            "write to that folder, or set PSC_STATE to one where it may."
        ) from error
    return _read(path)


def _write(path: Path, key: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f".{NAME}.{os.getpid()}.{secrets.token_hex(4)}")
    draft.touch(mode=0o600)
    try:
        draft.write_bytes(key)
        os.link(draft, path)
    except FileExistsError:
        pass
    finally:
        draft.unlink()


def _read(path: Path) -> bytes:
    if not path.is_file():
        raise Unavailable(_unreadable(path, "it is not a file"))
    try:
        with path.open("rb") as file:
            return _key(file.read(_LONGEST + 1).decode().strip(), path)
    except OSError as error:
        raise Unavailable(_unreadable(path, error.strerror or "it cannot be read")) from error
    except UnicodeDecodeError as error:
        raise Unavailable(_unreadable(path, "it is not text")) from error


def _key(text: str, place: Path | str) -> bytes:
    if not text or not text.isprintable() or len(text) > _LONGEST:
        raise Unavailable(_unreadable(place, "it is empty" if not text else "it holds more than a key"))
    return text.encode()


def _unreadable(place: Path | str, why: str) -> str:
    return (
        f"The key that seals the register's audit cannot be read. At {place}: {why}. Put the key back that the "
        "register was sealed with, readable by the site's user; nothing was changed and no new key was made."
    )
