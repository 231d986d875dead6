"""Windows of the browser, each for somebody of whom the site knows nothing."""

from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Browser, BrowserContext

WIDE = {"width": 1440, "height": 1000}
PHONE = {"width": 390, "height": 844}


def new_window(chromium: Browser, **options) -> BrowserContext:
    """Open a window of its own, a wide one by default.

    It asks for less motion: without a graphics card, what moves while a page loads takes most of a processor.
    """
    return chromium.new_context(**{"viewport": WIDE, "reduced_motion": "reduce", **options})


class Windows:
    """Windows that are lent and, once they are given back, lent again without what was known of their user.

    What the browser has read of the site's scripts it keeps, as reading it takes longer than most tests.
    """

    def __init__(self, chromium: Browser) -> None:
        self._chromium = chromium
        self._free: defaultdict[str, list[BrowserContext]] = defaultdict(list)

    @contextmanager
    def lent(self, base: str, **options) -> Iterator[BrowserContext]:
        """A window for the site at ``base``, for as long as this lasts."""
        free = self._free[repr((base, options))]
        window = free.pop() if free else self._opened(base, options)
        try:
            yield window
        finally:
            self._forget(window, base)
            free.append(window)

    def _opened(self, base: str, options: dict) -> BrowserContext:
        window = new_window(self._chromium, **options)
        # A page of the site that stays open, so that its process does and with it what that has read.
        window.new_page().goto(f"{base}/connection")
        return window

    @staticmethod
    def _forget(window: BrowserContext, base: str) -> None:
        kept, *others = window.pages
        for page in others:
            page.close()
        window.clear_cookies()
        session = window.new_cdp_session(kept)
        session.send("Storage.clearDataForOrigin", {"origin": base, "storageTypes": "local_storage"})
        session.detach()
