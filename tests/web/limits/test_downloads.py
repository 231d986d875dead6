"""Files and the steps of signing in are answered so often and so many at once; more get a readable refusal."""

import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.responses import PlainTextResponse
from starlette.routing import Route
from starlette.testclient import TestClient

from psc.web.limits.downloads import AT_ONCE, AT_ONCE_PER_ADDRESS, DownloadLimits, Downloads, TooManyRequests


@pytest.fixture
def visitor():
    """A function that returns a browser at an address."""
    counted = Downloads(3)
    routes = [
        Route(path, lambda request: PlainTextResponse("here")) for path in ("/data/x.csv", "/area", "/auth/login")
    ]
    app = Starlette(routes=routes, middleware=[Middleware(DownloadLimits, downloads=lambda: counted)])
    return lambda address: TestClient(app, client=(address, 50000))


def test_address_that_asks_too_often_gets_a_readable_429_and_others_their_file(visitor):
    one = visitor("192.0.2.1")
    assert [one.get("/data/x.csv").status_code for _ in range(3)] == [200] * 3
    refused = one.get("/data/x.csv")
    assert refused.status_code == 429
    assert 1 <= int(refused.headers["Retry-After"]) <= 60
    assert f"try again in {refused.headers['Retry-After']} seconds" in refused.text
    assert "At most 3 requests a minute" in refused.text
    assert visitor("192.0.2.2").get("/data/x.csv").status_code == 200


def test_pages_are_not_counted_and_signing_in_is_counted_by_itself(visitor):
    one = visitor("192.0.2.1")
    for _ in range(4):
        one.get("/data/x.csv")
    assert [one.get("/area").status_code for _ in range(9)] == [200] * 9
    assert [one.get("/auth/login").status_code for _ in range(4)] == [200, 200, 200, 429]


def test_so_many_are_answered_at_once_for_an_address_and_for_all():
    counted = Downloads(1000)
    for _ in range(AT_ONCE_PER_ADDRESS):
        counted.begin("files", "a")
    with pytest.raises(TooManyRequests) as busy:
        counted.begin("files", "a")
    assert busy.value.status == 503
    for number in range(AT_ONCE - AT_ONCE_PER_ADDRESS):
        counted.begin("files", f"b{number}")
    with pytest.raises(TooManyRequests):
        counted.begin("files", "c")
    counted.begin("sign-in", "c")
    counted.end("files", "a")
    counted.begin("files", "c")


def test_answer_that_fails_frees_its_place():
    counted = Downloads(1000)

    async def failing(scope, receive, send):
        raise RuntimeError

    client = TestClient(DownloadLimits(failing, downloads=lambda: counted), raise_server_exceptions=False)
    for _ in range(AT_ONCE + 1):
        assert client.get("/data/x.csv").status_code == 500
