"""What the public may send, and how much of it: a few an hour from one address, more from a network, many from all.

Where somebody is, is never stored or logged. A sender counts for an hour, in this process's memory only, under a name
that is a keyed hash with a key of this process; each process of the site counts for itself.
"""

import hashlib
import json
import secrets
import threading
from collections import Counter, deque
from collections.abc import Iterator
from contextlib import contextmanager
from ipaddress import ip_network

from limits import RateLimitItemPerHour, RateLimitItemPerMinute

from psc.rate_limits import Limit, RateLimits
from psc.register.errors import TooMany
from psc.register.privacy.screening import screen
from psc.register.records.kinds import checked
from psc.register.service import Service
from psc.register.workflow.permissions import PUBLIC
from psc.register.workflow.record import Record

FROM_ONE_ADDRESS = 5
"""Suggestions an hour."""
FROM_ONE_NETWORK = 20
"""Suggestions an hour. Whoever has one address often has its whole network: 65,536 of our IPv6 addresses in a /48."""
FROM_ALL = 100
"""Suggestions a minute. A window as short as this: those who fill it shut nobody out for longer than they go on."""
_MOST_TOKENS = 10_000


class Allowance:
    """How much may still be sent. Safe between threads."""

    def __init__(
        self, from_one: int = FROM_ONE_ADDRESS, from_all: int = FROM_ALL, from_network: int = FROM_ONE_NETWORK
    ) -> None:
        self._one, self._network = RateLimitItemPerHour(from_one), RateLimitItemPerHour(from_network)
        self._all = RateLimitItemPerMinute(from_all)
        self._limits = RateLimits()
        self._key = secrets.token_bytes(32)
        self._sent: deque[str] = deque(maxlen=_MOST_TOKENS)
        self._under_way: Counter[Limit] = Counter()
        self._lock = threading.Lock()

    @contextmanager
    def sending(self, sender: str, token: str) -> Iterator[None]:
        """Count what is done within as one sending, unless it fails; a form (``token``) counts once.

        Raises TooMany, with when to try again, and then counts nothing. What is under way takes its place at once, so
        that many at the same moment are not more than are allowed.
        """
        limits = self._begin(sender, token)
        try:
            yield
        except BaseException:
            self._end(limits)
            raise
        self._end(limits, sent=token)

    def _begin(self, sender: str, token: str) -> tuple[Limit, ...]:
        one, everybody = Limit(self._one, self._name(sender)), Limit(self._all, "everybody")
        network = Limit(self._network, self._name(f"network {network_of(sender)}"))
        limits = (one, network, everybody)
        with self._lock:
            if token in self._sent:
                return ()
            for limit, words in zip(limits, (_FROM_HERE, _FROM_HERE, _FROM_EVERYBODY), strict=True):
                if self._limits.full(limit, more=self._under_way[limit] + 1):
                    wait = self._limits.describe_wait(limit)
                    raise TooMany(words.format(count=limit.window.amount, wait=wait))
            self._under_way.update(limits)
        return limits

    def _name(self, text: str) -> str:
        return hashlib.blake2b(text.encode(), key=self._key, digest_size=16).hexdigest()

    def _end(self, limits: tuple[Limit, ...], sent: str | None = None) -> None:
        with self._lock:
            self._under_way -= Counter(limits)
            if sent is not None and limits and sent not in self._sent:
                self._sent.append(sent)
                for limit in limits:
                    self._limits.count(limit)


def network_of(sender: str) -> str:
    """Return the network that an address belongs to (a /24 of IPv4, a /48 of IPv6); itself where it is no address."""
    try:
        found = ip_network(sender)
    except ValueError:
        return sender
    return str(found.supernet(new_prefix=24 if found.version == 4 else 48))


_NOTHING_LOST = "Nothing was sent, and what you wrote is still in the form."
_FROM_HERE = f"{{count}} suggestions an hour are taken from one place. {_NOTHING_LOST} Please try again {{wait}}."
_FROM_EVERYBODY = (
    f"More suggestions are coming in at this moment than can be taken. {_NOTHING_LOST} Please try again {{wait}}."
)


def send_suggestion(
    service: Service,
    allowance: Allowance,
    *,
    what: str,
    area: str | None,
    harm_area: str | None,
    sender: str,
    token: str,
) -> Record:
    """Keep what a member of the public says matters, and where: an area's id or "england"; return it.

    ``token`` names the form: sent again, it answers with what was kept the first time. What is refused or cannot be
    kept does not count. Raises Incomplete, PersonalDataFound, TooMany, Unavailable.
    """
    given = {"what": what, "area": area, "harm_area": harm_area}
    content = checked("suggestion", {field: value for field, value in given.items() if value}, service.known)
    screen(content)
    # Other words under the token of a form that was sent make another record, so they count as another form.
    form = json.dumps([token, content], sort_keys=True)
    with allowance.sending(sender, hashlib.blake2b(form.encode(), digest_size=16).hexdigest()):
        return service.create(PUBLIC, "suggestion", content, areas=[content["area"]], token=token)
