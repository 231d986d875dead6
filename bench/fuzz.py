"""`python -m bench.fuzz [COUNT] [SEED]`: spoils copies of every file under data/ in every way, 10,000 times by default.

The generator is that of the tests (`tests/mutations.py`); each batch runs in a process of bounded time and memory. Each
line that is printed before the last is a fault of the checks: an error nobody foresaw, a hang, or a fault not found.
"""

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from psc.settings import ROOT, data_folder

BATCH = 50
SECONDS_EACH = 60


def main(count: int = 10_000, seed: int = 1) -> int:
    """Try ``count`` spoilt files; return how many batches found something wrong."""
    failed = 0
    with tempfile.TemporaryDirectory(prefix="psc-fuzz-") as folder:
        data = Path(folder) / "data"
        for begun in range(0, count, BATCH):
            shutil.copytree(data_folder(), data)
            number = min(BATCH, count - begun)
            command = [sys.executable, "-m", "tests.spoil_data", str(data), "--seed", str(seed + begun)]
            done = subprocess.run(
                [*command, "--count", str(number)],
                cwd=ROOT,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                text=True,
                timeout=number * SECONDS_EACH,
                check=False,
            )
            failed += done.returncode != 0
            print(f"seed {seed + begun}: {done.stdout.strip() or f'ended with {done.returncode}'}", flush=True)
            shutil.rmtree(data)
    return failed


if __name__ == "__main__":
    sys.exit(1 if main(*map(int, sys.argv[1:3])) else 0)
