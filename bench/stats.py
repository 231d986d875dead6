"""How long XmR takes for 10,000 series of 60 points, and how many times longer one series at a time takes.

The loop is the tests' slow twin in plain Python, timed on a sample of the series and scaled up; beside it, for
fairness, the same NumPy code called once for each series.
"""

import statistics
import time
import tracemalloc
from collections.abc import Callable
from pathlib import Path

import numpy as np

from bench.report import Finding, at_least, note, within
from psc.stats.spc.run_chart import run_chart
from psc.stats.spc.xmr import xmr
from tests.stats import xmr_twin

SERIES, POINTS, SAMPLE, REPEATS = 10_000, 60, 1_000, 3
LIMIT_S, TIMES_FASTER = 0.3, 50


def measure(folder: Path) -> list[Finding]:
    """Time whole series, and series with gaps and rebases."""
    rng = np.random.default_rng(1)
    whole = rng.normal(100, 10, (SERIES, POINTS))
    ragged = whole.copy()
    ragged[rng.random(whole.shape) < 0.05] = np.nan
    starts = rng.random(whole.shape) < 0.02
    tracemalloc.start()
    xmr(whole, direction=-1, target=95.0)
    note(f"most memory above its input: {tracemalloc.get_traced_memory()[1] / 1e6:.0f} MB")
    tracemalloc.stop()
    note(f"run chart of the same series: {seconds(lambda: run_chart(whole)):.3f} s")
    return [*_compare("whole", whole, None), *_compare("gaps and rebases", ragged, starts)]


def _compare(name: str, values: np.ndarray, starts: np.ndarray | None) -> list[Finding]:
    fast = seconds(lambda: xmr(values, segment_starts=starts, direction=-1, target=95.0))
    rows = values[:SAMPLE].tolist()
    opens = [None] * SAMPLE if starts is None else starts[:SAMPLE].tolist()
    scale = SERIES / SAMPLE
    plain = scale * seconds(
        lambda: [xmr_twin.chart(row, opened, 0, -1, 95.0) for row, opened in zip(rows, opens, strict=True)]
    )
    single = scale * seconds(lambda: [xmr(row[None], direction=-1, target=95.0) for row in values[:SAMPLE]])
    note(f"{name}: the same NumPy code for one series at a time {single:.2f} s, {single / fast:.0f} times longer")
    return [
        within(f"XmR, {SERIES:,} × {POINTS}, {name}", fast, LIMIT_S, "s"),
        at_least(f"XmR, {SERIES:,} × {POINTS}, {name}", fast, plain, TIMES_FASTER, "s", "series by series"),
    ]


def seconds(work: Callable[[], object]) -> float:
    """Median CPU time of several goes: other processes on the machine disturb it less than the clock on the wall."""
    taken = []
    for _ in range(REPEATS):
        begun = time.process_time()
        work()
        taken.append(time.process_time() - begun)
    return statistics.median(taken)
