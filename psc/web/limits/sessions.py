"""Keeps sessions (websockets) within their limits: a readable 503 beyond them, and a pace for what is asked.

A session costs four file descriptors, a thread while a page is made, and what the browser has sent. Streamlit opens one
for whoever asks.
"""

import asyncio
import contextlib
from collections.abc import Callable
from functools import cache

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from starlette.websockets import WebSocket

from psc.events import log_repeated
from psc.settings import limits
from psc.web.client_address import address_of
from psc.web.limits.descriptors import sessions_possible
from psc.web.limits.pace import Pace, Paces
from psc.web.limits.places import Full, Place, Places

UNUSED_SECONDS = 30.0
"""How long a session may stay open in which nothing was ever asked for; a page asks within a second."""
SESSION_RATE, SESSION_BURST = 5.0, 30
ADDRESS_RATE, ADDRESS_BURST = 10.0, 60
"""Requests for a page (each click is one) a second, and how many at once, of a session and of an address."""
RETRY_SECONDS = 30
TRY_AGAIN_LATER = 1013
WORDS = {
    "site": "This site is full at the moment: it has as many visitors as it can serve. This page will be shown as soon "
    "as there is a place; there is nothing you need to do.",
    "address": "This page cannot be shown at the moment, because too many pages of this site are open on your network. "
    "Close those you do not need; this page will be shown as soon as there is a place. If it goes on, tell whoever "
    "runs this site.",
}


class Sessions:
    """The sessions of this process and how fast each address asks."""

    def __init__(self, most: int, most_per_address: int) -> None:
        self.places = Places(most, most_per_address)
        self.paces = Paces(ADDRESS_RATE, ADDRESS_BURST)


@cache
def sessions() -> Sessions:
    """Return those of this process, within the settings and what the operating system allows."""
    allowed = limits()
    return Sessions(sessions_possible(allowed.sessions), allowed.sessions_per_address)


class SessionLimits:
    """ASGI middleware: gives each websocket a place or refuses it, paces it, and ends it when its place is needed."""

    def __init__(self, app: ASGIApp, sessions: Callable[[], Sessions] = sessions) -> None:
        self.app, self._sessions = app, sessions

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, or refuse it."""
        if scope["type"] != "websocket":
            await self.app(scope, receive, send)
            return
        held, address = self._sessions(), address_of(scope)
        try:
            place = held.places.take(address)
        except Full as full:
            log_repeated("session.refused", full.reason)
            await WebSocket(scope, receive, send).send_denial_response(refusal(full.reason))
            return
        try:
            await _Session(self.app, place, held.paces).run(scope, receive, send)
        finally:
            held.places.leave(place)


class _Session:
    def __init__(self, app: ASGIApp, place: Place, paces: Paces) -> None:
        self.app, self.place, self.paces = app, place, paces
        self._pace = Pace(SESSION_RATE, SESSION_BURST)
        self._closing = asyncio.Event()
        self._until = asyncio.get_running_loop().time() + UNUSED_SECONDS
        self._gone = False
        place.on_close.append(self._closing.set)

    async def run(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Run the application until the browser leaves or the place is needed."""
        closing = asyncio.create_task(self._closing.wait())
        try:
            await self.app(scope, lambda: self._receive(receive, closing), send)
        finally:
            closing.cancel()
        if self.place.closing and not self._gone:
            log_repeated("session.closed", self.place.closing)
            # The browser may have left in the same moment.
            with contextlib.suppress(RuntimeError, OSError):
                await send({"type": "websocket.close", "code": TRY_AGAIN_LATER, "reason": "The place is needed."})

    async def _receive(self, receive: Receive, closing: "asyncio.Task[bool]") -> Message:
        asked = asyncio.ensure_future(receive())
        wait = None if self.place.heard is not None else self._until - asyncio.get_running_loop().time()
        try:
            done, _ = await asyncio.wait({asked, closing}, timeout=wait, return_when=asyncio.FIRST_COMPLETED)
        finally:
            if not asked.done():
                asked.cancel()
        if asked not in done:
            self.place.close("unused")
            return {"type": "websocket.disconnect", "code": TRY_AGAIN_LATER, "reason": ""}
        message = asked.result()
        if message["type"] == "websocket.receive":
            self.place.heard = asyncio.get_running_loop().time()
            # The server reads nothing more from this browser until it has its turn.
            await asyncio.sleep(max(self._pace.delay(), self.paces.of(self.place.address).delay()))
        self._gone = message["type"] == "websocket.disconnect"
        return message


def refusal(reason: str) -> Response:
    """Return the answer to a session for which there is no place."""
    headers = {"Retry-After": str(RETRY_SECONDS), "Cache-Control": "no-store"}
    return PlainTextResponse(WORDS[reason], status_code=503, headers=headers)


def connection(request: Request) -> Response:
    """Answer `/connection`, which a page asks when its websocket did not open: whether there is a place for it."""
    reason = sessions().places.problem(address_of(request.scope))
    if reason:
        return refusal(reason)
    return PlainTextResponse("There is a place for a session.", headers={"Cache-Control": "no-store"})
