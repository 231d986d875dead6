"""`python -m bench.behaviour record FOLDER` and `... compare OLD NEW`: exit status 1 where something differs."""

import argparse
import sys
from pathlib import Path

from bench.behaviour.compare import NotARecording, compare


def main() -> int:
    """Record or compare; return the exit status."""
    parser = argparse.ArgumentParser(prog="python -m bench.behaviour", description="Prove that behaviour stayed.")
    commands = parser.add_subparsers(required=True, metavar="command")
    recording = commands.add_parser("record", help="write what the site does into a new folder (some minutes)")
    recording.add_argument("folder", type=Path)
    recording.set_defaults(run=lambda given: _record(given.folder))
    comparing = commands.add_parser("compare", help="say what differs between two recordings")
    comparing.add_argument("old", type=Path)
    comparing.add_argument("new", type=Path)
    comparing.set_defaults(run=lambda given: _compare(given.old, given.new))
    given = parser.parse_args()
    try:
        return given.run(given)
    except NotARecording as problem:
        print(problem, file=sys.stderr)
        return 2


def _record(folder: Path) -> int:
    if folder.exists() and any(folder.iterdir()):
        raise NotARecording(f"{folder} is not empty. Give a new folder.")
    # Only now: what drives a browser takes longer to load than comparing two recordings.
    from bench.behaviour.record import record

    record(folder)
    return 0


def _compare(old: Path, new: Path) -> int:
    found = 0
    for difference in compare(old, new):
        found += 1
        print(f"{difference.file}  {difference.about}\n{difference.how}\n")
    print(f"{found} difference{'s' if found != 1 else ''}" if found else "no differences")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
