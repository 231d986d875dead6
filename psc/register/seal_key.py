"""The key that seals the audit: from the environment, or a file beside the register that only its owner may read."""

import os
import secrets
from pathlib import Path

NAME = "audit.key"


def seal_key(folder: Path) -> bytes:
    """Return the key (``PSC_AUDIT_KEY``, or ``audit.key`` in the folder, made on first use)."""
    return existing_key(folder) or put_key(folder, secrets.token_hex(32).encode())


def existing_key(folder: Path) -> bytes | None:
    """Return the key, or None where none was made yet."""
    if given := os.environ.get("PSC_AUDIT_KEY"):
        return given.encode()
    path = folder / NAME
    return path.read_text(encoding="utf-8").strip().encode() if path.exists() else None


def put_key(folder: Path, key: bytes) -> bytes:
    """Keep a key in the folder; return the one that is kept there, which is another where there was one already.

    Two processes that start at once end up with the same key: the file appears whole or not at all.
    """
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / NAME
    draft = folder / f".{NAME}.{os.getpid()}.{secrets.token_hex(4)}"
    draft.touch(mode=0o600)
    draft.write_bytes(key)
    try:
        os.link(draft, path)
    except FileExistsError:
        pass
    finally:
        draft.unlink()
    return path.read_text(encoding="utf-8").strip().encode()
