"""The `psc` command: build and check the harm data, look after the register."""

import argparse
import sys
from pathlib import Path

from psc.cli import register_commands
from psc.error_log import log_to
from psc.faults import Fault, InvalidData
from psc.files.reading import last_read
from psc.files.unforeseen import unforeseen
from psc.settings import InvalidSetting, build_seconds, data_folder, error_log, store_path


def main(arguments: list[str] | None = None) -> int:
    """Run one command and return its exit status: 0 done, 1 the data has faults, 2 wrong usage.

    An error that nobody foresaw is a fault too; its traceback goes to ``psc-errors.log`` beside the store.
    """
    options = _parser().parse_args(arguments)
    log_to(error_log())
    try:
        status: int = options.run(options)
        return status
    except InvalidData as invalid:
        _print_faults(invalid.faults)
        return 1
    except InvalidSetting as setting:
        print(setting, file=sys.stderr)
        return 2
    except Exception as error:
        _print_faults([unforeseen(error, last_read() or "data")])
        return 1


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="psc", description=__doc__)
    commands = parser.add_subparsers(required=True, metavar="command")
    build = commands.add_parser("build", help="build the DuckDB store from data/")
    build.add_argument("--if-stale", action="store_true", help="only when the store is missing or out of date")
    build.set_defaults(run=_build)
    check = commands.add_parser("check", help="validate everything under data/")
    check.set_defaults(run=_check)
    describe = commands.add_parser("describe", help="write datapackage.json of harms and register anew")
    describe.set_defaults(run=_describe)
    data = commands.add_parser("data", help="rebuild data/ from the publishers' raw files")
    data.add_argument("--raw", type=Path, required=True, help="folder of raw files")
    data.set_defaults(run=_data)
    register_commands.add(commands)
    return parser


def _build(options: argparse.Namespace) -> int:
    if options.if_stale:
        return _build_if_stale()
    # Only now: what a build needs takes longer to load than finding out that none is needed.
    from psc.store.build_store import build_store

    version = build_store(data_folder(), store_path())
    print(f"Built the data store, version {version}: {store_path()}")
    return 0


def _build_if_stale() -> int:
    """Build in a process apart; whatever becomes of it, a store that was good before is kept and is enough."""
    from psc.build_apart import build_apart
    from psc.store.connection import why_refused
    from psc.store.version import is_stale

    target, seconds = store_path(), build_seconds()
    if not is_stale(data_folder(), target):
        print(f"The data store is up to date: {target}")
        return 0
    try:
        outcome = build_apart(target, seconds)
    except Exception as error:
        done = False
        _print_faults([unforeseen(error, "data")])
    else:
        done = outcome.done
        print(outcome.said, end="")
        print(outcome.complaint, end="", file=sys.stderr)
        if outcome.stopped:
            print(outcome.stopped, file=sys.stderr)
    if done:
        return 0
    if why := why_refused(target):
        print(f"There is no good data store to go on with: {why}.", file=sys.stderr)
        print(
            "Pages stay closed until a build succeeds: mend what is named above, then run `psc build`.", file=sys.stderr
        )
        return 1
    print("The last good data store is kept and goes on being served.", file=sys.stderr)
    return 0


def _check(options: argparse.Namespace) -> int:
    from psc.store.check_data import check_data

    if faults := check_data(data_folder()):
        raise InvalidData(faults)
    print(f"No faults found in {data_folder()}.")
    return 0


def _describe(options: argparse.Namespace) -> int:
    from psc.catalogue.package import write_package
    from psc.register.compiled.register_package import write_datapackage

    write_package(data_folder() / "harms")
    write_datapackage(data_folder() / "register")
    print(f"Described what is in {data_folder()}.")
    return 0


def _data(options: argparse.Namespace) -> int:
    from psc.catalogue.package import write_package
    from psc.geography.build_boundaries import build_boundaries
    from psc.ingest.build_harms import build_harms

    raw: Path = options.raw
    if not raw.is_dir():
        print(f"There is no folder {raw}. Give the folder of raw files: make data RAW=<folder>", file=sys.stderr)
        return 2
    build_boundaries(raw, data_folder() / "boundaries")
    build_harms(raw, data_folder())
    write_package(data_folder() / "harms")
    print(f"Rebuilt {data_folder()} from {raw}.")
    return 0


def _print_faults(faults: list[Fault]) -> None:
    for fault in faults:
        print(fault, file=sys.stderr)
    print(f"{len(faults)} fault{'s' if len(faults) != 1 else ''} found; nothing was changed.", file=sys.stderr)
