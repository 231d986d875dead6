"""What do all measures say in all areas? A matrix of signs, each a link to its chart or to the comparison."""

import streamlit as st

from psc.web.components.page_parts import heading
from psc.web.session.navigation import link
from psc.web.signals import matrix


def main() -> None:
    heading("What do all measures say, everywhere?", matrix.page_summary())
    st.html(matrix.key())
    st.html(f"{matrix.matrix()}{matrix.uncounted()}")
    link("methods", "How changes are judged")


main()
