"""Running coroutines in tests."""

import asyncio
from collections.abc import Coroutine
from concurrent.futures import ThreadPoolExecutor
from typing import Any, TypeVar

T = TypeVar("T")


def run_in_own_thread(coroutine: Coroutine[Any, Any, T], seconds: float = 10) -> T:
    """What the coroutine returns; a `TimeoutError` if it takes longer.

    In a thread of its own: once a browser test has run, a loop goes on running in the tests' thread, and
    `asyncio.run` refuses to start another.
    """
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(lambda: asyncio.run(asyncio.wait_for(coroutine, seconds))).result()
