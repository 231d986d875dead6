"""How long XmR takes for 10,000 series of 60 points, and how many times longer one series at a time takes.

Run as ``python bench/stats.py``. The loop is the tests' slow twin, timed on a sample of the series and scaled up.
"""

import os
import statistics
import sys
import time
import tracemalloc
from pathlib import Path

for variable in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"):
    os.environ.setdefault(variable, "1")
sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import numpy as np  # noqa: E402  (threads must be limited first)

from psc.stats.runchart import run_chart  # noqa: E402
from psc.stats.spc import xmr  # noqa: E402
from tests.stats import xmr_twin  # noqa: E402

SERIES, POINTS, SAMPLE, REPEATS = 10_000, 60, 1_000, 5


def seconds(work) -> float:
    """Median CPU time of several goes: other processes on the machine disturb it less than the clock on the wall."""
    taken = []
    for _ in range(REPEATS):
        begun = time.process_time()
        work()
        taken.append(time.process_time() - begun)
    return statistics.median(taken)


def main() -> None:
    rng = np.random.default_rng(1)
    whole = rng.normal(100, 10, (SERIES, POINTS))
    ragged = whole.copy()
    ragged[rng.random(whole.shape) < 0.05] = np.nan
    starts = rng.random(whole.shape) < 0.02
    for name, values, segment_starts in (("whole", whole, None), ("gaps and rebases", ragged, starts)):
        fast = seconds(lambda v=values, s=segment_starts: xmr(v, segment_starts=s, direction=-1, target=95.0))
        rows = values[:SAMPLE].tolist()
        opens = [None] * SAMPLE if segment_starts is None else segment_starts[:SAMPLE].tolist()
        slow = seconds(
            lambda r=rows, o=opens: [xmr_twin.chart(v, s, 0, -1, 95.0) for v, s in zip(r, o, strict=True)]
        ) * (SERIES / SAMPLE)
        print(f"XmR, {SERIES:,} series of {POINTS} points, {name}: {fast:.3f} s")
        print(f"  one series at a time, in plain Python: {slow:.2f} s, {slow / fast:.0f}x")
        single = seconds(lambda v=values[:SAMPLE]: [xmr(row[None], direction=-1, target=95.0) for row in v])
        single *= SERIES / SAMPLE
        print(f"  one series at a time, by the same NumPy code: {single:.2f} s, {single / fast:.0f}x")
    tracemalloc.start()
    xmr(whole, direction=-1, target=95.0)
    print(f"XmR, most memory above its input: {tracemalloc.get_traced_memory()[1] / 1e6:.0f} MB")
    tracemalloc.stop()
    print(f"Run chart, {SERIES:,} series of {POINTS} points: {seconds(lambda: run_chart(whole)):.3f} s")


if __name__ == "__main__":
    main()
