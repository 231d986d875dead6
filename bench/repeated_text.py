"""How much longer people's text takes to read at ten times its length, whatever pattern it repeats."""

import time
from pathlib import Path

from bench.report import Finding, at_most, note
from tests.register.repeated_patterns import ADDRESSES, MARKS, READERS, WORDS, repeated

LENGTH, TIMES = 4_000, 10
MOST = 3 * TIMES
"""Linear is 10, quadratic 100."""
TOO_SHORT_MS = 5
"""What takes less at the greater length is not measured: its ratio would be the machine's noise."""


def measure(folder: Path) -> list[Finding]:
    """Time every reader on every pattern; the worst pattern of each is reported."""
    found = []
    for name in READERS:
        worst = (0.0, 0.0, 1.0, "")
        for pattern in (*ADDRESSES, *MARKS, *WORDS):
            long = _milliseconds(name, pattern, LENGTH * TIMES)
            short = max(_milliseconds(name, pattern, LENGTH), TOO_SHORT_MS / TIMES)
            if long >= TOO_SHORT_MS:
                worst = max(worst, (long / short, long, short, pattern))
        _, long, short, pattern = worst
        note(f"{name}: the worst pattern is {pattern!r}")
        found.append(
            at_most(f"{name}, {LENGTH * TIMES:,} characters", long, short, MOST, "ms", f"{LENGTH:,} characters")
        )
    return found


def _milliseconds(name: str, pattern: str, length: int) -> float:
    text, taken = repeated(pattern, length), []
    for _ in range(3):
        begun = time.process_time()
        READERS[name](text)
        taken.append(1000 * (time.process_time() - begun))
    return min(taken)
