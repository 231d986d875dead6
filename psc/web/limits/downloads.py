"""Keeps what costs the server work for each request within limits: files, calendars and the steps of signing in."""

import asyncio
import math
import time
from collections import Counter
from collections.abc import Callable
from functools import cache

from limits import RateLimitItemPerMinute
from limits.storage import MemoryStorage
from limits.strategies import SlidingWindowCounterRateLimiter
from starlette.responses import PlainTextResponse, Response
from starlette.types import ASGIApp, Receive, Scope, Send

from psc.events import log_repeated
from psc.settings import limits
from psc.web.limits.turns import Turns
from psc.web.session.client_address import address_of

COSTLY = {
    "files": ("/data/", "/calendar"),
    "sign-in": ("/auth/", "/oauth2callback"),
}
AT_ONCE, AT_ONCE_PER_ADDRESS = 16, 8
"""How many of a kind are answered at the same time: each holds its whole file in memory until it is fetched."""
BUSY, BUSY_SECONDS = "Too many requests are being answered at the moment.", 5
APART_SECONDS, WAIT_SECONDS = 0.25, 10.0
"""How far apart requests of a kind are begun, whoever asks, and how long one waits for its turn."""


class TooManyRequests(Exception):
    """A request is refused: ``status`` 429 (too often) or 503 (too many at once), with words and seconds to wait."""

    def __init__(self, status: int, words: str, wait: int) -> None:
        self.status, self.words, self.wait = status, words, wait
        super().__init__(words)


class Downloads:
    """How often each address asks for each kind, and how many are being answered. Used by the event loop alone."""

    def __init__(self, per_minute: int) -> None:
        self._often = RateLimitItemPerMinute(per_minute)
        self._limiter = SlidingWindowCounterRateLimiter(MemoryStorage())
        self._open: Counter[tuple[str, ...]] = Counter()
        self._turns = {kind: Turns(1, APART_SECONDS) for kind in COSTLY}

    def begin(self, kind: str, address: str) -> None:
        """Count a request. Raises TooManyRequests, and then counts nothing."""
        refused = self.problem(kind, address)
        if refused is not None:
            raise refused
        self._limiter.hit(self._often, kind, address)
        self._open.update([(kind, address), (kind,)])

    def problem(self, kind: str, address: str) -> TooManyRequests | None:
        """Return why a request would be refused now; None when it would not be."""
        if self._open[kind, address] >= AT_ONCE_PER_ADDRESS or self._open[kind,] >= AT_ONCE:
            return TooManyRequests(503, BUSY, BUSY_SECONDS)
        if self._limiter.test(self._often, kind, address):
            return None
        reset = self._limiter.get_window_stats(self._often, kind, address).reset_time
        wait = min(60, max(1, math.ceil(reset - time.time())))
        words = f"At most {self._often.amount} requests a minute are answered for one network address."
        return TooManyRequests(429, words, wait)

    async def turn(self, kind: str, address: str) -> None:
        """Wait until a counted request may begin: those first who have asked for least. Raises TooManyRequests."""
        try:
            await asyncio.wait_for(self._turns[kind].ask(address), WAIT_SECONDS)
        except TimeoutError:
            raise TooManyRequests(503, BUSY, BUSY_SECONDS) from None

    def end(self, kind: str, address: str) -> None:
        """Say that a request which was counted has been answered."""
        for key in ((kind, address), (kind,)):
            self._open[key] -= 1
            if not self._open[key]:
                del self._open[key]


@cache
def downloads() -> Downloads:
    """Return those of this process, within the settings."""
    return Downloads(limits().downloads_per_minute)


class DownloadLimits:
    """ASGI middleware: answers what is asked too often, or too much at once, with a readable 429 or 503."""

    def __init__(self, app: ASGIApp, downloads: Callable[[], Downloads] = downloads) -> None:
        self.app, self._downloads = app, downloads

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, or refuse it."""
        kind = kind_of(scope["path"]) if scope["type"] == "http" else None
        if kind is None:
            await self.app(scope, receive, send)
            return
        counted, address = self._downloads(), address_of(scope)
        try:
            counted.begin(kind, address)
        except TooManyRequests as refused:
            await too_many(kind, refused)(scope, receive, send)
            return
        try:
            await counted.turn(kind, address)
        except TooManyRequests as refused:
            await too_many(kind, refused)(scope, receive, send)
        else:
            await self.app(scope, receive, send)
        finally:
            counted.end(kind, address)


def too_many(kind: str, refused: TooManyRequests) -> Response:
    """Return the answer to a refused request."""
    log_repeated("download.refused", f"{kind} {refused.status}")
    headers = {"Retry-After": str(refused.wait), "Cache-Control": "no-store"}
    words = f"{refused.words} Please try again in {refused.wait} seconds."
    return PlainTextResponse(words, refused.status, headers)


def kind_of(path: str) -> str | None:
    """Return the kind of costly request that a path is; None when it is none."""
    return next((kind for kind, beginnings in COSTLY.items() if path.startswith(beginnings)), None)
