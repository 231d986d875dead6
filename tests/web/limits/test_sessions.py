"""Websockets beyond the limits get a readable answer; those within them are passed on, paced and ended when needed."""

import asyncio
import contextlib

import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.routing import Route, WebSocketRoute
from starlette.testclient import TestClient, WebSocketDenialResponse
from starlette.websockets import WebSocket, WebSocketDisconnect
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from psc.web.limits import sessions as limited
from psc.web.limits.sessions import SessionLimits, Sessions, connection
from psc.web.limits.turns import Turns

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
        assert (answer.status_code, answer.json()) == (503, {"problem": refused.value.text})
        assert int(answer.headers["Retry-After"]) > 0
        assert visitor("192.0.2.2").get("/connection").status_code == 200
        with visitor("192.0.2.2").websocket_connect(STREAM) as other:
            other.send_bytes(b"other")
            first.send_bytes(b"first")
            assert (other.receive_bytes(), first.receive_bytes()) == (b"other", b"first")
    assert len(held.places) == 0
    free = one.get("/connection")
    assert (free.status_code, free.json()) == (200, {"problem": None})


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


def test_session_resumed_after_its_connection_was_lost_may_be_quiet(visitor, held, monkeypatch):
    monkeypatch.setattr(limited, "UNUSED_SECONDS", 0.05)
    protocols = ["streamlit", "token", "id-of-the-session"]
    with visitor("192.0.2.1").websocket_connect(STREAM, subprotocols=protocols) as session:
        session.portal.call(asyncio.sleep, 0.2)
        session.send_bytes(b"one")
        assert session.receive_bytes() == b"one"


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


async def never_finished(websocket: WebSocket) -> None:
    await websocket.accept()
    with contextlib.suppress(WebSocketDisconnect):
        while True:
            await websocket.receive_bytes()
            await websocket.send_bytes(b"begun")


def finished(how: "ForwardMsg.ScriptFinishedStatus.ValueType") -> bytes:
    message = ForwardMsg()
    message.script_finished = how
    return message.SerializeToString()


def asking() -> bytes:
    message = BackMsg()
    message.rerun_script.page_name = "search"
    return message.SerializeToString()


def test_page_that_never_ends_keeps_no_other_visitor_from_theirs_for_long(held):
    held.pages = Turns(1, 0.1)
    app = Starlette(
        routes=[WebSocketRoute(STREAM, never_finished)], middleware=[Middleware(SessionLimits, sessions=lambda: held)]
    )
    clients = [TestClient(app, client=(address, 50000)) for address in ("192.0.2.1", "192.0.2.2")]
    with clients[0].websocket_connect(STREAM) as first, clients[1].websocket_connect(STREAM) as second:
        first.send_bytes(asking())
        assert first.receive_bytes() == b"begun"
        second.send_bytes(asking())
        assert second.receive_bytes() == b"begun"


def test_session_whose_messages_are_too_large_together_is_closed(visitor, held):
    held.places.most_bytes_per_address = 100_000
    with visitor("192.0.2.1").websocket_connect(STREAM) as session:
        session.send_bytes(bytes(90_000))
        assert len(session.receive_bytes()) == 90_000
        session.send_bytes(bytes(110_000))
        with pytest.raises(WebSocketDisconnect) as closed:
            session.receive_bytes()
        assert closed.value.code == 1013


@pytest.mark.parametrize(("how", "ends"), [("FINISHED_SUCCESSFULLY", True), ("FINISHED_EARLY_FOR_RERUN", False)])
def test_next_page_of_a_session_waits_until_its_page_is_finished(held, how, ends):
    received = []

    async def page(websocket: WebSocket) -> None:
        await websocket.accept()
        with contextlib.suppress(WebSocketDisconnect):
            received.append(await websocket.receive_bytes())
            await websocket.send_bytes(finished(getattr(ForwardMsg, how)))
            received.append(await websocket.receive_bytes())
            await websocket.send_bytes(b"second")

    held.pages = Turns(1, 3600 if ends else 0.05)
    app = Starlette(
        routes=[WebSocketRoute(STREAM, page)], middleware=[Middleware(SessionLimits, sessions=lambda: held)]
    )
    with TestClient(app, client=("192.0.2.1", 50000)).websocket_connect(STREAM) as session:
        session.send_bytes(asking())
        session.send_bytes(asking())
        session.receive_bytes()
        if not ends:
            assert len(received) == 1
        assert session.receive_bytes() == b"second"


def test_session_whose_page_gets_no_turn_for_long_is_closed(held, monkeypatch):
    monkeypatch.setattr(limited, "WAITING_SECONDS", 0.01)
    held.pages = Turns(0, 0.1)
    app = Starlette(
        routes=[WebSocketRoute(STREAM, never_finished)], middleware=[Middleware(SessionLimits, sessions=lambda: held)]
    )
    with TestClient(app, client=("192.0.2.1", 50000)).websocket_connect(STREAM) as session:
        session.send_bytes(asking())
        with pytest.raises(WebSocketDisconnect) as closed:
            session.receive_bytes()
    assert closed.value.code == 1013
