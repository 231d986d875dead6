"""The benchmark of repeated text tries patterns that every reader can read."""

from tests.register.repeated_patterns import ADDRESSES, MARKS, READERS, WORDS


def test_patterns_that_the_benchmark_tries_are_read_by_every_reader():
    for pattern in (*ADDRESSES, *MARKS, *WORDS):
        for read in READERS.values():
            read(pattern * 5)
