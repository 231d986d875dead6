"""Records what the servers answer over HTTP: status, headers and body of every address, in one text each."""

import gzip
import http.client
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from bench.behaviour.folder import Folder, digest, file_name
from bench.behaviour.sites import Site

_OF_THE_RUN = {"date", "etag", "last-modified", "content-length", "retry-after", "x-ratelimit-reset"}
"""Headers whose values differ from run to run, or with the time a file was put there; that they are there is kept."""
_TEXT = ("text/", "application/json", "application/geo+json", "application/javascript", "image/svg+xml")


@dataclass(frozen=True)
class Asked:
    """One request to a site."""

    path: str
    method: str = "GET"
    headers: Mapping[str, str] = field(default_factory=dict)
    body: str | None = None

    @property
    def words(self) -> str:
        """What is asked for, in one line."""
        headers = [f"{name}={value}" for name, value in self.headers.items()]
        return " ".join([*([] if self.method == "GET" else [self.method]), self.path, *headers])


def record_answers(site: Site, asked: Iterable[Asked], folder: Folder) -> None:
    """Ask for each address and write what is answered."""
    for request in asked:
        folder.write(file_name(request.words), f"{request.words}\n{_answer(site, request)}")


def _answer(site: Site, request: Asked) -> str:
    connection = http.client.HTTPConnection(urlsplit(site.base).netloc, timeout=30)
    try:
        connection.request(request.method, request.path, body=request.body, headers=dict(request.headers))
        answer = connection.getresponse()
        headers = [(name.lower(), value) for name, value in answer.getheaders()]
        is_socket = answer.status == http.client.SWITCHING_PROTOCOLS
        body = b"" if is_socket else answer.read()
    finally:
        connection.close()
    lines = [str(answer.status), *sorted(f"{name}: {_value(name, value)}" for name, value in headers)]
    text = _body(dict(headers), body)
    if answer.status == http.client.TOO_MANY_REQUESTS:
        text = re.sub(r"\b\d+ seconds?\b", "… seconds", text)
    return "\n".join([*lines, "", text])


def _value(name: str, value: str) -> str:
    if name in _OF_THE_RUN:
        return "…"
    if name == "set-cookie":
        cookie, *rules = value.split("; ")
        kept = [rule for rule in rules if not rule.lower().startswith("expires=")]
        return "; ".join([f"{cookie.partition('=')[0]}=…", *kept])
    return value


def _body(headers: Mapping[str, str], body: bytes) -> str:
    if headers.get("content-encoding") == "gzip" and body:
        body = gzip.decompress(body)
    if not headers.get("content-type", "").startswith(_TEXT):
        return f"{len(body)} bytes, {digest(body)}"
    # The mark at the beginning of a file for Excel is a part of the text, and would not be seen.
    return body.decode(errors="backslashreplace").replace("\ufeff", "<byte order mark>").replace("\r\n", "\n")
