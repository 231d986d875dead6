"""Keeps sessions (websockets) within their limits: a readable 503 beyond them, and a pace for what is asked.

A session costs four file descriptors, a thread while a page is made, and what the browser has sent. Streamlit opens one
for whoever asks.
"""

import asyncio
import contextlib
from collections.abc import Callable
from functools import cache
from typing import Any, TypeVar

from google.protobuf.message import DecodeError
from starlette.datastructures import Headers
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from starlette.websockets import WebSocket, WebSocketDisconnect
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from psc.events import log_repeated
from psc.settings import limits
from psc.web.limits.descriptors import sessions_possible
from psc.web.limits.pace import Pace, Paces
from psc.web.limits.places import Full, Place, Places
from psc.web.limits.turns import Turn, Turns
from psc.web.session.client_address import address_of

T = TypeVar("T")

UNUSED_SECONDS = 30.0
"""How long a session may stay open in which nothing was ever asked for; a page asks within a second."""
RESUMED_SESSION = 2
"""The place, among the protocols a browser asks for, where Streamlit puts the id of the session it resumes."""
SESSION_RATE, SESSION_BURST = 5.0, 30
ADDRESS_RATE, ADDRESS_BURST = 10.0, 60
"""Requests for a page (each click is one) a second, and how many at once, of a session and of an address."""
PAGES_AT_ONCE, LONGEST_PAGE = 3, 4.0
"""How many pages are made and sent at the same time, and for how many seconds one counts at most. Streamlit sends the
messages of all pages one after the other: if more pages were begun than it can send, everybody would wait ever longer.
"""
WAITING_SECONDS = 10.0
"""How long a session waits for its page's turn before it is closed; meanwhile nobody sees whether it is still there."""
BLOCKED_SECONDS = 0.25
OPENED_AT_ONCE, LONGEST_OPENING = 2, 0.13
"""How many sessions are opened at the same time and for how many seconds one counts: 15 a second."""
OPENING_SECONDS = 10.0
"""How long a browser waits until its session is opened."""
LONGEST_END = 1000
"""Bytes of the message that says that a page is done; longer ones are something else."""
RETRY_SECONDS = 30
NOT_KEPT = {"Cache-Control": "no-store"}
TRY_AGAIN_LATER = 1013
WORDS = {
    "site": "This site is full at the moment: it has as many visitors as it can serve. This page will be shown as soon "
    "as there is a place; there is nothing you need to do.",
    "busy": "This page cannot be shown at the moment, because very many pages of this site are being opened on your "
    "network. It will be shown as soon as its turn has come; there is nothing you need to do.",
    "address": "This page cannot be shown at the moment, because too many pages of this site are open on your network. "
    "Close those you do not need; this page will be shown as soon as there is a place. If it goes on, tell whoever "
    "runs this site.",
}


class Sessions:
    """The sessions of this process and how fast each address asks."""

    def __init__(self, most: int, most_per_address: int) -> None:
        self.places = Places(most, most_per_address)
        self.paces = Paces(ADDRESS_RATE, ADDRESS_BURST)
        self.pages = Turns(PAGES_AT_ONCE, LONGEST_PAGE)
        self.openings = Turns(OPENED_AT_ONCE, LONGEST_OPENING)


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
            if held.openings.crowded(address):
                raise Full("busy")
            # Opening and closing costs most: addresses that do it all the time come after all others.
            await asyncio.wait_for(held.openings.ask(address), OPENING_SECONDS)
            place = held.places.take(address)
        except (Full, TimeoutError) as problem:
            full = problem if isinstance(problem, Full) else Full("busy")
            log_repeated("session.refused", full.reason)
            await WebSocket(scope, receive, send).send_denial_response(refusal(full.reason))
            return
        if _resumes(scope):
            place.heard = asyncio.get_running_loop().time()
        try:
            await _Session(self.app, place, held).run(scope, receive, send)
        finally:
            held.places.leave(place)


class _Session:
    def __init__(self, app: ASGIApp, place: Place, held: Sessions) -> None:
        self.app, self.place, self.held = app, place, held
        self._pace = Pace(SESSION_RATE, SESSION_BURST)
        self._until = asyncio.get_running_loop().time() + UNUSED_SECONDS
        self._closing: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._turn: Turn | None = None
        self._gone = False
        place.on_close.append(self._needed)

    async def run(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Run the application until the browser leaves or the place is needed."""
        try:
            await self.app(scope, lambda: self._receive(receive), lambda message: self._send(send, message))
        finally:
            self._end_turn()
        if self.place.closing and not self._gone:
            log_repeated("session.closed", self.place.closing)
            # The browser may have left in the same moment.
            with contextlib.suppress(RuntimeError, OSError):
                await send({"type": "websocket.close", "code": TRY_AGAIN_LATER, "reason": "The place is needed."})

    def _needed(self) -> None:
        if not self._closing.done():
            self._closing.set_result(None)

    async def _receive(self, receive: Receive) -> Message:
        unused = None if self.place.heard is not None else self._until - asyncio.get_running_loop().time()
        message = await self._unless_closing(asyncio.ensure_future(receive()), unused)
        if message is None:
            self.place.close("unused")
        elif message["type"] != "websocket.receive" or await self._in_turn(message):
            self._gone = message["type"] == "websocket.disconnect"
            return message
        return {"type": "websocket.disconnect", "code": TRY_AGAIN_LATER, "reason": ""}

    async def _in_turn(self, message: Message) -> bool:
        """Wait until a message's turn has come; return False when the session is to be closed instead.

        The server reads nothing more from this browser until then.
        """
        self.place.heard = asyncio.get_running_loop().time()
        body = message.get("bytes") or b""
        if not self.held.places.hold(self.place, len(body)):
            self.place.close("large")
            return False
        await asyncio.sleep(max(self._pace.delay(), self.held.paces.of(self.place.address).delay()))
        if _asks_for_a_page(body):
            await self._take_turn()
        return self.place.closing is None

    async def _take_turn(self) -> None:
        # A page that is begun anew all the time would never end, and would cost as much as many pages.
        if self._turn:
            await self._unless_closing(asyncio.ensure_future(self._turn.ended.wait()), self._turn.seconds_left)
        self._end_turn()
        self._turn = await self._unless_closing(self.held.pages.ask(self.place.address), WAITING_SECONDS)
        if self._turn is None:
            self.place.close("busy")

    async def _send(self, send: Send, message: Message) -> None:
        if message["type"] == "websocket.send" and self.place.closing:
            raise WebSocketDisconnect(TRY_AGAIN_LATER)
        if message["type"] == "websocket.send" and _is_finished(message.get("bytes") or b""):
            self._end_turn()
        # Whoever takes nothing of a page must not keep its turn.
        blocked = asyncio.get_running_loop().call_later(BLOCKED_SECONDS, self._end_turn)
        try:
            await send(message)
        finally:
            blocked.cancel()

    def _end_turn(self) -> None:
        if self._turn:
            self._turn.give_back()

    async def _unless_closing(self, wanted: "asyncio.Future[T]", seconds: float | None = None) -> T | None:
        """Return what was wanted; None when the session is to be closed first or ``seconds`` have passed."""
        try:
            either: set[asyncio.Future[Any]] = {wanted, self._closing}
            await asyncio.wait(either, timeout=seconds, return_when=asyncio.FIRST_COMPLETED)
        finally:
            if not wanted.done():
                wanted.cancel()
        return None if wanted.cancelled() or not wanted.done() else wanted.result()


def _resumes(scope: Scope) -> bool:
    """Whether a browser resumes a session whose connection was lost: it has its page and need not ask for it."""
    protocols = Headers(scope=scope).get("sec-websocket-protocol", "").split(",")
    return len(protocols) > RESUMED_SESSION and bool(protocols[RESUMED_SESSION].strip())


def _asks_for_a_page(body: bytes) -> bool:
    try:
        return bool(BackMsg.FromString(body).WhichOneof("type") == "rerun_script")
    except DecodeError:
        return False


def _is_finished(body: bytes) -> bool:
    """Whether a message says that a page is done, and not only that it is begun anew."""
    if len(body) > LONGEST_END:
        return False
    try:
        message = ForwardMsg.FromString(body)
    except DecodeError:
        return False
    is_end = message.WhichOneof("type") == "script_finished"
    return is_end and message.script_finished != ForwardMsg.FINISHED_EARLY_FOR_RERUN


def refusal(reason: str) -> Response:
    """Return the answer to a session for which there is no place."""
    return PlainTextResponse(WORDS[reason], 503, {"Retry-After": str(RETRY_SECONDS), **NOT_KEPT})


def connection(request: Request) -> Response:
    """Answer `/connection`, which a page asks when its websocket did not open: what keeps it from a place, if anything.

    As JSON, so that the page can tell this from what a proxy in between answers.
    """
    address = address_of(request.scope)
    reason = "busy" if sessions().openings.crowded(address) else sessions().places.problem(address)
    answer = JSONResponse({"problem": WORDS[reason] if reason else None}, 503 if reason else 200, NOT_KEPT)
    if reason:
        answer.headers["Retry-After"] = str(RETRY_SECONDS)
    return answer
