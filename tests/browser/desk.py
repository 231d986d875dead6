"""One person at the workspace in a real browser: how they write, choose, press and save."""

import re
from typing import Any

from playwright.sync_api import Page, expect

from tests.browser.choosing import choose


class Desk:
    """One person at the workspace; where several share a window, each signs in there before opening a page."""

    def __init__(self, page: Page, base: str, cookies: list[Any] | None = None) -> None:
        self.page, self.base, self.cookies = page, base, cookies

    def open(self, path: str) -> None:
        if self.cookies:
            self.page.context.clear_cookies()
            self.page.context.add_cookies(self.cookies)
        self.page.goto(self.base + path)
        self.settled()

    def settled(self) -> None:
        """Wait until the page has been drawn and nothing runs any more."""
        self.page.wait_for_selector(".psc-footer", state="attached", timeout=30_000)
        expect(self.page.get_by_test_id("stApp")).to_have_attribute("data-test-script-state", "notRunning")

    def write(self, label: str, text: str) -> None:
        box = self.page.get_by_label(label, exact=True)
        box.fill(text)
        box.press("Tab")
        self.settled()

    def choose(self, label: str, *options: str) -> None:
        for option in options:
            box = self.page.get_by_role("combobox", name=re.compile(re.escape(label)))
            choose(box, re.compile(re.escape(option)), typed=option[:24])
            self.settled()

    def day(self, label: str, digits: str) -> None:
        self.page.get_by_role("group", name=label, exact=True).get_by_role("spinbutton").first.click()
        self.page.keyboard.type(digits)
        self.page.keyboard.press("Escape")
        self.page.keyboard.press("Tab")
        self.settled()

    def press(self, label: str) -> None:
        self.page.get_by_role("button", name=label, exact=True).click()
        self.settled()

    def save(self) -> str:
        """Save the form; return the record it made, as the address names it."""
        self.press("Save")
        expect(self.page.get_by_text("Saved.", exact=True)).to_be_visible()
        self.page.wait_for_url("**record=*")
        self.settled()
        return re.search(r"record=([^&]+)", self.page.url).group(1).replace("%3A", ":")

    def done(self, label: str, said: str) -> None:
        """Take a step and wait until the page says so."""
        self.press(label)
        expect(self.page.get_by_text(said, exact=True)).to_be_visible()
        self.settled()
