"""Real servers on free loopback ports, stopped by their own process."""

import contextlib
import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
STREAMLIT = [sys.executable, "-m", "streamlit", "run"]
START_SECONDS = 60


def free_port() -> int:
    """Return a port that nothing listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@contextlib.contextmanager
def serving(command: list[str], log: Path) -> Iterator[str]:
    """Run a Streamlit command until the block ends; yield its address. Raises RuntimeError when it does not start."""
    with serving_process(command, log) as (address, _):
        yield address


@contextlib.contextmanager
def serving_process(command: list[str], log: Path) -> Iterator[tuple[str, int]]:
    """The same; yield its address and the id of its process."""
    port = free_port()
    with log.open("w") as output:
        server = subprocess.Popen(
            [*command, "--server.port", str(port)],
            cwd=ROOT,
            env={**os.environ, "PSC_STATE": str(log.parent / "state"), "PSC_REGISTER_URL": ""},
            stdout=output,
            stderr=subprocess.STDOUT,
        )
        try:
            address = f"http://127.0.0.1:{port}"
            wait_until_answering(f"{address}/_stcore/health", server, log)
            yield address, server.pid
        finally:
            server.terminate()
            server.wait(timeout=20)


def wait_until_answering(url: str, server: subprocess.Popen, log: Path) -> None:
    """Return when ``url`` answers with success. Raises RuntimeError when the server ends first or takes too long."""
    begun = time.monotonic()
    while time.monotonic() - begun < START_SECONDS:
        if server.poll() is not None:
            break
        with contextlib.suppress(OSError):
            urllib.request.urlopen(url, timeout=5).close()
            return
        time.sleep(0.02)
    raise RuntimeError(f"{' '.join(map(str, server.args))} did not answer:\n{log.read_text()[-2000:]}")


def clean_environment(**more: str) -> dict[str, str]:
    """Return the environment without what `make bench` passes down, so that a `make` inside starts afresh."""
    return {name: value for name, value in os.environ.items() if not name.startswith(("MAKE", "MFLAGS"))} | more
