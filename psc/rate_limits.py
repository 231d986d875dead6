"""How often something may be done within a moving window, counted in this process's memory."""

import math
import time
from dataclasses import dataclass

from limits import RateLimitItem
from limits.storage import MemoryStorage
from limits.strategies import MovingWindowRateLimiter

_SAME_CLOCK_SECONDS = 30
"""How far the time of day may drift from the time since the start before the clock counts as set anew."""


@dataclass(frozen=True, slots=True)
class Limit:
    """At most so many within a window, for each ``name`` on its own."""

    window: RateLimitItem
    name: str


class RateLimits:
    """Counts by name. Not safe between threads by itself: the caller holds a lock over a decision.

    The library goes by the time of day. When that is set anew (forwards or back, by a clock that was wrong at the
    start), every count is dropped: kept, a count from the future would shut its sender out until then.
    """

    def __init__(self) -> None:
        self._storage = MemoryStorage()
        self._limiter = MovingWindowRateLimiter(self._storage)
        self._offset = _clock_offset()

    def full(self, limit: Limit, more: int = 1) -> bool:
        """Say whether ``more`` would be too many."""
        self._forget_when_clock_was_set()
        return not self._limiter.test(limit.window, limit.name, cost=more)

    def count(self, limit: Limit) -> None:
        """Count one."""
        self._forget_when_clock_was_set()
        self._limiter.hit(limit.window, limit.name)

    def describe_wait(self, limit: Limit) -> str:
        """Return when the next one may be tried: "in about 5 minutes"."""
        seconds = self._limiter.get_window_stats(limit.window, limit.name).reset_time - time.time()
        minutes = max(1, math.ceil(seconds / 60))
        return "in about a minute" if minutes == 1 else f"in about {minutes} minutes"

    def _forget_when_clock_was_set(self) -> None:
        offset = _clock_offset()
        if abs(offset - self._offset) > _SAME_CLOCK_SECONDS:
            self._storage.reset()
            self._offset = offset


def _clock_offset() -> float:
    return time.time() - time.monotonic()
