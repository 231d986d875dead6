"""The cookie that says who is signed in: only what this site uses of what the provider said, in one small cookie.

Streamlit keeps every claim, and the provider's tokens beside them. A person in many groups then has cookies of more
than 8 kB, with which some proxies and servers open no websocket, so that every page stays empty for that person.
"""

import json
from collections.abc import Mapping
from http.cookies import CookieError, SimpleCookie
from typing import Any

from starlette.responses import Response
from streamlit.auth_util import get_cookie_with_chunks
from streamlit.web.server.server_util import get_cookie_secret
from streamlit.web.server.starlette.starlette_app_utils import create_signed_value, decode_signed_value
from streamlit.web.server.starlette.starlette_server_config import (
    AUTH_COOKIE_MAX_AGE_SECONDS,
    TOKENS_COOKIE_NAME,
    USER_COOKIE_NAME,
)

LONGEST = {"iss": 300, "sub": 255, "email": 254, "email_verified": 5}
"""The claims that are used, with the most letters that each can have (OpenID Connect Core 2, RFC 5321)."""
LONGEST_NAME = 100
OF_STREAMLIT = ("origin", "is_logged_in", "provider")


def kept_claims(cookies: Mapping[str, str]) -> dict[str, Any] | None:
    """Return what is used of the claims that cookies hold; None when nobody is signed in or they are not ours."""
    whole = get_cookie_with_chunks(lambda name: _signed(cookies, name), USER_COOKIE_NAME)
    if whole is None:
        return None
    try:
        claims = json.loads(whole)
    except ValueError:
        return None
    return _used(claims) if isinstance(claims, dict) else None


def keep_used_claims(answer: Response, held: Mapping[str, str]) -> None:
    """Leave the browser, which holds the cookies ``held``, with one small cookie and no tokens."""
    given = cookies_set_by(answer)
    claims = kept_claims(given if USER_COOKIE_NAME in given else held)
    superfluous = {name for name in (*held, *given) if _is_superfluous(name)}
    if not superfluous and USER_COOKIE_NAME not in given:
        return
    ours = (*superfluous, USER_COOKIE_NAME) if claims is not None else superfluous
    # In place, as the headers that others see are a view of it.
    answer.raw_headers[:] = [
        (name, value)
        for name, value in answer.raw_headers
        if name != b"set-cookie" or value.partition(b"=")[0].decode("latin-1") not in ours
    ]
    for name in sorted(superfluous & set(held)):
        answer.delete_cookie(name, httponly=True, samesite="lax")
    if claims is not None:
        signed = create_signed_value(get_cookie_secret(), USER_COOKIE_NAME, json.dumps(claims))
        answer.set_cookie(
            USER_COOKIE_NAME,
            signed.decode("latin-1"),
            max_age=AUTH_COOKIE_MAX_AGE_SECONDS,
            httponly=True,
            samesite="lax",
        )


def cookies_set_by(answer: Response) -> dict[str, str]:
    """Return the cookies that an answer gives the browser, without those it takes away."""
    cookies: dict[str, str] = {}
    for line in answer.headers.getlist("set-cookie"):
        try:
            cookies |= {name: morsel.value for name, morsel in SimpleCookie(line).items() if morsel.value}
        except CookieError:
            continue
    return cookies


def _signed(cookies: Mapping[str, str], name: str) -> bytes | None:
    value = cookies.get(name)
    return decode_signed_value(get_cookie_secret(), name, value.encode("latin-1")) if value else None


def _used(claims: Mapping[str, Any]) -> dict[str, Any]:
    used = {name: claims[name] for name in OF_STREAMLIT if name in claims}
    for name, longest in LONGEST.items():
        value = claims.get(name)
        if isinstance(value, bool) or (isinstance(value, str) and len(value) <= longest and value.isascii()):
            used[name] = value
    if isinstance(claims.get("name"), str):
        used["name"] = claims["name"][:LONGEST_NAME]
    return used


def _is_superfluous(name: str) -> bool:
    """Whether a cookie holds tokens, or a further part of claims that were too long for one."""
    if name == TOKENS_COOKIE_NAME or name.startswith(f"{TOKENS_COOKIE_NAME}_"):
        return True
    return name.startswith(f"{USER_COOKIE_NAME}_") and name.removeprefix(f"{USER_COOKIE_NAME}_").isdigit()
