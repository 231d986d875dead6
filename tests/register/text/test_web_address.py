"""A complete web address of a named host is told from everything else."""

import pytest

from psc.register.text.web_address import is_web_address, says_where


@pytest.mark.parametrize(
    ("text", "is_one"),
    [
        ("https://www.nice.org.uk/guidance/ng51", True),
        ("HTTP://a.org:8080/x?y=1#z", True),
        ("https://a.org/it's/ok", True),
        ("https://xn--mnchen-3ya.de/ä", True),
        ("", False),
        ("a.org", False),
        ("https://", False),
        ("https://localhost/x", False),
        ("https://127.0.0.1/x", False),
        ("https://a.org:0/", False),
        ("https://-a.org", False),
        ("https://a..org", False),
        (" https://a.org", False),
        ("https://a.org\n", False),
        ("https://a.org/a b", False),
        ("https://a.org/\u200b", False),
        ("https://a.org/\u202egpj", False),
        ("https://a.org\\@e.org", False),
        ("https://a.org@e.org", False),
        ('https://a.org/"onclick=', False),
        ("https://a.org/<x>", False),
    ],
)
def test_only_complete_addresses_of_named_hosts_are_web_addresses(text: str, is_one: bool) -> None:
    assert is_web_address(text) is is_one


@pytest.mark.parametrize("source", ["NHS England, https://example.org/a", "BMJ 2019, doi 10.1136/bmjoq-2019-000704"])
def test_source_with_an_address_or_a_doi_says_where_it_was_published(source):
    assert says_where(source)


@pytest.mark.parametrize("source", ["Annual report 2019", "version 10.1136", "https:// to come"])
def test_source_without_an_address_or_a_doi_does_not_say_where(source):
    assert not says_where(source)
