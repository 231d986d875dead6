"""Walks a folder of data: its regular files, and a fault for everything in it that is none."""

import os
import stat
from pathlib import Path, PurePosixPath

from psc.faults import Fault, alike
from psc.files.leftovers import is_folder_note, left_behind
from psc.files.reading import kind_of, unreadable_folder

DEEPEST = 6
MOST_FILES = 20_000
WENT_AWAY = "a file that went away while the folder was read"
AT_REST = "files at rest: check once more when nobody is changing them"


def regular_files(folder: Path, name: str) -> tuple[list[str], list[Fault]]:
    """The paths of a folder's regular files, relative to it and sorted, and what else is in it.

    Links are not followed, so the walk ends and stays inside. ``name`` is what faults call the folder. A folder that
    is missing has no files and no faults here: what is missing is said by who needs it. A folder that a program left
    behind is one fault and is not looked into.
    """
    files: list[str] = []
    faults: list[Fault] = []
    _walk(folder, "", name, files, faults)
    return sorted(files), alike(
        sorted(faults, key=lambda fault: fault.file), len(faults), where="among the other files"
    )


def _walk(folder: Path, inside: str, name: str, files: list[str], faults: list[Fault]) -> None:
    called = f"{name}/{inside}".rstrip("/")
    if inside.count("/") > DEEPEST:
        faults.append(Fault(called, "folders within folders", f"at most {DEEPEST} levels"))
        return
    try:
        with os.scandir(folder) as entries:
            noted = (entry for entry in entries if not is_folder_note(entry.name))
            found = sorted(noted, key=lambda entry: entry.name)
    except (FileNotFoundError, NotADirectoryError):
        return
    except OSError as error:
        faults.append(unreadable_folder(called, error))
        return
    for entry in found:
        if len(files) >= MOST_FILES:
            faults.append(Fault(called, f"more than {MOST_FILES:,} files", "a folder of data"))
            return
        try:
            mode = entry.stat(follow_symlinks=False).st_mode
        except PermissionError as error:  # names may be listed there, and nothing opened
            faults.append(unreadable_folder(called, error))
            return
        except OSError:
            faults.append(Fault(f"{name}/{inside}{entry.name}", WENT_AWAY, AT_REST))
            continue
        if stat.S_ISDIR(mode) and (words := left_behind(entry.name)):
            faults.append(Fault(f"{name}/{inside}{entry.name}", *words))
        elif stat.S_ISDIR(mode):
            _walk(folder / entry.name, f"{inside}{entry.name}/", name, files, faults)
        elif stat.S_ISREG(mode):
            files.append(f"{inside}{entry.name}")
        else:
            faults.append(Fault(f"{name}/{inside}{entry.name}", kind_of(mode), "a regular file"))


def with_folders(file: str) -> list[str]:
    """A file's name and that of each folder around it."""
    return [file, *(str(folder) for folder in PurePosixPath(file).parents)]


def names_in(folder: Path, suffix: str = "") -> list[str]:
    """The names in a folder that end with ``suffix``, sorted; of any kind, so that reading one says what is wrong.

    What programs left behind is left out: it is no data, and a fault of the folder (see :func:`regular_files`).
    """
    return sorted(entry.name for entry in _data_in(folder) if entry.name.endswith(suffix))


def folders_in(folder: Path) -> list[str]:
    """The names of the folders in a folder, sorted; links and what programs left behind are left out."""
    return sorted(entry.name for entry in _data_in(folder) if entry.is_dir(follow_symlinks=False))


def _data_in(folder: Path) -> list[os.DirEntry[str]]:
    return [entry for entry in _entries(folder) if not (is_folder_note(entry.name) or left_behind(entry.name))]


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
