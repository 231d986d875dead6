"""However much a provider says of a person, one small cookie is kept, with what is used of it, and no tokens."""

import base64
import hashlib
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st
from starlette.requests import Request
from starlette.responses import Response
from streamlit.auth_util import set_cookie_with_chunks
from streamlit.runtime.secrets import secrets_singleton
from streamlit.web.server.starlette.starlette_app_utils import create_signed_value, decode_signed_value
from streamlit.web.server.starlette.starlette_websocket import _get_signed_cookie_with_chunks

from psc.web.routes.sign_in_cookies import LONGEST, LONGEST_NAME, cookies_set_by, keep_used_claims, kept_claims

SECRET = "of this test"
CLAIMS = {
    "iss": "https://provider.example",
    "sub": "1234",
    "email": "lead@wessex.example",
    "email_verified": True,
    "name": "Lena Lead",
    "origin": "https://site.example",
    "is_logged_in": True,
    "provider": "default",
}
GROUPS = {"groups": [hashlib.sha256(bytes([number])).hexdigest() for number in range(110)]}
TOKEN = base64.b64encode(hashlib.shake_256(b"token").digest(6000)).decode()
text = st.text(max_size=400)
claims_of_any_kind = st.dictionaries(
    st.sampled_from([*CLAIMS, "groups", "picture", "x"]),
    st.one_of(text, st.booleans(), st.none(), st.integers(), st.lists(text, max_size=30)),
)


@pytest.fixture(scope="module", autouse=True)
def secrets():
    before = secrets_singleton._secrets
    secrets_singleton._secrets = {"auth": {"cookie_secret": SECRET}}
    yield
    secrets_singleton._secrets = before


def answer_of_streamlit(claims: dict) -> Response:
    """An answer that signs somebody in as Streamlit does, with all claims and tokens."""
    answer = Response()
    for name, value in (("_streamlit_user", claims), ("_streamlit_user_tokens", {"id_token": TOKEN})):
        set_cookie_with_chunks(
            lambda key, text: answer.set_cookie(key, create_signed_value(SECRET, key, text).decode("latin-1")),
            lambda key, text: create_signed_value(SECRET, key, text),
            name,
            value,
            cookie_attr_size=100,
        )
    return answer


def lines(answer: Response) -> dict[str, str]:
    """Each cookie's line; a second line for the same cookie would undo the first."""
    found = answer.headers.getlist("set-cookie")
    by_name = {line.partition("=")[0]: line for line in found}
    assert len(by_name) == len(found)
    return by_name


def read_by_streamlit(cookies: dict[str, str]) -> dict:
    return json.loads(_get_signed_cookie_with_chunks(cookies, "_streamlit_user"))


def test_claims_of_a_person_in_110_groups_become_one_small_cookie_without_tokens():
    answer = answer_of_streamlit(CLAIMS | GROUPS)
    assert sum(map(len, lines(answer).values())) > 12_000
    keep_used_claims(answer, {})
    assert list(lines(answer)) == ["_streamlit_user"]
    line = lines(answer)["_streamlit_user"]
    assert len(line) < 1000
    assert "HttpOnly" in line and "SameSite=lax" in line and "Path=/" in line and "Max-Age=2592000" in line
    assert read_by_streamlit(cookies_set_by(answer)) == CLAIMS


@given(claims_of_any_kind)
def test_whatever_a_provider_says_the_cookie_fits_and_holds_only_what_is_used(claims):
    answer = answer_of_streamlit(claims)
    keep_used_claims(answer, {})
    assert list(lines(answer)) == ["_streamlit_user"]
    assert len(lines(answer)["_streamlit_user"]) < 4000
    kept = read_by_streamlit(cookies_set_by(answer))
    assert set(kept) <= set(CLAIMS)
    for name, value in kept.items():
        assert value == (claims[name][:LONGEST_NAME] if name == "name" else claims[name])
    for name in ("iss", "sub", "email"):
        if isinstance(claims.get(name), str) and claims[name].isascii() and len(claims[name]) <= LONGEST[name]:
            assert kept[name] == claims[name]


def test_cookies_of_before_are_made_small_when_a_page_is_opened_and_the_person_stays_signed_in():
    held = cookies_set_by(answer_of_streamlit(CLAIMS | GROUPS))
    assert len(held) > 3
    answer = Response()
    keep_used_claims(answer, held)
    given = cookies_set_by(answer)
    assert read_by_streamlit(given) == CLAIMS
    taken = [name for name, line in lines(answer).items() if "Max-Age=0" in line]
    assert set(taken) == set(held) - {"_streamlit_user"}


@pytest.mark.parametrize("held", [{}, {"_streamlit_user": "small"}, {"other": "1", "_streamlit_session": "2"}])
def test_page_is_answered_as_it_was_where_nothing_is_superfluous(held):
    answer = Response()
    keep_used_claims(answer, held)
    assert lines(answer) == {}


def test_forged_claims_are_not_signed_by_us_when_they_are_made_small():
    forged = create_signed_value("another secret", "_streamlit_user", json.dumps(CLAIMS)).decode()
    answer = Response()
    keep_used_claims(answer, {"_streamlit_user": forged, "_streamlit_user_tokens": "x", "_streamlit_user_1": "x"})
    assert cookies_set_by(answer) == {}
    assert set(lines(answer)) == {"_streamlit_user_tokens", "_streamlit_user_1"}
    assert kept_claims({"_streamlit_user": forged}) is None


@given(st.dictionaries(st.sampled_from(["_streamlit_user", "_streamlit_user_1", "_streamlit_user_tokens"]), st.text()))
def test_cookies_of_any_content_are_no_error_and_nobody(cookies):
    header = [(b"cookie", "; ".join(f"{name}={value}" for name, value in cookies.items()).encode("latin-1", "ignore"))]
    held = Request({"type": "http", "headers": header}).cookies
    assert kept_claims(held) is None
    keep_used_claims(Response(), held)


def test_parts_that_do_not_make_json_are_nobody():
    signed = create_signed_value(SECRET, "_streamlit_user", "not json").decode()
    assert decode_signed_value(SECRET, "_streamlit_user", signed) == b"not json"
    assert kept_claims({"_streamlit_user": signed}) is None
