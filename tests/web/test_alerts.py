"""What people write or an address says is quoted as plain words, never read as Markdown."""

from html import escape, unescape

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from psc.web.components.page_parts import plain_label

TRAP = "![a](//evil.test/a.png)[Sign in](http://evil.test/)"
ASKS = [
    ("priority", "id"),
    ("solutions", "id"),
    ("learning", "item"),
    ("area", "area"),
    ("chart", "metric"),
    ("priorities", "harm"),
]


@pytest.mark.parametrize(("page", "key"), ASKS)
def test_an_address_that_holds_markdown_is_quoted_as_it_is(page, key, site):
    shown = site.visit(page, **{key: TRAP})
    quoted = [alert.proto.body for alert in shown.app.get("html") if "psc-alert-warning" in alert.proto.body]
    assert len(quoted) == 1 and escape(TRAP[:60]) in quoted[0]
    assert 'role="alert"' in quoted[0]
    read_as_markdown = [
        found.value for kind in ("warning", "error", "info", "markdown") for found in shown.app.get(kind)
    ]
    assert "evil.test" not in " ".join(read_as_markdown)


@given(st.text(st.characters(min_codepoint=33, max_codepoint=1000), min_size=1))
def test_a_label_is_read_as_it_was_written(text):
    assert unescape(MarkdownIt().renderInline(plain_label(text))) == text
