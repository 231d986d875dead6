"""Plain pages that the server answers itself, without Streamlit and its websocket."""

from html import escape

from starlette.responses import HTMLResponse, Response

from psc.web.components.page_parts import MASTHEAD

PAGE = f"""<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{{title}} Patient Safety Collaboratives</title>
<link rel="icon" href="/assets/favicon.svg">
<link rel="stylesheet" href="/assets/site.css">
<style>body {{{{ font: 16px/1.5 Arial, Helvetica, sans-serif; color: #212b32; max-width: 1320px; margin: 0 auto;
padding: 1.5rem 1rem; }}}} main p {{{{ max-width: 48rem; }}}} a {{{{ color: #005eb8; }}}}</style>
</head>
<body>
{MASTHEAD}
<main>
<h1 class="psc-title">{{title}}</h1>
<p class="psc-answer">{{answer}}</p>
<p>{{advice}}</p>
<p><a href="{{back}}">{{back_words}}</a></p>
<p><a href="/">Go to the map</a></p>
</main>
</body>
</html>
"""
UNAVAILABLE = {
    "title": "Signing in is not possible at the moment.",
    "answer": "The service that signs people in does not answer. It is not part of this site.",
    "advice": "Nothing is lost: what was saved is still here. Everything that is published can be read without signing "
    "in. Please try again in a few minutes; if it goes on, tell whoever runs this site.",
    "back_words": "Go back and try again",
}
STILL_SIGNED_IN = {
    "title": "You have not been signed out.",
    "answer": "Another website, or a link from outside, asked for you to be signed out of this site.",
    "advice": "Nothing was changed. To sign out, use the button on the workspace page.",
    "back_words": "Go to the workspace",
}
NOT_FOUND = {
    "title": "There is no such page.",
    "answer": "The address may be mistyped, or the link that led here may be out of date.",
    "advice": "All pages of this site can be reached from the map, and all of its contents can be searched.",
    "back_words": "Search this site",
}
BROKEN = {
    "title": "Something went wrong on our side.",
    "answer": "What you asked for could not be sent. Nothing you did caused it.",
    "advice": "Please try again; if it happens again, tell whoever runs this site what you were looking for.",
    "back_words": "Search this site",
}


def plain_page(words: dict[str, str], back: str, status: int) -> Response:
    """Return a page that says ``words`` and leads back to the address ``back``."""
    page = PAGE.format(back=escape(back), **words)
    return HTMLResponse(page, status_code=status, headers={"Cache-Control": "no-store"})
