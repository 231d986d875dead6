"""A request that is sure to be refused is refused by its first bytes; everything else reaches the server."""

import pytest

from psc.web.limits import gate
from psc.web.limits.downloads import AT_ONCE_PER_ADDRESS, Downloads
from psc.web.limits.gate import STREAM, early_refusal
from psc.web.limits.sessions import Sessions
from psc.web.limits.turns import MOST_WAITING
from psc.web.routes.security import OF_REFUSALS
from tests.event_loop import run_in_own_thread

PROXY = "127.0.0.1"


def head(path: str, address: str = "192.0.2.1") -> bytes:
    return f"GET {path} HTTP/1.1\r\nHost: site\r\nX-Forwarded-For: 198.51.100.9, {address}\r\n\r\n".encode()


@pytest.fixture
def counted(monkeypatch) -> Downloads:
    counted = Downloads(1000)
    monkeypatch.setattr(gate, "downloads", lambda: counted)
    return counted


@pytest.fixture
def held(monkeypatch) -> Sessions:
    held = Sessions(100, 100)
    monkeypatch.setattr(gate, "sessions", lambda: held)
    return held


@pytest.mark.parametrize("path", ["/data/all-measures.csv", "/data/all-measures.csv?plain", "/calendar/x.ics"])
def test_file_for_an_address_with_too_many_open_is_refused_and_for_another_address_not(counted, path):
    for _ in range(AT_ONCE_PER_ADDRESS):
        assert early_refusal(head(path), PROXY) is None
        counted.begin("files", "192.0.2.1")
    refused = early_refusal(head(path), PROXY)
    assert refused is not None
    assert refused.startswith(b"HTTP/1.1 503 Service Unavailable\r\n")
    written, _, body = refused.partition(b"\r\n\r\n")
    assert b"content-length: %d" % len(body) in written and b"Connection: close" in written
    for name, value in OF_REFUSALS.items():
        assert f"\r\n{name.lower()}: {value}\r\n".encode() in written
    assert b"Please try again in" in body
    assert early_refusal(head(path, "192.0.2.2"), PROXY) is None
    assert early_refusal(head("/area"), PROXY) is None


def test_address_that_asks_too_often_gets_429(monkeypatch):
    counted = Downloads(1)
    monkeypatch.setattr(gate, "downloads", lambda: counted)
    counted.begin("files", "192.0.2.1")
    refused = early_refusal(head("/data/x.csv"), PROXY)
    assert refused is not None and refused.startswith(b"HTTP/1.1 429 Too Many Requests\r\n")


def test_header_of_a_peer_that_is_no_proxy_is_not_believed(counted):
    for _ in range(AT_ONCE_PER_ADDRESS):
        counted.begin("files", "192.0.2.1")
    assert early_refusal(head("/data/x.csv"), "203.0.113.5") is None
    assert early_refusal(head("/data/x.csv", "203.0.113.5"), "192.0.2.1") is not None


def test_header_is_believed_of_any_peer_behind_a_trusted_proxy(counted, monkeypatch):
    monkeypatch.setenv("PSC_TRUSTED_PROXY", "1")
    for _ in range(AT_ONCE_PER_ADDRESS):
        counted.begin("files", "192.0.2.1")
    assert early_refusal(head("/data/x.csv"), "203.0.113.5") is not None


def test_session_is_refused_while_too_many_of_its_address_wait_to_be_opened(held):
    async def scenario() -> None:
        waiting = []
        while not held.openings.crowded("192.0.2.1"):
            assert early_refusal(head(STREAM), PROXY) is None
            waiting.append(held.openings.ask("192.0.2.1"))
        assert sum(not one.done() for one in waiting) == MOST_WAITING
        refused = early_refusal(head(STREAM), PROXY)
        assert refused is not None and b"its turn has come" in refused
        assert early_refusal(head(STREAM, "192.0.2.2"), PROXY) is None

    run_in_own_thread(scenario())


@pytest.mark.parametrize("sent", [b"", b"GET", b"\x16\x03\x01", b"GET /data/x.csv HTTP/1.1\r\n", b"\xff" * 4000])
def test_what_is_no_complete_head_is_left_to_the_server(counted, sent):
    assert early_refusal(sent, "192.0.2.1") is None
