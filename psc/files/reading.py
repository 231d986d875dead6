"""Opens a file under data/: a regular file, no link, of bounded size; as bytes or as clean text."""

import errno
import os
import re
import stat
from codecs import BOM_UTF8, BOM_UTF16_BE, BOM_UTF16_LE
from contextlib import suppress
from pathlib import Path

from psc.faults import Fault, InvalidData

MEGABYTE = 1_000_000
LARGEST_TEXT = MEGABYTE
LARGEST_TABLE = 16 * MEGABYTE
"""Bytes. The largest table shipped has 0.08 MB; about 300,000 rows of figures fit."""
PROGRESS = "PSC_PROGRESS_FD"
"""Environment variable: a descriptor that the name of the file being read is written to, for who watches a build."""
LONGEST_NAME = 400
UNREADABLE = "a folder that cannot be read"

_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]|\r(?!\n)")
_KINDS = (
    (stat.S_ISDIR, "a folder"),
    (stat.S_ISFIFO, "a named pipe"),
    (stat.S_ISSOCK, "a socket"),
    (stat.S_ISCHR, "a device"),
    (stat.S_ISBLK, "a device"),
    (stat.S_ISLNK, "a link"),
)
_last = ""


def last_read() -> str:
    """The name of the file that was opened last, as faults call it; empty before the first."""
    return _last


def read_bytes(path: Path, file: str, *, most: int, expected: str) -> bytes:
    """The content of a regular file of at most ``most`` bytes. ``file`` is its name in faults.

    Raises InvalidData with one fault where it is missing, no regular file (links are not followed, and a named pipe
    is not waited for), larger, or cannot be read; ``expected`` says what belongs there. Where its folder cannot be
    read, the fault is the folder's, and the same for each file in it.
    """
    _note(file)
    try:
        # O_NONBLOCK: opening a named pipe would otherwise wait for a writer.
        descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
    except (OSError, ValueError) as error:
        if isinstance(error, PermissionError) and not _may_look_into(path.parent):
            raise InvalidData([unreadable_folder(file.rpartition("/")[0], error)]) from None
        raise InvalidData([Fault(file, _why_not(error), expected)]) from None
    status = os.fstat(descriptor)
    if not stat.S_ISREG(status.st_mode):
        os.close(descriptor)
        raise InvalidData([Fault(file, kind_of(status.st_mode), expected)])
    with os.fdopen(descriptor, "rb") as stream:
        try:
            content = stream.read(most + 1)
        except OSError as error:
            raise InvalidData([Fault(file, _why_not(error), expected)]) from None
    if len(content) > most:
        raise InvalidData([Fault(file, f"{status.st_size:,} bytes", f"{expected} of at most {most:,} bytes")])
    return content


def read_text(path: Path, file: str, *, most: int, expected: str, mark_allowed: bool = True) -> str:
    """The content as text: UTF-8, lines that end in LF or CR LF, no other control characters but tabs.

    A byte order mark is taken off, or is a fault where ``mark_allowed`` is not set. Raises InvalidData with one fault.
    """
    content = read_bytes(path, file, most=most, expected=expected)
    if content.startswith((BOM_UTF16_LE, BOM_UTF16_BE)):
        raise InvalidData([Fault(file, "text in UTF-16", _in_utf8(file), 1)])
    if content.startswith(BOM_UTF8) and not mark_allowed:
        raise InvalidData([Fault(file, "a byte order mark", "text in UTF-8 without one", 1)])
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        # The positions of an error count from behind the mark.
        at = error.start + (len(BOM_UTF8) if content.startswith(BOM_UTF8) else 0)
        line = content.count(b"\n", 0, at) + 1
        found = f"a character that is not in UTF-8 (byte 0x{content[at]:02x})"
        raise InvalidData([Fault(file, found, _in_utf8(file), line)]) from None
    if bad := _CONTROL.search(text):
        line = text.count("\n", 0, bad.start()) + 1
        found = "a carriage return by itself" if bad[0] == "\r" else f"the control character 0x{ord(bad[0]):02x}"
        raise InvalidData([Fault(file, found, "text whose lines end in LF or CR LF, without control characters", line)])
    return text


def _in_utf8(file: str) -> str:
    how = "in Excel choose “Save as”, “CSV UTF-8”" if file.endswith(".csv") else "save it once more in that encoding"
    return f"text in UTF-8: {how}"


def unreadable_folder(name: str, error: OSError) -> Fault:
    """The fault of a folder that may not be looked into, in the same words from whoever finds it."""
    return Fault(name, f"{UNREADABLE} ({error.strerror})", "a folder of data that the program may read")


def kind_of(mode: int) -> str:
    """What a file that is no regular one is, in words."""
    return next((words for test, words in _KINDS if test(mode)), "a special file")


def _why_not(error: OSError | ValueError) -> str:
    if isinstance(error, FileNotFoundError | NotADirectoryError):
        return "no such file"
    if isinstance(error, OSError) and error.errno == errno.ELOOP:
        return "a link"
    return f"a file that cannot be read ({getattr(error, 'strerror', None) or error})"


def _may_look_into(folder: Path) -> bool:
    return os.access(folder, os.R_OK | os.X_OK, effective_ids=os.access in os.supports_effective_ids)


def _note(file: str) -> None:
    global _last
    _last = file
    if (descriptor := os.environ.get(PROGRESS, "")).isdigit():
        line = file.encode("utf-8", "backslashreplace")[:LONGEST_NAME].ljust(LONGEST_NAME)
        # Progress is a help and no more: a full disk must not stop the reading.
        with suppress(OSError):
            os.pwrite(int(descriptor), line, 0)
