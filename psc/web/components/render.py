"""HTML from the templates in ``psc/web/templates``: what is put into them is escaped unless it is ``Markup``."""

from collections.abc import Iterable, Sequence
from html import escape
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

TEMPLATES = Path(__file__).resolve().parent.parent / "templates"
ENVIRONMENT = Environment(
    loader=FileSystemLoader(TEMPLATES),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)
ENVIRONMENT.globals["zip"] = zip


def render(name: str, **values: Any) -> Markup:
    """Return a template of ``psc/web/templates``, filled in.

    Raises ``jinja2.UndefinedError`` for a value that the template uses and nobody gave.
    """
    return Markup(ENVIRONMENT.get_template(name).render(values))


def render_macro(name: str, macro: str, *values: Any, **named: Any) -> Markup:
    """Return one macro of a template, filled in: the pieces that templates share are of use in Python too."""
    return getattr(ENVIRONMENT.get_template(name).module, macro)(*values, **named)


def as_html(values: Iterable[str]) -> list[str]:
    """Return values as HTML: what is ``Markup`` as it is, all else escaped.

    For the cells of tables, of which there are thousands: a ``Markup`` of each would take twice as long.
    """
    return [value if isinstance(value, Markup) else escape(value) for value in values]


def escaped(words: str) -> Markup:
    """Return words as HTML: for callers not yet converted, which join HTML as plain ``str``."""
    return Markup.escape(words)


def html_link(where: str, words: str) -> Markup:
    """Return a link to another page of this site."""
    return render_macro("macros/links.html", "link", where, words)


def html_lines(parts: Sequence[str]) -> Markup:
    """Return parts on a line each."""
    return render_macro("macros/links.html", "lines", parts)
