"""Records what a reader sees: each address's text, markup and picture, what the browser complained of and asked for."""

import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field

from playwright.sync_api import Browser, BrowserContext, Page, expect

from bench.behaviour.addresses import ANYBODY
from bench.behaviour.folder import Folder, file_name
from bench.behaviour.inside import MOMENT, PEOPLE
from bench.behaviour.markup import in_lines
from bench.behaviour.sites import Site

WINDOWS: Mapping[str, dict] = {
    "wide": {"viewport": {"width": 1440, "height": 1000}},
    "phone": {"viewport": {"width": 390, "height": 844}, "is_mobile": True, "has_touch": True},
}
TALLEST = 9_000
"""Pixels. Of a longer page the picture is cut; its text and markup are whole."""
_PATIENCE = 60_000
_STILL_LOOKS = 3
_MAIN = "[data-testid=stMain]"

# A page is finished when its script is, everything it shows has come, and it has looked the same for a while.
_LOOK = """() => {
  const main = document.querySelector('[data-testid=stMain]');
  if (!main) return document.querySelector('[data-testid=stApp], #root') ? null : document.body.innerHTML;
  const app = document.querySelector('[data-testid=stApp]');
  const frames = [...document.querySelectorAll('iframe')].map((frame) => frame.contentDocument?.body);
  const isReady = app?.dataset.testScriptState === 'notRunning' && document.querySelector('.psc-footer, [role=alert]')
    && !main.querySelector('[data-testid=stSkeleton], [data-stale=true]')
    && [...document.images].every((image) => image.complete || image.loading === 'lazy')
    && [...main.querySelectorAll('.js-plotly-plot')].every((plot) => plot.querySelector('.main-svg'))
    && frames.every((body) => body && (!body.querySelector('.leaflet-container') || body.dataset.painted))
    && document.fonts.status === 'loaded';
  if (!isReady) return null;
  const text = [document.title, main.innerHTML, ...frames.map((body) => body.innerHTML)].join();
  let hash = 0;
  for (let at = 0; at < text.length; at += 1) hash = (hash * 31 + text.charCodeAt(at)) | 0;
  return `${text.length} ${hash}`;
}"""
_HEIGHT = """() => {
  const main = document.querySelector('[data-testid=stMain]');
  return main ? Math.ceil(main.getBoundingClientRect().top + main.scrollHeight) : document.body.scrollHeight;
}"""


# What differs from run to run is replaced in the picture too, or every picture would differ in the data's version.
_RENAME = """(names) => {
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const node = walker.currentNode;
    const text = names.reduce((words, [found, instead]) => words.replaceAll(found, instead), node.data);
    if (text !== node.data) node.data = text;
  }
}"""


@dataclass
class Heard:
    """What a browser said while it showed a page, and what it asked for."""

    complaints: list[str] = field(default_factory=list)
    requests: set[str] = field(default_factory=set)

    def listen(self, page: Page) -> None:
        """Take note from now on."""
        page.on("pageerror", lambda error: self.complaints.append(f"error: {error}"))
        page.on("console", lambda said: said.type in ("error", "warning") and self._said(said.type, said.text))
        page.on("request", lambda asked: self.requests.add(f"{asked.method} {asked.url}"))
        page.on("requestfailed", lambda asked: self._failed(asked.url, asked.failure))

    def _said(self, kind: str, text: str) -> None:
        self.complaints.append(f"{kind}: {text}")

    def _failed(self, url: str, failure: str | None) -> None:
        # A page that is left while it still loads aborts its requests: no fault of the page.
        if failure != "net::ERR_ABORTED":
            self.complaints.append(f"failed: {url} {failure}")

    def elsewhere(self, base: str) -> list[str]:
        """Return the requests that went to another server than the one at ``base``."""
        own = (base, base.replace("http", "ws", 1), "data:", "blob:")
        return sorted(asked for asked in self.requests if not asked.partition(" ")[2].startswith(own))


def record_pages(
    browser: Browser, window: str, site: Site, visits: Mapping[str, Sequence[str]], folder: Folder
) -> None:
    """Visit the addresses of each person in a window, and write what there was to see."""
    requests: set[str] = set()
    for person, paths in visits.items():
        with _opened(browser, window) as context:
            if person != ANYBODY:
                _sign_in(context, site, PEOPLE[person])
            place = folder.below(person or "anybody")
            for path in paths:
                requests |= _record(context, site, path, place)
    asked = {re.sub(r"\?.*", "", item) for item in requests if not item.split()[1].startswith(("data:", "blob:"))}
    folder.write("requests", "\n".join(sorted(asked)))


@contextmanager
def _opened(browser: Browser, window: str) -> Iterator[BrowserContext]:
    context = browser.new_context(
        **WINDOWS[window], reduced_motion="reduce", timezone_id="Europe/London", locale="en-GB"
    )
    context.clock.set_fixed_time(MOMENT)
    yield context
    context.close()


def _sign_in(context: BrowserContext, site: Site, email: str) -> None:
    page = context.new_page()
    page.goto(f"{site.base}/workspace")
    page.get_by_role("button", name="Sign in", exact=True).click(timeout=_PATIENCE)
    page.get_by_role("button", name=email).click(timeout=_PATIENCE)
    expect(page.get_by_text(f"({email})").last).to_be_visible(timeout=_PATIENCE)
    page.close()


def _record(context: BrowserContext, site: Site, path: str, folder: Folder) -> set[str]:
    """Write one page; return the requests it made."""
    page, heard, name = context.new_page(), Heard(), file_name(path)
    heard.listen(page)
    page.goto(site.base + path)
    unfinished = [] if _settled(page) else [f"not finished within {_PATIENCE // 1000} s"]
    folder.write(f"{name}.text", f"{path}\n{_text(page)}")
    folder.write(f"{name}.html", f"{path}\n{_html(page)}")
    elsewhere = [f"asked elsewhere: {asked}" for asked in heard.elsewhere(site.base)]
    folder.write(f"{name}.browser", "\n".join([path, page.url, *unfinished, *sorted(heard.complaints), *elsewhere]))
    _picture(page, folder, name)
    page.close()
    return heard.requests


def _settled(page: Page) -> bool:
    """Wait until the page is finished; return whether it ever was."""
    before, still = None, 0
    for _ in range(_PATIENCE // 100):
        now = page.evaluate(_LOOK)
        still = still + 1 if now is not None and now == before else 0
        if still == _STILL_LOOKS:
            return True
        before = now
        page.wait_for_timeout(100)
    return False


def _text(page: Page) -> str:
    """Everything that can be read on the page and in its frames, with its title."""
    frames = [frame.locator("body").inner_text() for frame in page.frames[1:] if frame.url != "about:blank"]
    text = "\n".join([page.title(), page.locator("body").inner_text(), *frames])
    return re.sub(r"\n\s*\n+", "\n", text)


def _html(page: Page) -> str:
    main = page.locator(_MAIN)
    whole = main.evaluate("main => main.outerHTML") if main.count() else page.content()
    frames = [frame.locator("body").evaluate("body => body.outerHTML") for frame in page.frames[1:]]
    return "\n\n".join(in_lines(markup) for markup in [whole, *frames])


def _picture(page: Page, folder: Folder, name: str) -> None:
    """Take a picture of the page as far as it goes: it scrolls inside the window, so the window is made as high."""
    size = page.viewport_size or {"width": 0, "height": 0}
    height = min(TALLEST, max(size["height"], page.evaluate(_HEIGHT)))
    page.set_viewport_size({"width": size["width"], "height": height})
    _settled(page)
    page.evaluate(_RENAME, sorted(folder.names.items(), key=lambda pair: -len(pair[0])))
    page.screenshot(path=folder.path / f"{name}.png", animations="disabled", caret="hide")
