"""Keeps connections within limits before anything is asked over them.

The server (uvicorn) waits for ever for a first request, for the rest of one, and for a reader who takes nothing of an
answer; and it accepts connections until the operating system refuses one. This gives each new connection to the server
only where there is room, and once a second closes those that hold a descriptor for nothing.
"""

import asyncio
import contextlib
from collections import Counter
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from typing import Any, cast

from starlette.responses import PlainTextResponse
from websockets import http11

from psc.events import log_repeated
from psc.settings import limits, trusted_proxy
from psc.web.limits.descriptors import connections_possible
from psc.web.limits.gate import early_refusal, written
from psc.web.limits.sessions import sessions
from psc.web.session.client_address import client_address

SWEEP_SECONDS = 1.0
WAIT_SECONDS = 20
"""How long a connection may wait for its next request to be complete."""
STALL_SECONDS = 60
"""How long a reader may take nothing of what is ready for it."""
SETTLED_SECONDS = 3
"""How long a connection is waited for even when others need its place."""
LONGEST_MESSAGE = 512 * 1024
"""Bytes of a message from a browser, which holds what is in all boxes of its page: just enough for the longest form
filled to the last letter."""
LONGEST_HEAD = 32 * 1024
"""Bytes of a request's head, which a connection may hold without ever finishing it."""
LONGEST_LINE = 64 * 1024
"""Bytes of one line of a websocket's head: other programs of the same host name may have set large cookies."""
NO_ROOM = written(
    PlainTextResponse(
        "This site has as many connections as it can serve. Please try again soon.", 503, {"Retry-After": "10"}
    )
)
Factory = Callable[[], asyncio.Protocol]


@dataclass(eq=False)
class _Connection:
    transport: asyncio.Transport
    peer: str
    waited: int = 0
    stalled: int = 0
    unsent: int = 0

    def look(self) -> None:
        """Count one more second of waiting for a request, or of waiting for the reader."""
        cycle = getattr(self.transport.get_protocol(), "cycle", self)
        waits = cycle is None or getattr(cycle, "response_complete", False)
        self.waited = self.waited + 1 if waits else 0
        unsent = self.transport.get_write_buffer_size()
        self.stalled = self.stalled + 1 if unsent and unsent == self.unsent else 0
        self.unsent = unsent

    @property
    def gone(self) -> bool:
        """Whether it has been closed and everything has been sent."""
        return self.transport.is_closing() and not self.transport.get_write_buffer_size()


class Connections:
    """All connections of this process. Used by the event loop alone, so it needs no lock."""

    def __init__(self, most: int, most_per_peer: int) -> None:
        self.most, self.most_per_peer = most, most_per_peer
        self._open: dict[_Connection, None] = {}
        self._by_peer: Counter[str] = Counter()
        self._full = False

    def __len__(self) -> int:
        return len(self._open)

    def admit(self, transport: asyncio.Transport) -> bool:
        """Count a new connection, if need be in the place of one that waits. Return whether there is room for it."""
        peer = _peer(transport)
        if peer and self._by_peer[peer] >= self.most_per_peer:
            log_repeated("connection.refused", "address")
            return False
        if len(self._open) >= self.most and not self._make_room():
            log_repeated("connection.refused", "site")
            return False
        self._open[_Connection(transport, peer)] = None
        self._by_peer[peer] += 1
        return True

    def sweep(self) -> None:
        """Close what holds a descriptor for nothing; to be called once a second."""
        self._full = False
        for connection in list(self._open):
            connection.look()
            if connection.gone:
                self._forget(connection)
            elif connection.waited >= WAIT_SECONDS:
                self._drop(connection, "waiting")
            elif connection.stalled >= STALL_SECONDS:
                self._drop(connection, "stalled")

    def _make_room(self) -> bool:
        # Looked for once a second at most when there was none: a flood must not cost a search for each connection.
        if self._full:
            return False
        for connection in self._open:
            if connection.gone or connection.waited >= SETTLED_SECONDS:
                self._drop(connection, "needed")
                return True
        self._full = True
        return False

    def _drop(self, connection: _Connection, reason: str) -> None:
        if not connection.gone:
            log_repeated("connection.closed", reason)
            connection.transport.abort()
        self._forget(connection)

    def _forget(self, connection: _Connection) -> None:
        del self._open[connection]
        self._by_peer[connection.peer] -= 1
        if not self._by_peer[connection.peer]:
            del self._by_peer[connection.peer]


def _peer(transport: asyncio.Transport) -> str:
    """The address on the other end; "" when it is a proxy's, which connects for many people."""
    peer = transport.get_extra_info("peername")
    address = client_address(peer[0]) if isinstance(peer, tuple) else ""
    return "" if trusted_proxy() or address in ("127.0.0.1", "::/64") else address


class _Admission(asyncio.Protocol):
    """Stands where the server's own protocol will, until the connection is counted and its request is not refused."""

    cycle = None
    """There is no request yet, as the sweep reads it."""

    def __init__(self, connections: Connections, make: Factory) -> None:
        self._connections, self._make = connections, make
        self._transport: asyncio.Transport

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast(asyncio.Transport, transport)
        if not self._connections.admit(self._transport):
            self._refuse(NO_ROOM)

    def data_received(self, data: bytes) -> None:
        if self._transport.is_closing():
            return
        peer = self._transport.get_extra_info("peername")
        refused = early_refusal(data, peer[0] if isinstance(peer, tuple) else "")
        if refused is not None:
            self._refuse(refused)
            return
        protocol = self._make()
        self._transport.set_protocol(protocol)
        protocol.connection_made(self._transport)
        protocol.data_received(data)

    def _refuse(self, answer: bytes) -> None:
        self._transport.write(answer)
        self._transport.close()


@contextlib.asynccontextmanager
async def guarded_connections() -> AsyncIterator[None]:
    """Guard the connections of the server that is being started in the running event loop, until the block ends."""
    allowed, held = limits(), sessions()
    most = connections_possible(allowed.connections, held.places.most)
    connections = Connections(most, max(held.places.most_per_address, most // 4))
    loop = asyncio.get_running_loop()
    _guard_servers(loop, connections)
    loop.set_exception_handler(_note_exhausted)
    sweeping = asyncio.create_task(_sweep(connections))
    try:
        yield
    finally:
        sweeping.cancel()


def _guard_servers(loop: asyncio.AbstractEventLoop, connections: Connections) -> None:
    """Have every server that this loop is asked for from now on admit its connections first.

    The server starts to listen when the application is ready, and takes its settings from Streamlit, which has no
    options for these.
    """
    create_server = loop.create_server

    async def guarded(factory: Factory, *arguments: Any, **options: Any) -> asyncio.AbstractServer:
        configured = getattr(factory(), "config", None)
        if configured is not None:
            configured.ws_max_size = LONGEST_MESSAGE
            configured.h11_max_incomplete_event_size = LONGEST_HEAD
        # By default a browser whose cookies are longer than 8 kB is cut off without a word.
        http11.MAX_LINE_LENGTH = LONGEST_LINE
        return await create_server(lambda: _Admission(connections, factory), *arguments, **options)

    loop.create_server = guarded  # type: ignore[method-assign, assignment]


async def _sweep(connections: Connections) -> None:
    while True:
        await asyncio.sleep(SWEEP_SECONDS)
        connections.sweep()


def _note_exhausted(loop: asyncio.AbstractEventLoop, context: dict[str, Any]) -> None:
    """Write one event where asyncio would write thousands of tracebacks, and anything else as it always does."""
    if str(context.get("message", "")).startswith("socket.accept() out of system resource"):
        log_repeated("descriptors.exhausted", str(getattr(context.get("exception"), "strerror", "")))
    else:
        loop.default_exception_handler(context)
