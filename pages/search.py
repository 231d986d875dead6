"""What do you want to find? Priorities, solutions and learning with the words in them, best first."""

import streamlit as st

from psc.web import search_view
from psc.web.parts import heading
from psc.web.permalink import search_words


def main() -> None:
    top = st.container()
    found = search_view.find(search_words("Search", key="q", placeholder="For example: falls in care homes"))
    with top:
        heading("What do you want to find?", search_view.answer(found))
    search_view.results(found)


main()
