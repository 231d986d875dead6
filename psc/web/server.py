"""The ASGI application: Streamlit's pages, our own static files, a health check and the security headers."""

import asyncio
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from urllib.parse import urlsplit

import streamlit as st
from starlette.datastructures import Headers, MutableHeaders
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from starlette.websockets import WebSocketClose
from xstatic.pkg import leaflet

from psc.charts.icons import ASSURANCE_WORDS, assurance_svg, icon_names, icon_svg
from psc.register.errors import Unavailable
from psc.store.connection import StoreMissing
from psc.web.calendar_routes import CALENDAR_ROUTES
from psc.web.catchments import catchments_script, places_svg_of_store
from psc.web.downloads import DOWNLOAD_ROUTE
from psc.web.health import health
from psc.web.index_page import index
from psc.web.navigation import ENTRIES
from psc.web.parts import ASSURANCE_PREFIX
from psc.web.register_access import access
from psc.web.sign_in_routes import SignInAnswers

ASSETS = Path(__file__).parent / "assets"

# Streamlit compiles Vega and components evaluate what Python sends them, hence the two "unsafe" sources; every source
# is this server, so a page that asked a third party for anything would be stopped by the reader's own browser.
CONTENT_SECURITY_POLICY = "; ".join(
    [
        "default-src 'self'",
        "script-src 'self' 'unsafe-inline' 'unsafe-eval' blob:",
        "style-src 'self' 'unsafe-inline'",
        "img-src 'self' data: blob:",
        "font-src 'self' data:",
        "connect-src 'self' ws://{host} wss://{host}",
        "worker-src 'self' blob:",
        "frame-ancestors 'self'",
        "base-uri 'self'",
        "form-action 'self'",
    ]
)
KEEP_FOR_GOOD = "public, max-age=31536000, immutable"
# The map component's own files: its script's name carries a hash, its page changes with the package. Without this a
# browser asks for both on every visit, and the map waits for the answer.
MAP_FRAME = "/component/streamlit_folium.st_folium/"
HASHED_FILES = f"{MAP_FRAME}static/"
SECURITY_HEADERS = {
    "Content-Security-Policy": CONTENT_SECURITY_POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "SAMEORIGIN",
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
}


class Guard:
    """Adds headers to every response, without buffering it, and lets only our own pages open a websocket.

    A websocket from another site's page is refused before Streamlit sees it: it has no business here, and Streamlit
    would ask a third party for this server's address in order to judge it.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, or refuse it."""

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in SECURITY_HEADERS.items():
                    headers.setdefault(name, value.replace("{host}", _host(scope)))
                if scope["path"].startswith(MAP_FRAME) and message["status"] == 200:
                    hashed = scope["path"].startswith(HASHED_FILES)
                    headers["Cache-Control"] = KEEP_FOR_GOOD if hashed else "public, max-age=3600"
            await send(message)

        if scope["type"] == "websocket" and _from_elsewhere(scope):
            await WebSocketClose(code=1008, reason="This address is for this site's own pages.")(scope, receive, send)
        else:
            await self.app(scope, receive, send_with_headers if scope["type"] == "http" else send)


def _from_elsewhere(scope: Scope) -> bool:
    """Whether a browser says that the page opening this websocket is another site's."""
    headers = Headers(scope=scope)
    origin = headers.get("origin")
    return origin is not None and urlsplit(origin).netloc != headers.get("host", "")


def _host(scope: Scope) -> str:
    """The name this server was asked by: not every browser counts its websocket as "self"."""
    host = Headers(scope=scope).get("host", "")
    return host if re.fullmatch(r"[\w.\-]+(:\d+)?|\[[\da-fA-F:]+\](:\d+)?", host) else "localhost"


def catchments(request: Request) -> Response:
    """Serve the 15 polygons as a script that the map's frame loads once and the browser keeps."""
    try:
        version, body = catchments_script()
    except StoreMissing as missing:
        return PlainTextResponse(str(missing), status_code=503)
    fresh = request.query_params.get("v") == version
    cache = KEEP_FOR_GOOD if fresh else "no-cache"
    return Response(body, media_type="text/javascript", headers={"Cache-Control": cache, "Content-Encoding": "gzip"})


def places(request: Request) -> Response:
    """Serve the picture of the places cut out and the places others draw differently."""
    return Response(places_svg_of_store(), media_type="image/svg+xml", headers={"Cache-Control": "no-cache"})


def icon(request: Request) -> Response:
    """Serve a variation or assurance icon by its name."""
    name = request.path_params["name"]
    verdict = name.removeprefix(ASSURANCE_PREFIX)
    if name in icon_names():
        drawn = icon_svg(*icon_names()[name])
    elif name.startswith(ASSURANCE_PREFIX) and verdict in ASSURANCE_WORDS:
        drawn = assurance_svg(verdict)
    else:
        return PlainTextResponse("There is no such icon.", status_code=404)
    return Response(drawn, media_type="image/svg+xml", headers={"Cache-Control": "public, max-age=86400"})


def show_script_error(error: Exception) -> bool:
    """Show a plain message instead of a traceback; Streamlit has logged the whole story by then."""
    st.error(
        "Something went wrong on our side and this page could not be shown. Nothing you did caused it. "
        "Please reload the page; if it happens again, tell whoever runs this site what you were looking at."
    )
    return True


@asynccontextmanager
async def lifespan(app: st.App) -> AsyncIterator[None]:
    """Bring the register's tables up to date while the site starts, so that no visitor waits for it."""
    opening = asyncio.get_running_loop().run_in_executor(None, _open_register)
    yield
    await opening


def _open_register() -> None:
    # What cannot be opened now is logged where it is found, and tried again when someone needs it.
    with suppress(StoreMissing, Unavailable):
        access().service()


SITE = Path(__file__).with_name("site.py")
ROUTES = [
    *(Route(path, index) for path in ("/", *(f"/{entry.path}" for entry in ENTRIES.values()))),
    Route("/healthz", health),
    Route("/assets/catchments.js", catchments),
    Route("/assets/places.svg", places),
    Route("/assets/icons/{name}.svg", icon),
    DOWNLOAD_ROUTE,
    *CALENDAR_ROUTES,
    Mount("/assets/leaflet", StaticFiles(directory=leaflet.BASE_DIR)),
    Mount("/assets", StaticFiles(directory=ASSETS)),
]
MIDDLEWARE = [Middleware(Guard), Middleware(SignInAnswers)]
