"""The pieces of HTML that pages share, with values that would break out of it."""

from html.parser import HTMLParser

import pytest
from markupsafe import Markup

from psc.catalogue.definition import load_catalogue
from psc.web.components import page_parts
from psc.web.components.page_parts import (
    about_measure,
    alert,
    assurance_icon,
    facts,
    folded_note,
    heading,
    html_table,
    section,
    sign_with_words,
    source_line,
    source_links,
    tags,
)

BAD = """<script>alert("it's")</script> & more"""
METRICS = load_catalogue().metrics


class Reader(HTMLParser):
    """The tags of a piece of HTML, its words, and the values of its attributes."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[str] = []
        self.words = ""
        self.values: list[str | None] = []
        self.feed(str(html))
        self.close()

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        self.values += [value for _, value in attrs]

    def handle_data(self, data):
        self.words += data


@pytest.fixture
def shown(monkeypatch) -> list[str]:
    """What the page is sent as HTML."""
    sent: list[str] = []
    monkeypatch.setattr(page_parts.st, "html", sent.append)
    monkeypatch.setattr(page_parts.st, "set_page_config", lambda **_: None)
    return sent


@pytest.mark.parametrize(
    ("show", "tags_of_it"),
    [
        (lambda: heading(BAD, BAD), ["div", "span", "span", "h1", "p"]),
        (lambda: section(BAD, BAD, BAD), ["h2", "p"]),
        (lambda: alert("error", BAD, [BAD, BAD]), ["div", "p", "ul", "li", "li"]),
    ],
)
def test_words_are_shown_as_they_are_typed(show, tags_of_it, shown):
    show()
    read = Reader(shown[0])
    assert read.tags == tags_of_it
    assert read.words.count(BAD) >= 2


def test_alert_without_items_has_no_list(shown):
    alert("info", "Saved.")
    assert shown == ['<div class="psc-alert psc-alert-info" role="status"><p>Saved.</p></div>']


@pytest.mark.parametrize("made", [folded_note(BAD, BAD), tags([BAD]), facts({BAD: BAD}), source_links([BAD])])
def test_pieces_escape_what_they_are_given(made):
    assert isinstance(made, Markup)
    assert "script" not in Reader(made).tags
    assert BAD in Reader(made).words


@pytest.mark.parametrize("wide", [True, False])
def test_table_escapes_str_and_keeps_markup(wide):
    made = html_table(["A", BAD, "C"], [[BAD, Markup("<b>so</b>"), BAD]], BAD, wide=wide)
    read = Reader(made)
    cells = ["tr", "th", "td", "b", "td"]
    assert read.tags == ["div", "table", "caption", "thead", "tr", "th", "th", "th", "tbody", *cells]
    assert read.words.count(BAD) == 4
    assert read.values.count(BAD) == 1 + wide, "the label of a cell, and of the box that scrolls"


def test_table_of_a_caller_that_makes_html_keeps_it():
    made = html_table(["A", "B"], [["<i>a</i>", "&amp;"]], "A table", cells_are_html=True)
    assert "<i>a</i></th>" in made
    assert ">&amp;</td>" in made


def test_table_with_a_row_too_short_is_refused():
    with pytest.raises(ValueError, match="needs 2 cells"):
        html_table(["A", "B"], [["a"]], "A table")


def test_facts_keep_markup():
    assert "<dd><b>so</b></dd>" in facts({"A": Markup("<b>so</b>")})
    assert "<dd><b>so</b></dd>" in facts({"A": "<b>so</b>"}, values_are_html=True)


def test_sources_are_links_where_they_are_addresses():
    made = source_links(["https://www.example.org/a?b=1&c=2", "A report of 2024"])
    assert made == (
        '<a href="https://www.example.org/a?b=1&amp;c=2" rel="noopener">example.org</a>; A report of 2024'
    )  # fmt: skip
    assert source_links([]) == ""


def test_sign_has_its_words_once():
    made = sign_with_words("improving", "lower")
    assert 'alt=""' in made
    assert Reader(made).words.strip()


def test_no_target_has_no_assurance_icon():
    assert assurance_icon("") == ""


@pytest.mark.parametrize("metric", METRICS, ids=[metric.id for metric in METRICS])
def test_source_and_cautions_of_every_metric_are_whole(metric, shown):
    about_measure(metric)
    read = Reader(shown[0])
    assert shown[0].startswith(source_line(metric))
    assert metric.source_url in read.values
    for words in (metric.publisher, metric.source_title, metric.licence, *metric.caveats):
        assert words in read.words
