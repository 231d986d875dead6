"""Addresses that pages had before lead to where they are now, so that links that were kept go on working."""

from urllib.parse import parse_qsl, urlencode

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from psc.web.session.navigation import ENTRIES, FORMER_ADDRESSES


def redirect(request: Request) -> Response:
    """Lead to the page's address of today, with what was asked for; for good, so that browsers keep it."""
    page, renamed = FORMER_ADDRESSES[request.url.path.strip("/")]
    asked = [(renamed.get(name, name), value) for name, value in parse_qsl(request.url.query, keep_blank_values=True)]
    return RedirectResponse(f"/{ENTRIES[page].path}{'?' if asked else ''}{urlencode(asked)}", 308)


FORMER_ROUTES = [Route(f"/{former}", redirect) for former in FORMER_ADDRESSES]
