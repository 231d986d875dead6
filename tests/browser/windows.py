"""New windows of the browser, which share no cookie and no cache with any other."""

from playwright.sync_api import Browser, BrowserContext

WIDE = {"width": 1440, "height": 1000}
PHONE = {"width": 390, "height": 844}


def new_window(chromium: Browser, **options) -> BrowserContext:
    """Open an empty window, a wide one by default.

    It asks for less motion: without a graphics card, what moves while a page loads takes most of a processor.
    """
    return chromium.new_context(**{"viewport": WIDE, "reduced_motion": "reduce", **options})
