"""What the public may send, and how much of it: a few suggestions an hour from one place, and so many from all.

Where somebody is, is never stored or logged. A sender counts for an hour, in this process's memory only, under a name
that is a keyed hash with a key of this process; each process of the site counts for itself.
"""

import hashlib
import math
import secrets
import threading
import time
from collections import deque

from limits import RateLimitItemPerHour
from limits.storage import MemoryStorage
from limits.strategies import MovingWindowRateLimiter

from psc.register.content import checked
from psc.register.errors import TooMany
from psc.register.roles import PUBLIC
from psc.register.screening import screen
from psc.register.service import Service
from psc.register.stored import Stored

FROM_ONE_PLACE = 5
FROM_ALL = 100
_EVERYBODY = "everybody"


class Allowance:
    """How much may still be sent in the hour that ends now. Safe between threads."""

    def __init__(self, from_one: int = FROM_ONE_PLACE, from_all: int = FROM_ALL) -> None:
        self._one, self._all = RateLimitItemPerHour(from_one), RateLimitItemPerHour(from_all)
        self._limiter = MovingWindowRateLimiter(MemoryStorage())
        self._key = secrets.token_bytes(32)
        self._counted: deque[str] = deque(maxlen=from_all)
        self._lock = threading.Lock()

    def take(self, sender: str, token: str) -> None:
        """Count one sending; a form (``token``) that was counted before is not counted again.

        Raises TooMany, with when to try again, and then counts nothing.
        """
        name = hashlib.blake2b(sender.encode(), key=self._key, digest_size=16).hexdigest()
        with self._lock:
            if token in self._counted:
                return
            if not self._limiter.test(self._one, name):
                raise TooMany(_FROM_HERE.format(count=self._one.amount, wait=self._wait(self._one, name)))
            if not self._limiter.test(self._all, _EVERYBODY):
                raise TooMany(_FROM_EVERYBODY.format(wait=self._wait(self._all, _EVERYBODY)))
            self._limiter.hit(self._one, name)
            self._limiter.hit(self._all, _EVERYBODY)
            self._counted.append(token)

    def _wait(self, limit: RateLimitItemPerHour, name: str) -> str:
        seconds = self._limiter.get_window_stats(limit, name).reset_time - time.time()
        minutes = max(1, math.ceil(seconds / 60))
        return "in about a minute" if minutes == 1 else f"in about {minutes} minutes"


_NOTHING_LOST = "Nothing was sent, and what you wrote is still in the form."
_FROM_HERE = f"{{count}} suggestions an hour are taken from one place. {_NOTHING_LOST} Please try again {{wait}}."
_FROM_EVERYBODY = (
    f"More suggestions are coming in than can be read. {_NOTHING_LOST} Please try again {{wait}}, or tomorrow."
)


def send_suggestion(
    service: Service,
    allowance: Allowance,
    *,
    what: str,
    area: str | None,
    harm_area: str | None,
    sender: str,
    token: str,
) -> Stored:
    """Keep what a member of the public says matters, and where: an area's id or "england"; return it.

    ``token`` names the form: sent again, it answers with what was kept the first time. A text that is refused does not
    count. Raises Incomplete, PersonalDataFound, TooMany, Unavailable.
    """
    given = {"what": what, "area": area, "harm_area": harm_area}
    content = checked("suggestion", {field: value for field, value in given.items() if value}, service.known)
    screen(content)
    allowance.take(sender, token)
    return service.create(PUBLIC, "suggestion", content, areas=[content["area"]], token=token)
