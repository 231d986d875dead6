"""Signing in, as the server sees it: where people come back to, and a plain page when the provider does not answer.

Streamlit answers three addresses itself. It always goes back to "/", says nothing when signing in failed, and answers
two words when the provider is down. This middleware reads its answers and mends those three things.
"""

import asyncio
import logging
from urllib.parse import parse_qsl, quote, unquote, urlencode, urlsplit

from starlette.datastructures import Headers
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from streamlit.web.server.starlette.starlette_server_config import USER_COOKIE_NAME

from psc.events import log_event, log_repeated
from psc.web.routes.plain_pages import STILL_SIGNED_IN, UNAVAILABLE, plain_page
from psc.web.routes.security import over_https
from psc.web.routes.sign_in_cookies import cookies_set_by, keep_used_claims, kept_claims
from psc.web.session.identity import CALLBACK, CANCELLED, FAILED, OUTCOME, SIGNED_OUT, refusal_reason
from psc.web.session.navigation import ENTRIES

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


class SignInAnswers:
    """Completes Streamlit's answers at its three addresses; everything else passes untouched."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, and see to the answer."""
        if scope["type"] != "http" or scope["method"] not in ("GET", "HEAD"):
            await self.app(scope, receive, send)
        elif scope["path"] == LOGOUT and not _from_our_page(Request(scope)):
            log_repeated("sign_out.refused", "another site")
            await plain_page(STILL_SIGNED_IN, WORKSPACE, 403)(scope, receive, send)
        elif scope["path"] in (LOGIN, LOGOUT, CALLBACK):
            answer = _mended(Request(scope), await self._asked(scope, receive))
            await answer(scope, receive, send)
        else:
            await self.app(scope, receive, _tidying(scope, send) if scope["path"] in PAGES else send)

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


def _tidying(scope: Scope, send: Send) -> Send:
    """Make the cookies small of whoever signed in when everything the provider said was kept in them."""
    tidied = Response()
    keep_used_claims(tidied, Request(scope).cookies)

    async def send_tidied(message: Message) -> None:
        if message["type"] == "http.response.start":
            cookies = [(name, value) for name, value in tidied.raw_headers if name == b"set-cookie"]
            message = {**message, "headers": [*message["headers"], *cookies]}
        await send(message)

    return send_tidied


def _mended(request: Request, answer: Response | None) -> Response:
    path = request.url.path
    if path == LOGIN:
        return _on_the_way_out(request, answer)
    if path == LOGOUT:
        return _signed_out(request, answer)
    if answer is None:
        log_event("sign_in.failed", step="back", reason="no answer")
        return RedirectResponse(_workspace(FAILED), status_code=302)
    return _on_the_way_back(request, answer)


def _on_the_way_out(request: Request, answer: Response | None) -> Response:
    came_from = _page_of(request.headers)
    if answer is None or answer.status_code >= 400:
        log_event("sign_in.failed", step="out", reason="no answer" if answer is None else "provider")
        unavailable = plain_page(UNAVAILABLE, came_from, 503)
        unavailable.headers["Retry-After"] = "120"
        return unavailable
    if answer.headers.get("location") == "/":
        # The link to here was too old, or not made by us.
        log_repeated("sign_in.failed", "link", step="out")
        answer.headers["location"] = _workspace(FAILED)
        return answer
    answer.set_cookie(
        _came_from_name(request),
        quote(came_from, safe="/"),
        max_age=MINUTES * 60,
        path=CALLBACK,
        httponly=True,
        samesite="lax",
        secure=over_https(request.scope),
    )
    return answer


def _on_the_way_back(request: Request, answer: Response) -> Response:
    claims = kept_claims(cookies_set_by(answer))
    came_from = _came_from_name(request)
    if claims is not None:
        back = page_address(unquote(request.cookies.get(came_from, ""))) or WORKSPACE
        reason = refusal_reason(claims)
        if reason:
            log_event("sign_in.refused", subject=claims.get("sub"), reason=reason)
        else:
            log_event("sign_in.succeeded", subject=claims["sub"])
    elif "error" in request.query_params:
        denied = request.query_params["error"] == "access_denied"
        back = _workspace(CANCELLED if denied else FAILED)
        log_repeated("sign_in.cancelled" if denied else "sign_in.failed", "provider", step="back")
    elif "code" in request.query_params:
        back = _workspace(FAILED)
        log_repeated("sign_in.failed", "code", step="back")
    else:
        # The provider sends people here after it has signed them out, with nothing to say.
        back = _workspace(SIGNED_OUT)
    keep_used_claims(answer, request.cookies)
    answer.headers["location"] = back
    answer.delete_cookie(came_from, path=CALLBACK, httponly=True, samesite="lax", secure=over_https(request.scope))
    return answer


def _signed_out(request: Request, answer: Response | None) -> Response:
    claims = kept_claims(request.cookies)
    if claims is not None:
        log_event("sign_out.succeeded", subject=claims.get("sub"))
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


def _from_our_page(request: Request) -> bool:
    """Whether a link or button of this site led here, by the browser's own account, which a page cannot forge."""
    site = request.headers.get("sec-fetch-site")
    if site is not None:
        return site == "same-origin"
    # Over plain http a browser says only which page led here.
    try:
        return urlsplit(request.headers.get("referer", "")).netloc == request.headers.get("host")
    except ValueError:
        return False


def _came_from_name(request: Request) -> str:
    """The cookie's name; over https one that a browser takes from https only."""
    return f"__Secure-{CAME_FROM}" if over_https(request.scope) else CAME_FROM


def _workspace(outcome: str) -> str:
    return f"{WORKSPACE}?{OUTCOME}={outcome}"
