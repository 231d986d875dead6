"""A PostgreSQL server of the tests' own: started in a temporary folder, gone without a trace afterwards."""

import itertools
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any, Self

import psycopg
from sqlalchemy import make_url

from psc.demo.processes import HOST, free_port
from tests.postgres.provide import find_server, problem, server_owner

ADMINISTRATOR = "postgres"
# As in production, the register's own user is no superuser.
USER = "psc"
# A commit is still written out before it is acknowledged (synchronous_commit stays on), so it outlives the server's
# end; only a crash of the whole machine could lose it. The time zone is far from Britain's, so that code which
# forgets a time zone fails here and not in summer.
SETTINGS = {
    "listen_addresses": HOST,
    "unix_socket_directories": "",
    "fsync": "off",
    "full_page_writes": "off",
    "wal_level": "minimal",
    "max_wal_senders": "0",
    "autovacuum": "off",
    "shared_buffers": "32MB",
    "timezone": "Pacific/Auckland",
}
LOCALE = "C.UTF-8" if sys.platform == "linux" else "en_GB.UTF-8"
PATIENCE = 60
# Waits for the end of its input, which comes when the tests are over or were killed.
TIDY_UP = 'read _; kill -QUIT "$(head -n 1 data/postmaster.pid)" && sleep 1; rm -rf "$1"'


class ServerFailed(RuntimeError):
    """The server did not start; the message ends with what it wrote."""


class PostgresServer:
    """A server on a free port of 127.0.0.1: `with PostgresServer() as server: url = server.database()`.

    Raises ServerFailed when there is no PostgreSQL, and on entry when it does not start.
    """

    def __init__(self) -> None:
        missing, programs = problem(), find_server()
        if missing or not programs:
            raise ServerFailed(f"{missing}: run `python -m tests.postgres.provide`, which says what to do")
        self._programs = programs
        self._owner = server_owner()
        self._process: subprocess.Popen[bytes] | None = None
        self._numbers = itertools.count(1)

    def __enter__(self) -> Self:
        # The owner has to reach the folder; what TMPDIR names for root may be closed to others.
        self.folder = Path(tempfile.mkdtemp(prefix="psc-postgres-", dir="/tmp" if self._owner else None))
        self._tidy_up = subprocess.Popen(
            ["sh", "-c", TIDY_UP, "tidy-up", str(self.folder)],
            cwd=self.folder,
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        try:
            self._create()
            self.start()
            self._administer(f"CREATE ROLE {USER} LOGIN")
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()
        self._tidy_up.communicate(timeout=PATIENCE)

    def _create(self) -> None:
        if self._owner:
            shutil.chown(self.folder, self._owner, self._owner)
        options = ["-A", "trust", "-E", "UTF8", f"--locale={LOCALE}", "--no-sync", "-U", ADMINISTRATOR]
        if self._run("initdb", "-D", "data", *options).wait():
            raise ServerFailed(f"initdb failed:\n{self._log()}")
        self.port = free_port()

    def _run(self, program: str, *arguments: str) -> subprocess.Popen[bytes]:
        identity: dict[str, Any] = {}
        if self._owner:
            identity = {"user": self._owner, "group": self._owner, "extra_groups": []}
        with (self.folder / "log").open("ab") as log:
            return subprocess.Popen(
                [str(self._programs / program), *arguments],
                cwd=self.folder,
                env={name: value for name, value in os.environ.items() if not name.startswith("PG")},
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
                **identity,
            )

    def _log(self) -> str:
        return (self.folder / "log").read_text(errors="replace")[-2000:]

    def start(self) -> None:
        """Start the server on its port and wait until it answers; do nothing when it runs. Raises ServerFailed."""
        if self._process:
            return
        settings = [argument for name, value in SETTINGS.items() for argument in ("-c", f"{name}={value}")]
        self._process = self._run("postgres", "-D", "data", "-p", str(self.port), *settings)
        deadline = time.monotonic() + PATIENCE
        while not self._is_ready(self._process.pid):
            if self._process.poll() is not None or time.monotonic() > deadline:
                self.stop()
                raise ServerFailed(f"the server did not start on port {self.port}:\n{self._log()}")
            time.sleep(0.01)

    def _is_ready(self, process: int) -> bool:
        """Whether this process, and no other on the same port, takes connections: what pg_ctl looks at."""
        try:
            lines = (self.folder / "data" / "postmaster.pid").read_text().split("\n")
        except FileNotFoundError:
            return False
        return lines[0] == str(process) and len(lines) > 7 and lines[7].strip() == "ready"

    def stop(self) -> None:
        """Stop the server at once, cutting every connection; what was committed is kept for the next start."""
        if self._process:
            self._process.send_signal(signal.SIGQUIT)
            self._process.wait(PATIENCE)
            self._process = None

    def database(self, template: str | None = None) -> str:
        """Create a fresh database and return its SQLAlchemy URL: empty, or a copy of one that nobody uses."""
        name = f"test_{next(self._numbers)}"
        copied = f" TEMPLATE {make_url(template).database}" if template else ""
        self._administer(f"CREATE DATABASE {name} OWNER {USER}{copied} STRATEGY file_copy")
        return f"postgresql+psycopg://{USER}@{HOST}:{self.port}/{name}"

    def drop(self, url: str) -> None:
        """Remove a database that `database` made, cutting what is still connected to it."""
        self._administer(f"DROP DATABASE {make_url(url).database} WITH (FORCE)")

    def _administer(self, statement: str) -> None:
        with psycopg.connect(
            host=HOST, port=self.port, user=ADMINISTRATOR, dbname="postgres", autocommit=True
        ) as connection:
            connection.execute(statement.encode())
