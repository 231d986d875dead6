"""A page whose websocket does not open says so, and is shown when it does."""

import asyncio
import contextlib
import threading
from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect

from psc.demo.processes import HOST, free_port, running_site
from tests.browser.conftest import Visitor
from tests.browser.windows import PHONE, new_window

MESSAGE = "#psc-connection"


class Proxy:
    """A proxy that passes everything on but websockets, until it is told to."""

    def __init__(self, server_port: int) -> None:
        self.server_port, self.port, self.lets_websockets_through = server_port, free_port(), False

    async def serve(self, client: asyncio.StreamReader, answer: asyncio.StreamWriter) -> None:
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
def running(proxy: Proxy) -> Iterator[str]:
    """Run the proxy until the block ends; yield its address."""
    loop, listening = asyncio.new_event_loop(), threading.Event()

    async def main() -> None:
        server = await asyncio.start_server(proxy.serve, HOST, proxy.port)
        listening.set()
        async with server:
            await server.serve_forever()

    task = loop.create_task(main())
    thread = threading.Thread(target=_run, args=(loop, task))
    thread.start()
    assert listening.wait(10)
    try:
        yield f"http://{HOST}:{proxy.port}"
    finally:
        loop.call_soon_threadsafe(task.cancel)
        thread.join(10)


def _run(loop: asyncio.AbstractEventLoop, task: asyncio.Task) -> None:
    with contextlib.suppress(asyncio.CancelledError):
        loop.run_until_complete(task)


def test_behind_a_proxy_that_blocks_websockets_the_page_says_so_and_is_shown_once_it_does_not(chromium, address):
    proxy = Proxy(urlsplit(address).port)
    with running(proxy) as base, contextlib.closing(new_window(chromium, viewport=PHONE)) as context:
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
