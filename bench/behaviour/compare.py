"""Compares two recordings: what is only in one, and which texts and pictures differ, and how."""

import difflib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

# Pillow is one of the libraries that Streamlit needs.
from PIL import Image, ImageChops

from bench.behaviour.folder import read_text

ABOUT = "about.json"
"""When and of what a recording was made; two may differ in it."""
SAME_SHADE = 24
"""By how much of 255 a colour of a pixel may differ, as the edges of letters do."""
SAME_PIXELS = 20
"""How many pixels may differ by more: less than the smallest word."""
_LINES, _WIDTH = 24, 200


class NotARecording(Exception):
    """A folder holds no recording, or cannot take one; the message says why."""


@dataclass(frozen=True)
class Difference:
    """One thing that is not as it was: its file in both recordings, what it is about, and how it differs."""

    file: str
    about: str
    how: str


def compare(old: Path, new: Path) -> Iterator[Difference]:
    """Find every difference between two recordings, in the order of their files. Raises NotARecording."""
    before, after = _files(old), _files(new)
    for name in sorted(before.keys() | after.keys()):
        if name not in after:
            yield Difference(name, _about(before[name]), "is no longer there")
        elif name not in before:
            yield Difference(name, _about(after[name]), "was not there before")
        elif before[name].suffix == ".png":
            if how := different_picture(before[name], after[name]):
                yield Difference(name, _about(after[name]), how)
        elif before[name].read_bytes() != after[name].read_bytes():
            how = different_text(read_text(before[name]), read_text(after[name]))
            if how:
                yield Difference(name, _about(after[name]), how)


def different_text(old: str, new: str) -> str:
    """Return the lines that differ, with a line around each; nothing where none does."""
    found = list(difflib.unified_diff(old.splitlines(), new.splitlines(), "before", "after", lineterm="", n=1))[2:]
    shown = list(_shortened(found[:_LINES]))
    more = [f"... and {len(found) - _LINES} lines more"] if len(found) > _LINES else []
    return "\n".join([*shown, *more])


def different_picture(old: Path, new: Path) -> str:
    """Return where two pictures differ and by how much; nothing where no more than a trace of their pixels does."""
    with Image.open(old) as first, Image.open(new) as second:
        if first.size != second.size:
            return f"is {second.width} × {second.height} pixels, and was {first.width} × {first.height}"
        if old.read_bytes() == new.read_bytes():
            return ""
        apart = ImageChops.difference(first.convert("RGB"), second.convert("RGB"))
        # The greatest difference among the three colours of each pixel.
        red, green, blue = apart.split()
        other = ImageChops.lighter(ImageChops.lighter(red, green), blue).point(lambda by: 255 * (by > SAME_SHADE))
        pixels = other.histogram()[255]
        if pixels <= SAME_PIXELS:
            return ""
        left, top, right, bottom = other.getbbox() or (0, 0, 0, 0)
        return f"differs in {pixels} pixels, between {left}, {top} (left, top) and {right}, {bottom}"


def _shortened(lines: list[str]) -> Iterator[str]:
    """Cut long lines to the place where they begin to differ from the one they replaced."""
    for number, line in enumerate(lines):
        partner = lines[number - 1] if line[:1] == "+" else lines[number + 1] if number + 1 < len(lines) else ""
        same = next((at for at, pair in enumerate(zip(line[1:], partner[1:], strict=False)) if pair[0] != pair[1]), 0)
        start = max(0, same - _WIDTH // 3) if line[:1] in "+-" and len(line) > _WIDTH else 0
        cut = line[1 + start :][:_WIDTH]
        yield f"{line[:1]}{'…' if start else ''}{cut}{'…' if len(line) > 1 + start + _WIDTH else ''}"


def _files(folder: Path) -> dict[str, Path]:
    if not (folder / ABOUT).is_file():
        raise NotARecording(f"There is no recording at {folder}.")
    files = (path for path in folder.rglob("*") if path.is_file() and path.name != ABOUT)
    # A text is the same thing whether it was long enough to be compressed or not.
    return {path.relative_to(folder).as_posix().removesuffix(".gz"): path for path in files}


def _about(path: Path) -> str:
    """What a file is of, in its first line; that of a picture is in the text beside it."""
    text = path.with_name(f"{path.stem}.text.txt") if path.suffix == ".png" else path
    text = text if text.is_file() else text.with_name(f"{text.name}.gz")
    return read_text(text).partition("\n")[0] if text.is_file() else ""
