"""Keeps what is made of the store and the register for as long as they are the same."""

from collections.abc import Callable
from functools import lru_cache, wraps
from typing import ParamSpec, TypeVar

from psc.web.session import store

P = ParamSpec("P")
R = TypeVar("R")


def cached(*, entries: int, register: bool = False) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Return a decorator that keeps the last ``entries`` results of a function of hashable arguments.

    A result is made anew when another store is served and, with ``register``, when a record has changed. It is shared
    by all readers: whoever gets it must not change it. Arguments that are days or choices belong to the key, so a
    function that looks at the clock takes the day as an argument.
    """

    def decorate(function: Callable[P, R]) -> Callable[P, R]:
        @lru_cache(maxsize=entries)
        def kept(version: str, *args: P.args, **kwargs: P.kwargs) -> R:
            return function(*args, **kwargs)

        @wraps(function)
        def of_what_is_served(*args: P.args, **kwargs: P.kwargs) -> R:
            version = store.register_version() if register else store.version()
            return kept(version, *args, **kwargs)  # type: ignore[arg-type]  # asked to be hashable

        return of_what_is_served

    return decorate
