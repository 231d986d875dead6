"""Makes a recording: the store, what the servers answer, and the pages, in two windows at once."""

import json
import subprocess
import tempfile
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from bench.behaviour import addresses
from bench.behaviour.answers import Asked, record_answers
from bench.behaviour.compare import ABOUT
from bench.behaviour.folder import Folder
from bench.behaviour.inside import MOMENT
from bench.behaviour.pages import WINDOWS, record_pages
from bench.behaviour.sites import Site, Sites
from bench.behaviour.store import record_store, release
from bench.browser import chromium
from bench.servers import ROOT


def record(target: Path) -> None:
    """Write a recording into a new or empty folder."""
    begun = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="psc-behaviour-") as work, Sites(Path(work)) as sites:
        folder = Folder(target, {work: "WORK", str(ROOT): "REPOSITORY", release(sites.store): "DATA-VERSION"})
        _say("the store", begun)
        record_store(sites.store, folder.below("store"))
        _say("what the servers answer", begun)
        visits = _answers(sites, folder)
        _say("the pages", begun)
        with ThreadPoolExecutor(len(WINDOWS)) as pool:
            list(pool.map(lambda window: _pages(window, visits, folder), WINDOWS))
    about = {"commit": _commit(), "moment": MOMENT.isoformat(), "seconds": round(time.monotonic() - begun)}
    (target / ABOUT).write_text(json.dumps(about, indent=1), encoding="utf-8")
    _say("done", begun)


def _answers(sites: Sites, folder: Folder) -> list[tuple[Site, dict]]:
    """Record what is answered over HTTP by each site; return the sites with the pages to visit on them."""
    public, broken = {addresses.ANYBODY: addresses.PUBLIC}, {addresses.ANYBODY: addresses.BROKEN}
    asked: list[tuple[Callable[[], Site], list[Asked], dict]] = [
        (sites.public, addresses.of_public(sites.store), public),
        (sites.members, addresses.of_members(), addresses.MEMBERS),
        (sites.without_store, addresses.of_broken(), broken),
        (sites.without_register, addresses.of_broken(), broken),
    ]
    with ThreadPoolExecutor() as pool:
        started = list(pool.map(lambda one: one[0](), asked))
    for site, (_, requests, _) in zip(started, asked, strict=True):
        record_answers(site, requests, folder.below("answers").below(site.name, site.names))
    return [(site, pages) for site, (_, _, pages) in zip(started, asked, strict=True)]


def _pages(window: str, visits: list[tuple[Site, dict]], folder: Folder) -> None:
    with chromium() as browser:
        for site, pages in visits:
            record_pages(browser, window, site, pages, folder.below("pages").below(window).below(site.name, site.names))


def _commit() -> str:
    asked = ["git", "describe", "--always", "--dirty", "--abbrev=12"]
    return subprocess.run(asked, cwd=ROOT, capture_output=True, text=True, check=False).stdout.strip()


def _say(what: str, begun: float) -> None:
    print(f"{time.monotonic() - begun:4.0f} s  {what}", flush=True)
