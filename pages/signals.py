"""What do all measures say in all areas? A matrix of signs, each a link to its chart or to the comparison."""

import streamlit as st

from psc.web import signals_view
from psc.web.navigation import link
from psc.web.parts import heading


def main() -> None:
    heading("What do all measures say, everywhere?", signals_view.answer())
    st.html(signals_view.key())
    st.html(f"{signals_view.matrix()}{signals_view.uncounted()}")
    link("methods", "How changes are judged")


main()
