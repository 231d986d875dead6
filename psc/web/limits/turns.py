"""Whose turn is next: a few at a time, and those first who have asked for least.

Pages are made by threads that share one interpreter. Hundreds at once leave the server no time to answer anybody, and
are no sooner done than one after the other.
"""

import asyncio
import time
from collections import deque
from collections.abc import Callable

HALF_LIFE_SECONDS = 30.0
MOST_WAITING = 10
"""How many turns one address may wait for; more would only wait in vain, and each costs."""
FORGOTTEN, TIDY_EVERY = 0.01, 1000


class Turn:
    """The right to have something done, until it is given back or has been held for long enough."""

    def __init__(self, turns: "Turns", until: float) -> None:
        self._turns, self.until = turns, until
        self.ended = asyncio.Event()

    @property
    def seconds_left(self) -> float:
        """For how long it still counts, unless it is given back."""
        return self._turns.seconds_left(self)

    def give_back(self) -> None:
        """Let the next one have it; giving back twice is the same as once."""
        self._turns.end(self)


class Turns:
    """At most ``most`` turns at a time, each for at most ``longest`` seconds. Used by the event loop alone.

    The next one is given to the address that has had the fewest lately, however many of it are waiting.
    """

    def __init__(self, most: int, longest: float, clock: Callable[[], float] = time.monotonic) -> None:
        self._most, self._longest, self._clock = most, longest, clock
        self._held: set[Turn] = set()
        self._waiting: dict[str, deque[asyncio.Future[Turn]]] = {}
        self._had: dict[str, tuple[float, float]] = {}
        self._tidy_at = TIDY_EVERY

    def ask(self, address: str) -> "asyncio.Future[Turn]":
        """Return what will be a turn; whoever no longer wants it cancels it."""
        loop = asyncio.get_running_loop()
        wanted: asyncio.Future[Turn] = loop.create_future()
        self._waiting.setdefault(address, deque()).append(wanted)
        self._hand_out()
        # By then every turn that is held now has been held for long enough.
        loop.call_later(self._longest, self._hand_out)
        return wanted

    def seconds_left(self, turn: Turn) -> float:
        """Return for how long a turn still counts; 0 when it no longer does."""
        return max(0.0, turn.until - self._clock()) if turn in self._held else 0.0

    def end(self, turn: Turn) -> None:
        """Take a turn back and hand it on."""
        turn.ended.set()
        self._held.discard(turn)
        self._hand_out()

    def crowded(self, address: str) -> bool:
        """Return whether so many turns of an address are waited for that no more can be asked for."""
        return len(self._waiting.get(address, ())) >= MOST_WAITING

    def had(self, address: str) -> float:
        """Return how many turns an address has had lately: each counts half after `HALF_LIFE_SECONDS`."""
        count, when = self._had.get(address, (0.0, 0.0))
        return count * 0.5 ** ((self._clock() - when) / HALF_LIFE_SECONDS)

    def _hand_out(self) -> None:
        self._held = {turn for turn in self._held if self.seconds_left(turn)}
        while len(self._held) < self._most and self._waiting:
            address = min(self._waiting, key=self.had)
            wanted = self._waiting[address].popleft()
            if not self._waiting[address]:
                del self._waiting[address]
            if not wanted.done():
                self._count(address)
                turn = Turn(self, self._clock() + self._longest)
                self._held.add(turn)
                asyncio.get_running_loop().call_later(self._longest, self._hand_out)
                wanted.set_result(turn)

    def _count(self, address: str) -> None:
        self._had[address] = (self.had(address) + 1, self._clock())
        if len(self._had) >= self._tidy_at:
            self._had = {known: had for known, had in self._had.items() if self.had(known) > FORGOTTEN}
            self._tidy_at = len(self._had) + TIDY_EVERY
