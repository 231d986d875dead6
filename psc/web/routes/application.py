"""The ASGI application: Streamlit's pages, our own static files, a health check and the security headers."""

import asyncio
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path

import streamlit as st
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles
from xstatic.pkg import leaflet

from psc.charts.style.direction_signs import sign_names, sign_svg
from psc.charts.style.making_data_count import ASSURANCE_WORDS, assurance_svg, icon_names, icon_svg
from psc.events import log_repeated
from psc.register.errors import Unavailable
from psc.store.connection import StoreMissing
from psc.web.components.page_parts import ASSURANCE_PREFIX, SIGN_PREFIX
from psc.web.limits.connections import guarded_connections
from psc.web.limits.downloads import DownloadLimits
from psc.web.limits.log_flood import limit_logs
from psc.web.limits.log_lines import write_plain_lines
from psc.web.limits.sessions import SessionLimits, connection
from psc.web.routes.calendar_routes import CALENDAR_ROUTES
from psc.web.routes.catchment_assets import catchments_script, places_svg_of_store
from psc.web.routes.download_routes import DOWNLOAD_ROUTE
from psc.web.routes.former_addresses import FORMER_ROUTES
from psc.web.routes.health import health
from psc.web.routes.index_page import index
from psc.web.routes.known_addresses import KnownAddresses
from psc.web.routes.security import KEEP_FOR_GOOD, Security
from psc.web.routes.sign_in import SignInAnswers
from psc.web.routes.style_sheet import serve_style_sheet
from psc.web.session.navigation import ENTRIES
from psc.web.session.register import access

ASSETS = Path(__file__).parents[1] / "assets"
SWITCH_SECONDS = 0.0005


def catchments(request: Request) -> Response:
    """Serve the 15 polygons as a script that the map's frame loads once and the browser keeps."""
    version, body = catchments_script()
    fresh = request.query_params.get("v") == version
    cache = KEEP_FOR_GOOD if fresh else "no-cache"
    return Response(body, media_type="text/javascript", headers={"Cache-Control": cache, "Content-Encoding": "gzip"})


def places(request: Request) -> Response:
    """Serve the picture of the places cut out and the places others draw differently."""
    return Response(places_svg_of_store(), media_type="image/svg+xml", headers={"Cache-Control": "no-cache"})


def icon(request: Request) -> Response:
    """Serve a variation or assurance icon, or the sign of a verdict, by its name."""
    name = request.path_params["name"]
    verdict, sign = name.removeprefix(ASSURANCE_PREFIX), name.removeprefix(SIGN_PREFIX)
    if name.startswith(SIGN_PREFIX) and sign in sign_names():
        drawn = sign_svg(*sign_names()[sign])
    elif name in icon_names():
        drawn = icon_svg(*icon_names()[name])
    elif name.startswith(ASSURANCE_PREFIX) and verdict in ASSURANCE_WORDS:
        drawn = assurance_svg(verdict)
    else:
        return PlainTextResponse("There is no such icon.", status_code=404)
    return Response(drawn, media_type="image/svg+xml", headers={"Cache-Control": "public, max-age=86400"})


def show_script_error(error: Exception) -> bool:
    """Show a plain message instead of a traceback; Streamlit has logged the whole story by then."""
    log_repeated("page.failed", "page", error=type(error).__name__)
    st.error(
        "Something went wrong on our side and this page could not be shown. Nothing you did caused it. "
        "Please reload the page; if it happens again, tell whoever runs this site what you were looking at."
    )
    return True


@asynccontextmanager
async def lifespan(app: st.App) -> AsyncIterator[None]:
    """Guard the server, and open the register while the site starts, so that no visitor waits for it."""
    limit_logs()
    write_plain_lines()
    # Threads that make pages must not keep the one that answers waiting for 5 ms at each of its system calls.
    sys.setswitchinterval(SWITCH_SECONDS)
    opening = asyncio.get_running_loop().run_in_executor(None, _open_register)
    async with guarded_connections():
        yield
    await opening


def _open_register() -> None:
    # What cannot be opened now is logged where it is found, and tried again when someone needs it.
    with suppress(StoreMissing, Unavailable):
        access().service()


SITE = Path(__file__).parents[1] / "site.py"
ROUTES = [
    *(Route(path, index) for path in ("/", *(f"/{entry.path}" for entry in ENTRIES.values()))),
    *FORMER_ROUTES,
    Route("/healthz", health),
    Route("/connection", connection),
    Route("/assets/catchments.js", catchments),
    Route("/assets/places.svg", places),
    Route("/assets/site.css", serve_style_sheet),
    Route("/assets/icons/{name}.svg", icon),
    DOWNLOAD_ROUTE,
    *CALENDAR_ROUTES,
    Mount("/assets/leaflet", StaticFiles(directory=leaflet.BASE_DIR)),
    Mount("/assets", StaticFiles(directory=ASSETS)),
]
MIDDLEWARE = [
    Middleware(Security),
    Middleware(KnownAddresses, routes=ROUTES),
    Middleware(SessionLimits),
    Middleware(DownloadLimits),
    Middleware(SignInAnswers),
]
