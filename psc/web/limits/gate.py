"""Refuses a request by the first bytes of its head, before the server and Streamlit have any work with it.

Addresses that ask again and again for what they are refused would otherwise take all of the server's time: reading a
request as a whole costs about twenty times as much. Only what is sure to be refused later is refused here.
"""

import re

from starlette.responses import Response

from psc.events import log_repeated
from psc.web.limits.downloads import downloads, kind_of, too_many
from psc.web.limits.sessions import refusal, sessions
from psc.web.routes.security import OF_REFUSALS
from psc.web.session.client_address import client_address

STREAM = "/_stcore/stream"
_LINE = re.compile(rb"\A(?:GET|HEAD|POST) (\S+) HTTP/1\.1\r\n")
_FORWARDED = re.compile(rb"\r\nx-forwarded-for:[ \t]*([^\r\n]*)\r\n", re.IGNORECASE)


def early_refusal(head: bytes, peer: str) -> bytes | None:
    """Return the answer to a request that begins with ``head`` if its sender has too many already, else None.

    ``peer`` is the address on the other end of the connection.
    """
    line = _LINE.match(head)
    if line is None:
        return None
    path = line[1].partition(b"?")[0].decode("latin-1")
    kind = kind_of(path)
    if kind is None and path != STREAM:
        return None
    address = _sender(head, peer)
    if kind is not None:
        refused = downloads().problem(kind, address)
        return None if refused is None else written(too_many(kind, refused))
    if not sessions().openings.crowded(address):
        return None
    log_repeated("session.refused", "busy")
    return written(refusal("busy"))


def _sender(head: bytes, peer: str) -> str:
    """The address as the server will find it: of a proxy on this computer it believes what that has seen."""
    forwarded = ",".join(value.decode("latin-1") for value in _FORWARDED.findall(head))
    if forwarded and peer in ("127.0.0.1", "::1"):
        peer = forwarded.rpartition(",")[2].strip()
    return client_address(peer, forwarded)


def written(answer: Response) -> bytes:
    """Return an answer as it is sent, after which the connection is closed."""
    answer.headers.update(OF_REFUSALS)
    headers = b"".join(b"%b: %b\r\n" % header for header in answer.raw_headers)
    reason = b"Too Many Requests" if answer.status_code == 429 else b"Service Unavailable"
    return b"HTTP/1.1 %d %b\r\n%bConnection: close\r\n\r\n%b" % (
        answer.status_code,
        reason,
        headers,
        bytes(answer.body),
    )
