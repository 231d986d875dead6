"""The address by which a visitor is counted: one rule for suggestions, sessions and downloads."""

from ipaddress import IPv6Address, ip_address, ip_network

from starlette.datastructures import Headers
from starlette.types import Scope

from psc.settings import trusted_proxy

UNKNOWN = "unknown"


def client_address(address: str | None, forwarded_for: str | None = None) -> str:
    """Return where somebody connects from, for counting: the address of their connection, or "unknown".

    Behind a proxy on another machine that address is the proxy's, so that all people would be counted as one: set
    ``PSC_TRUSTED_PROXY=1`` there. Then the last address of ``X-Forwarded-For`` counts, which is the one the proxy has
    seen itself; those before it are whatever the client claims. (Of a proxy on this machine the server reads the header
    without that.) A home or an office has a whole /64 of IPv6, so that only that much of an address is told apart.
    """
    if forwarded_for and trusted_proxy():
        address = forwarded_for.rpartition(",")[2].strip()
    try:
        found = ip_address(_without_port(address or "").partition("%")[0])
    except ValueError:
        return UNKNOWN
    if isinstance(found, IPv6Address):
        return str(found.ipv4_mapped or ip_network((str(found), 64), strict=False))
    return str(found)


def address_of(scope: Scope) -> str:
    """Return the address by which the client of an HTTP or websocket request is counted."""
    client = scope.get("client")
    forwarded = ",".join(Headers(scope=scope).getlist("x-forwarded-for"))
    return client_address(client[0] if client else None, forwarded)


def _without_port(address: str) -> str:
    if address.startswith("["):
        return address[1:].partition("]")[0]
    return address.partition(":")[0] if address.count(":") == 1 else address
