"""A site with signing in, beside a pretend provider, for the browser tests of what people do when signed in."""

import contextlib
import os
import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from streamlit.auth_util import encode_provider_token
from streamlit.runtime.secrets import secrets_singleton

from psc.demo import grant_roles
from psc.demo.processes import HOST, free_port, running_provider, running_site, secrets_text
from psc.demo.users import ADMINISTRATORS
from tests.browser.conftest import Visitor
from tests.browser.windows import Windows

SIGN_IN, SECRETS = "Sign in", "secrets.toml"


@dataclass
class Member(Visitor):
    """A visitor who also goes to the pretend provider, another server on this machine."""

    provider: str = ""

    def is_clean(self) -> None:
        """Nothing went wrong, and nothing was asked of another machine."""
        assert self.problems == []
        assert [asked for asked in self.elsewhere if not asked.startswith(f"{self.provider}/")] == []


@dataclass
class SignedInSite:
    """A running site with signing in: its address, its register, and its provider, which can be taken away."""

    base: str
    provider: str
    register_url: str
    folder: Path
    running: contextlib.ExitStack = field(default_factory=contextlib.ExitStack)

    @contextlib.contextmanager
    def member(self, windows: Windows) -> Iterator[Member]:
        """A window of somebody who is not signed in yet."""
        with windows.lent(self.base) as window:
            yield Member(window.new_page(), self.base, provider=self.provider)

    def sign_in(self, page: Page, email: str, path: str = "/workspace") -> Page:
        """Sign in from the page at ``path``, which has a button for it, and come back to it."""
        page.goto(self.base + path)
        page.get_by_role("button", name=SIGN_IN, exact=True).click()
        page.get_by_role("button", name=email).click()
        page.wait_for_url(re.compile(f"{re.escape(self.base)}/"))
        expect(page.locator(".psc-footer")).to_be_attached(timeout=30_000)
        return page

    def open_as(self, page: Page, email: str, path: str = "/workspace") -> Page:
        """Open a page as somebody who signed in before, without the pages on the way, which take their time to draw."""
        asked = page.request.get(f"{self.base}/auth/login?provider={self._token()}")
        chosen = page.request.post(asked.url, form={"sub": email}, max_redirects=0)
        back = page.request.get(chosen.headers["location"], max_redirects=0)
        assert back.status == 302 and "failed" not in back.headers["location"], back.headers
        page.goto(self.base + path)
        expect(page.locator(".psc-footer")).to_be_attached(timeout=30_000)
        return page

    def _token(self) -> str:
        """What the button on a page sends, signed with the site's secret."""
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(secrets_singleton, "_secrets", tomllib.loads((self.folder / SECRETS).read_text("utf-8")))
            return encode_provider_token("default")

    def start_provider(self) -> None:
        """Start the provider, where it was before if it was stopped."""
        port = int(self.provider.rpartition(":")[2])
        log = self.running.enter_context((self.folder / "provider.log").open("a"))
        self.running.enter_context(running_provider(port, log))

    @contextlib.contextmanager
    def without_provider(self) -> Iterator[None]:
        """Take the provider away for a while."""
        self.running.close()
        try:
            yield
        finally:
            self.start_provider()


@pytest.fixture(scope="session")
def signed_in_site(store_file, tmp_path_factory) -> Iterator[SignedInSite]:
    """A site with its own, empty register in which `USERS` have their roles, and a provider that knows them."""
    folder = tmp_path_factory.mktemp("signed-in")
    port = free_port()
    site = SignedInSite(
        base=f"http://{HOST}:{port}",
        provider=f"http://{HOST}:{free_port()}",
        register_url=f"sqlite:///{folder / 'register.db'}",
        folder=folder,
    )
    grant_roles(site.register_url)
    secrets_file = folder / SECRETS
    secrets_file.write_text(secrets_text(site.base, site.provider), encoding="utf-8")
    settings = {
        **os.environ,
        "PSC_STORE": str(store_file),
        "PSC_REGISTER_URL": site.register_url,
        "PSC_ADMINISTRATORS": ADMINISTRATORS,
    }
    with (folder / "site.log").open("w") as log, site.running:
        site.start_provider()
        with running_site(port, secrets_file, settings, log):
            yield site
