"""The folder of a recording: one text file for each thing observed, in which names of this run stand for themselves."""

import gzip
import hashlib
import re
from collections.abc import Mapping
from pathlib import Path

LARGE = 200_000
"""Characters. A longer text is kept compressed."""
_LONGEST_NAME = 90


class Folder:
    """Where a part of a recording goes. ``names`` says what is written in the place of what differs between runs."""

    def __init__(self, path: Path, names: Mapping[str, str] | None = None) -> None:
        self.path, self.names = path, dict(names or {})
        path.mkdir(parents=True, exist_ok=True)

    def below(self, name: str, names: Mapping[str, str] | None = None) -> "Folder":
        """Return the folder ``name`` in this one, with more names."""
        return Folder(self.path / name, {**self.names, **(names or {})})

    def write(self, name: str, text: str) -> None:
        """Write a text. Raises FileExistsError where two things observed would have one name."""
        text = self.general(text).rstrip("\n") + "\n"
        if len(text) > LARGE:
            with (self.path / f"{name}.txt.gz").open("xb") as file:
                file.write(gzip.compress(text.encode(), compresslevel=6, mtime=0))
        else:
            with (self.path / f"{name}.txt").open("x", encoding="utf-8") as lines:
                lines.write(text)

    def general(self, text: str) -> str:
        """Return the text with the names of this run replaced, the longest first."""
        for found in sorted(self.names, key=len, reverse=True):
            text = text.replace(found, self.names[found])
        return text


def file_name(words: str) -> str:
    """Return a name for a file that says what was asked for, and is another for every other question."""
    words = words.removeprefix("/") or "root"
    plain = re.sub(r"[^\w.=-]+", "-", words).strip("-.")
    if plain == words and len(plain) <= _LONGEST_NAME:
        return plain
    return f"{plain[:_LONGEST_NAME]}-{digest(words.encode())[:6]}"


def read_text(path: Path) -> str:
    """Return a text that was written, compressed or not."""
    return gzip.decompress(path.read_bytes()).decode() if path.suffix == ".gz" else path.read_text(encoding="utf-8")


def digest(body: bytes) -> str:
    """Return 16 digits that tell one content from others."""
    return hashlib.sha256(body).hexdigest()[:16]
