"""A real server whose connections are guarded: what holds one for nothing is closed, what is used stays."""

import asyncio
import base64
import contextlib
import os
import socket
import threading
import time
from types import SimpleNamespace

import pytest
import uvicorn
from starlette.applications import Starlette
from starlette.responses import PlainTextResponse
from starlette.routing import Route, WebSocketRoute
from starlette.websockets import WebSocketDisconnect
from structlog.testing import capture_logs
from websockets import http11
from websockets.exceptions import ConnectionClosed
from websockets.sync.client import connect

from psc.events import repeats
from psc.web.limits import connections as guarded
from psc.web.limits.connections import LONGEST_MESSAGE, Connections
from tests.event_loop import run_in_own_thread

LARGE = b"x" * 30_000_000
GET = b"GET / HTTP/1.1\r\nHost: site\r\n"


async def echo(websocket) -> None:
    await websocket.accept()
    with contextlib.suppress(WebSocketDisconnect):
        while True:
            await websocket.send_bytes(await websocket.receive_bytes())


@pytest.fixture
def serve(monkeypatch):
    """A function that starts a server with room for so many connections; return its port."""
    monkeypatch.setattr(guarded, "SWEEP_SECONDS", 0.02)
    monkeypatch.setattr(guarded, "WAIT_SECONDS", 10)
    monkeypatch.setattr(guarded, "STALL_SECONDS", 20)
    monkeypatch.setattr(http11, "MAX_LINE_LENGTH", http11.MAX_LINE_LENGTH)
    running = contextlib.ExitStack()

    def start(most: int) -> int:
        monkeypatch.setattr(guarded, "connections_possible", lambda wanted, sessions: most)
        repeats.forget()
        app = Starlette(
            routes=[
                Route("/", lambda request: PlainTextResponse("here")),
                Route("/large", lambda request: PlainTextResponse(LARGE)),
                WebSocketRoute("/ws", echo),
            ],
            lifespan=lambda app: guarded.guarded_connections(),
        )
        server = uvicorn.Server(
            uvicorn.Config(app, ws="websockets-sansio", log_config=None, ws_per_message_deflate=False)
        )
        listening = socket.create_server(("127.0.0.1", 0))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
        thread.start()
        running.callback(thread.join, 10)
        running.callback(setattr, server, "should_exit", True)
        while not server.started:
            time.sleep(0.01)
        return listening.getsockname()[1]

    with running:
        yield start


def open_to(port: int, *parts: bytes) -> socket.socket:
    connection = socket.create_connection(("127.0.0.1", port), timeout=5)
    for part in parts:
        connection.sendall(part)
    return connection


def is_closed(connection: socket.socket) -> bool:
    """Whether the server closes within five seconds."""
    with contextlib.suppress(ConnectionResetError):
        while connection.recv(65536):
            pass
    return True


@pytest.mark.parametrize("sent", [b"", b"GET / HT", GET, GET + b"\r\n" + GET])
def test_connection_whose_request_is_never_complete_is_closed(serve, sent):
    assert is_closed(open_to(serve(10), sent))


@pytest.mark.parametrize("begun", [GET, GET + b"Content-Length: 100000\r\n\r\n"])
def test_request_that_only_trickles_in_is_closed(serve, begun):
    connection = open_to(serve(10), begun)
    with pytest.raises((ConnectionResetError, BrokenPipeError)):
        for _ in range(500):
            connection.sendall(b"x")
            time.sleep(0.01)


def test_reader_who_takes_nothing_of_an_answer_is_closed(serve):
    connection = open_to(serve(10), b"GET /large HTTP/1.1\r\nHost: site\r\n\r\n")
    time.sleep(1)
    taken = 0
    with contextlib.suppress(ConnectionResetError):
        while part := connection.recv(1_000_000):
            taken += len(part)
    assert taken < len(LARGE)


def test_session_that_is_quiet_stays_open(serve):
    with connect(f"ws://127.0.0.1:{serve(10)}/ws") as session:
        time.sleep(0.6)
        session.send(b"still here")
        assert session.recv(timeout=5) == b"still here"


def test_connection_beyond_the_limit_gets_a_readable_503_until_there_is_room(serve):
    port = serve(2)
    with connect(f"ws://127.0.0.1:{port}/ws") as first:
        with connect(f"ws://127.0.0.1:{port}/ws"), capture_logs() as logs:
            refused = open_to(port).recv(1000)
            assert refused.startswith(b"HTTP/1.1 503") and b"retry-after: 10" in refused
            head, _, body = refused.partition(b"\r\n\r\n")
            assert f"content-length: {len(body)}".encode() in head
            assert [(log["event"], log["reason"]) for log in logs] == [("connection.refused", "site")]
        first.send(b"unharmed")
        assert first.recv(timeout=5) == b"unharmed"
        time.sleep(0.1)
        assert open_to(port, GET, b"\r\n").recv(1000).startswith(b"HTTP/1.1 200")


def test_idle_connections_give_way_to_a_visitor(serve):
    port = serve(5)
    idle = [open_to(port) for _ in range(5)]
    time.sleep(0.12)
    assert open_to(port, GET, b"\r\n").recv(1000).startswith(b"HTTP/1.1 200")
    assert is_closed(idle[0])


def test_session_opens_with_cookies_of_twenty_kilobytes(serve):
    with connect(f"ws://127.0.0.1:{serve(10)}/ws", additional_headers={"Cookie": f"other={'x' * 20_000}"}) as session:
        session.send(b"open")
        assert session.recv(timeout=5) == b"open"


def test_message_that_is_too_long_ends_its_session_and_no_other(serve):
    port = serve(10)
    with connect(f"ws://127.0.0.1:{port}/ws") as other, connect(f"ws://127.0.0.1:{port}/ws") as session:
        session.send(os.urandom(LONGEST_MESSAGE - 100))
        assert len(session.recv(timeout=5)) == LONGEST_MESSAGE - 100
        session.send([b"x" * (LONGEST_MESSAGE // 2), b"x" * (LONGEST_MESSAGE // 2), b"x"])
        with pytest.raises(ConnectionClosed):
            session.recv(timeout=5)
        assert session.close_code == 1009
        other.send(base64.b64encode(b"other"))
        assert other.recv(timeout=5)


def test_peer_on_another_machine_holds_at_most_its_part():
    class Transport:
        def __init__(self, peer):
            self.get_extra_info = lambda name: (peer, 50000)

    repeats.forget()
    held = Connections(10, 2)
    assert [held.admit(Transport("192.0.2.1")) for _ in range(3)] == [True, True, False]
    assert [held.admit(Transport(peer)) for peer in ("192.0.2.2", *["127.0.0.1"] * 3)] == [True] * 4


def test_exhausted_descriptors_are_one_event_and_other_faults_go_where_they_always_go():
    others = []
    loop = SimpleNamespace(default_exception_handler=others.append)
    repeats.forget()
    exhausted = {"message": "socket.accept() out of system resource", "exception": OSError(24, "Too many open files")}
    other = {"message": "Task exception was never retrieved"}
    with capture_logs() as logs:
        for context in [exhausted] * 1000 + [other]:
            guarded._note_exhausted(loop, context)
    assert [(log["event"], log["reason"]) for log in logs] == [("descriptors.exhausted", "Too many open files")]
    assert others == [other]


def test_asyncio_still_words_the_fault_as_it_is_looked_for():
    """Asyncio is asked for a connection when no descriptor is left."""
    found = []

    async def main() -> None:
        loop = asyncio.get_running_loop()
        loop.set_exception_handler(lambda _, context: found.append(context["message"]))
        server = await loop.create_server(asyncio.Protocol, sock=listening)

        def accept():
            raise OSError(24, "Too many open files")

        class Exhausted:
            def __getattr__(self, name):
                return accept if name == "accept" else getattr(listening, name)

        loop._accept_connection(asyncio.Protocol, Exhausted(), backlog=1)
        server.close()

    listening = socket.create_server(("127.0.0.1", 0))
    run_in_own_thread(main())
    assert found and all(text.startswith("socket.accept() out of system resource") for text in found)
