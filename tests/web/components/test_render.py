"""Templates escape what is not marked as HTML, and miss no value."""

from textwrap import dedent

import pytest
from jinja2 import DictLoader, UndefinedError
from markupsafe import Markup

from psc.web.components import render as rendering
from psc.web.components.render import ENVIRONMENT, TEMPLATES, as_html, render, render_macro


@pytest.fixture
def templates(monkeypatch):
    """Templates of this test's own, by name."""
    sources = {}
    overlay = ENVIRONMENT.overlay(loader=DictLoader(sources))
    monkeypatch.setattr(rendering, "ENVIRONMENT", overlay)
    return sources


def test_str_is_escaped_and_markup_is_not(templates):
    templates["page.html"] = "<p>{{ words }}</p>"
    assert render("page.html", words="<b>&") == "<p>&lt;b&gt;&amp;</p>"
    assert render("page.html", words=Markup("<b>so</b>")) == "<p><b>so</b></p>"


def test_rendered_html_is_not_escaped_again_in_another_template(templates):
    templates |= {"inner.html": "<i>{{ words }}</i>", "outer.html": "<p>{{ inner }}</p>"}
    assert render("outer.html", inner=render("inner.html", words="<")) == "<p><i>&lt;</i></p>"


def test_macro_called_from_python_escapes_too(templates):
    templates["pieces.html"] = "{% macro bold(words) %}<b>{{ words }}</b>{% endmacro %}"
    made = render_macro("pieces.html", "bold", "<")
    assert made == "<b>&lt;</b>"
    assert isinstance(made, Markup)


def test_missing_value_is_an_error(templates):
    templates["page.html"] = "<p>{{ words }}</p>"
    with pytest.raises(UndefinedError):
        render("page.html")


def test_lines_of_blocks_leave_no_space(templates):
    templates["page.html"] = dedent("""\
        <ul>
          {% for word in words %}
        <li>{{ word }}</li>
          {% endfor %}
        </ul>""")
    assert render("page.html", words=["a", "b"]) == "<ul>\n<li>a</li>\n<li>b</li>\n</ul>"


def test_cells_become_html():
    assert as_html(["<", Markup("<b>so</b>")]) == ["&lt;", "<b>so</b>"]


@pytest.mark.parametrize("name", [path.relative_to(TEMPLATES).as_posix() for path in TEMPLATES.rglob("*.html")])
def test_every_template_compiles(name):
    assert ENVIRONMENT.get_template(name)
