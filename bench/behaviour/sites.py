"""The sites that are recorded: real servers on the built store, whose clock stands still."""

import contextlib
import os
import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from bench.behaviour.inside import PSC, SITE, SITE_WITH_SIGNING_IN
from bench.servers import ROOT, clean_environment, free_port, wait_until_answering

BEHAVIOUR = Path(__file__).parent
REGISTER = BEHAVIOUR / "register.jsonl.gz"
_KEY = "behaviour-recording"
"""Seals the audit of REGISTER."""
_PORT = "--server.port"


@dataclass(frozen=True)
class Site:
    """A running site: its name in the recording, its address, and what in its answers is of this run only."""

    name: str
    base: str
    names: Mapping[str, str]


class Sites:
    """Builds the store in a folder of its own, and starts sites on it. Close it to stop them."""

    def __init__(self, work: Path) -> None:
        self.work, self.store = work, work / "psc.duckdb"
        self._running = contextlib.ExitStack()
        self._run([*PSC, "build"], {})

    def __enter__(self) -> "Sites":
        return self

    def __exit__(self, *error: object) -> None:
        self._running.close()

    def public(self) -> Site:
        """A site without signing in, whose register holds only what was compiled."""
        return self._start("public", SITE, {})

    def members(self) -> Site:
        """A site with signing in, on a copy of REGISTER."""
        state = self.work / "members"
        self._run([*PSC, "restore", str(REGISTER)], {"PSC_STATE": str(state)})
        return self._start("members", [*SITE_WITH_SIGNING_IN, "--state", str(state)], {}, "--port")

    def without_store(self) -> Site:
        """A site whose store was never built."""
        return self._start("without-store", SITE, {"PSC_STORE": str(self.work / "missing.duckdb")})

    def without_register(self) -> Site:
        """A site whose register cannot be reached, and which lets one address download twice a minute only."""
        nowhere = {"PSC_REGISTER_URL": "sqlite:////dev/null/register.db", "PSC_MAX_DOWNLOADS_PER_MINUTE": "2"}
        return self._start("without-register", SITE, nowhere)

    def _start(self, name: str, command: Sequence[str], settings: Mapping[str, str], port_option: str = _PORT) -> Site:
        port, log = free_port(), self.work / f"{name}.log"
        settings = {"PSC_STATE": str(self.work / name), **settings}
        # The demo's site has the address that its provider sends people back to.
        base = f"http://localhost:{port}"
        with log.open("w") as output:
            process = subprocess.Popen(
                [*command, port_option, str(port)],
                cwd=ROOT, env=self._environment(settings), stdout=output, stderr=subprocess.STDOUT,
            )  # fmt: skip
        self._running.callback(_stop, process)
        wait_until_answering(f"{base}/_stcore/health", process, log)
        return Site(name, base, {base: "SITE", quote(base, safe=""): "SITE", f"localhost:{port}": "SITE-HOST"})

    def _run(self, command: Sequence[str], settings: Mapping[str, str]) -> None:
        done = subprocess.run(
            command, cwd=ROOT, env=self._environment(settings), capture_output=True, text=True, check=False
        )
        if done.returncode != 0:
            raise RuntimeError(f"{' '.join(command)} failed:\n{done.stdout}{done.stderr}")

    def _environment(self, settings: Mapping[str, str]) -> dict[str, str]:
        kept = {
            name: value for name, value in clean_environment().items() if not name.startswith(("PSC_", "STREAMLIT_"))
        }
        return {
            **kept,
            # First what stops the clock, then the code beside this file, whatever is installed.
            "PYTHONPATH": os.pathsep.join([str(BEHAVIOUR / "frozen"), str(ROOT)]),
            "PSC_STORE": str(self.store),
            "PSC_STATE": str(self.work / "state"),
            "PSC_AUDIT_KEY": _KEY,
            "PSC_MAX_DOWNLOADS_PER_MINUTE": "1000000",
            **settings,
        }


def _stop(process: subprocess.Popen) -> None:
    process.terminate()
    try:
        process.wait(timeout=20)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
