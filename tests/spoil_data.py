"""Spoils files of a data folder one after another and checks it each time, in a process of bounded time and memory.

Run as ``python -m tests.spoil_data FOLDER --seed N --count N``. Prints one line for each fault of the checks themselves
(an error nobody foresaw, a certain fault not found, a hang), then how many were tried; ends with 1 if there were any.
"""

import argparse
import random
import resource
import signal
import sys
from collections.abc import Iterator
from pathlib import Path

from psc.faults import Fault
from psc.files.unforeseen import EXPECTED as UNFORESEEN
from psc.files.unforeseen import faults_of
from psc.store.check_data import data_checks
from tests.mutations import Mutation, apply, mutations_for, restore

MEMORY = 4 * 1024**3
SECONDS_EACH = 60


def trials(folder: Path, chance: random.Random, count: int) -> Iterator[tuple[Mutation, Path]]:
    """Each kind of mutation as often as every other, on files drawn at random; ``count`` of them."""
    files = sorted(path for path in folder.rglob("*") if path.is_file() and path.name != "README.md")
    kinds: dict[str, list[tuple[Mutation, Path]]] = {}
    for path in files:
        for mutation in mutations_for(path):
            kinds.setdefault(mutation.name, []).append((mutation, path))
    names = sorted(kinds)
    for number in range(count):
        if number % len(names) == 0:
            chance.shuffle(names)
        yield chance.choice(kinds[names[number % len(names)]])


def problem_of(mutation: Mutation, folder: Path, path: Path, chance: random.Random) -> str | None:
    """What is wrong with how a spoilt file is checked; None where nothing is. The file is put back."""
    content = path.read_bytes()
    try:
        apply(mutation, chance, path)
        signal.alarm(SECONDS_EACH)
        faults = _check_part(folder, path)
    except BaseException as error:
        return f"{type(error).__name__}: {error}"
    finally:
        signal.alarm(0)
        restore(path, content)
    for fault in faults:
        if fault.expected == UNFORESEEN or not str(fault).isprintable():
            return repr(fault)
    if mutation.certain and path.relative_to(folder).as_posix() not in {fault.file for fault in faults}:
        return f"no fault of this file was found, but {len(faults)} of others"
    return None


def _check_part(folder: Path, path: Path) -> list[Fault]:
    """Every fault of the part of the data (boundaries, harms or register) that a file belongs to."""
    part = path.relative_to(folder).parts[0]
    return [fault for about, check in data_checks(folder) if about == part for fault in faults_of(check, part)]


def main() -> int:
    """Spoil and check as asked for."""
    parser = argparse.ArgumentParser()
    parser.add_argument("folder", type=Path)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--count", type=int, default=20)
    options = parser.parse_args()
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    signal.signal(signal.SIGALRM, _too_slow)
    chance = random.Random(options.seed)
    wrong = 0
    for mutation, path in trials(options.folder, chance, options.count):
        if problem := problem_of(mutation, options.folder, path, chance):
            wrong += 1
            print(f"{path.relative_to(options.folder)}, {mutation.name}: {problem}", flush=True)
    print(f"{options.count} tried, {wrong} wrong", flush=True)
    return 1 if wrong else 0


def _too_slow(*_: object) -> None:
    raise TimeoutError(f"not checked within {SECONDS_EACH} seconds")


if __name__ == "__main__":
    sys.exit(main())
