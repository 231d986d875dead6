"""The site's style sheet: one file for the browser, made of one for each component."""

from functools import cache
from hashlib import sha256
from pathlib import Path

from starlette.requests import Request
from starlette.responses import Response

FOLDER = Path(__file__).parents[1] / "assets" / "css"
# Of two rules of the same weight the later one wins, so the order is written down.
ORDER = (
    "tokens",
    "page",
    "text",
    "signs",
    "panels",
    "facts",
    "cards",
    "tables",
    "matrix",
    "tiles",
    "details",
    "search",
    "attention",
    "alerts",
    "workspace",
    "annotations",
    "streamlit",
    "connection",
    "phone",
)


@cache
def style_sheet() -> bytes:
    """Return all files of the folder in their order, as UTF-8. They are read once."""
    return "\n".join((FOLDER / f"{name}.css").read_text("utf-8") for name in ORDER).encode()


@cache
def _etag() -> str:
    return f'"{sha256(style_sheet()).hexdigest()[:32]}"'


async def serve_style_sheet(request: Request) -> Response:
    """Answer with the style sheet, or that the browser's copy is still right."""
    headers = {"ETag": _etag()}
    if request.headers.get("if-none-match") == _etag():
        return Response(status_code=304, headers=headers)
    return Response(style_sheet(), media_type="text/css", headers=headers)
