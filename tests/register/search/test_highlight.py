"""What was found is marked where it stands, and its excerpt is read in time that grows with the text."""

import re
from unicodedata import normalize

from hypothesis import given
from hypothesis import strategies as st

from psc.register.search.text_search import Index
from tests.register.repeated_patterns import assert_read_in_linear_time
from tests.register.search.made_entries import entry, shown


def test_marks_and_excerpts_take_time_that_grows_with_the_text():
    assert_read_in_linear_time([f"{reader} {pattern}" for reader in ("marked", "excerpt") for pattern in ("a ", "a'")])


TEXTS = st.text(max_size=80) | st.lists(st.sampled_from(["falls", "<b>", "&amp;", '"', "'", "\n", "é"])).map(" ".join)


@given(TEXTS, TEXTS, TEXTS)
def test_what_people_wrote_is_escaped_and_shown_as_they_wrote_it(title: str, main: str, rest: str) -> None:
    hit = Index([entry("one", title, f"falls {main}", rest)]).search("falls")[0]
    for html in (hit.title_html, hit.excerpt_html):
        assert "<" not in re.sub("</?mark>", "", html)
    assert shown(hit.title_html) == normalize("NFC", title)
    assert shown(hit.excerpt_html) in [normalize("NFC", line) for line in f"falls {main}\n{rest}".splitlines()]


def test_the_words_found_are_marked_and_nothing_else() -> None:
    index = Index([entry("one", "<i>Falls</i> & homes", "Falling is common. Homes (3 < 4) of care.")])
    hit = index.search("fall hoems of")[0]
    assert hit.title_html == "&lt;i&gt;<mark>Falls</mark>&lt;/i&gt; &amp; <mark>homes</mark>"
    assert hit.excerpt_html == "<mark>Falling</mark> is common. <mark>Homes</mark> (3 &lt; 4) of care."


def test_the_excerpt_is_the_part_that_answers_best() -> None:
    padding = "Nothing of the kind is said here. " * 20
    main = f"{padding}Only falls. {padding}Falls at night happen near the bathroom. {padding}"
    html = Index([entry("one", main=main, rest="Night.")]).search("falls bathroom night")[0].excerpt_html
    assert "<mark>Falls</mark> at <mark>night</mark> happen near the <mark>bathroom</mark>." in html
    assert html.startswith("… ") and html.endswith(" …")
    assert len(shown(html)) <= 250
    assert shown(html)[2:-2] in main


@given(st.integers(0, 40), st.integers(0, 40), st.integers(1, 300))
def test_an_excerpt_always_shows_what_was_found(before: int, after: int, length: int) -> None:
    main = " ".join(["x" * length] * before + ["catheter"] + ["y" * length] * after)
    html = Index([entry("one", main=main)]).search("catheter")[0].excerpt_html
    assert "<mark>catheter</mark>" in html and len(shown(html)) <= 250


def test_excerpt_is_the_beginning_where_only_the_title_answers() -> None:
    assert Index([entry("one", "Falls", "The beginning.", "More.")]).search("falls")[0].excerpt_html == "The beginning."
    assert Index([entry("one", "Falls")]).search("falls")[0].excerpt_html == ""
