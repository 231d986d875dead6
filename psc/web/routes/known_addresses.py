"""Which addresses this site has: its own, and what its pages need of Streamlit. Everything else is not found.

Streamlit answers every other address with its own index page, which stays empty where no websocket opens. Its metrics,
its interface for programs that run pages, and its uploads are not for readers.
"""

import logging
from collections.abc import Sequence
from functools import cache
from pathlib import Path

import streamlit
from starlette.responses import PlainTextResponse, Response
from starlette.routing import BaseRoute, Match
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from psc.events import log_repeated
from psc.register.errors import Unavailable
from psc.store.connection import StoreMissing
from psc.web.routes.plain_pages import BROKEN, NOT_FOUND, plain_page
from psc.web.session.navigation import ENTRIES

FILES = Path(streamlit.__file__).parent / "static"
OF_STREAMLIT = ("/_stcore/health", "/_stcore/host-config", "/auth/login", "/auth/logout", "/oauth2callback")
BELOW = ("/_stcore/bidi-components/", "/component/", "/media/")
SEARCH = f"/{ENTRIES['search'].path}"
AGAIN = {"Retry-After": "60", "Cache-Control": "no-store"}
# The server's own, as a client could repeat what failed at will: its lines are limited.
LOGGER = logging.getLogger("uvicorn.error")


class KnownAddresses:
    """ASGI middleware: answers an unknown address, and what failed before anything was sent, with a plain page."""

    def __init__(self, app: ASGIApp, routes: Sequence[BaseRoute]) -> None:
        self.app, self._routes = app, routes

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, or answer it."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
        elif self._is_known(scope):
            await self._answered(scope, receive, send)
        else:
            await plain_page(NOT_FOUND, SEARCH, 404)(scope, receive, send)

    async def _answered(self, scope: Scope, receive: Receive, send: Send) -> None:
        started = False

        async def noting(message: Message) -> None:
            nonlocal started
            started = True
            await send(message)

        try:
            await self.app(scope, receive, noting)
        except Exception as error:
            if started:
                raise
            await _failed(error)(scope, receive, send)

    def _is_known(self, scope: Scope) -> bool:
        # Streamlit leads an address that ends in a slash to the one that does not.
        path = scope["path"].rstrip("/") or "/"
        if path in OF_STREAMLIT or path in streamlit_files() or scope["path"].startswith(BELOW):
            return True
        plain = {**scope, "path": path}
        return any(route.matches(plain)[0] is not Match.NONE for route in self._routes)


def _failed(error: Exception) -> Response:
    if isinstance(error, StoreMissing):
        return PlainTextResponse(str(error), 503, AGAIN)
    if isinstance(error, Unavailable):
        return PlainTextResponse(error.reason, 503, AGAIN)
    LOGGER.error("A request failed.", exc_info=error)
    log_repeated("page.failed", "request", error=type(error).__name__)
    return plain_page(BROKEN, SEARCH, 500)


@cache
def streamlit_files() -> frozenset[str]:
    """Return the addresses of the files of Streamlit's front end, without its index page."""
    files = (f"/{file.relative_to(FILES).as_posix()}" for file in FILES.rglob("*") if file.is_file())
    return frozenset(files) - {"/index.html"}
