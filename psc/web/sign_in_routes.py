"""Signing in, as the server sees it: where people come back to, and a plain page when the provider does not answer.

Streamlit answers three addresses itself. It always goes back to "/", says nothing when signing in failed, and answers
two words when the provider is down. This middleware reads its answers and mends those three things.
"""

import asyncio
import logging
from html import escape
from http.cookies import SimpleCookie
from urllib.parse import parse_qsl, quote, unquote, urlencode, urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from streamlit.web.server.starlette.starlette_server_config import USER_COOKIE_NAME

from psc.web.navigation import ENTRIES
from psc.web.parts import MASTHEAD
from psc.web.sign_in import CALLBACK, CANCELLED, FAILED, OUTCOME, SIGNED_OUT

LOGIN, LOGOUT = "/auth/login", "/auth/logout"
WORKSPACE = f"/{ENTRIES['workspace'].path}"
PAGES = {"/", *(f"/{entry.path}" for entry in ENTRIES.values())}
# Where somebody was when they went to the provider. The server alone reads it, in one place, for as long as a slow
# sign-in with a second factor may take.
CAME_FROM = "psc_came_from"
MINUTES = 20
LONGEST_ADDRESS = 1500
# Streamlit asks the provider up to three things, one after the other, and waits five seconds for each.
PATIENCE_SECONDS = 15.0

LOGGER = logging.getLogger(__name__)

UNAVAILABLE = f"""<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Signing in is not possible at the moment. Patient Safety Collaboratives</title>
<link rel="icon" href="/assets/favicon.svg">
<link rel="stylesheet" href="/assets/site.css">
<style>body {{ font: 16px/1.5 Arial, Helvetica, sans-serif; color: #212b32; max-width: 1320px; margin: 0 auto;
padding: 1.5rem 1rem; }} main p {{ max-width: 48rem; }} a {{ color: #005eb8; }}</style>
</head>
<body>
{MASTHEAD}
<main>
<h1 class="psc-title">Signing in is not possible at the moment.</h1>
<p class="psc-answer">The service that signs people in does not answer. It is not part of this site.</p>
<p>Nothing is lost: what was saved is still here. Everything that is published can be read without signing in.
Please try again in a few minutes; if it goes on, tell whoever runs this site.</p>
<p><a href="{{back}}">Go back and try again</a></p>
<p><a href="/">Go to the map</a></p>
</main>
</body>
</html>
"""


class SignInAnswers:
    """Completes Streamlit's answers at its three addresses; everything else passes untouched."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, and see to the answer."""
        if scope["type"] != "http" or scope["method"] != "GET" or scope["path"] not in (LOGIN, LOGOUT, CALLBACK):
            await self.app(scope, receive, send)
            return
        answer = _mended(Request(scope), await self._asked(scope, receive))
        await answer(scope, receive, send)

    async def _asked(self, scope: Scope, receive: Receive) -> Response | None:
        """Streamlit's answer, whole: all three are a few bytes. None when it failed or took too long."""
        answer = Response()
        body: list[bytes] = []

        async def keep(message: Message) -> None:
            if message["type"] == "http.response.start":
                answer.status_code = message["status"]
                answer.raw_headers = [(name.lower(), value) for name, value in message["headers"]]
            else:
                body.append(message.get("body", b""))

        try:
            async with asyncio.timeout(PATIENCE_SECONDS):
                await self.app(scope, receive, keep)
        except Exception:
            # Whatever went wrong between us and the provider, waiting too long included, the person is told the same.
            LOGGER.exception("Signing in or out failed.")
            return None
        answer.body = b"".join(body)
        return answer


def _mended(request: Request, answer: Response | None) -> Response:
    path = request.url.path
    if path == LOGIN:
        return _on_the_way_out(request, answer)
    if path == LOGOUT:
        return _signed_out(request, answer)
    if answer is None:
        return RedirectResponse(_workspace(FAILED), status_code=302)
    return _on_the_way_back(request, answer)


def _on_the_way_out(request: Request, answer: Response | None) -> Response:
    came_from = _page_of(request.headers)
    if answer is None or answer.status_code >= 400:
        return HTMLResponse(
            UNAVAILABLE.replace("{back}", escape(came_from)),
            status_code=503,
            headers={"Cache-Control": "no-store", "Retry-After": "120"},
        )
    if answer.headers.get("location") == "/":
        # The link to here was too old, or not made by us.
        answer.headers["location"] = _workspace(FAILED)
        return answer
    answer.set_cookie(
        CAME_FROM, quote(came_from, safe="/"), max_age=MINUTES * 60, path=CALLBACK, httponly=True, samesite="lax"
    )
    return answer


def _on_the_way_back(request: Request, answer: Response) -> Response:
    if _signs_in(answer.headers):
        back = page_address(unquote(request.cookies.get(CAME_FROM, ""))) or WORKSPACE
    elif "error" in request.query_params:
        denied = request.query_params["error"] == "access_denied"
        back = _workspace(CANCELLED if denied else FAILED)
    elif "code" in request.query_params:
        back = _workspace(FAILED)
    else:
        # The provider sends people here after it has signed them out, with nothing to say.
        back = _workspace(SIGNED_OUT)
    answer.headers["location"] = back
    answer.delete_cookie(CAME_FROM, path=CALLBACK, httponly=True, samesite="lax")
    return answer


def _signed_out(request: Request, answer: Response | None) -> Response:
    if answer is None:
        # Whatever the provider does, nobody is left signed in here who asked to be signed out.
        answer = RedirectResponse("/", status_code=302)
        for name in request.cookies:
            if name.startswith(USER_COOKIE_NAME):
                answer.delete_cookie(name)
    if answer.headers.get("location") == "/":
        answer.headers["location"] = _workspace(SIGNED_OUT)
    return answer


def page_address(address: str) -> str | None:
    """Return ``address`` as the path and query of one of this site's pages; None when it is anything else.

    The path has to be one of ours to the letter and the query is written anew, so that whatever comes in, what goes
    out can only lead to a page of this site.
    """
    try:
        parts = urlsplit(address)
        query = parse_qsl(parts.query, max_num_fields=20)
    except ValueError:
        return None
    if parts.scheme or parts.netloc or parts.path not in PAGES:
        return None
    kept = urlencode([(name, value) for name, value in query if name != OUTCOME])
    whole = f"{parts.path}?{kept}" if kept else parts.path
    return whole if len(whole) <= LONGEST_ADDRESS else parts.path


def _page_of(headers: Headers) -> str:
    """The page of ours that led here, by the browser's own account; the workspace when it does not say."""
    try:
        parts = urlsplit(headers.get("referer", ""))
    except ValueError:
        return WORKSPACE
    ours = parts.netloc == headers.get("host")
    return (page_address(f"{parts.path}?{parts.query}") if ours else None) or WORKSPACE


def _signs_in(headers: MutableHeaders) -> bool:
    """Whether an answer gives the browser a new identity, and does not just take an old one away."""
    for line in headers.getlist("set-cookie"):
        morsel = SimpleCookie(line).get(USER_COOKIE_NAME)
        if morsel is not None and morsel.value:
            return True
    return False


def _workspace(outcome: str) -> str:
    return f"{WORKSPACE}?{OUTCOME}={outcome}"
