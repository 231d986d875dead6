"""Choices that live in the address: by id, so that a link keeps working when a title is reworded.

Streamlit's own `bind="query-params"` puts the visible label into the address and drops an unknown value without a
word; here the address holds ids, and an unknown one is answered with a message (see docs/decisions.md).
"""

from collections.abc import Callable, Mapping

import streamlit as st

from psc.clean_text import one_line
from psc.web.components.page_parts import alert
from psc.web.session import store
from psc.web.session.navigation import address

# Set by the site when a visitor comes to a page from another: only then is a choice of before taken up again. On the
# page itself the address alone decides, so that the browser's Back button can take a choice away.
ENTERED = "has just come to this page"
PINNED_DIGITS = 16
"""Of the register's version, as many as the store's has: whoever compares addresses needs no more."""


def choose(
    label: str,
    options: Mapping[str, str],
    *,
    key: str,
    default: str | None,
    kind: str,
    widget: Callable[..., str | None] = st.selectbox,
    unkept: str | None = None,
    **arguments: object,
) -> str | None:
    """Show a picker of ``options`` (id → title) whose choice is the query parameter ``key``; return the chosen id.

    ``default`` of None lets nothing be chosen. A choice of ``unkept`` is left out of the address, which stays as short
    as it was. ``kind`` names what is picked ("area") in the message for an unknown id.
    """
    asked = st.query_params.get(key)
    remembered = st.session_state.get(_memory(key)) if st.session_state.get(ENTERED) else None
    if asked is not None and asked not in options:
        options_are = "the list below" if label else "the list"
        alert(
            "warning",
            f"This address asks for {kind} “{asked[:60]}”, which does not exist here. Choose one from {options_are}.",
        )
        remembered = None
    current = asked if asked in options else remembered if remembered in options else default
    st.session_state[_widget(key)] = current
    ids = list(options)
    chosen = widget(
        label,
        ids,
        key=_widget(key),
        format_func=options.__getitem__,
        on_change=_remember,
        args=(key,),
        **({"index": None} if default is None and widget is st.selectbox else {}),
        **arguments,
    )
    remember(key, None if chosen == unkept else chosen)
    return chosen


def switch(label: str, options: Mapping[str, str], *, key: str, default: str, kind: str) -> str:
    """Show a switch between a few ``options``, one of them always on; the address holds it only off its default."""
    chosen = choose(label, options, key=key, default=default, kind=kind, widget=st.segmented_control, unkept=default)
    return chosen or default


def choose_many(label: str, options: Mapping[str, str], *, key: str, kind: str) -> tuple[str, ...]:
    """Show a picker of any number of ``options``, kept in the address as one comma-separated parameter."""
    asked = [part for part in st.query_params.get(key, "").split(",") if part]
    unknown = [part for part in asked if part not in options]
    if unknown:
        alert(
            "warning",
            f"This address asks for {kind} “{unknown[0][:60]}”, which does not exist here; it was left out.",
        )
    st.session_state[_widget(key)] = [part for part in asked if part in options]
    chosen = st.multiselect(
        label, list(options), key=_widget(key), format_func=options.__getitem__, on_change=_remember_many, args=(key,),
        placeholder="Any",
    )  # fmt: skip
    return tuple(chosen)


def search_words(label: str, *, key: str, placeholder: str) -> str:
    """Show a search box whose words live in the address."""
    st.session_state[_widget(key)] = one_line(st.query_params.get(key, ""))
    return one_line(
        st.text_input(
            label, key=_widget(key), on_change=_remember_text, args=(key,), placeholder=placeholder, max_chars=120
        )
    )


def remember(key: str, value: str | None) -> None:
    """Put a choice into the address and into the session, so that it survives a change of page."""
    st.session_state[_memory(key)] = value
    if value is None:
        st.query_params.pop(key, None)
    elif st.query_params.get(key) != value:
        st.query_params[key] = value


def recall(key: str) -> str | None:
    """Return what the address asks for, or on coming to a page what was chosen on the one before."""
    return st.query_params.get(key) or (st.session_state.get(_memory(key)) if st.session_state.get(ENTERED) else None)


def pinned_address(page: str, **query: str) -> str:
    """Return an address of a page that also says of which figures and which register it was taken."""
    return address(page, **query, **_versions())


def say_if_changed_since() -> None:
    """Say that the figures or the register have changed since the pinned address was taken that a reader comes from."""
    changed = [
        words
        for name, words in (("data", "the figures"), ("register", "what people wrote"))
        if (then := st.query_params.get(name)) and then != _versions()[name]
    ]
    if changed:
        which = " and ".join(changed)
        alert("info", f"Since this address was kept, {which} changed on this site. Below is how it stands now.")


def _versions() -> dict[str, str]:
    return {"data": store.version(), "register": store.register().seal[:PINNED_DIGITS]}


def _remember(key: str) -> None:
    remember(key, st.session_state[_widget(key)])


def _remember_many(key: str) -> None:
    chosen = st.session_state[_widget(key)]
    if chosen:
        st.query_params[key] = ",".join(chosen)
    else:
        st.query_params.pop(key, None)


def _remember_text(key: str) -> None:
    if words := one_line(st.session_state[_widget(key)]).strip():
        st.query_params[key] = words
    else:
        st.query_params.pop(key, None)


def _memory(key: str) -> str:
    return f"chosen {key}"


def _widget(key: str) -> str:
    return f"pick {key}"
