"""The site in Streamlit's own test harness: the real script, the real store, no browser."""

import pytest
from streamlit.components.v2 import manifest_scanner
from streamlit.testing.v1 import AppTest

from psc.web.limits import downloads
from psc.web.routes.application import SITE
from psc.web.session.navigation import script_of


@pytest.fixture(autouse=True, scope="session")
def no_gap_between_downloads():
    """Tests fetch files one after the other, faster than any visitor."""
    downloads.APART_SECONDS = 0.0


@pytest.fixture(autouse=True, scope="session")
def no_search_for_components():
    """Streamlit's harness looks through all installed packages for components at each start; the site uses none."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(manifest_scanner, "scan_component_manifests", list)
        yield


class Site:
    """A visitor's session, page by page."""

    def __init__(self) -> None:
        self.app = AppTest.from_file(str(SITE), default_timeout=60)
        self.app.run()

    def visit(self, page: str, **query: str) -> "Site":
        """Open a page at an address with a query, as a link from elsewhere would."""
        self.app.query_params.clear()
        for name, value in query.items():
            self.app.query_params[name] = value
        self.app.switch_page(str(script_of(page))).run()
        assert not self.app.exception, self.app.exception
        return self

    @property
    def text(self) -> str:
        """Everything on the page that a visitor reads, as HTML and Markdown."""
        kinds = ("html", "markdown", "success", "warning", "info", "error")
        parts = [self._text_of(element) for kind in kinds for element in self.app.get(kind)]
        return "\n".join(parts)

    def asked(self, name: str) -> str | None:
        """What the address asks for under a name."""
        value = self.app.query_params.get(name)
        return value[0] if isinstance(value, list) else value

    @staticmethod
    def _text_of(element) -> str:
        value = getattr(element, "value", None)
        return value if isinstance(value, str) else element.proto.body


@pytest.fixture
def site(store_file, monkeypatch) -> Site:
    """A new session on the store built from the committed data."""
    monkeypatch.setenv("PSC_STORE", str(store_file))
    return Site()


# At the end, as it builds on what stands above.
from tests.web.desk import filled_register, register, signed_in  # noqa: E402, F401
