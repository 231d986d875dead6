"""What is a complete web address, for links and for sources, and what says where something was published."""

import re
from urllib.parse import urlsplit

_HOST = r"(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]{0,61}[a-z0-9]"
_WEB_ADDRESS = re.compile(rf"https?://{_HOST}(?::\d{{1,5}})?(?:[/?#][^\s<>\"`\\^{{|}}]*)?", re.IGNORECASE)

_PUBLISHED_AT = re.compile(r"https?://\S|\b10\.\d{4,9}/\S")


def says_where(source: str) -> bool:
    """Whether a text says where something was published: with a web address or a DOI in it."""
    return _PUBLISHED_AT.search(source) is not None


def is_web_address(text: str) -> bool:
    """Whether ``text`` is a complete http or https address of a named host.

    Not so are: other schemes, addresses relative to a page or to its scheme, a user name or password, a number or a
    single word for a host, and white space, unseen characters, double quotation marks or backslashes anywhere.
    """
    if not text.isprintable() or not _WEB_ADDRESS.fullmatch(text):
        return False
    try:
        return urlsplit(text).port != 0
    except ValueError:
        return False
