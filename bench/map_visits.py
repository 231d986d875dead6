"""A visit to the map against a visit to an empty page, and a change of measure against a rebuilt map."""

import statistics
from itertools import cycle, islice
from pathlib import Path

from playwright.sync_api import Browser, BrowserContext, Page

from bench.browser import BESIDE_OTHERS, WINDOW, chromium, other_measures, pick, visit
from bench.report import Finding, at_most, note
from bench.servers import STREAMLIT, serving
from bench.wire import map_bytes

VISITS = 21
CHANGES = 20


def measure(folder: Path) -> list[Finding]:
    """Start three servers and a browser; return the findings about the map. Logs go to ``folder``."""
    with (
        serving([*STREAMLIT, "app.py"], folder / "app.log") as app,
        serving([*STREAMLIT, "bench/empty_app.py"], folder / "empty.log") as empty,
        serving([*STREAMLIT, "bench/rebuild_app.py"], folder / "rebuild.log") as rebuild,
        chromium() as browser,
    ):
        return [*warm_visits(browser, app, empty), *recolouring(browser, app, rebuild), *map_bytes(browser, app)]


def warm_visits(browser: Browser, app: str, empty: str) -> list[Finding]:
    """Compare visits in turn, each in a new tab of one browser whose cache holds the files already."""
    with browser.new_context(viewport=WINDOW) as context:
        places = {"map": (app, "areas"), "empty": (empty, "text")}
        times: dict[str, list[float]] = {"map": [], "empty": []}
        for number in range(VISITS + 2):
            for name, (address, sight) in places.items():
                taken = _visit_in_new_tab(context, address, sight)
                if number >= 2:
                    times[name].append(taken)
    for name, taken in times.items():
        note(f"visits to the {name} page: {', '.join(f'{value:.0f}' for value in sorted(taken))} ms")
    full, least = (statistics.median(times[name]) for name in ("map", "empty"))
    return [at_most("Warm visit until 15 areas are drawn", full, least, 2, "ms", "empty page")]


def _visit_in_new_tab(context: BrowserContext, address: str, sight: str) -> float:
    page = context.new_page()
    try:
        return visit(page, address, sight)
    finally:
        page.close()


def recolouring(browser: Browser, app: str, rebuild: str) -> list[Finding]:
    """Compare changes of measure, in turn on the real page and on one that builds its folium map again."""
    with browser.new_context(viewport=WINDOW) as context:
        real, other = context.new_page(), context.new_page()
        visit(real, app + BESIDE_OTHERS, "areas")
        visit(other, rebuild + BESIDE_OTHERS, "text")
        other.wait_for_selector("iframe")
        titles = other_measures(real)
        mark_map_frame(real)
        painted: list[float] = []
        rebuilt: list[float] = []
        for title in [*titles, *islice(cycle(titles), CHANGES)]:
            real.bring_to_front()
            painted.append(pick(real, title, "repainted"))
            other.bring_to_front()
            rebuilt.append(pick(other, title, "rebuilt"))
        kept = has_mark(real)
    note("the map's frame was kept through all changes" if kept else "THE MAP'S FRAME WAS BUILT AGAIN")
    fast, slow = statistics.median(painted[-CHANGES:]), statistics.median(rebuilt[-CHANGES:])
    return [at_most("Change of measure until the map is recoloured", fast, slow, 0.5, "ms", "rebuilt map")]


def mark_map_frame(page: Page) -> None:
    """Put a mark on the window of the map's frame, which a new frame would not have."""
    page.evaluate("document.querySelector('iframe').contentWindow.benchMark = true")


def has_mark(page: Page) -> bool:
    return page.evaluate("document.querySelector('iframe').contentWindow.benchMark === true")
