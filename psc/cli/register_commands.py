"""The `psc` commands for whoever runs the register: make it ready, verify its audit, back it up, restore it."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from psc import clock
from psc.clean_text import one_line
from psc.settings import register_url, state_folder

# What a command needs takes a second to load, so it is loaded when the command runs.
if TYPE_CHECKING:
    from psc.register.database.database import Database

Command = Callable[[argparse.Namespace], int]


def add(commands: Any) -> None:
    """Add the register's commands to those of a parser."""
    register = commands.add_parser("register", help="make the register ready: its tables, history and administrators")
    register.set_defaults(run=_in_words(_register))
    _add_audit(commands.add_parser("audit", help="verify or show the register's audit"))
    backup = commands.add_parser("backup", help="back the register up, also while it is in use")
    backup.add_argument("target", nargs="?", type=Path, help="file or folder (default: backups/ in the state folder)")
    backup.add_argument(
        "--with-key", action="store_true", help="with the audit's key: keep the file as safe as the key"
    )
    backup.set_defaults(run=_in_words(_backup))
    restore = commands.add_parser("restore", help="restore the register from a backup, also while it is in use")
    restore.add_argument("source", type=Path, help="a file that `psc backup` made")
    restore.add_argument("--replace", action="store_true", help="in place of what is there, which is backed up first")
    restore.set_defaults(run=_in_words(_restore))


def _add_audit(audit: argparse.ArgumentParser) -> None:
    commands = audit.add_subparsers(required=True, metavar="command")
    verify = commands.add_parser("verify", help="look for tampering; ends with 1 where there is any")
    verify.add_argument("--newest", metavar="SEAL", default="", help="a newest seal noted before, which must be there")
    verify.add_argument("--at-least", metavar="N", type=int, default=0, help="how many changes there were before")
    verify.set_defaults(run=_in_words(_verify))
    show = commands.add_parser("show", help="show the last changes")
    show.add_argument("--kind", type=one_line, default="", help="of one kind of record, for example priority")
    show.add_argument("--id", type=one_line, default="", help="of one record")
    show.add_argument("--last", metavar="N", type=_positive, default=20, help="how many (default 20)")
    show.set_defaults(run=_in_words(_show))


def _positive(text: str) -> int:
    if not text.isdecimal() or int(text) < 1:
        raise argparse.ArgumentTypeError("give a whole number from 1")
    return int(text)


def _in_words(command: Command) -> Command:
    def run(options: argparse.Namespace) -> int:
        from psc.register.errors import RegisterError

        try:
            return command(options)
        except RegisterError as error:
            print(error, file=sys.stderr)
            if error.__cause__:
                print(f"The cause: {error.__cause__}", file=sys.stderr)
            return 1

    return run


def _register(options: argparse.Namespace) -> int:
    from psc.register.database.audit import revision
    from psc.register.opening import open_configured

    with closing(open_configured().database) as database, database.reading() as session:
        where = database.url.render_as_string()
        print(f"The register is ready, with {revision(session)} changes so far: {where}")
    return 0


def _verify(options: argparse.Namespace) -> int:
    from psc.register.database.audit import newest, rolled_back, verify

    with _database() as database, database.reading() as session:
        broken = verify(session, _key()) + rolled_back(session, seal=options.newest, at_least=options.at_least)
        last = newest(session)
    for found in broken:
        print(found, file=sys.stderr)
    if broken:
        print(f"{len(broken)} sign{'s' if len(broken) != 1 else ''} of tampering or loss.", file=sys.stderr)
        return 1
    if last is None:
        print("No changes yet.")
    else:
        print(f"{last.number} changes, all sealed and in order; the newest seal is {last.seal}")
    return 0


def _show(options: argparse.Namespace) -> int:
    from psc.register.database.audit import changed_fields, entries

    with _database() as database, database.reading() as session:
        found = entries(session, kind=options.kind, record_id=options.id, last=options.last)
        for entry in found:
            fields = ", ".join(changed_fields(entry)) if entry.before else "new"
            print(f"{entry.number}  {entry.at}  {entry.who}  {entry.action}  {entry.kind} {entry.record_id}: {fields}")
    if not found:
        print("No such changes.")
    return 0


def _backup(options: argparse.Namespace) -> int:
    from psc.register.database.backup import back_up

    target = _target(options.target)
    with _database() as database:
        header = back_up(database, target, key=_key() if options.with_key else None)
    key = "with" if options.with_key else "without"
    print(f"Backed up {sum(header.counts.values())} rows, {header.entries} changes, {key} the audit's key: {target}")
    return 0


def _target(given: Path | None) -> Path:
    from psc.register.database.backup import default_name

    folder = given or state_folder() / "backups"
    return folder / default_name(clock.now()) if not given or folder.is_dir() else folder


def _restore(options: argparse.Namespace) -> int:
    from psc.register.database.backup import default_name, restore
    from psc.register.database.database import Database
    from psc.register.database.dump import read_header
    from psc.register.database.seal_key import existing_key, put_key

    key = _key_for(read_header(options.source).key)
    now = clock.now()
    keep = state_folder() / "backups" / f"before-restore-of-{default_name(now)}" if options.replace else None
    with closing(Database(register_url())) as database:
        header = restore(database, options.source, key=key, keep=keep)
    if existing_key(state_folder()) is None:
        put_key(state_folder(), key)
    if keep and keep.exists():
        print(f"What was there before is kept in {keep}")
    print(f"Restored {header.entries} changes, made up to {header.made_at}; the audit is sealed and in order.")
    return 0


def _key() -> bytes:
    from psc.register.database.seal_key import NAME, existing_key
    from psc.register.errors import Unavailable

    if key := existing_key(state_folder()):
        return key
    raise Unavailable(f"There is no key of the audit: neither PSC_AUDIT_KEY nor {state_folder() / NAME}.")


def _key_for(in_backup: str | None) -> bytes:
    from psc.register.database.seal_key import existing_key
    from psc.register.errors import Unavailable

    here = existing_key(state_folder())
    if in_backup is None:
        return _key()
    if here and here != in_backup.encode():
        raise Unavailable(
            f"The backup holds another key of the audit than {state_folder()} or PSC_AUDIT_KEY. Nothing was changed. "
            "Put the one here away first, together with a backup of the register that it belongs to."
        )
    return in_backup.encode()


@contextmanager
def _database() -> Iterator[Database]:
    from psc.register.database.database import Database
    from psc.register.database.migrate import is_current
    from psc.register.errors import Unavailable

    with closing(Database(register_url(), new=False)) as database:
        if not is_current(database):
            where = database.url.render_as_string()
            raise Unavailable(f"There is no register of this version at {where}. `psc register` makes it ready.")
        yield database
