"""Websockets beyond the limits get a readable answer; those within them are passed on, paced and ended when needed."""

import asyncio

import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.routing import Route, WebSocketRoute
from starlette.testclient import TestClient, WebSocketDenialResponse
from starlette.websockets import WebSocket, WebSocketDisconnect

from psc.web.limits import sessions as limited
from psc.web.limits.sessions import SessionLimits, Sessions, connection

STREAM = "/_stcore/stream"


async def echo(websocket: WebSocket) -> None:
    await websocket.accept()
    try:
        while True:
            await websocket.send_bytes(await websocket.receive_bytes())
    except WebSocketDisconnect:
        pass


@pytest.fixture
def held(monkeypatch) -> Sessions:
    sessions = Sessions(3, 2)
    monkeypatch.setattr(limited, "sessions", lambda: sessions)
    return sessions


@pytest.fixture
def visitor(held):
    """A function that returns a browser at an address."""
    middleware = [Middleware(SessionLimits, sessions=lambda: held)]
    app = Starlette(routes=[WebSocketRoute(STREAM, echo), Route("/connection", connection)], middleware=middleware)
    return lambda address: TestClient(app, client=(address, 50000))


def test_third_session_of_an_address_gets_a_readable_503_and_another_address_a_place(visitor, held):
    one = visitor("192.0.2.1")
    with one.websocket_connect(STREAM) as first, one.websocket_connect(STREAM):
        with pytest.raises(WebSocketDenialResponse) as refused, one.websocket_connect(STREAM):
            pass
        assert refused.value.status_code == 503
        assert "too many pages of this site are open on your network" in refused.value.text
        assert int(refused.value.headers["Retry-After"]) > 0
        answer = one.get("/connection")
        assert (answer.status_code, answer.text) == (503, refused.value.text)
        assert visitor("192.0.2.2").get("/connection").status_code == 200
        with visitor("192.0.2.2").websocket_connect(STREAM) as other:
            other.send_bytes(b"other")
            first.send_bytes(b"first")
            assert (other.receive_bytes(), first.receive_bytes()) == (b"other", b"first")
    assert len(held.places) == 0
    assert one.get("/connection").status_code == 200


def test_session_whose_place_is_needed_is_closed_with_try_again_later(visitor, held):
    heavy = visitor("192.0.2.1")
    with heavy.websocket_connect(STREAM) as first, heavy.websocket_connect(STREAM) as second:
        for session in (first, second):
            session.send_bytes(b"asked")
            session.receive_bytes()
        with visitor("192.0.2.2").websocket_connect(STREAM), visitor("192.0.2.3").websocket_connect(STREAM) as newest:
            newest.send_bytes(b"in")
            assert newest.receive_bytes() == b"in"
            with pytest.raises(WebSocketDisconnect) as closed:
                first.receive_bytes()
            assert closed.value.code == 1013


def test_session_in_which_nothing_is_asked_is_closed(visitor, held, monkeypatch):
    monkeypatch.setattr(limited, "UNUSED_SECONDS", 0.05)
    with visitor("192.0.2.1").websocket_connect(STREAM) as session:
        with pytest.raises(WebSocketDisconnect) as closed:
            session.receive_bytes()
        assert closed.value.code == 1013
    assert len(held.places) == 0


def test_session_in_which_something_was_asked_once_may_be_quiet(visitor, held, monkeypatch):
    monkeypatch.setattr(limited, "UNUSED_SECONDS", 0.05)
    with visitor("192.0.2.1").websocket_connect(STREAM) as session:
        session.send_bytes(b"one")
        assert session.receive_bytes() == b"one"
        session.portal.call(asyncio.sleep, 0.2)
        session.send_bytes(b"two")
        assert session.receive_bytes() == b"two"


def test_fast_sender_is_made_to_wait_and_loses_nothing(visitor, held, monkeypatch):
    waits = []

    async def sleep(seconds: float) -> None:
        waits.append(seconds)

    monkeypatch.setattr(limited.asyncio, "sleep", sleep)
    with visitor("192.0.2.1").websocket_connect(STREAM) as session:
        for number in range(limited.SESSION_BURST + 5):
            session.send_bytes(bytes([number]))
        received = [session.receive_bytes()[0] for _ in range(limited.SESSION_BURST + 5)]
    assert received == list(range(limited.SESSION_BURST + 5))
    assert max(waits[: limited.SESSION_BURST]) == 0 < min(waits[limited.SESSION_BURST :])
