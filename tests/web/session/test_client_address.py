"""The address by which a visitor is counted, also behind a proxy."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from psc.web.session.client_address import UNKNOWN, address_of, client_address


@pytest.mark.parametrize(
    ("address", "forwarded", "trusted", "expected"),
    [
        ("192.0.2.1", None, "", "192.0.2.1"),
        (None, None, "", UNKNOWN),
        ("", "203.0.113.9", "", UNKNOWN),
        ("192.0.2.1", "203.0.113.9", "", "192.0.2.1"),
        ("192.0.2.1", "203.0.113.9", "1", "203.0.113.9"),
        ("192.0.2.1", "198.51.100.66, 203.0.113.9", "1", "203.0.113.9"),
        ("192.0.2.1", "203.0.113.9:50123", "1", "203.0.113.9"),
        ("192.0.2.1", "[2001:db8:1:2:3::4]:50123", "1", "2001:db8:1:2::/64"),
        ("192.0.2.1", None, "1", "192.0.2.1"),
        ("192.0.2.1", "unknown", "1", UNKNOWN),
        ("2001:db8:1:2:3:4:5:6", None, "", "2001:db8:1:2::/64"),
        ("::ffff:192.0.2.1", None, "", "192.0.2.1"),
        ("fe80::1%eth0", None, "", "fe80::/64"),
    ],
)
def test_address_of_a_client(monkeypatch, address, forwarded, trusted, expected):
    monkeypatch.setenv("PSC_TRUSTED_PROXY", trusted)
    assert client_address(address, forwarded) == expected


@given(st.text(), st.text())
def test_any_header_gives_an_address(address, forwarded):
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PSC_TRUSTED_PROXY", "1")
        assert client_address(address, forwarded)


@pytest.mark.parametrize(
    ("trusted", "lines", "expected"),
    [
        ("", ["203.0.113.9"], "192.0.2.1"),
        ("1", ["203.0.113.9"], "203.0.113.9"),
        ("1", ["198.51.100.66", "203.0.113.9"], "203.0.113.9"),
        ("1", [], "192.0.2.1"),
    ],
)
def test_address_of_a_request_is_what_the_trusted_proxy_saw_last(monkeypatch, trusted, lines, expected):
    monkeypatch.setenv("PSC_TRUSTED_PROXY", trusted)
    headers = [(b"x-forwarded-for", line.encode()) for line in lines]
    assert address_of({"type": "http", "client": ("192.0.2.1", 50123), "headers": headers}) == expected


def test_address_of_a_request_without_a_client_is_unknown():
    assert address_of({"type": "http", "client": None, "headers": []}) == UNKNOWN
