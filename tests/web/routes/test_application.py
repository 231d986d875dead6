"""What the server answers besides Streamlit's pages."""

import gzip
import json
import re

import duckdb
import pytest
from starlette.applications import Starlette
from starlette.responses import PlainTextResponse
from starlette.routing import Mount, Route
from starlette.testclient import TestClient

from psc.charts.style.making_data_count import describe_assurance, icon_names
from psc.store.stored_documents import read_documents
from psc.web.routes import index_page
from psc.web.routes.application import MIDDLEWARE, ROUTES
from psc.web.routes.catchment_assets import catchments_url
from psc.web.routes.index_page import TITLE, index_html
from psc.web.routes.known_addresses import KnownAddresses
from psc.web.routes.security import HASHED_FILES, HEADERS, content_security_policy
from psc.web.session.navigation import ENTRIES

FOUND = [
    "/",
    "/healthz",
    "/assets/catchments.js",
    "/assets/icons/steady.svg",
    "/assets/icons/sign-improving-lower.svg",
    "/assets/leaflet/leaflet.js",
    "/assets/site.css",
    "/assets/print.css",
    "/assets/print.js",
    "/data/areas.csv",
]
NOT_FOUND = ["/nowhere", "/assets/icons/none.svg", "/assets/leaflet/none.js", "/assets/none.css", "/data/none.csv"]


@pytest.fixture
def client(store_file, monkeypatch) -> TestClient:
    """A visitor to our routes, with the built store behind them."""
    monkeypatch.setenv("PSC_STORE", str(store_file))
    return TestClient(Starlette(routes=ROUTES, middleware=MIDDLEWARE))


@pytest.fixture
def without_store(tmp_path, monkeypatch) -> TestClient:
    """The same before a store was built."""
    monkeypatch.setenv("PSC_STORE", str(tmp_path / "none.duckdb"))
    return TestClient(Starlette(routes=ROUTES, middleware=MIDDLEWARE))


def test_healthz_names_the_data_that_is_served(client, store):
    answer = client.get("/healthz")
    assert answer.status_code == 200
    assert answer.json() == {"status": "ok", "data_version": store.version, "register": "ok"}


def test_healthz_is_unwell_without_a_store_and_says_what_to_do(without_store):
    answer = without_store.get("/healthz")
    assert answer.status_code == 503
    assert answer.json()["status"] == "no store"
    assert "psc build" in answer.json()["detail"]


@pytest.mark.parametrize(
    "address",
    ["/assets/catchments.js", "/assets/places.svg", "/data/areas.csv", "/data/mrsa.csv", "/calendar.ics"],
)
def test_without_a_store_there_is_a_plain_message_and_no_server_error(without_store, address):
    answer = without_store.get(address)
    assert answer.status_code == 503
    assert "psc build" in answer.text


@pytest.mark.parametrize("address", ["/", "/assets/site.css", "/assets/icons/steady.svg", "/assets/leaflet/leaflet.js"])
def test_what_needs_no_store_is_served_without_one(without_store, address):
    assert without_store.get(address).status_code == 200


@pytest.mark.parametrize("address", FOUND + NOT_FOUND)
def test_every_answer_carries_the_security_headers(client, address):
    answer = client.get(address)
    assert answer.status_code == (200 if address in FOUND else 404)
    for name, value in HEADERS.items():
        assert answer.headers[name] == value
    assert answer.headers["Content-Security-Policy"] == content_security_policy("testserver", https=False)
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert "X-Frame-Options" in answer.headers


def test_a_refused_method_carries_them_too(client):
    answer = client.post("/healthz")
    assert answer.status_code == 405
    assert answer.headers["Content-Security-Policy"] == content_security_policy("testserver", https=False)


@pytest.mark.parametrize(
    "path",
    [
        "/AREA",
        "/area/area",
        "/index.html",
        "/./index.html",
        "/static/none.js",
        "/static/index.html",
        "/_stcore",
        "/_STCORE/metrics",
        "/_stcore//metrics",
        "/_stcore/healthx",
        "/_stcore/health;x",
        "/_stcore/stream",
        "/auth//logout",
        "/data//areas.csv",
        "/app/static/x",
        "/.well-known/security.txt",
    ],
)
def test_unknown_address_gets_a_page_in_words_that_needs_no_websocket(path):
    class StreamlitIndex:
        async def __call__(self, scope, receive, send):
            await PlainTextResponse("<title>Streamlit</title>")(scope, receive, send)

    client = TestClient(Starlette(routes=[Mount("/", StreamlitIndex())], middleware=MIDDLEWARE))
    answer = client.get(path)
    assert answer.status_code == 404
    assert "There is no such page" in answer.text
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert client.head(path).status_code == client.post(path).status_code == 404


@pytest.mark.parametrize(
    "path", ["/area/", "/manifest.json", "/favicon.png", "/media/x", "/component/x/y", "/auth/login/"]
)
def test_what_streamlit_answers_for_a_page_reaches_it(path):
    app = Starlette(routes=[Route("/{rest:path}", lambda request: PlainTextResponse("Streamlit's"))])
    assert TestClient(KnownAddresses(app, ROUTES)).get(path).text == "Streamlit's"


def test_request_that_fails_gets_words_the_headers_and_no_traceback():
    def fail(request):
        raise LookupError("of this test, at /a/place")

    answer = TestClient(Starlette(routes=[Route("/map", fail)], middleware=MIDDLEWARE)).get("/map")
    assert answer.status_code == 500
    assert "Something went wrong on our side" in answer.text
    assert "of this test" not in answer.text
    assert "Content-Security-Policy" in answer.headers


def polygons(answer) -> dict:
    """The polygons as the script defines them."""
    found = re.match(r"window\.pscCatchments = (\{.*?\});\n", answer.text)
    assert found
    return json.loads(found.group(1))


def test_the_polygons_are_those_of_the_store_and_travel_light(client, store):
    with client.stream("GET", "/assets/catchments.js") as answer:
        wire = b"".join(answer.iter_raw())
    assert answer.headers["Content-Encoding"] == "gzip"
    assert len(wire) <= 150_000
    assert gzip.decompress(wire).decode() == client.get("/assets/catchments.js").text
    shown = polygons(client.get("/assets/catchments.js"))
    assert shown == read_documents(store).catchments
    assert len(shown["features"]) == 15


def test_the_polygons_are_kept_for_good_under_their_version_and_asked_for_again_without(client):
    address = catchments_url()
    assert re.fullmatch(r"/assets/catchments\.js\?v=[0-9a-f]{12}", address)
    assert client.get(address).headers["Cache-Control"] == "public, max-age=31536000, immutable"
    for other in ("/assets/catchments.js", "/assets/catchments.js?v=000000000000"):
        answer = client.get(other)
        assert answer.status_code == 200
        assert answer.headers["Cache-Control"] == "no-cache"


def test_a_browser_keeps_the_polygons_when_only_figures_change(client, store, store_file, tmp_path, monkeypatch):
    first, other = catchments_url(), tmp_path / "other.duckdb"
    other.write_bytes(store_file.read_bytes())
    with duckdb.connect(str(other)) as connection:
        connection.execute("UPDATE release SET version = 'another'")
    monkeypatch.setenv("PSC_STORE", str(other))
    assert client.get("/healthz").json()["data_version"] == "another" != store.version
    assert catchments_url() == first


@pytest.mark.parametrize("name", list(icon_names()))
def test_every_icon_is_served_as_a_picture(client, name):
    answer = client.get(f"/assets/icons/{name}.svg")
    assert answer.status_code == 200
    assert answer.headers["Content-Type"] == "image/svg+xml"
    assert answer.text.startswith("<svg")
    assert "max-age" in answer.headers["Cache-Control"]


@pytest.mark.parametrize("name", ["none", "steady-high", "..%2Fsite"])
def test_an_icon_that_is_none_is_not_found(client, name):
    answer = client.get(f"/assets/icons/{name}.svg")
    assert answer.status_code == 404


@pytest.mark.parametrize(
    ("address", "kind", "holds"),
    [
        ("/assets/leaflet/leaflet.js", "javascript", "Leaflet"),
        ("/assets/leaflet/leaflet.css", "text/css", ".leaflet-container"),
        ("/assets/catchment-map.js", "javascript", "pscMap"),
        ("/assets/catchment-map.css", "text/css", "psc"),
        ("/assets/favicon.svg", "image/svg", "<svg"),
    ],
)
def test_our_own_files_are_served(client, address, kind, holds):
    answer = client.get(address)
    assert answer.status_code == 200
    assert kind in answer.headers["Content-Type"]
    assert holds in answer.text


@pytest.mark.parametrize("address", ["/assets/%2e%2e/server.py", "/assets/leaflet/..%2f..%2f__init__.py"])
def test_no_file_outside_the_folders_is_served(client, address):
    answer = client.get(address)
    assert answer.status_code == 404
    assert "import" not in answer.text


@pytest.mark.parametrize("address", ["/", *(f"/{entry.path}" for entry in ENTRIES.values())])
def test_every_address_of_the_site_has_the_same_index_page(client, address):
    answer = client.get(address)
    assert answer.status_code == 200
    assert answer.headers["Content-Type"].startswith("text/html")
    assert answer.headers["Cache-Control"] == "no-cache"
    assert f"<title>{TITLE}</title>" in answer.text
    assert 'window.__streamlit = { BACKEND_BASE_URL: window.location.origin + "/" };' in answer.text
    assert answer.text.index("window.__streamlit") < answer.text.index("</head>")
    assert "This site needs JavaScript" in answer.text


def test_the_index_page_asks_nothing_of_another_server():
    loaded = re.findall(r'(?:src|href)="([^"]+)"', index_html())
    assert loaded
    assert [address for address in loaded if re.match(r"(?:https?:)?//", address)] == []


def test_index_page_names_no_address_that_is_closed():
    assert "_stcore" not in index_html()


@pytest.mark.parametrize("html", ["<title>Other</title><noscript>", "<title>Streamlit</title>", "<noscript>" * 2])
def test_another_streamlit_whose_page_cannot_be_completed_is_refused(html, tmp_path, monkeypatch):
    page = tmp_path / "index.html"
    page.write_text(html, encoding="utf-8")
    monkeypatch.setattr(index_page, "INDEX", page)
    index_html.cache_clear()
    try:
        with pytest.raises(ValueError, match=r"no longer holds .* once: psc/web/routes/index_page\.py needs a look"):
            index_html()
    finally:
        index_html.cache_clear()


def test_the_map_components_own_script_is_kept_by_the_browser():
    def component(request):
        return PlainTextResponse("script")

    app = Starlette(routes=[Route(f"{HASHED_FILES}js/main.js", component)], middleware=MIDDLEWARE)
    assert "immutable" in TestClient(app).get(f"{HASHED_FILES}js/main.js").headers["Cache-Control"]
    assert "Cache-Control" not in TestClient(app).get(f"{HASHED_FILES}js/none.js").headers


@pytest.mark.parametrize("verdict", ["pass", "fail", "inconsistent"])
def test_each_assurance_icon_is_served_with_its_words(client, verdict):
    answer = client.get(f"/assets/icons/assurance-{verdict}.svg")
    assert answer.headers["content-type"].startswith("image/svg")
    assert describe_assurance(verdict) in answer.text
    assert client.get("/assets/icons/assurance-perhaps.svg").status_code == 404
