"""A real server on the built store, and a real Chromium whose every request and error is recorded."""

import os
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from psc.demo.processes import HOST, free_port
from psc.settings import ROOT
from tests.browser.provide import find_browser
from tests.browser.windows import PHONE, Windows

# Chromium calls home at every start; without these it would look like the page did.
QUIET = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-sync"]
# The pages of a window share a process, and with it what it has read of the site's scripts.
SHARED = "--process-per-site"
# Most pages are gone before code that was compiled once more, to run faster, has paid for it.
UNOPTIMISED = "--js-flags=--no-opt"


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items):
    """Keep the tests of each of the two sites in one worker: one server, one browser. First, before groups are read."""
    for item in items:
        if Path(__file__).parent in item.path.parents:
            site = "signed-in" if "signed_in_site" in item.fixturenames else "public"
            item.add_marker(pytest.mark.browser)
            item.add_marker(pytest.mark.xdist_group(f"browser-{site}"))


# A page of twenty charts takes its time on a machine that does other things too; speed is measured in `bench/`.
expect.set_options(timeout=15_000)


@pytest.fixture(scope="session")
def address(store_file, tmp_path_factory) -> str:
    """The address of a server started the way `make run` starts it."""
    port = free_port()
    log = tmp_path_factory.mktemp("server") / "log.txt"
    with log.open("w") as out:
        server = subprocess.Popen(
            [sys.executable, "-m", "streamlit", "run", "app.py", "--server.port", str(port)],
            cwd=ROOT,
            env={**os.environ, "PSC_STORE": str(store_file)},
            stdout=out,
            stderr=subprocess.STDOUT,
        )
    base = f"http://{HOST}:{port}"
    try:
        _wait_until_ready(server, base, log)
        yield base
    finally:
        server.terminate()
        server.wait(timeout=20)


def _wait_until_ready(server: subprocess.Popen, base: str, log: Path) -> None:
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        assert server.poll() is None, f"the server stopped: {log.read_text()}"
        try:
            with urllib.request.urlopen(f"{base}/healthz", timeout=2):
                return
        except OSError:
            time.sleep(0.2)
    raise AssertionError(f"the server did not answer within a minute: {log.read_text()}")


@pytest.fixture(scope="session")
def chromium() -> Browser:
    """A Chromium; `make test` has made sure that there is one."""
    path = find_browser()
    assert path, "no Chromium found: run `python -m tests.browser.provide`, which says what to do"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=[*QUIET, SHARED, UNOPTIMISED])
        yield browser
        browser.close()


@dataclass
class Visitor:
    """One window, with everything that went wrong in it and every request that left this machine."""

    page: Page
    base: str
    problems: list[str] = field(default_factory=list)
    elsewhere: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        own = (self.base, self.base.replace("http", "ws", 1), "data:", "blob:")
        self.page.on("pageerror", lambda error: self.problems.append(f"page error: {error}"))
        self.page.on("console", lambda said: said.type == "error" and self.problems.append(f"console: {said.text}"))
        self.page.on("requestfailed", lambda asked: self._failed(asked.url, asked.failure))
        self.page.on("request", lambda asked: asked.url.startswith(own) or self.elsewhere.append(asked.url))

    def _failed(self, url: str, failure: str | None) -> None:
        # A page that is left while it still loads aborts its requests: no fault of the page.
        if failure != "net::ERR_ABORTED":
            self.problems.append(f"failed: {url} {failure}")

    def open(self, path: str) -> Page:
        """Open an address and wait until the page is there, footer included."""
        self.page.goto(self.base + path)
        self.page.wait_for_selector(".psc-footer", state="attached", timeout=30_000)
        return self.page

    def map_frame(self):
        """The map's frame, once its areas have been painted, London's too, and its style sheets have arrived.

        Until they have, everything on the map stands somewhere else, and a click at a place would miss.
        """
        frame = self.page.frame_locator("iframe[title='Map of the 15 areas']")
        frame.locator("body[data-painted]").wait_for(state="attached", timeout=30_000)
        frame.locator(".psc-inset .psc-label").nth(2).wait_for(state="attached")
        expect(frame.locator(".psc-inset-map .leaflet-overlay-pane")).to_have_css("position", "absolute")
        expect(frame.locator(".psc-inset")).to_have_css("overflow", "hidden")
        return frame

    def is_clean(self) -> None:
        """Nothing went wrong, and nothing was asked of another machine."""
        assert self.problems == []
        assert self.elsewhere == []


@pytest.fixture(scope="session")
def windows(chromium) -> Windows:
    """The windows of that Chromium."""
    return Windows(chromium)


@pytest.fixture
def visitor(windows, address) -> Iterator[Visitor]:
    """A new visitor with a wide window."""
    with windows.lent(address) as window:
        yield Visitor(window.new_page(), address)


@pytest.fixture
def phone(windows, address) -> Iterator[Visitor]:
    """A new visitor with a phone."""
    with windows.lent(address, viewport=PHONE, is_mobile=True, has_touch=True) as window:
        yield Visitor(window.new_page(), address)


# At the end, as it builds on what stands above.
from tests.browser.sign_in import signed_in_site  # noqa: E402, F401
