"""A headless Chromium that says, by its own clock, when something came to be seen."""

import contextlib
from collections.abc import Iterator

from playwright.sync_api import Browser, Page, sync_playwright

from tests.browser.provide import find_browser

ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
# Where the changes of measure begin: the home page's own measure may be the only one of its kind of harm.
BESIDE_OTHERS = "/?metric=high-dose-opioids"
WINDOW = {"width": 1280, "height": 900}

# What a reader waits for. A sight is looked for in every animation frame, so times are exact to about 16 ms. The map's
# frame is of the same origin, so the page can look into it; a script of our own inside it would have to be put there
# before it loads, and does not survive its coming to be.
SIGHTS = """
const frames = () => [...document.querySelectorAll('iframe')].map(frame => frame.contentWindow);
const count = (frame, paths) => frame.document.querySelectorAll(paths).length;
const sights = {
  text: () => document.querySelector('[data-testid="stMarkdownContainer"]'),
  areas: () => frames().some(frame => frame.document.body?.dataset.painted && count(frame, 'path.psc-area') === 15),
  repainted: () => frames().some(frame => Number(frame.document.body?.dataset.painted) > frame.benchPainted),
  rebuilt: () => frames().some(frame => !frame.benchOld && count(frame, 'path.leaflet-interactive') === 15),
};
"""
AWAIT = """
const seen = (sight, start) => new Promise((resolve, reject) => {
  const look = () => {
    const now = performance.now() - start;
    if (sights[sight]()) resolve(now);
    else if (now > 30000) reject(new Error(`waited 30 s for "${sight}" on ${location.href}`));
    else requestAnimationFrame(look);
  };
  look();
});
"""
WHEN_SEEN = f"sight => {{ {SIGHTS} {AWAIT} return seen(sight, 0); }}"
WATCH_FROM_PRESS = f"""sight => {{
  {SIGHTS} {AWAIT}
  frames().forEach(frame => {{
    frame.benchOld = true;
    frame.benchPainted = Number(frame.document.body.dataset.painted);
  }});
  window.benchWaited = new Promise((resolve, reject) => {{
    const watch = () => seen(sight, performance.now()).then(resolve, reject);
    document.addEventListener('pointerdown', watch, {{ capture: true, once: true }});
  }});
}}"""


@contextlib.contextmanager
def chromium() -> Iterator[Browser]:
    """Run a browser until the block ends."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_browser(), args=ARGUMENTS)
        yield browser
        browser.close()


def visit(page: Page, address: str, sight: str) -> float:
    """Go to an address; return the milliseconds from the start of the navigation until ``sight`` was there."""
    page.goto(address, wait_until="commit")
    return page.evaluate(WHEN_SEEN, sight)


def pick(page: Page, title: str, sight: str) -> float:
    """Choose another measure in the page's own picker; return the milliseconds from the press until ``sight``."""
    page.get_by_role("combobox", name="Measure").click()
    option = page.get_by_role("option", name=title, exact=True)
    option.hover()
    page.evaluate(WATCH_FROM_PRESS, sight)
    option.click()
    return page.evaluate("window.benchWaited")


def other_measures(page: Page) -> list[str]:
    """Return the titles in the page's picker that have figures and are not the one chosen now.

    Raises LookupError when there is none.
    """
    picker = page.get_by_role("combobox", name="Measure")
    chosen = picker.input_value()
    picker.click()
    page.get_by_role("option").first.wait_for()
    titles = page.get_by_role("option").all_inner_texts()
    page.keyboard.press("Escape")
    others = [title for title in titles if title != chosen and "no published series" not in title]
    if not others:
        raise LookupError(f"no other measure with figures beside {chosen} in the picker on {page.url}")
    return others
