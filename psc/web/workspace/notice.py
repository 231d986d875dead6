"""What a click has done, said at the top of the page that comes after it."""

from collections.abc import Iterable

import streamlit as st

from psc.web.components.page_parts import AlertKind, alert

_TOLD = "told"


def tell(kind: AlertKind, words: str, items: Iterable[str] = ()) -> None:
    """Have something said on the next page, or on this one further down."""
    st.session_state[_TOLD] = (kind, words, tuple(items))


def show_told() -> None:
    """Say it, once."""
    if told := st.session_state.pop(_TOLD, None):
        alert(*told)
