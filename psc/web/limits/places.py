"""Who may hold a session: at most so many in all and for each address, and none for those who only occupy one.

A whole NHS trust may be one address, so the limits are generous. What keeps other visitors unharmed is that a session
in which nothing was ever asked for gives way to a newcomer, and that an address which holds more of a full server than
others gives way to one that holds less.
"""

import time
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

SETTLED_SECONDS = 5.0
"""How old a session must be before it can be taken for one in which nothing is asked for."""


ORDINARY_BYTES = 32 * 1024
"""A message up to this size is always taken."""


class Full(Exception):
    """There is no place; ``reason`` is "address" (too many), "site" (too many in all) or "busy" (no turn)."""

    def __init__(self, reason: str) -> None:
        self.reason = reason
        super().__init__(reason)


@dataclass(eq=False)
class Place:
    """One session's place. ``heard`` is when its browser last asked for something: None while it never did.

    ``holds`` is the size in bytes of its largest message, which Streamlit keeps as the contents of boxes.
    """

    address: str
    opened: float
    heard: float | None = None
    holds: int = 0
    closing: str | None = None
    on_close: list[Callable[[], None]] = field(default_factory=list)

    def close(self, reason: str) -> None:
        """Ask whoever holds the place to end the session."""
        if self.closing is None:
            self.closing = reason
            for call in self.on_close:
                call()


class Places:
    """The places of all sessions of this process. Used by the event loop alone, so it needs no lock."""

    def __init__(
        self,
        most: int,
        most_per_address: int,
        clock: Callable[[], float] = time.monotonic,
        *,
        most_bytes: int = 24 * 1024 * 1024,
        most_bytes_per_address: int = 4 * 1024 * 1024,
    ) -> None:
        self.most, self.most_per_address = most, most_per_address
        self.most_bytes, self.most_bytes_per_address = most_bytes, most_bytes_per_address
        self._clock = clock
        self._by_address: defaultdict[str, dict[Place, None]] = defaultdict(dict)
        self._count = 0

    def __len__(self) -> int:
        return self._count

    def take(self, address: str) -> Place:
        """Give a new session from ``address`` a place, if need be that of another, which is closed. Raises Full."""
        victim, full = self._in_the_way(address)
        if full and victim is None:
            raise Full(full)
        if victim is not None:
            self.leave(victim)
            victim.close("unused" if victim.heard is None else "shared")
        place = Place(address, self._clock())
        self._by_address[address][place] = None
        self._count += 1
        return place

    def hold(self, place: Place, size: int) -> bool:
        """Count a message of ``size`` bytes; return whether there is room for it."""
        if size <= place.holds:
            return True
        if size > ORDINARY_BYTES:
            own = sum(other.holds for other in self._by_address.get(place.address, {}))
            in_all = sum(other.holds for held in self._by_address.values() for other in held)
            more = size - place.holds
            if own + more > self.most_bytes_per_address or in_all + more > self.most_bytes:
                return False
        place.holds = size
        return True

    def leave(self, place: Place) -> None:
        """Free a place; freeing it twice is the same as once."""
        held = self._by_address.get(place.address, {})
        if place in held:
            del held[place]
            self._count -= 1
        if not held:
            self._by_address.pop(place.address, None)

    def problem(self, address: str) -> str | None:
        """Return why a session from ``address`` would be refused now; None when it would not be."""
        victim, full = self._in_the_way(address)
        return full if victim is None else None

    def _in_the_way(self, address: str) -> tuple[Place | None, str | None]:
        """Which place would have to be freed for a newcomer, if any could be, and which limit is reached."""
        own = self._by_address.get(address, {})
        if len(own) >= self.most_per_address:
            return self._unused(own), "address"
        if self._count < self.most:
            return None, None
        unused = self._unused(place for held in self._by_address.values() for place in held)
        return unused or self._of_heaviest(len(own)), "site"

    def _unused(self, places: Iterable[Place]) -> Place | None:
        settled = self._clock() - SETTLED_SECONDS
        found = (place for place in places if place.heard is None and place.opened <= settled)
        return min(found, key=lambda place: place.opened, default=None)

    def _of_heaviest(self, own: int) -> Place | None:
        heaviest = max(self._by_address.values(), key=len, default={})
        if len(heaviest) <= own + 1:
            return None
        return min(heaviest, key=lambda place: place.heard if place.heard is not None else place.opened)
