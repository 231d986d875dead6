"""A page whose websocket does not open says so, and is shown when it does."""

import asyncio
import contextlib
import threading
from collections.abc import Callable, Iterator
from queue import SimpleQueue
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect

from psc.demo.processes import HOST, free_port, running_site
from tests.browser.conftest import Visitor
from tests.browser.windows import PHONE, new_window

MESSAGE = "#psc-connection"
FIRST_WAIT = 12_000
"""Milliseconds after which a page to which nothing was sent says so."""
LASTING = 3_000
"""Milliseconds after which a connection counts as one that lasts, and Streamlit at the latest tries again."""
STREAMLIT_TRIES = 8
"""How often Streamlit tries to connect again before it says that it cannot."""


class Proxy:
    """A proxy that passes everything on but websockets, until it is told to; or nothing, while it is down."""

    def __init__(self, server_port: int) -> None:
        self.server_port, self.port, self.lets_websockets_through = server_port, free_port(), False
        self._is_down = False
        self._connected: list[asyncio.Transport] = []

    def go_down(self) -> None:
        self._is_down = True
        for transport in self._connected:
            transport.abort()

    def come_back(self) -> None:
        self._is_down = False

    async def serve(self, client: asyncio.StreamReader, answer: asyncio.StreamWriter) -> None:
        if self._is_down:
            answer.transport.abort()
            return
        self._connected.append(answer.transport)
        server, ask = await asyncio.open_connection(HOST, self.server_port)
        with contextlib.suppress(ConnectionError):
            await asyncio.gather(self.pass_on(client, ask, answer), self.pass_on(server, answer))

    async def pass_on(
        self, source: asyncio.StreamReader, target: asyncio.StreamWriter, refused: asyncio.StreamWriter | None = None
    ) -> None:
        while data := await source.read(65536):
            if refused and data.startswith(b"GET /_stcore/stream") and not self.lets_websockets_through:
                refused.write(b"HTTP/1.1 502 Bad Gateway\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
                refused.close()
                break
            target.write(data)
        target.close()


@contextlib.contextmanager
def running(proxy: Proxy) -> Iterator[tuple[str, Callable]]:
    """Run the proxy until the block ends; yield its address and what has its thread do something."""
    ready: SimpleQueue[tuple[Callable, Callable]] = SimpleQueue()

    async def main() -> None:
        stop = asyncio.Event()
        async with await asyncio.start_server(proxy.serve, HOST, proxy.port):
            ready.put((asyncio.get_running_loop().call_soon_threadsafe, stop.set))
            await stop.wait()
            proxy.go_down()

    thread = threading.Thread(target=lambda: asyncio.run(main()))
    thread.start()
    do, stop = ready.get(timeout=10)
    try:
        yield f"http://{HOST}:{proxy.port}", do
    finally:
        do(stop)
        thread.join(10)


def test_behind_a_proxy_that_blocks_websockets_the_page_says_so_and_is_shown_once_it_does_not(chromium, address):
    proxy = Proxy(urlsplit(address).port)
    with running(proxy) as (base, _), contextlib.closing(new_window(chromium, viewport=PHONE)) as context:
        page = context.new_page()
        page.goto(f"{base}/search")
        message = page.locator(MESSAGE)
        expect(message).to_contain_text("could not be connected to the site")
        expect(message).to_contain_text(f"ws://{HOST}:{proxy.port}/_stcore/stream")
        expect(message.get_by_role("link", name="Download the figures (CSV)")).to_be_visible()
        box = message.bounding_box()
        assert box["x"] >= 0 and box["x"] + box["width"] <= PHONE["width"]
        proxy.lets_websockets_through = True
        message.get_by_role("button", name="Try again now").click()
        expect(page.locator(".psc-footer")).to_be_attached(timeout=30_000)
        expect(message).to_have_count(0)


def test_page_whose_connection_is_lost_says_so_in_place_of_streamlit_until_it_is_back(chromium, address):
    proxy = Proxy(urlsplit(address).port)
    proxy.lets_websockets_through = True
    with running(proxy) as (base, do), contextlib.closing(new_window(chromium, viewport=PHONE)) as context:
        visitor = Visitor(context.new_page(), base)
        page, message = visitor.page, visitor.page.locator(MESSAGE)
        page.clock.install()
        visitor.open("/search")
        page.clock.fast_forward(LASTING)
        with page.expect_console_message(lambda said: "server is not responding" in said.text):
            do(proxy.go_down)
            for _ in range(STREAMLIT_TRIES):
                page.wait_for_timeout(50)
                page.clock.fast_forward(LASTING)
        expect(message).to_contain_text("The connection to this site was lost.")
        expect(page.get_by_role("dialog")).to_have_count(0)
        expect(page.locator(".psc-footer")).to_be_attached()
        box = message.bounding_box()
        assert box["x"] >= 0 and box["x"] + box["width"] <= PHONE["width"]
        assert box["y"] + box["height"] <= PHONE["height"]
        do(proxy.come_back)
        with page.expect_websocket():
            page.clock.fast_forward(LASTING)
        page.clock.fast_forward(LASTING)
        expect(message).to_have_count(0)


@pytest.fixture
def one_place(store_file, tmp_path) -> Iterator[str]:
    """The address of a site that has one place for each network address."""
    secrets = tmp_path / "secrets.toml"
    secrets.write_text("", encoding="utf-8")
    port = free_port()
    settings = {"PSC_STORE": str(store_file), "PSC_MAX_SESSIONS_PER_ADDRESS": "1"}
    with (tmp_path / "log.txt").open("w") as log, running_site(port, secrets, settings, log):
        yield f"http://{HOST}:{port}"


def test_page_for_which_there_is_no_place_says_why_and_is_shown_by_itself_when_there_is_one(chromium, one_place):
    with contextlib.closing(new_window(chromium)) as context:
        first, second = Visitor(context.new_page(), one_place), context.new_page()
        first.open("/search")
        second.goto(f"{one_place}/search")
        message = second.locator(MESSAGE)
        expect(message).to_contain_text("too many pages of this site are open on your network")
        expect(first.page.locator(MESSAGE)).to_have_count(0)
        first.page.close()
        expect(second.locator(".psc-footer")).to_be_attached(timeout=30_000)
        expect(message).to_have_count(0)


def test_large_cookies_of_other_programs_on_the_same_host_leave_the_page_whole(chromium, address):
    with contextlib.closing(new_window(chromium)) as context:
        context.add_cookies([{"name": f"other{number}", "value": "x" * 3900, "url": address} for number in range(3)])
        visitor = Visitor(context.new_page(), address)
        visitor.open("/search")
        expect(visitor.page.locator(MESSAGE)).to_have_count(0)
        visitor.is_clean()


def answer_like_a_proxy(route) -> None:
    route.fulfill(status=503, content_type="text/plain", body="no healthy upstream")


def test_words_of_a_proxy_that_answers_in_the_place_of_the_site_are_not_shown_as_ours(visitor):
    page = visitor.page
    page.route("**/connection", answer_like_a_proxy)
    page.route_web_socket("**/_stcore/stream", lambda socket: socket.close())
    page.goto(f"{visitor.base}/search")
    expect(page.locator(MESSAGE)).to_contain_text("This site does not answer at the moment.")
    expect(page.locator(MESSAGE)).not_to_contain_text("upstream")


def test_browser_whose_websockets_were_taken_away_says_that_the_page_cannot_be_shown(visitor):
    page = visitor.page
    page.clock.install()
    page.add_init_script("window.WebSocket = undefined")
    page.goto(f"{visitor.base}/search")
    page.clock.fast_forward(FIRST_WAIT)
    expect(page.locator(MESSAGE)).to_contain_text("it cannot be shown")
