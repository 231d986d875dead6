"""People's words come out as they meant them, and nothing in them can act on the reader's page."""

import re
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from psc.register.text.markup import plain, plain_blocks, to_html
from psc.register.text.web_address import is_web_address
from tests.register.repeated_patterns import ADDRESSES, assert_read_in_linear_time

ALLOWED = {
    "p": set(),
    "br": set(),
    "em": set(),
    "strong": set(),
    "ul": set(),
    "li": set(),
    "ol": {"start"},
    "a": {"href", "rel"},
}


class Reader(HTMLParser):
    """What a browser would make of some HTML: its tags and the words it shows."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.words = ""
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag != "br":
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.words += data

    def handle_comment(self, data: str) -> None:
        raise AssertionError(data)

    handle_decl = handle_pi = unknown_decl = handle_comment


# fmt: off
DANGEROUS = st.sampled_from([
    "<script>", "</p>", "<img src=x onerror=", "alert(1)", "javascript:", "data:text/html,", "mailto:a@b.org",
    "//e.org", "](", "[", ")", "<", ">", '"', "'", " onclick=", "https://a.org", "http://", "@", "\\", "&#106;",
    "&lt;", "\x00", "*", "_", "**", "- ", "1. ", "\n", "\n\n", "    ", "# ", "```", "|", "!", "\u202e",
    "\t", ":", "%0a", "\u2028",
])

# fmt: on


@given(st.text() | st.lists(DANGEROUS | st.text(max_size=5), max_size=25).map("".join))
def test_only_harmless_tags_and_web_links_come_out(text: str) -> None:
    read = Reader(to_html(text))
    assert read.open == []
    for tag, attributes in read.tags:
        assert set(attributes) <= ALLOWED[tag]
        if tag == "a":
            assert attributes["rel"] == "noopener nofollow"
            assert is_web_address(attributes["href"] or "")
        if tag == "ol" and "start" in attributes:
            assert (attributes["start"] or "").isdecimal()


@given(
    st.lists(st.sampled_from(["safe", "ward", "*", "_", "- ", "1. ", "\n", "[", "](", ")", "<b>", "# ", "    ", ":"]))
)
def test_no_word_is_lost(pieces: list[str]) -> None:
    text = "".join(pieces)
    for shown in (Reader(to_html(text)).words, plain(text)):
        assert re.findall("safe|ward", shown) == re.findall("safe|ward", text)


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("Two *words* and **more**", "<p>Two <em>words</em> and <strong>more</strong></p>"),
        ("one\ntwo\n\nthree", "<p>one<br>two</p><p>three</p>"),
        ("- a\n- b", "<ul><li>a</li><li>b</li></ul>"),
        ("2. a\n3. b", '<ol start="2"><li>a</li><li>b</li></ol>'),
        ("# 1 in the region", "<p># 1 in the region</p>"),
        ("a\n---\n> b", "<p>a<br>---<br>&gt; b</p>"),
        ("    4 spaces", "<p>4 spaces</p>"),
        ("`code` & <b>bold</b>", "<p>`code` &amp; &lt;b&gt;bold&lt;/b&gt;</p>"),
        ("![x](https://a.org/x.png)", '<p>!<a href="https://a.org/x.png" rel="noopener nofollow">x</a></p>'),
        ('[x](https://a.org "t")', '<p><a href="https://a.org" rel="noopener nofollow">x</a></p>'),
        ("see https://a.org/b_c_d?e=1.", '<p>see <a href="https://a.org/b_c_d?e=1" rel="noopener nofollow">'
         "https://a.org/b_c_d?e=1</a>.</p>"),
        ("(<https://a.org>)", '<p>(<a href="https://a.org" rel="noopener nofollow">https://a.org</a>)</p>'),
        ("[x]() ~~y~~ [z][z]", "<p>x ~~y~~ [z][z]</p>"),
        ("- " * 9 + "word", "<ul><li>" * 4 + "- - - - - word" + "</li></ul>" * 4),
    ],
)  # fmt: skip
def test_what_comes_out(text: str, html: str) -> None:
    assert to_html(text).replace("\n", "") == html


# fmt: off
OTHER_ADDRESSES = [
    "javascript:alert(1)", "JaVaScRiPt:alert(1)", "data:text/html,x", "mailto:a@b.org", "/page", "page", "//e.org/x",
    "https://me:pw@a.org", "https://me@a.org", "ftp://a.org", "https:a.org", "https:///a.org", "https://a.org:99999",
]

# fmt: on


@pytest.mark.parametrize("address", OTHER_ADDRESSES)
def test_any_other_link_is_shown_as_it_was_written(address: str) -> None:
    text = f"[here]({address})"
    read = Reader(to_html(text))
    assert [tag for tag, _ in read.tags] == ["p"]
    assert read.words.strip() == text


def test_plain_text_is_for_an_excerpt() -> None:
    text = "We *tried* it\nat **night**.\n\n- See [the guide](https://a.org/x)\n- <b>5 < 6</b>"
    assert plain(text) == "We tried it at night. See the guide <b>5 < 6</b>"
    assert plain_blocks(text) == ["We tried it at night.", "See the guide", "<b>5 < 6</b>"]
    assert plain(" \n ") == ""


def test_repeated_addresses_are_read_in_time_that_grows_with_the_text():
    assert_read_in_linear_time([f"to_html {pattern}" for pattern in ADDRESSES])


def test_repeated_marks_are_read_in_time_that_grows_with_the_text():
    assert_read_in_linear_time(
        [f"to_html {pattern}" for pattern in ("[", "*", "_*", "[a](", "<", "`", "\\*", "  - a\n")]
    )
