"""`make bench`: every speed and error rate that was asked for, from one run. Nothing is asserted.

`python -m bench worlds yearly_worlds` measures only the modules named.
"""

import os
import sys
import tempfile
import time
from pathlib import Path

# NumPy's threads would make one figure depend on the machine's cores; they are limited before it is loaded.
for variable in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"):
    os.environ.setdefault(variable, "1")

from bench import (  # noqa: E402
    builds,
    hostile,
    map_visits,
    odd_months,
    page_runs,
    repeated_text,
    searching,
    stats,
    worlds,
    yearly_worlds,
)
from bench.report import show  # noqa: E402

SUBJECTS = {
    "The map in a browser": map_visits.measure,
    "Script runs of the pages, warm, each in a new session": page_runs.measure,
    "Statistics": stats.measure,
    "Searching 10,000 documents": searching.measure,
    "Text that repeats one pattern": repeated_text.measure,
    "Building and starting": builds.measure,
    "Hostile visitors": hostile.measure,
    "Monthly verdicts on simulated worlds": worlds.measure,
    "Yearly verdicts on simulated worlds": yearly_worlds.measure,
    "Odd months on simulated worlds": odd_months.measure,
}


def main() -> None:
    """Measure each subject and print it as soon as it is known."""
    begun = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="psc-bench-") as folder:
        for title, measure in SUBJECTS.items():
            if sys.argv[1:] and measure.__module__.removeprefix("bench.") not in sys.argv[1:]:
                continue
            print(f"\n{title}", flush=True)
            show(measure(Path(folder)))
    print(f"\nMeasured in {time.monotonic() - begun:.0f} s.")


if __name__ == "__main__":
    main()
