"""Streamlit's index page with a few additions of ours, served at every address of the site.

Streamlit's front end looks for its server below the current address first, so a deep link such as `/area` would ask for
`/area/_stcore/health` and log an error. Told where the server is, it asks once, in the right place. The page also
gets its proper title, our styles and a plain message for browsers without JavaScript.
"""

from functools import cache
from pathlib import Path

import streamlit
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

INDEX = Path(streamlit.__file__).parent / "static" / "index.html"
TITLE = "Patient Safety Collaboratives: harm trends, priorities and shared learning in England"
HEAD = (
    '<script>window.__streamlit = { BACKEND_BASE_URL: window.location.origin + "/" };</script>'
    '<script src="/assets/connection.js"></script>'
    '<script src="/assets/site.js"></script><script src="/assets/print.js"></script>'
    '<meta name="description" content="Where harm to patients is changing across England, what the 15 Patient Safety '
    'Collaboratives work on, and what they have shared.">'
)
STYLES = '<link rel="stylesheet" href="/assets/site.css"><link rel="stylesheet" href="/assets/print.css" media="print">'
WITHOUT_SCRIPT = (
    "<p>This site needs JavaScript. Its figures can also be downloaded: <a href='/data/all-measures.csv'>CSV</a>.</p>"
)


@cache
def index_html() -> str:
    """Return the page. Raises ValueError when this version of Streamlit writes its page differently."""
    html = INDEX.read_text(encoding="utf-8")
    for old, new in (
        ("<title>Streamlit</title>", f"<title>{TITLE}</title>{HEAD}"),
        # It leads to an address that is closed to readers.
        ('<link rel="service-desc" href="./_stcore/agent/openapi.json" />', ""),
        # Streamlit's own words there point programs to addresses that are closed.
        (_between(html, "<noscript>", "</noscript>"), WITHOUT_SCRIPT),
        # At the end of the body, so that it wins over the styles that Streamlit adds to the head as it goes.
        ("</body>", f"{STYLES}</body>"),
    ):
        if html.count(old) != 1:
            raise ValueError(
                f"Streamlit's index page no longer holds {old} once: psc/web/routes/index_page.py needs a look"
            )
        html = html.replace(old, new)
    return html


def _between(html: str, start: str, end: str) -> str:
    found = html.partition(start)[2].partition(end)
    return found[0] if found[1] else start


def index(request: Request) -> Response:
    """Serve the index page."""
    return HTMLResponse(index_html(), headers={"Cache-Control": "no-cache"})
