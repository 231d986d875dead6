"""Starts the pretend provider and the site, each a process of its own, and stops them by their own ids."""

import contextlib
import os
import random
import secrets
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import IO

from psc.settings import ROOT
from psc.web.session.identity import CALLBACK

HOST = "127.0.0.1"
PORTS = range(15_000, 32_000)
LONGEST_START_SECONDS = 60.0
LONGEST_STOP_SECONDS = 10.0


class NotStarted(Exception):
    """A process did not come up; the message says which and what to do."""


def free_port() -> int:
    """Return a port of this computer that nothing uses. Raises NotStarted when there is none.

    It lies below those that are given to outgoing connections, so that none takes it before, or while, its server is
    down for a moment.
    """
    for port in random.SystemRandom().sample(PORTS, 100):
        with socket.socket() as probe, contextlib.suppress(OSError):
            probe.bind((HOST, port))
            return port
    raise NotStarted(f"No free port was found on {HOST}.")


def port_is_taken(port: int) -> bool:
    """Return whether something on this computer listens on ``port`` already."""
    with socket.socket() as probe:
        return probe.connect_ex((HOST, port)) == 0


def secrets_text(site: str, provider: str) -> str:
    """Return the secrets of a site at the address ``site`` whose people sign in at ``provider``, as TOML.

    The cookie's secret is new each time, so that nobody stays signed in from one start to the next.
    """
    return (
        "[auth]\n"
        f'redirect_uri = "{site}{CALLBACK}"\n'
        f'cookie_secret = "{secrets.token_urlsafe(32)}"\n'
        'client_id = "psc-demo"\n'
        f'client_secret = "{secrets.token_urlsafe(16)}"\n'
        f'server_metadata_url = "{provider}/.well-known/openid-configuration"\n'
    )


@contextlib.contextmanager
def running_provider(port: int, log: IO[str] | None = None) -> Iterator[subprocess.Popen[bytes]]:
    """Run the pretend provider on ``port`` until the block ends. Raises NotStarted."""
    command = [sys.executable, "-m", "psc.demo.provider", HOST, str(port)]
    with _running("The pretend provider", command, os.environ, f"http://{HOST}:{port}/", log) as process:
        yield process


@contextlib.contextmanager
def running_site(
    port: int, secrets_file: Path, settings: Mapping[str, str], log: IO[str] | None = None
) -> Iterator[subprocess.Popen[bytes]]:
    """Run the site on ``port`` as `make run` does, with these secrets and settings, until the block ends.

    Raises NotStarted.
    """
    # As an option and not as STREAMLIT_SECRETS_FILES, which is divided at spaces.
    options = ["--server.port", str(port), "--secrets.files", str(secrets_file)]
    command = [sys.executable, "-m", "streamlit", "run", "app.py", *options]
    with _running("The site", command, {**os.environ, **settings}, f"http://{HOST}:{port}/healthz", log) as process:
        yield process


@contextlib.contextmanager
def _running(
    name: str, command: Sequence[str], environment: Mapping[str, str], address: str, log: IO[str] | None
) -> Iterator[subprocess.Popen[bytes]]:
    output = None if log is None else subprocess.STDOUT
    process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=log, stderr=output)
    try:
        _wait_until_it_answers(name, process, address)
        yield process
    finally:
        _stop(process)


def _wait_until_it_answers(name: str, process: subprocess.Popen[bytes], address: str) -> None:
    deadline = time.monotonic() + LONGEST_START_SECONDS
    while time.monotonic() < deadline:
        if process.poll() is not None:
            raise NotStarted(f"{name} stopped as soon as it was started; what it said stands above.")
        try:
            with urllib.request.urlopen(address, timeout=2):
                return
        except OSError:
            time.sleep(0.1)
    raise NotStarted(f"{name} did not answer within {LONGEST_START_SECONDS:.0f} seconds.")


def _stop(process: subprocess.Popen[bytes]) -> None:
    process.terminate()
    try:
        process.wait(LONGEST_STOP_SECONDS)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
