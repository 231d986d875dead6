"""What anyone may write is read in time that grows with its length: ten times the longest text is no trouble.

The square of it would be: repeated beginnings of addresses took a minute of the processor, and more, at this size. A
process of its own is given far more processor time than is needed, and far less than that.
"""

import subprocess
import sys

from tests.register.repeated_patterns import ADDRESSES, MARKS, READERS, WORDS

TEN_TIMES_THE_LONGEST = 40_000
SECONDS = 30
SCRIPT = """
import resource, sys
from tests.register.repeated_patterns import READERS, repeated
seconds, length, *jobs = sys.argv[1:]
resource.setrlimit(resource.RLIMIT_CPU, (int(seconds), int(seconds)))
for job in jobs:
    reader, pattern = job.split(" ", 1)
    print(repr(job), flush=True)
    READERS[reader](repeated(pattern, int(length)))
"""


def read_in_time(jobs: list[str]) -> None:
    command = [sys.executable, "-c", SCRIPT, str(SECONDS), str(TEN_TIMES_THE_LONGEST), *jobs]
    run = subprocess.run(command, capture_output=True, text=True, check=False)
    begun = run.stdout.splitlines()
    assert run.returncode == 0, f"{begun[-1:]} was not read in {SECONDS} seconds of the processor\n{run.stderr[-500:]}"
    assert len(begun) == len(jobs)


def test_repeated_addresses_are_read_in_time_that_grows_with_the_text():
    read_in_time([f"to_html {pattern}" for pattern in ADDRESSES])


def test_repeated_marks_are_read_in_time_that_grows_with_the_text():
    read_in_time([f"to_html {pattern}" for pattern in ("[", "*", "_*", "[a](", "<", "`", "\\*", "  - a\n")])


def test_readability_and_search_take_time_that_grows_with_the_text():
    judged = [f"describe_readability {pattern}" for pattern in ("http://", "a", "a-", "a. ", "😀")]
    read_in_time([*judged, *(f"{reader} {pattern}" for reader in ("marked", "excerpt") for pattern in ("a ", "a'"))])


def test_the_patterns_that_the_benchmark_tries_are_read_by_every_reader():
    for pattern in (*ADDRESSES, *MARKS, *WORDS):
        for read in READERS.values():
            read(pattern * 5)
