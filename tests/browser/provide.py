"""Makes sure that there is a Chromium for the browser tests: PATH, else Playwright's download, else Debian's package.

A missing browser is a failure that says what was tried, never a skip: `python -m tests.browser.provide`.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

# First the one without windows of its own, which has less to do.
NAMES = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")


def find_browser() -> str | None:
    """Return the path of an installed Chromium, or None."""
    for name in NAMES:
        if found := shutil.which(name):
            return found
    return _playwright_browser()


def _playwright_browser() -> str | None:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        path = playwright.chromium.executable_path
    return path if Path(path).exists() else None


def _try(command: list[str], seconds: int) -> str:
    """Run a command quietly; return what went wrong, or an empty text."""
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=seconds, check=False)
    except (OSError, subprocess.TimeoutExpired) as error:
        return str(error)
    return "" if done.returncode == 0 else (done.stderr.strip() or done.stdout.strip())[-400:]


def main() -> int:
    """Find or install a browser; return 0, or 1 with a message that says what was tried."""
    if find_browser():
        return 0
    print("No Chromium on the PATH; trying Playwright's own download ...", flush=True)
    tried = {"playwright install chromium": _try([sys.executable, "-m", "playwright", "install", "chromium"], 300)}
    if not find_browser() and shutil.which("apt-get"):
        print("That did not work; trying Debian's package ...", flush=True)
        sudo = [] if os.geteuid() == 0 else ["sudo", "-n"]
        update = _try([*sudo, "apt-get", "update"], 300)
        install = _try([*sudo, "apt-get", "install", "-y", "--no-install-recommends", "chromium-headless-shell"], 600)
        tried["apt-get install chromium-headless-shell"] = install or update
    if find_browser():
        return 0
    print("The tests drive a real browser, and no Chromium could be found or installed.", file=sys.stderr)
    for command, problem in tried.items():
        print(f"  {command}: {problem or 'ran, but no browser was found afterwards'}", file=sys.stderr)
    print("Install Chromium or Google Chrome so that it is on the PATH, then run `make test` again.", file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(main())
