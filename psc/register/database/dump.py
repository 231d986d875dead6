"""The file a backup is kept in: one gzipped line of JSON for each row, after a header that says what must be there.

The same for every database. The header holds the format, the revision of the tables, how many rows each table has, the
newest seal of the audit, and the audit's key where that was asked for.
"""

import gzip
import json
import os
import secrets
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, TextIO, cast

from psc.register.errors import RegisterError, Unavailable

FORMAT, VERSION = "psc-register", 1


class NotABackup(RegisterError):
    """The file cannot be restored from. Nothing was changed."""


@dataclass(frozen=True, slots=True)
class Header:
    """What a backup holds. ``seal`` is the audit's newest, ``entries`` their number, ``counts`` the rows by table."""

    schema: str
    made_at: str
    counts: Mapping[str, int]
    entries: int
    seal: str | None
    key: str | None = None


@contextmanager
def writing(target: Path, header: Header) -> Iterator[TextIO]:
    """Open a backup to write rows to; it appears under its name when it is whole, and only then. Raises Unavailable."""
    draft = target.with_name(f".{target.name}.{secrets.token_hex(4)}")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        # It holds addresses and drafts, and perhaps the key.
        with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            with gzip.open(file, "wt", encoding="utf-8") as lines:
                out = cast(TextIO, lines)
                _line(out, {"format": FORMAT, "version": VERSION, **asdict(header)})
                yield out
            file.flush()
            os.fsync(file.fileno())
        draft.replace(target)
    except OSError as error:
        raise Unavailable(f"The backup could not be written to {target} ({error.strerror}).") from error
    finally:
        with suppress(OSError):
            draft.unlink()


def write_row(out: TextIO, table: str, row: Mapping[str, Any]) -> None:
    """Write a row of a table."""
    _line(out, [table, dict(row)])


def _line(out: TextIO, value: Any) -> None:
    out.write(json.dumps(value, separators=(",", ":")) + "\n")


def read_header(source: Path) -> Header:
    """Return what a backup says it holds. Raises NotABackup for any other file."""
    with _in_words(source), gzip.open(source, "rt", encoding="utf-8") as lines:
        return _header(lines.readline())


def _header(line: str) -> Header:
    said = json.loads(line)
    if said.pop("format") != FORMAT:
        raise ValueError("it is not one of the register's")
    if said.pop("version") != VERSION:
        raise ValueError("it was written by a newer version of this program")
    return Header(**said)


def read_rows(source: Path) -> Iterator[tuple[str, dict[str, Any]]]:
    """Return every row with its table, in an order in which they can be added.

    Raises NotABackup where the file is cut off, spoilt or foreign: at the end at the latest, so use nothing before it.
    """
    with _in_words(source), gzip.open(source, "rt", encoding="utf-8") as lines:
        header, found = _header(lines.readline()), Counter[str]()
        for line in lines:
            table, row = json.loads(line)
            found[table] += 1
            yield table, row
        if found != Counter(header.counts):
            raise ValueError("rows are missing, or there are more than there should be")


@contextmanager
def _in_words(source: Path) -> Iterator[None]:
    try:
        yield
    except FileNotFoundError:
        raise NotABackup(f"There is no file {source}. Nothing was changed.") from None
    except (OSError, EOFError, ValueError, TypeError, KeyError, AttributeError) as error:
        raise NotABackup(f"{source} is not a whole backup of the register ({error}). Nothing was changed.") from error
