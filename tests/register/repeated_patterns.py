"""Texts that repeat one pattern, with which a reader of marks or words may look at the rest again and again."""

import subprocess
import sys
from collections.abc import Callable

from psc.register.privacy.first_look import may_be_in_address, may_be_personal
from psc.register.search.highlight import Found, FoundPhrase, excerpt, marked
from psc.register.text.markup import plain_blocks, to_html
from psc.register.text.readability import describe_readability

SOUGHT = Found(
    {"a": frozenset({0}), "http": frozenset({1})}, (FoundPhrase((frozenset({"a"}), frozenset({"a"})), frozenset({0})),)
)
READERS: dict[str, Callable[[str], object]] = {
    "to_html": to_html,
    "plain_blocks": plain_blocks,
    "describe_readability": describe_readability,
    "marked": lambda text: marked(text, SOUGHT),
    "may_be_personal": may_be_personal,
    "may_be_in_address": may_be_in_address,
    "excerpt": lambda text: excerpt((text,), SOUGHT),
}
ADDRESSES = [
    "http://", "http://a", "http://a.", "https://a.bc ", "https://a.b ", "(http://x.co)", "[a](http://x.co", "<http://",
    "http://[", "http://x.co:0/", "http://x.co/^", "http://x.co,", "://", "www.",
]  # fmt: skip
MARKS = [
    "[", "](", "[a](", "![", "*", "_", "*a ", "**", "a**b", "_*", "(", ")", "<", "<a", "<>", "`", "``a", "\\*", "&",
    "- ", "- a\n", "  - a\n", "1.\n", "\n", " \n", "# ", "||\n",
]  # fmt: skip
WORDS = [
    "a",
    "a ",
    "é",
    "e\u0301",
    "😀",
    "👩\u200d⚕️",
    "a@",
    "a@b.co ",
    "'",
    "a'",
    "a-",
    "a. ",
    "1.",
    "Mr. ",
    "\u200b",
    "A ",
]


def repeated(pattern: str, length: int) -> str:
    """So many characters of the pattern, and a letter that ends it in the middle."""
    return f"{(pattern * (length // len(pattern) + 1))[:length]}a"


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


def assert_read_in_linear_time(jobs: list[str]) -> None:
    """Read ten times the longest text that anyone may write, each job being a reader and the pattern it repeats.

    A reader that takes the square of the time needs a minute and more at this size; a process of its own is given far
    more processor time than is needed, and far less than that.
    """
    command = [sys.executable, "-c", SCRIPT, str(SECONDS), str(TEN_TIMES_THE_LONGEST), *jobs]
    run = subprocess.run(command, capture_output=True, text=True, check=False)
    begun = run.stdout.splitlines()
    assert run.returncode == 0, f"{begun[-1:]} was not read in {SECONDS} seconds of the processor\n{run.stderr[-500:]}"
    assert len(begun) == len(jobs)
