"""How long a build of the store takes, and how soon a second start answers."""

import os
import shutil
import signal
import statistics
import subprocess
import sys
import time
from pathlib import Path

from bench.report import Finding, at_most, within
from bench.servers import ROOT, clean_environment, free_port, wait_until_answering
from psc.settings import data_folder

BUILD_LIMIT_S = START_LIMIT_S = 5
TIMES, GROWN_LIMIT_S = 20, 30
REPEATS = 3


def measure(folder: Path) -> list[Finding]:
    """Build a store aside and start from it, so that the one being served is left alone."""
    environment = clean_environment(PSC_STORE=str(folder / "store.duckdb"))
    built = [_seconds([sys.executable, "-m", "psc", "build"], environment) for _ in range(REPEATS)]
    grown = _grown(folder)
    built_grown = _seconds([sys.executable, "-m", "psc", "build"], environment | {"PSC_DATA": str(grown)})
    started = [_second_start(environment, folder / "start.log") for _ in range(REPEATS + 1)][1:]
    return [
        within("psc build, the whole command", statistics.median(built), BUILD_LIMIT_S, "s"),
        within(f"The same with {TIMES} times the series", built_grown, GROWN_LIMIT_S, "s"),
        at_most("Growth of the build", built_grown, statistics.median(built), TIMES, "s", "one build"),
        within("make run a second time, until it answers", statistics.median(started), START_LIMIT_S, "s"),
    ]


def _grown(folder: Path) -> Path:
    """Return a copy of the committed data in which every measure with figures is there ``TIMES`` times."""
    data = folder / "grown"
    shutil.copytree(data_folder(), data)
    for figures in sorted((data / "harms").glob("*/observations.csv")):
        metric = figures.parent
        definition = (metric / "definition.yaml").read_text(encoding="utf-8")
        for number in range(2, TIMES + 1):
            twin = metric.with_name(f"{metric.name}-{number}")
            shutil.copytree(metric, twin)
            renamed = definition.replace(f"id: {metric.name}\n", f"id: {twin.name}\n", 1)
            (twin / "definition.yaml").write_text(renamed, encoding="utf-8")
    return data


def _seconds(command: list[str], environment: dict[str, str]) -> float:
    begun = time.perf_counter()
    subprocess.run(command, cwd=ROOT, env=environment, check=True, capture_output=True)
    return time.perf_counter() - begun


def _second_start(environment: dict[str, str], log: Path) -> float:
    """Return the seconds from `make run` until the health check answers."""
    port = free_port()
    with log.open("w") as output:
        begun = time.perf_counter()
        # A group of its own, because make starts the server as its child and both must end.
        server = subprocess.Popen(
            ["make", "run", f"PORT={port}"],
            cwd=ROOT,
            env=environment,
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
        try:
            wait_until_answering(f"http://127.0.0.1:{port}/healthz", server, log)
            return time.perf_counter() - begun
        finally:
            os.killpg(server.pid, signal.SIGTERM)
            server.wait(timeout=20)
