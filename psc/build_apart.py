"""Builds the store in a process of its own, so that the command that started it can say how it ended."""

import os
import signal
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

from psc.files.reading import LONGEST_NAME, PROGRESS
from psc.store.unfinished import remove_unfinished


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a build ended: whether a new store was made, what it said, and what stopped it if it could not say so."""

    done: bool
    said: str
    complaint: str
    stopped: str = ""


def build_apart(target: Path, seconds: int) -> Outcome:
    """Run ``psc build`` as a child process for at most ``seconds``; remove what it leaves if killed."""
    with tempfile.TemporaryFile() as progress:
        environment = os.environ | {PROGRESS: str(progress.fileno())}
        child = subprocess.Popen(
            [sys.executable, "-m", "psc", "build"],
            env=environment,
            pass_fds=[progress.fileno()],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            encoding="utf-8",
            errors="backslashreplace",
        )
        try:
            said, complaint = child.communicate(timeout=seconds)
        except BaseException as error:
            child.kill()
            said, complaint = child.communicate()
            remove_unfinished(target.parent, child.pid)
            if not isinstance(error, subprocess.TimeoutExpired):
                raise
            why = f"did not end within {seconds} seconds"
            return Outcome(False, said, complaint, _stopped(why, progress.fileno()))
        if child.returncode < 0:
            remove_unfinished(target.parent, child.pid)
            why = f"was killed ({signal.Signals(-child.returncode).name})"
            return Outcome(False, said, complaint, _stopped(why, progress.fileno()))
    return Outcome(child.returncode == 0, said, complaint)


def _stopped(why: str, progress: int) -> str:
    reading = os.pread(progress, LONGEST_NAME, 0).decode("utf-8", "replace").strip()
    return f"The build {why}; the file it read last is {reading or 'not known'}."
