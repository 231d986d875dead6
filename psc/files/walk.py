"""Walks a folder of data: its regular files, and a fault for everything in it that is none."""

import os
import stat
from pathlib import Path

from psc.faults import Fault, alike
from psc.files.reading import kind_of

DEEPEST = 6
MOST_FILES = 20_000


def regular_files(folder: Path, name: str) -> tuple[list[str], list[Fault]]:
    """The paths of a folder's regular files, relative to it and sorted, and what else is in it.

    Links are not followed, so the walk ends and stays inside. ``name`` is what faults call the folder. A folder that
    is missing has no files and no faults here: what is missing is said by who needs it.
    """
    files: list[str] = []
    faults: list[Fault] = []
    _walk(folder, "", name, files, faults)
    return sorted(files), alike(sorted(faults, key=lambda fault: fault.file), len(faults))


def _walk(folder: Path, inside: str, name: str, files: list[str], faults: list[Fault]) -> None:
    called = f"{name}/{inside}".rstrip("/")
    if inside.count("/") > DEEPEST:
        faults.append(Fault(called, "folders within folders", f"at most {DEEPEST} levels"))
        return
    try:
        with os.scandir(folder) as entries:
            found = sorted(entries, key=lambda entry: entry.name)
    except (FileNotFoundError, NotADirectoryError):
        return
    except OSError as error:
        faults.append(Fault(called, f"a folder that cannot be read ({error.strerror})", "a folder of data"))
        return
    for entry in found:
        if len(files) >= MOST_FILES:
            faults.append(Fault(called, f"more than {MOST_FILES:,} files", "a folder of data"))
            return
        mode = entry.stat(follow_symlinks=False).st_mode
        if stat.S_ISDIR(mode):
            _walk(folder / entry.name, f"{inside}{entry.name}/", name, files, faults)
        elif stat.S_ISREG(mode):
            files.append(f"{inside}{entry.name}")
        else:
            faults.append(Fault(f"{name}/{inside}{entry.name}", kind_of(mode), "a regular file"))


def names_in(folder: Path, suffix: str = "") -> list[str]:
    """The names in a folder that end with ``suffix``, sorted; of any kind, so that reading one says what is wrong."""
    return sorted(entry.name for entry in _entries(folder) if entry.name.endswith(suffix))


def folders_in(folder: Path) -> list[str]:
    """The names of the folders in a folder, links left out, sorted."""
    return sorted(entry.name for entry in _entries(folder) if entry.is_dir(follow_symlinks=False))


def _entries(folder: Path) -> list[os.DirEntry[str]]:
    try:
        with os.scandir(folder) as entries:
            return list(entries)
    except OSError:
        return []


def every_entry(folder: Path) -> list[tuple[Path, os.stat_result]]:
    """Everything in a folder but folders, sorted by path, with its status. Follows no links and never fails."""
    found: list[tuple[Path, os.stat_result]] = []
    waiting = [folder]
    while waiting and len(found) <= MOST_FILES:
        for entry in _entries(waiting.pop()):
            try:
                status = entry.stat(follow_symlinks=False)
            except OSError:
                continue
            if stat.S_ISDIR(status.st_mode):
                waiting.append(Path(entry.path))
            else:
                found.append((Path(entry.path), status))
    return sorted(found, key=lambda item: item[0])
