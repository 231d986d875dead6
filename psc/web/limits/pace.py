"""How fast messages are taken: a few at once, then evenly. Who sends faster waits; nothing is lost."""

import time
from collections.abc import Callable


class Pace:
    """At most ``burst`` messages at once and ``rate`` a second after that (the generic cell rate algorithm)."""

    def __init__(self, rate: float, burst: int, clock: Callable[[], float] = time.monotonic) -> None:
        self._step, self._slack = 1 / rate, (burst - 1) / rate
        self._clock = clock
        self._next = float("-inf")

    def delay(self) -> float:
        """Count one message and return how many seconds it has to wait for its turn."""
        now = self._clock()
        turn = max(self._next, now - self._slack)
        self._next = turn + self._step
        return max(0.0, turn - now)

    @property
    def rested(self) -> bool:
        """Whether it is as if there had never been a message."""
        return self._next <= self._clock() - self._slack


class Paces:
    """A pace for each address, forgotten when it is rested. Used by the event loop alone."""

    TIDY_EVERY = 1000

    def __init__(self, rate: float, burst: int, clock: Callable[[], float] = time.monotonic) -> None:
        self._new = lambda: Pace(rate, burst, clock)
        self._of: dict[str, Pace] = {}
        self._tidy_at = self.TIDY_EVERY

    def __len__(self) -> int:
        return len(self._of)

    def of(self, address: str) -> Pace:
        """Return the pace of an address."""
        if address not in self._of and len(self._of) >= self._tidy_at:
            self._of = {known: pace for known, pace in self._of.items() if not pace.rested}
            self._tidy_at = len(self._of) + self.TIDY_EVERY
        return self._of.setdefault(address, self._new())
