"""Who is believed, what they are told, and where the server sends them: Streamlit's own routes, a real provider."""

import html
import json
import re
import socket
import tomllib
from collections.abc import Iterator
from urllib.parse import parse_qsl, urlencode, urljoin, urlsplit

import httpx2
import pytest
from hypothesis import given
from hypothesis import strategies as st
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.sessions import SessionMiddleware
from starlette.testclient import TestClient
from streamlit.auth_util import encode_provider_token
from streamlit.runtime.secrets import secrets_singleton
from streamlit.testing.v1 import AppTest
from streamlit.web.server.starlette.starlette_app_utils import decode_signed_value
from streamlit.web.server.starlette.starlette_auth_routes import create_auth_routes
from structlog.testing import capture_logs

from psc.demo import USERS
from psc.demo.processes import HOST, free_port, running_provider, secrets_text
from psc.events import repeats
from psc.web.routes import sign_in as sign_in_routes
from psc.web.routes.application import MIDDLEWARE
from psc.web.routes.security import HEADERS
from psc.web.routes.sign_in import PAGES, page_address
from psc.web.routes.sign_in_cookies import kept_claims
from psc.web.session.identity import EXAMPLE, NOT_VERIFIED, NOTICES, REQUIRED

SITE = "http://testserver"
LEAD = next(user for user in USERS if user.role == "lead")
AUTH = tomllib.loads(EXAMPLE)["auth"]
CLAIMS = {
    "is_logged_in": True,
    "email": "lead@wessex.example",
    "email_verified": True,
    "name": "Lena Lead",
    "iss": "https://provider.example",
    "sub": "1234",
}


def show_state() -> None:
    """A page that says what the functions return."""
    import streamlit as st

    from psc.web.session.identity import identity, refusal, set_up_help, sign_in_configured, sign_in_notice

    sign_in_notice()
    st.json({"configured": sign_in_configured(), "refusal": refusal()})
    st.text(repr(identity()))
    set_up_help()


def state(auth: object = AUTH, user: dict | None = None, **query: str) -> AppTest:
    """That page, with an ``[auth]`` section (or none) and somebody's claims (or nobody's)."""
    app = AppTest.from_function(show_state)
    app.secrets = {"other": "thing"} if auth is None else {"auth": auth}
    app.user = {"is_logged_in": False} if user is None else user
    for name, value in query.items():
        app.query_params[name] = value
    app.run()
    assert not app.exception, app.exception
    return app


def said(app: AppTest) -> dict:
    return json.loads(app.json[0].value)


def test_a_complete_section_sets_signing_in_up():
    assert said(state())["configured"] is True


@pytest.mark.parametrize("name", REQUIRED)
@pytest.mark.parametrize("value", [None, "", "  ", 7])
def test_a_section_in_which_something_is_missing_does_not(name, value):
    section = {key: known for key, known in AUTH.items() if key != name}
    assert said(state(section if value is None else {**section, name: value}))["configured"] is False


@pytest.mark.parametrize("section", [None, {}, "text", {**AUTH, "redirect_uri": "https://site.example/elsewhere"}])
def test_nor_does_a_section_of_another_shape(section):
    assert said(state(section))["configured"] is False


def test_a_public_site_has_no_secrets_and_nothing_is_said_about_it(monkeypatch, tmp_path, caplog):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(secrets_singleton, "_secrets", None)
    app = AppTest.from_function(show_state).run()
    assert not app.exception
    assert said(app) == {"configured": False, "refusal": None}
    assert app.text[0].value == "None"
    # The harness runs pages outside a server, and Streamlit remarks on that alone.
    assert [record.message for record in caplog.records if "ScriptRunContext" not in record.message] == []


def test_a_signed_in_person_is_known_by_a_tidy_address():
    app = state(user={**CLAIMS, "email": "  Lead@Wessex.EXAMPLE "})
    assert app.text[0].value == (
        "Identity(email='lead@wessex.example', name='Lena Lead', issuer='https://provider.example', subject='1234')"
    )
    assert said(app)["refusal"] is None


def test_somebody_without_a_name_is_called_by_their_address():
    user = {name: value for name, value in CLAIMS.items() if name != "name"}
    assert "name='lead@wessex.example'" in state(user=user).text[0].value


def test_nobody_is_nobody():
    app = state()
    assert app.text[0].value == "None"
    assert said(app)["refusal"] is None


def test_claims_count_for_nothing_where_signing_in_is_not_set_up():
    app = state(auth=None, user=CLAIMS)
    assert app.text[0].value == "None"
    assert said(app)["refusal"] is None


@pytest.mark.parametrize("verified", [False, "false", "yes", 1, "", "absent"])
@pytest.mark.parametrize("trust", ["", "0", "true", "1"])
def test_an_address_that_is_not_verified_is_refused_and_only_silence_can_be_trusted(verified, trust, monkeypatch):
    monkeypatch.setenv("PSC_TRUST_EMAIL", trust)
    user = {name: value for name, value in CLAIMS.items() if name != "email_verified"}
    app = state(user=user if verified == "absent" else {**user, "email_verified": verified})
    if verified == "absent" and trust == "1":
        assert "lead@wessex.example" in app.text[0].value
        assert said(app)["refusal"] is None
    else:
        assert app.text[0].value == "None"
        assert "has not confirmed that this address is yours" in said(app)["refusal"]


@pytest.mark.parametrize("name", ["email", "iss", "sub"])
def test_whoever_the_provider_does_not_name_is_refused(name):
    app = state(user={known: value for known, value in CLAIMS.items() if known != name})
    assert app.text[0].value == "None"
    assert "did not tell us your email address" in said(app)["refusal"]


@pytest.mark.parametrize(
    "email", ["", "lead", "@wessex.example", "a b@c.d", "<b>@c.d", "[x](y)@c.d", "lin\u212a@c.d", 7]
)
def test_what_is_not_a_plain_address_is_none(email):
    app = state(user={**CLAIMS, "email": email})
    assert app.text[0].value == "None"
    assert said(app)["refusal"]


@pytest.mark.parametrize("outcome", NOTICES)
def test_how_signing_in_ended_is_said_to_whoever_is_not_signed_in(outcome):
    app = state(signin=outcome)
    assert [shown.value for shown in (*app.error, *app.info)] == [NOTICES[outcome]]
    app = state(user=CLAIMS, signin=outcome)
    assert [*app.error, *app.info] == []


def test_an_outcome_we_do_not_know_is_not_repeated():
    app = state(signin="<b>send me your password</b>")
    assert [*app.error, *app.info] == []


def test_the_help_names_every_secret_and_where_to_try():
    app = state(auth=None)
    assert set(REQUIRED) == set(tomllib.loads(app.code[0].value)["auth"])
    shown = "\n".join(text.value for text in app.markdown)
    for part in ("/oauth2callback", ".streamlit/secrets.toml", "STREAMLIT_SECRETS_FILES", "make demo"):
        assert part in shown


# What the server answers.


@pytest.fixture(scope="module")
def provider(tmp_path_factory) -> Iterator[str]:
    port = free_port()
    with (tmp_path_factory.mktemp("provider") / "log.txt").open("w") as log, running_provider(port, log):
        yield f"http://{HOST}:{port}"


@pytest.fixture
def site(provider, monkeypatch) -> TestClient:
    """A browser on a site whose people sign in at the provider."""
    return site_at(provider, monkeypatch)


def site_at(provider: str, monkeypatch) -> TestClient:
    monkeypatch.setattr(secrets_singleton, "_secrets", tomllib.loads(secrets_text(SITE, provider)))
    within = [*MIDDLEWARE, Middleware(SessionMiddleware, secret_key="of these tests")]
    app = Starlette(routes=create_auth_routes("/"), middleware=within)
    return TestClient(app, base_url=SITE, follow_redirects=False)


def go_to_provider(site: TestClient, came_from: str | None = None):
    headers = {"Referer": came_from} if came_from else {}
    return site.get(f"/auth/login?provider={encode_provider_token('default')}", headers=headers)


def choose(asked: str, **form: str) -> str:
    """Be somebody at the provider; return where it sends the browser."""
    answer = httpx2.post(asked, data=form)
    assert answer.status_code == 302, answer.text
    return answer.headers["location"].removeprefix(SITE)


def sign_in(site: TestClient, came_from: str | None = None):
    return site.get(choose(go_to_provider(site, came_from).headers["location"], sub=LEAD.email))


def sign_out(site: TestClient):
    """Sign out as the button on a page does."""
    return site.get("/auth/logout", headers={"Sec-Fetch-Site": "same-origin", "Referer": f"{SITE}/workspace"})


@pytest.mark.parametrize(
    ("came_from", "back"),
    [
        (f"{SITE}/", "/"),
        (f"{SITE}/area?area=wessex", "/area?area=wessex"),
        (
            f"{SITE}/solutions?id=a%26b&q=%C3%A9t%C3%A9+%22x%22",
            "/solutions?id=a%26b&q=%C3%A9t%C3%A9+%22x%22",
        ),
        (f"{SITE}/workspace?signin=failed", "/workspace"),
        (f"{SITE}/workspace?signin=failed&area=wessex", "/workspace?area=wessex"),
        (f"{SITE}/area?q={'x' * 5000}", "/area"),
        (f"{SITE}/auth/logout", "/workspace"),
        (f"{SITE}//elsewhere.example/", "/workspace"),
        ("https://elsewhere.example/area?area=wessex", "/workspace"),
        ("http://[", "/workspace"),
        (None, "/workspace"),
    ],
)
def test_people_come_back_to_the_page_they_came_from_if_it_is_one_of_ours(site, came_from, back):
    answer = sign_in(site, came_from)
    assert (answer.status_code, answer.headers["location"]) == (302, back)
    assert site.cookies["_streamlit_user"]
    assert "psc_came_from" not in site.cookies


def test_where_people_came_from_is_kept_from_scripts_and_from_other_pages(site):
    cookie = next(line for line in go_to_provider(site).headers.get_list("set-cookie") if "psc_came_from" in line)
    assert "HttpOnly" in cookie and "Path=/oauth2callback" in cookie and "SameSite=lax" in cookie


@pytest.mark.parametrize(
    "planted", ["//elsewhere.example", "https%3A//elsewhere.example", "/%5Celsewhere.example", "%"]
)
def test_a_planted_cookie_leads_nowhere_else(site, planted):
    asked = go_to_provider(site).headers["location"]
    site.cookies.set("psc_came_from", planted, domain="testserver.local", path="/oauth2callback")
    callback = choose(asked, sub=LEAD.email)
    answer = site.get(callback, headers={"Cookie": _cookies(site, psc_came_from=planted)})
    assert answer.headers["location"] == "/workspace"


def _cookies(site: TestClient, **planted: str) -> str:
    held = {cookie.name: cookie.value for cookie in site.cookies.jar} | planted
    return "; ".join(f"{name}={value}" for name, value in held.items())


def test_whoever_stops_at_the_provider_is_told_so(site):
    answer = site.get(choose(go_to_provider(site).headers["location"], action="deny"))
    assert answer.headers["location"] == "/workspace?signin=cancelled"
    assert "_streamlit_user" not in site.cookies


@pytest.mark.parametrize("query", ["error=server_error&state=x", "code=given&state=unknown", "code=given"])
def test_a_sign_in_that_fails_on_the_way_back_ends_with_a_message(site, query):
    answer = site.get(f"/oauth2callback?{query}")
    assert (answer.status_code, answer.headers["location"]) == (302, "/workspace?signin=failed")


def test_a_code_the_provider_does_not_know_ends_with_a_message(site):
    asked = go_to_provider(site).headers["location"]
    given = dict(parse_qsl(urlsplit(asked).query))["state"]
    answer = site.get(f"/oauth2callback?code=invented&state={given}")
    assert answer.headers["location"] == "/workspace?signin=failed"
    assert "_streamlit_user" not in site.cookies


@pytest.mark.parametrize("token", ["", "?provider=invented"])
def test_a_link_to_the_sign_in_that_is_not_ours_ends_with_a_message(site, token):
    assert site.get(f"/auth/login{token}").headers["location"] == "/workspace?signin=failed"


def test_signing_out_tells_the_provider_and_comes_back_with_a_word(site):
    sign_in(site)
    answer = sign_out(site)
    query = dict(parse_qsl(urlsplit(answer.headers["location"]).query))
    assert "_streamlit_user" not in site.cookies
    assert query["post_logout_redirect_uri"] == f"{SITE}/oauth2callback"
    assert site.get("/oauth2callback").headers["location"] == "/workspace?signin=out"


def test_signing_in_keeps_no_tokens_and_only_the_claims_that_are_used(site):
    sign_in(site)
    assert "_streamlit_user_tokens" not in site.cookies
    assert set(kept_claims(dict(site.cookies))) <= {
        "iss", "sub", "email", "email_verified", "name", "origin", "is_logged_in", "provider"
    }  # fmt: skip
    whole = decode_signed_value(
        secrets_singleton["auth"]["cookie_secret"], "_streamlit_user", site.cookies["_streamlit_user"]
    )
    assert json.loads(whole) == kept_claims(dict(site.cookies))


def test_page_that_is_opened_takes_away_the_tokens_of_before(site):
    site.cookies.set("_streamlit_user_tokens", "of before", domain="testserver.local", path="/")
    site.cookies.set("_streamlit_user_tokens_1", "of before", domain="testserver.local", path="/")
    assert site.get("/").status_code == 404
    assert list(site.cookies) == []


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site", "Referer": f"{SITE}/workspace"},
        {"Sec-Fetch-Site": "none"},
        {"Sec-Fetch-Site": "cross-site", "Referer": f"{SITE}/workspace"},
        {"Referer": "https://elsewhere.example/"},
        {"Referer": "https://elsewhere.example/http://testserver/"},
        {"Referer": "http://["},
    ],
)
def test_another_website_cannot_sign_anybody_out(site, headers):
    sign_in(site)
    repeats.forget()
    with capture_logs() as logs:
        answer = site.get("/auth/logout", headers=headers)
    assert answer.status_code == 403
    assert "You have not been signed out." in answer.text
    assert 'href="/workspace"' in answer.text
    assert "set-cookie" not in answer.headers
    assert site.cookies["_streamlit_user"]
    assert [log["event"] for log in logs] == ["sign_out.refused"]


def test_another_website_cannot_sign_anybody_out_by_asking_for_the_head_alone(site):
    sign_in(site)
    answer = site.head("/auth/logout", headers={"Sec-Fetch-Site": "cross-site"})
    assert answer.status_code == 403
    assert "set-cookie" not in answer.headers


def test_our_own_page_signs_out_over_plain_http_too_where_browsers_say_less(site):
    sign_in(site)
    answer = site.get("/auth/logout", headers={"Referer": f"{SITE}/workspace?area=wessex"})
    assert answer.status_code == 302
    assert "_streamlit_user" not in site.cookies


def test_behind_a_tls_proxy_the_cookies_of_signing_in_are_secure_and_ours_says_so_in_its_name(provider, monkeypatch):
    monkeypatch.setattr(secrets_singleton, "_secrets", tomllib.loads(secrets_text("https://testserver", provider)))
    within = [*MIDDLEWARE, Middleware(SessionMiddleware, secret_key="of these tests")]
    app = Starlette(routes=create_auth_routes("/"), middleware=within)
    # What the browser sends over https reaches the server over http.
    site = TestClient(app, base_url="http://testserver", follow_redirects=False)
    begun = go_to_provider(site, "https://testserver/area?area=wessex")
    set_cookies = begun.headers.get_list("set-cookie")
    held = {line.partition("=")[0]: line.partition("=")[2].partition(";")[0] for line in set_cookies}
    assert "__Secure-psc_came_from" in held
    callback = choose(begun.headers["location"], sub=LEAD.email).removeprefix("https://testserver")
    back = site.get(callback, headers={"Cookie": "; ".join(f"{name}={value}" for name, value in held.items())})
    assert back.headers["location"] == "/area?area=wessex"
    set_cookies += back.headers.get_list("set-cookie")
    assert any(line.startswith("_streamlit_user=") for line in set_cookies)
    assert [line for line in set_cookies if "; secure" not in line.lower()] == []


def events_of(call) -> list[dict]:
    repeats.forget()
    with capture_logs() as logs:
        call()
    return [{name: value for name, value in log.items() if name != "log_level"} for log in logs]


def test_signing_in_and_out_are_events_with_the_providers_name_for_the_person(site):
    assert events_of(lambda: sign_in(site)) == [{"event": "sign_in.succeeded", "subject": LEAD.email}]
    assert events_of(lambda: sign_out(site)) == [{"event": "sign_out.succeeded", "subject": LEAD.email}]


def test_refused_cancelled_and_failed_attempts_are_events(site, monkeypatch):
    monkeypatch.setattr(sign_in_routes, "refusal_reason", lambda claims: NOT_VERIFIED)
    refused = {"event": "sign_in.refused", "subject": LEAD.email, "reason": NOT_VERIFIED}
    assert events_of(lambda: sign_in(site)) == [refused]
    asked = go_to_provider(site).headers["location"]
    cancelled = events_of(lambda: site.get(choose(asked, action="deny")))
    assert [event["event"] for event in cancelled] == ["sign_in.cancelled"]
    failed = events_of(lambda: site.get("/oauth2callback?code=given&state=unknown"))
    assert [(event["event"], event["step"]) for event in failed] == [("sign_in.failed", "back")]


def test_provider_that_is_down_is_an_event(monkeypatch):
    site = site_at(f"http://{HOST}:{free_port()}", monkeypatch)
    failed = events_of(lambda: go_to_provider(site))
    assert [(event["event"], event["step"]) for event in failed] == [("sign_in.failed", "out")]


@pytest.mark.parametrize("listens", [True, False])
def test_signing_out_works_when_the_provider_is_down_or_silent(site, listens, monkeypatch):
    sign_in(site)
    monkeypatch.setattr(sign_in_routes, "PATIENCE_SECONDS", 0.3)
    with socket.create_server((HOST, 0)) as silent:
        port = silent.getsockname()[1] if listens else free_port()
        away = tomllib.loads(secrets_text(SITE, f"http://{HOST}:{port}"))["auth"]
        held = secrets_singleton["auth"]["cookie_secret"]
        monkeypatch.setattr(secrets_singleton, "_secrets", {"auth": {**away, "cookie_secret": held}})
        answer = sign_out(site)
    assert answer.headers["location"] == "/workspace?signin=out"
    assert [name for name in site.cookies if name.startswith("_streamlit_user")] == []


def is_our_plain_page(answer, back: str) -> None:
    assert answer.status_code == 503
    assert answer.headers["cache-control"] == "no-store"
    for name in HEADERS:
        assert name in answer.headers
    for part in (
        "<h1",
        "Signing in is not possible at the moment.",
        "Nothing is lost",
        "can be read without signing in",
    ):
        assert part in answer.text
    linked = [html.unescape(link) for link in re.findall(r'(?:href|src)="([^"]*)"', answer.text)]
    assert {back, "/"} <= set(linked)
    assert all(re.match(r"/(?!/)", link) for link in linked)


def test_a_provider_that_is_down_gets_our_plain_page_with_the_way_back(monkeypatch):
    site = site_at(f"http://{HOST}:{free_port()}", monkeypatch)
    answer = go_to_provider(site, f"{SITE}/area?area=wessex&q=%22%3E%3Cb%3E")
    is_our_plain_page(answer, "/area?area=wessex&q=%22%3E%3Cb%3E")
    assert 'href="/area?area=wessex&amp;q=' in answer.text
    is_our_plain_page(go_to_provider(site, "https://elsewhere.example/?q=<b>"), "/workspace")


def test_a_provider_that_never_answers_does_too(monkeypatch):
    monkeypatch.setattr(sign_in_routes, "PATIENCE_SECONDS", 0.3)
    with socket.create_server((HOST, 0)) as silent:
        site = site_at(f"http://{HOST}:{silent.getsockname()[1]}", monkeypatch)
        is_our_plain_page(go_to_provider(site), "/workspace")
        given = "code=given&state=x"
        assert site.get(f"/oauth2callback?{given}").headers["location"] == "/workspace?signin=failed"


def test_a_provider_whose_address_is_wrong_ends_on_our_plain_page(provider, monkeypatch):
    is_our_plain_page(go_to_provider(site_at(f"{provider}/nowhere", monkeypatch)), "/workspace")


@given(
    st.one_of(
        st.text(),
        st.builds(
            "".join,
            st.lists(
                st.sampled_from(
                    [
                        *PAGES,
                        "/",
                        "\\",
                        "//",
                        "?",
                        "#",
                        "@",
                        ":",
                        "https:",
                        "elsewhere.example",
                        "%2f",
                        "..",
                        "\t",
                        "\n",
                        " ",
                        "é",
                    ]
                ),
                max_size=8,
            ),
        ),
    )
)
def test_whatever_comes_in_only_a_page_of_ours_comes_out(address):
    out = page_address(address)
    if out is not None:
        assert out.split("?")[0] in PAGES
        assert re.fullmatch(r"[!-~]*", out) and "\\" not in out
        assert urljoin(f"{SITE}/oauth2callback", out).startswith(f"{SITE}/")


@given(
    st.sampled_from(sorted(PAGES)),
    st.dictionaries(st.text(min_size=1, max_size=5), st.text(min_size=1, max_size=9), max_size=4),
)
def test_a_view_of_a_page_comes_out_as_it_went_in(path, query):
    query.pop("signin", None)
    out = page_address(f"{path}?{urlencode(query)}")
    assert urlsplit(out).path == path
    assert dict(parse_qsl(urlsplit(out).query)) == query
