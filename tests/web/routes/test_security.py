"""What every response carries over http, over https and behind a proxy; what is not open to readers."""

import pytest
from starlette.applications import Starlette
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route, WebSocketRoute
from starlette.testclient import TestClient
from starlette.websockets import WebSocket, WebSocketDisconnect
from streamlit.runtime.secrets import secrets_singleton

from psc.web.routes.application import MIDDLEWARE
from psc.web.routes.security import content_security_policy

AUTH = {
    "redirect_uri": "https://signing.example/oauth2callback",
    "cookie_secret": "of this test",
    "client_id": "id",
    "client_secret": "of this test",
    "server_metadata_url": "https://provider.example/.well-known/openid-configuration",
}


def give_cookies(request) -> Response:
    answer = PlainTextResponse("here")
    answer.set_cookie("_streamlit_xsrf", "1", samesite="lax")
    answer.set_cookie("already", "1", secure=True)
    answer.set_cookie("named", "Secure")
    return answer


async def stream(websocket: WebSocket) -> None:
    await websocket.accept()
    await websocket.close()


def site() -> Starlette:
    return Starlette(
        routes=[
            Route("/", give_cookies),
            WebSocketRoute("/_stcore/stream", stream),
            Route(
                "/_stcore/{rest:path}", lambda request: PlainTextResponse("Streamlit's"), methods=["GET", "POST", "PUT"]
            ),
        ],
        middleware=MIDDLEWARE,
    )


@pytest.fixture(autouse=True)
def public(monkeypatch):
    """A site without secrets and settings."""
    for name in ("PSC_SITE_ADDRESS", "PSC_HSTS_SECONDS"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(secrets_singleton, "_secrets", {})


def cookies(answer) -> dict[str, str]:
    return {line.partition("=")[0]: line for line in answer.headers.get_list("set-cookie")}


def sources(answer, directive: str) -> list[str]:
    policy = dict(part.split(" ", 1) for part in answer.headers["Content-Security-Policy"].split("; "))
    return policy[directive].split()


def test_over_http_cookies_are_as_they_were_and_nothing_is_said_of_https(monkeypatch):
    monkeypatch.setenv("PSC_HSTS_SECONDS", "31536000")
    answer = TestClient(site(), base_url="http://localhost:8501").get("/")
    assert "Secure" not in cookies(answer)["_streamlit_xsrf"]
    assert "Strict-Transport-Security" not in answer.headers


def direct_tls(monkeypatch) -> str:
    return "https://site.example"


def tls_proxy_with_redirect_address(monkeypatch) -> str:
    monkeypatch.setattr(secrets_singleton, "_secrets", {"auth": AUTH})
    return "http://signing.example"


def tls_proxy_with_site_address(monkeypatch) -> str:
    monkeypatch.setenv("PSC_SITE_ADDRESS", "https://other.example, https://site.example/")
    return "http://site.example"


HTTPS = pytest.mark.parametrize("way", [direct_tls, tls_proxy_with_redirect_address, tls_proxy_with_site_address])


@HTTPS
def test_over_https_every_cookie_is_secure_once(monkeypatch, way):
    given = cookies(TestClient(base_url=way(monkeypatch), app=site()).get("/"))
    assert set(given) == {"_streamlit_xsrf", "already", "named"}
    for line in given.values():
        assert [part.strip().lower() for part in line.split(";")[1:]].count("secure") == 1, line


@HTTPS
def test_hsts_is_sent_over_https_when_it_is_asked_for(monkeypatch, way):
    base_url = way(monkeypatch)
    client = TestClient(site(), base_url=base_url)
    assert "Strict-Transport-Security" not in client.get("/").headers
    monkeypatch.setenv("PSC_HSTS_SECONDS", "31536000")
    assert client.get("/").headers["Strict-Transport-Security"] == "max-age=31536000"


def test_configured_hosts_and_this_computer_are_named_for_websockets_and_no_other(monkeypatch):
    monkeypatch.setenv("PSC_SITE_ADDRESS", "https://site.example")
    monkeypatch.setattr(secrets_singleton, "_secrets", {"auth": AUTH})
    named = {
        "site.example": ["'self'", "wss://site.example"],
        "signing.example": ["'self'", "wss://signing.example"],
        "localhost:8501": ["'self'", "wss://localhost:8501"],
        "[::1]:8501": ["'self'", "wss://[::1]:8501"],
        "evil.example": ["'self'"],
        "site.example.evil.example": ["'self'"],
        "site.example; script-src *": ["'self'"],
        "localhost:8501; script-src *": ["'self'"],
        "": ["'self'"],
    }
    client = TestClient(site())
    for host, expected in named.items():
        assert sources(client.get("/", headers={"Host": host}), "connect-src") == expected, host


def test_without_configured_hosts_a_websocket_may_go_to_the_page_itself_alone():
    client = TestClient(site())
    assert sources(client.get("/", headers={"Host": "site.example"}), "connect-src") == ["'self'"]
    local = client.get("/", headers={"Host": "127.0.0.1:8501"})
    assert sources(local, "connect-src") == ["'self'", "ws://127.0.0.1:8501", "wss://127.0.0.1:8501"]


def test_policy_names_no_other_server_and_forbids_plugins_and_another_base():
    allowed = {"'self'", "'unsafe-inline'", "'unsafe-eval'", "'none'", "data:", "blob:"}
    policy = dict(part.split(" ", 1) for part in content_security_policy("elsewhere.example", https=True).split("; "))
    for directive, listed in policy.items():
        assert set(listed.split()) <= allowed, directive
    assert policy["object-src"] == policy["base-uri"] == "'none'"
    assert policy["default-src"] == "'self'"


@pytest.mark.parametrize("path", ["health", "host-config", "bidi-components/x/y.js"])
def test_what_pages_need_of_streamlit_is_open(path):
    assert TestClient(site()).get(f"/_stcore/{path}").status_code == 200


@pytest.mark.parametrize(
    "path",
    [
        "metrics",
        "metrics?families=cache_memory_bytes",
        "%6detrics",
        "agent/interact",
        "agent/openapi.json",
        "agent/mcp",
        "upload_file/session/file",
        "script-health-check",
        "",
    ],
)
@pytest.mark.parametrize("method", ["GET", "POST", "PUT"])
def test_what_is_not_for_readers_is_closed(path, method):
    answer = TestClient(site()).request(method, f"/_stcore/{path}")
    assert answer.status_code == 404
    assert "Streamlit" not in answer.text
    assert "Content-Security-Policy" in answer.headers


@pytest.mark.parametrize("origin", ["https://elsewhere.example", "null", "", "http://[", "http://testserver@elsewhere"])
def test_websocket_of_another_sites_page_is_refused_and_of_our_own_not(origin):
    client = TestClient(site())
    with (
        pytest.raises(WebSocketDisconnect) as refused,
        client.websocket_connect("/_stcore/stream", headers={"Origin": origin}),
    ):
        pass
    assert refused.value.code == 1008
    with client.websocket_connect("/_stcore/stream", headers={"Origin": "http://testserver"}):
        pass
