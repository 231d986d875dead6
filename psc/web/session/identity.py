"""Who is here: signing in by OpenID Connect, as the pages see it. What the server adds is in `sign_in_routes`.

Streamlit does the protocol and keeps who signed in inside a signed cookie; this module says whether that is set up,
whom to believe, and what to tell people. An area's people are known by their email address, so one that the provider
has not verified is refused: it could be anybody's.
"""

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass

import streamlit as st

from psc.clean_text import one_line

CALLBACK = "/oauth2callback"
REQUIRED = ("redirect_uri", "cookie_secret", "client_id", "client_secret", "server_metadata_url")
# The query parameter by which the server tells the workspace how an attempt to sign in or out ended.
OUTCOME = "signin"
FAILED, CANCELLED, SIGNED_OUT = "failed", "cancelled", "out"
NOTICES = {
    FAILED: "Signing in did not work, so you are not signed in. Nothing was lost. Please try again; if it happens "
    "again, wait a few minutes, and then tell whoever runs this site.",
    CANCELLED: "You stopped before signing in was finished, so you are not signed in. Nothing was changed.",
    SIGNED_OUT: "You are signed out of this site in this window. If you had it open in other windows, close them; on "
    "a shared computer, close the browser.",
}
NO_ADDRESS, NOT_VERIFIED = "no address", "not verified"
REFUSALS = {
    NO_ADDRESS: "You signed in, but the service you signed in with did not tell us your email address, by which this "
    "site knows people. Ask whoever looks after your account to share it, then sign in again.",
    NOT_VERIFIED: "You signed in as {email}, but the service you signed in with has not confirmed that this address is "
    "yours. Confirm it there, or ask whoever looks after your account to, then sign out here and sign in again.",
}
PLAIN_ADDRESS = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]+@[A-Za-z0-9.-]+")
EXAMPLE = """[auth]
redirect_uri = "https://the-name-of-this-site/oauth2callback"
cookie_secret = "a long random text that nobody else knows"
client_id = "from the provider"
client_secret = "from the provider"
server_metadata_url = "https://the-provider/.well-known/openid-configuration"
"""


@dataclass(frozen=True)
class Identity:
    """A signed-in person. ``email`` is verified (see `identity`), stripped and in lower case.

    ``issuer`` and ``subject`` are the provider's own name for the person, which stays when the address changes.
    """

    email: str
    name: str
    issuer: str
    subject: str


def sign_in_configured() -> bool:
    """Return whether the secrets hold a complete ``[auth]`` section. A site without one is a public site."""
    if not st.secrets.load_if_toml_exists():
        return False
    section = st.secrets.get("auth")
    if not isinstance(section, Mapping):
        return False
    values = [section.get(name) for name in REQUIRED]
    complete = all(isinstance(value, str) and value.strip() for value in values)
    return complete and str(section["redirect_uri"]).endswith(CALLBACK)


def redirect_address() -> str | None:
    """Return the address to which the provider sends people back, where signing in is set up."""
    return str(st.secrets["auth"]["redirect_uri"]) if sign_in_configured() else None


def identity() -> Identity | None:
    """Return who is signed in; None when nobody is, signing in is not set up, or the address cannot be relied on."""
    claims = _claims()
    if claims is None or refusal_reason(claims):
        return None
    email = _email(claims)
    return Identity(
        email=email,
        name=one_line(_text(claims, "name")).strip() or email,
        issuer=_text(claims, "iss"),
        subject=_text(claims, "sub"),
    )


def refusal() -> str | None:
    """Return why somebody who did sign in is treated as a stranger, as a sentence for them; None when nobody is."""
    claims = _claims()
    reason = refusal_reason(claims) if claims is not None else None
    return REFUSALS[reason].format(email=_email(claims)) if claims is not None and reason else None


def refusal_reason(claims: Mapping[str, object]) -> str | None:
    """Return why nobody with these claims is believed, as a key of `REFUSALS`; None for whoever is believed."""
    if not _text(claims, "iss") or not _text(claims, "sub") or not _email(claims):
        return NO_ADDRESS
    return None if _verified(claims) else NOT_VERIFIED


def sign_in_button(label: str = "Sign in", *, key: str = "sign in") -> None:
    """Show the button that leads to the provider; the server brings the person back to this page."""
    st.button(label, key=key, type="primary", on_click=st.login)


def sign_out_button(label: str = "Sign out", *, key: str = "sign out") -> None:
    """Show the button that forgets who is here, and tells the provider so where it wants to know."""
    st.button(label, key=key, on_click=st.logout)


def sign_in_notice() -> None:
    """Show how the last attempt to sign in or out ended, where the address says so and nobody is signed in."""
    outcome = st.query_params.get(OUTCOME)
    if outcome not in NOTICES or identity() is not None:
        return
    show = st.error if outcome == FAILED else st.info
    show(NOTICES[outcome])


def set_up_help() -> None:
    """Show how to set signing in up, for a site where it is not."""
    st.markdown(
        "Signing in is not set up on this site, so nobody can write here. Everything that is published can be read "
        "without signing in."
    )
    with st.expander("For whoever runs this site: how to set signing in up"):
        st.markdown(
            "People sign in with the account they already have, through their organisation's OpenID Connect provider.\n"
            "\n"
            f"1. Register this site with the provider, as a web application. Its redirect address is the site's own "
            f"address followed by `{CALLBACK}`.\n"
            "2. Write what the provider gives you into `.streamlit/secrets.toml`, in the folder the site is started "
            "from, or into a file named by the environment variable `STREAMLIT_SECRETS_FILES`. Keep it out of git and "
            "readable by the site's own user only.\n"
            "3. Restart the site."
        )
        st.code(EXAMPLE, language="toml")
        st.markdown(
            "To try it without a provider, on your own computer only, run `make demo`: it starts a pretend provider "
            "with ready users. `docs/operations.md`, under “Signing in”, says more."
        )


def _claims() -> dict[str, object] | None:
    """What the provider said about whoever is signed in; None when nobody is."""
    if not sign_in_configured():
        return None
    claims: dict[str, object] = dict(st.user)
    return claims if claims.get("is_logged_in") is True else None


def _verified(claims: Mapping[str, object]) -> bool:
    """Whether the address can be relied on. A provider's "no" always stands; only its silence may be trusted."""
    said = claims.get("email_verified")
    if said is None:
        return os.environ.get("PSC_TRUST_EMAIL") == "1"
    # Some providers write the claim as text.
    return said is True or said == "true"


def _email(claims: Mapping[str, object]) -> str:
    # Plain letters only, and before they are made small: the Kelvin sign, for one, would become an ordinary k, and with
    # it somebody else's address.
    email = _text(claims, "email")
    return email.lower() if PLAIN_ADDRESS.fullmatch(email) else ""


def _text(claims: Mapping[str, object], name: str) -> str:
    value = claims.get(name)
    return value.strip() if isinstance(value, str) else ""
