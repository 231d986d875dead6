"""File descriptors: as many as the operating system grants, and limits that fit into them."""

import resource
from functools import cache

from psc.events import log_event

ENOUGH = 65_536
"""More are never used; some systems would grant a thousand million, and some programs then count to it."""
OF_A_SESSION = 4
"""Its connection, and three of the thread that makes its pages."""
FOR_THE_REST = 150
"""Files, databases and the server itself."""


@cache
def descriptors() -> int:
    """Raise this process's limit to the hard one, once, and return it."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = ENOUGH if hard == resource.RLIM_INFINITY else min(hard, ENOUGH)
    if soft != resource.RLIM_INFINITY and soft < wanted:
        resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))
        soft = wanted
    return ENOUGH if soft == resource.RLIM_INFINITY else soft


def sessions_possible(wanted: int) -> int:
    """Return how many of the ``wanted`` sessions there are descriptors for, and say so in the log when not for all."""
    return _fitting("sessions", wanted, (descriptors() - FOR_THE_REST) * 3 // 4 // OF_A_SESSION)


def connections_possible(wanted: int, sessions: int) -> int:
    """Return how many of the ``wanted`` connections there are descriptors for beside what ``sessions`` need."""
    return _fitting("connections", wanted, descriptors() - FOR_THE_REST - sessions * (OF_A_SESSION - 1))


def _fitting(what: str, wanted: int, possible: int) -> int:
    if wanted <= possible:
        return wanted
    log_event("limits.lowered", limit=what, wanted=wanted, possible=max(1, possible), descriptors=descriptors())
    return max(1, possible)
