"""What every response carries for the reader's protection, and who may open a websocket.

HSTS, Secure cookies and the encrypted websocket depend on whether the site is served over https. Behind a proxy that
does TLS the server is told so by `X-Forwarded-Proto`, by PSC_SITE_ADDRESS, or by the redirect address of signing in.
"""

import re
from collections.abc import Iterable
from functools import cached_property
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from starlette.websockets import WebSocketClose

from psc.events import log_repeated
from psc.settings import hsts_seconds, site_addresses
from psc.web.session.identity import redirect_address

OVER_HTTPS = "psc.over_https"
KEEP_FOR_GOOD = "public, max-age=31536000, immutable"
# The map component's own files: its script's name carries a hash, its page changes with the package. Without this a
# browser asks for both on every visit, and the map waits for the answer.
MAP_FRAME = "/component/streamlit_folium.st_folium/"
HASHED_FILES = f"{MAP_FRAME}static/"
LOOPBACK = ("localhost", "127.0.0.1", "[::1]")
HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "SAMEORIGIN",
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
}
OF_REFUSALS = {**HEADERS, "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'"}
"""Headers of an answer in plain text that is given before a request reaches the application."""


class Security:
    """Adds headers to every response without buffering it, and lets only our own pages open a websocket.

    A websocket from another site's page is refused before Streamlit sees it: it has no business here, and Streamlit
    would ask a third party for this server's address in order to judge it.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    @cached_property
    def addresses(self) -> tuple[str, ...]:
        """The site's addresses as configured; looked up once, as finding that there are no secrets takes a while."""
        return (*site_addresses(), *filter(None, [redirect_address()]))

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, or refuse it."""
        if scope["type"] in ("http", "websocket"):
            served_over_https = any(address.startswith("https:") for address in self.addresses)
            scope[OVER_HTTPS] = scope["scheme"] in ("https", "wss") or served_over_https
            send = self._completing(scope, send)
        if scope["type"] == "websocket":
            if _from_elsewhere(scope):
                log_repeated("session.refused", "another site")
                refusal = WebSocketClose(code=1008, reason="This address is for this site's own pages.")
                await refusal(scope, receive, send)
            else:
                await self.app(scope, receive, send)
        else:
            await self.app(scope, receive, send)

    def _completing(self, scope: Scope, send: Send) -> Send:
        async def send_completed(message: Message) -> None:
            if message["type"] in ("http.response.start", "websocket.http.response.start"):
                headers, https = MutableHeaders(scope=message), over_https(scope)
                policy = content_security_policy(_host(scope), https, self.addresses)
                headers.setdefault("Content-Security-Policy", policy)
                for name, value in HEADERS.items():
                    headers.setdefault(name, value)
                if https:
                    _secure(message)
                    if hsts_seconds():
                        headers.setdefault("Strict-Transport-Security", f"max-age={hsts_seconds()}")
                if scope["path"].startswith(MAP_FRAME) and message["status"] == 200:
                    hashed = scope["path"].startswith(HASHED_FILES)
                    headers["Cache-Control"] = KEEP_FOR_GOOD if hashed else "public, max-age=3600"
            await send(message)

        return send_completed


def over_https(scope: Scope) -> bool:
    """Return whether the reader's browser reaches this site over https, as far as that is known."""
    return bool(scope[OVER_HTTPS])


def content_security_policy(host: str, https: bool, addresses: Iterable[str] = ()) -> str:
    """Return the policy for a page that was asked for under the name ``host``, of a site at ``addresses``.

    Streamlit compiles Vega and components evaluate what Python sends them, hence the two "unsafe" sources. Every source
    is this server, so a page that asked a third party for anything would be stopped by the reader's own browser. Not
    every browser counts a websocket of the same host as "self", so hosts that are known are named.
    """
    known = {urlsplit(address).netloc for address in addresses}
    is_known = host in known or re.sub(r":\d+\Z", "", host) in LOOPBACK
    sockets = ([f"wss://{host}"] if https else [f"ws://{host}", f"wss://{host}"]) if is_known else []
    return "; ".join(
        [
            "default-src 'self'",
            "script-src 'self' 'unsafe-inline' 'unsafe-eval' blob:",
            "style-src 'self' 'unsafe-inline'",
            "img-src 'self' data: blob:",
            "font-src 'self' data:",
            " ".join(["connect-src 'self'", *sockets]),
            "worker-src 'self' blob:",
            "object-src 'none'",
            "base-uri 'none'",
            "frame-ancestors 'self'",
            "form-action 'self'",
        ]
    )


def _secure(message: Message) -> None:
    """Mark every cookie of a response, Streamlit's too, so that it is never sent over http."""
    # In place, as the headers that others see are a view of it.
    message["headers"][:] = [
        (name, value + b"; Secure") if name.lower() == b"set-cookie" and not _is_secure(value) else (name, value)
        for name, value in message["headers"]
    ]


def _is_secure(cookie: bytes) -> bool:
    return any(part.strip().lower() == b"secure" for part in cookie.split(b";")[1:])


def _from_elsewhere(scope: Scope) -> bool:
    """Whether a browser says that the page opening this websocket is another site's."""
    headers = Headers(scope=scope)
    origin = headers.get("origin")
    if origin is None:
        return False
    try:
        return urlsplit(origin).netloc != headers.get("host", "")
    except ValueError:
        return True


def _host(scope: Scope) -> str:
    return Headers(scope=scope).get("host", "")
